import Dispatch
import Glibc
import Synchronization
import Values

/// A file from outside, read by a child process without the store: whatever it does to its reader, the server stays up and says what happened.
package struct OutsideFile: Sendable {
    /// Where the bytes lie.
    package let path: String
    /// What the sender called the file; every error names it so.
    package let name: String
    package let reader: ReaderCommand
    package let limits: ReadLimits

    package init(path: String, name: String? = nil, reader: ReaderCommand, limits: ReadLimits = ReadLimits()) {
        self.path = path.hasPrefix("/") ? path : OutsideFile.absolute(path)
        self.name = name ?? path.split(separator: "/").last.map(String.init) ?? path
        self.reader = reader
        self.limits = limits
    }

    /// Reads a file whole. Throws `Failure`s as `SheetReading.read` does, and `import.reader-died`, `import.reader-too-slow`,
    /// `import.reader-too-large`, `import.reader-missing` for what befalls the child.
    package static func read(
        _ path: String, name: String? = nil, reader: ReaderCommand, limits: ReadLimits = ReadLimits()
    ) async throws -> Workbook {
        try await OutsideFile(path: path, name: name, reader: reader, limits: limits).workbook()
    }

    package func workbook() async throws -> Workbook {
        try await fold(into: WorkbookBuilder()) { $0.take($1) }.workbook
    }

    /// Reads a file row by row in constant memory: `take` is called for each event, in order, on a thread of its own; the child waits while
    /// it works, and that time is not counted. Throwing from it, or cancelling the task, ends the child.
    package func fold<State: Sendable>(
        into initial: State, _ take: @escaping @Sendable (inout State, SheetEvent) throws -> Void
    ) async throws -> State {
        let isCancelled = CancelFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                DispatchQueue(label: "hallmark.read-sheet").async {
                    continuation.resume(
                        with: Result {
                            var state = initial
                            try run(isCancelled) { try take(&state, $0) }
                            return state
                        })
                }
            }
        } onCancel: {
            isCancelled.set()
        }
    }

    private func run(_ isCancelled: CancelFlag, _ take: (SheetEvent) throws -> Void) throws {
        guard let child = ReaderProcess(reader, [path, limits.argument]) else { throw ReadFailure.readerMissing(place) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 262_144, alignment: 16)
        defer { buffer.deallocate() }
        var decoder = EventDecoder(longestFrame: 64_000_000)
        var isText = false
        let takeNamed = { (event: SheetEvent) in
            if case .workbook(.csv) = event { isText = true }
            try take(isText ? named(event) : event)
        }
        var received = 0
        var waited = Duration.zero
        while true {
            if isCancelled.isSet { throw CancellationError() }
            let before = ContinuousClock.now
            let reading = child.read(into: buffer, milliseconds: 100)
            waited += ContinuousClock.now - before
            switch reading {
            case .nothingYet: break
            case .endOfOutput: throw death(child.finish())
            case .bytes(let count):
                received += count
                if received > limits.outputBytes { throw ReadFailure.readerTooLarge(limits.outputBytes, place) }
                decoder.feed(UnsafeRawBufferPointer(rebasing: buffer[0..<count]))
                if try deliver(&decoder, takeNamed) { return try settle(child.finish()) }
            }
            if waited > .seconds(limits.seconds) { throw ReadFailure.tooSlow(limits.seconds, place) }
        }
    }

    /// Hands on what is complete; true after the last frame.
    private func deliver(_ decoder: inout EventDecoder, _ take: (SheetEvent) throws -> Void) throws -> Bool {
        do {
            while let message = try decoder.next() {
                switch message {
                case .event(let event): try take(event)
                case .failure(let failure): throw renamed(failure)
                case .finished: return true
                }
            }
            return false
        } catch is EventDecoder.Malformed {
            throw ReadFailure.readerDied("输出无法理解", place)
        }
    }

    /// A child that says it is finished and then fails has not read the file well.
    private func settle(_ ending: ReaderProcess.Ending) throws { if ending != .exit(0) { throw death(ending) } }

    private func death(_ ending: ReaderProcess.Ending) -> Failure {
        switch ending {
        case .signal(SIGXCPU): ReadFailure.tooSlow(limits.seconds, place)
        case .signal(let signal): ReadFailure.readerDied("信号 \(signal)", place)
        case .exit(127): ReadFailure.readerMissing(place)
        case .exit(0): ReadFailure.readerDied("输出中断", place)
        case .exit(let status): ReadFailure.readerDied("退出码 \(status)", place)
        }
    }

    /// The sheet of a text file is called as its sender called the file, not as the store calls the original.
    private func named(_ event: SheetEvent) -> SheetEvent {
        guard case .sheet(_, let visibility) = event else { return event }
        return .sheet(name: CsvReader.sheetName(name), visibility: visibility)
    }

    private var place: FilePlace { FilePlace(file: name) }

    /// The failure under the name that the sender knows, not under the store's name for the original.
    private func renamed(_ failure: Failure) -> Failure {
        var place = failure.place
        place.file = name
        return Failure(failure.kind, failure.code, failure.message, at: place, cure: failure.cure)
    }

    private static func absolute(_ path: String) -> String {
        guard let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }
}

/// Set once, from another thread, when nobody waits for the answer any more.
private final class CancelFlag: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }
    func set() { state.withLock { $0 = true } }
}
