import Foundation

/// A narrow passage between a thread that reads and one that writes: a few windows at most wait in it, then the reader waits.
final class Passage<Parcel: Sendable>: Sendable {
    private struct State {
        var parcels: [Parcel] = []
        var isFinished = false
        var failure: (any Error)?
        var isClosed = false
    }

    private let condition = NSCondition()
    // Only touched while `condition` is locked.
    nonisolated(unsafe) private var state = State()
    private let room: Int

    init(room: Int = 2) { self.room = room }

    /// Puts a parcel in; throws where nobody takes them any more.
    func put(_ parcel: Parcel) throws {
        condition.lock()
        defer { condition.unlock() }
        while state.parcels.count >= room, !state.isClosed { condition.wait() }
        if state.isClosed { throw CancellationError() }
        state.parcels.append(parcel)
        condition.broadcast()
    }

    /// No more will come; with a failure the taker gets it in the end.
    func finish(_ failure: (any Error)? = nil) {
        condition.withLock {
            state.isFinished = true
            state.failure = failure
            condition.broadcast()
        }
    }

    /// Takes the next parcel; nil after the last.
    func next() throws -> Parcel? {
        condition.lock()
        defer { condition.unlock() }
        while state.parcels.isEmpty, !state.isFinished, !state.isClosed { condition.wait() }
        if state.isClosed { throw CancellationError() }
        if !state.parcels.isEmpty {
            let parcel = state.parcels.removeFirst()
            condition.broadcast()
            return parcel
        }
        if let failure = state.failure { throw failure }
        return nil
    }

    /// Whoever waits at either end stops waiting.
    func close() {
        condition.withLock {
            state.isClosed = true
            condition.broadcast()
        }
    }
}
