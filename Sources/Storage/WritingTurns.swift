import Values

/// Who writes next: one at a time, first come, first served. Whoever would wait longer than a browser does is told so instead, while a long
/// act is under way.
actor WritingTurns {
    private struct Waiting {
        let number: Int
        let turn: CheckedContinuation<Void, any Error>
    }

    private var isTaken = false
    private var waiting: [Waiting] = []
    private var last = 0

    /// - Parameter patience: nil waits for as long as it takes.
    /// - Throws: `store.busy`.
    func take(patience: Duration?) async throws {
        guard isTaken else {
            isTaken = true
            return
        }
        last += 1
        let number = last
        try await withCheckedThrowingContinuation { turn in
            waiting.append(Waiting(number: number, turn: turn))
            guard let patience else { return }
            Task {
                try? await Task.sleep(for: patience)
                giveUp(number)
            }
        }
    }

    var waitingCount: Int { waiting.count }

    func give() {
        if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().turn.resume() }
    }

    private func giveUp(_ number: Int) {
        guard let place = waiting.firstIndex(where: { $0.number == number }) else { return }
        waiting.remove(at: place).turn.resume(throwing: StorageFailure.busy)
    }
}
