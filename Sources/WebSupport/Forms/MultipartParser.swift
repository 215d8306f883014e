import Values

/// Takes multipart/form-data apart as it arrives (RFC 7578; grammar of RFC 2046 section 5.1.1), holding back no more than a boundary's length.
struct MultipartParser {
    enum Event: Equatable {
        case began(MultipartHead)
        case bytes([UInt8])
        case ended
    }

    private enum State { case preamble, head, content, afterBoundary, epilogue }

    /// RFC 2046 lets a boundary have at most 70 characters; a part's head gets 8 KiB, as much as browsers ever need and more.
    private static let headLimit = 8192
    private let delimiter: [UInt8]
    private var state = State.preamble
    /// What could not be decided yet. It starts with the line end that RFC 2046 lets the first boundary go without.
    private var pending: [UInt8] = [13, 10]
    private var partCount = 0
    private let partLimit: Int

    /// - Throws: `form.malformed` where the type names no usable boundary.
    init(contentType: String, partLimit: Int) throws {
        guard let boundary = MultipartHead.parameter("boundary", of: contentType), (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), boundary.last != " "
        else { throw Failure.malformedForm }
        delimiter = [13, 10, 45, 45] + Array(boundary.utf8)
        self.partLimit = partLimit
    }

    /// The next events; bytes of a part are handed on as soon as they cannot belong to a boundary.
    mutating func take(_ bytes: some Sequence<UInt8>) throws -> [Event] {
        pending.append(contentsOf: bytes)
        var events: [Event] = []
        while try step(&events) {}
        return events
    }

    /// - Throws: `form.malformed` where the last boundary is missing: the body was cut off.
    func finish() throws {
        guard state == .epilogue else { throw Failure.malformedForm }
    }

    /// One step; false when more bytes are needed.
    private mutating func step(_ events: inout [Event]) throws -> Bool {
        switch state {
        case .preamble: return try skipPreamble()
        case .afterBoundary: return try readBoundaryEnd()
        case .head: return try readHead(&events)
        case .content: return readContent(&events)
        case .epilogue:
            pending = []
            return false
        }
    }

    private mutating func skipPreamble() throws -> Bool {
        let (kept, found) = split()
        guard kept.count <= MultipartParser.headLimit else { throw Failure.malformedForm }
        if found { state = .afterBoundary }
        return found
    }

    /// After a boundary: `--` ends the form; otherwise blanks that a transport may have added, and a line end.
    private mutating func readBoundaryEnd() throws -> Bool {
        guard pending.count >= 2 else { return false }
        if pending.starts(with: [45, 45]) {
            state = .epilogue
            return true
        }
        let blanks = pending.prefix { $0 == 32 || $0 == 9 }.count
        guard blanks <= 64 else { throw Failure.malformedForm }
        guard pending.count >= blanks + 2 else { return false }
        guard pending[blanks] == 13, pending[blanks + 1] == 10 else { throw Failure.malformedForm }
        // The line end stays: a head without lines is then a blank line like any other head's end.
        pending.removeFirst(blanks)
        state = .head
        return true
    }

    private mutating func readHead(_ events: inout [Event]) throws -> Bool {
        guard let end = MultipartParser.index(of: [13, 10, 13, 10], in: pending, from: 0) else {
            guard pending.count <= MultipartParser.headLimit else { throw Failure.malformedForm }
            return false
        }
        partCount += 1
        guard partCount <= partLimit, end <= MultipartParser.headLimit else {
            throw Failure.tooManyParts(limit: partLimit)
        }
        events.append(.began(try MultipartHead(lines: pending[..<end])))
        pending.removeFirst(end + 4)
        state = .content
        return true
    }

    private mutating func readContent(_ events: inout [Event]) -> Bool {
        let (content, found) = split()
        if !content.isEmpty { events.append(.bytes(content)) }
        if found {
            events.append(.ended)
            state = .afterBoundary
        }
        return found
    }

    /// Cuts off what stands before the next boundary, or, where none is in sight, all that cannot be the beginning of one.
    private mutating func split() -> (before: [UInt8], found: Bool) {
        if let start = MultipartParser.index(of: delimiter, in: pending, from: 0) {
            let before = Array(pending[..<start])
            pending.removeFirst(start + delimiter.count)
            return (before, true)
        }
        let safe = max(0, pending.count - delimiter.count + 1)
        let before = Array(pending[..<safe])
        pending.removeFirst(safe)
        return (before, false)
    }

    /// The first place of `needle`; compares only where its first byte stands.
    static func index(of needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = needle.first, bytes.count >= needle.count else { return nil }
        return bytes.withUnsafeBufferPointer { buffer in
            var index = start
            let last = buffer.count - needle.count
            while index <= last {
                if buffer[index] == first, (1..<needle.count).allSatisfy({ buffer[index + $0] == needle[$0] }) { return index }
                index += 1
            }
            return nil
        }
    }
}
