import Synchronization

/// What was read at the latest journal position, kept until the next act: at a position the store never changes, so that nothing kept is stale.
///
/// The position must have been read in the same snapshot as what is kept, outside an act: an act's own rows have no position yet.
package final class PositionCache<Key: Hashable & Sendable, Answer: Sendable>: Sendable {
    private struct Kept {
        var position: Int64 = -1
        var answers: [Key: Answer] = [:]
    }

    private let kept = Mutex(Kept())
    private let limit: Int

    package init(limit: Int = 500) { self.limit = limit }

    /// The kept answer, else the one that is made now; that of an earlier position than the latest seen is not kept.
    package func answer(_ key: Key, at position: Int64, make: () throws -> Answer) rethrows -> Answer {
        if let known = kept.withLock({ $0.position == position ? $0.answers[key] : nil }) { return known }
        let answer = try make()
        kept.withLock { kept in
            guard position >= kept.position else { return }
            if position > kept.position || kept.answers.count >= limit { kept = Kept(position: position) }
            kept.answers[key] = answer
        }
        return answer
    }
}
