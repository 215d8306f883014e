import Synchronization

/// What was read before, each answer bound to the position of the last change to what it is made from, so that it cannot be stale.
///
/// The position must have been read in the same snapshot as what is kept, outside an act: an act's own rows have no position yet.
package final class PositionCache<Key: Hashable & Sendable, Answer: Sendable>: Sendable {
    private struct Kept {
        let position: Int64
        let answer: Answer
    }

    private let kept = Mutex<[Key: Kept]>([:])
    private let limit: Int

    package init(limit: Int = 500) { self.limit = limit }

    /// The kept answer, else the one that is made now; that of an earlier snapshot takes no later one's place.
    ///
    /// - Parameter keeps: whether an answer is small enough to be held.
    package func answer(
        _ key: Key, at position: Int64, keeping keeps: (Answer) -> Bool = { _ in true }, make: () throws -> Answer
    ) rethrows -> Answer {
        if let known = kept.withLock({ $0[key] }), known.position == position { return known.answer }
        let answer = try make()
        guard keeps(answer) else { return answer }
        kept.withLock { kept in
            if let known = kept[key], known.position > position { return }
            if kept.count >= limit, kept[key] == nil { kept.removeAll(keepingCapacity: true) }
            kept[key] = Kept(position: position, answer: answer)
        }
        return answer
    }
}
