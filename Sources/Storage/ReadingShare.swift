package import Values

/// How many of the store's reading connections long readings may hold together: long questions, exports, looks at long imports.
///
/// All but two, so that pages are answered whatever else is asked; at least one, so that long readings come to an end. First come, first served.
actor ReadingShare {
    private struct Waiting {
        let number: Int
        let reader: String?
        let turn: CheckedContinuation<Void, any Error>
    }

    /// Connections that are left to pages.
    static let left = 2
    /// Long readings of one person, under way and waiting, while a browser waits for each.
    static let mostOfOne = 2

    nonisolated let places: Int
    private var free: Int
    private var waiting: [Waiting] = []
    private var last = 0
    private var ofReader: [String: Int] = [:]

    init(readers: Int) {
        places = max(1, readers - Self.left)
        free = places
    }

    /// - Parameters:
    ///   - reader: whose browser waits; nil where somebody else counts what one person may have under way.
    ///   - patience: how long a browser waits for a place; nil waits for as long as it takes.
    /// - Throws: `store.reads.too-many`, `store.reads.busy`.
    func take(for reader: String?, patience: Duration?) async throws {
        if let reader {
            guard ofReader[reader, default: 0] < Self.mostOfOne else {
                throw Failure(.busy, "store.reads.too-many", "您已有 \(Self.mostOfOne) 个导出在进行，没有再开始一个", cure: "等其中一个完成后再导出")
            }
            ofReader[reader, default: 0] += 1
        }
        guard free == 0 else {
            free -= 1
            return
        }
        last += 1
        let number = last
        try await withCheckedThrowingContinuation { turn in
            waiting.append(Waiting(number: number, reader: reader, turn: turn))
            guard let patience else { return }
            Task {
                try? await Task.sleep(for: patience)
                giveUp(number)
            }
        }
    }

    func give(for reader: String?) {
        forget(reader)
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().turn.resume() }
    }

    private func forget(_ reader: String?) {
        guard let reader, let count = ofReader[reader] else { return }
        ofReader[reader] = count > 1 ? count - 1 : nil
    }

    private func giveUp(_ number: Int) {
        guard let place = waiting.firstIndex(where: { $0.number == number }) else { return }
        let one = waiting.remove(at: place)
        forget(one.reader)
        one.turn.resume(
            throwing: Failure(.busy, "store.reads.busy", "同时进行的长查询和导出太多，这一个没有轮到", cure: "过几分钟再试，或加条件缩小范围"))
    }
}

extension Store {
    /// Reads what may take minutes: only as many at once as leave connections for pages.
    ///
    /// - Parameters:
    ///   - reader: the person whose browser waits for it; nil for a job, whose owner's jobs are counted where they are kept.
    /// - Throws: `store.reads.too-many` where this person has enough under way; `store.reads.busy` where no place came free in time.
    package func readLong<Answer: Sendable>(
        for reader: Actor? = nil, _ body: @Sendable @escaping (any Session) throws -> Answer
    ) async throws -> Answer {
        try await longReads.take(for: reader?.name, patience: reader == nil ? nil : .seconds(60))
        let answer: Result<Answer, any Error>
        // As long as it takes, and on no connection that pages wait for.
        do { answer = .success(try await WaitingLimit.$current.withValue(nil) { try await read(body) }) } catch { answer = .failure(error) }
        await longReads.give(for: reader?.name)
        return try answer.get()
    }
}
