import Dispatch

/// What the rows of one act add to its entry: their digests and the counters they move.
///
/// Large batches are worked through on a thread of their own while the engine takes the next ones; what is asked for at the end waits for it.
final class RowTally {
    /// Digests and counters of what has been worked through.
    struct Sum: Sendable {
        var digests: [RowDigest] = []
        var counters = CounterBook()
        var writer = DigestText("open", "")

        mutating func add(_ table: RecordTable, id: Int64, row: [Value]) {
            digests.append(table.digest(key: .integer(id), row: row, with: &writer))
            counters.add(table, id: id, row: row, sign: 1)
        }
    }

    private var here = Sum()
    private let elsewhere = Elsewhere()
    private static let large = 500

    func add(_ table: RecordTable, rows: [(id: Int64, row: [Value])]) {
        guard rows.count >= Self.large else {
            for (id, row) in rows { here.add(table, id: id, row: row) }
            return
        }
        elsewhere.add(table, rows)
    }

    func add(_ digest: RowDigest) { here.digests.append(digest) }

    func count(_ table: RecordTable, id: Int64, row: [Value], sign: Int64) { here.counters.add(table, id: id, row: row, sign: sign) }

    /// Everything, once all is worked through.
    func sum() -> (digests: [RowDigest], counters: CounterBook) {
        var sum = elsewhere.handedOver()
        sum.digests += here.digests
        sum.counters.add(here.counters)
        return (sum.digests, sum.counters)
    }
}

/// The thread that works batches through, at most a few waiting.
private final class Elsewhere: Sendable {
    private let queue = DispatchQueue(label: "hallmark.row-tally")
    private let room = DispatchSemaphore(value: 4)
    // Only touched on `queue`.
    nonisolated(unsafe) private var sum = RowTally.Sum()

    func add(_ table: RecordTable, _ rows: [(id: Int64, row: [Value])]) {
        room.wait()
        queue.async {
            for (id, row) in rows { self.sum.add(table, id: id, row: row) }
            self.room.signal()
        }
    }

    /// Lets go of the sum, so that it is not copied when it is sorted.
    func handedOver() -> RowTally.Sum {
        queue.sync {
            defer { sum = RowTally.Sum() }
            return sum
        }
    }
}

/// The numbers that an act has written: new ones come in runs, changed ones singly.
struct WrittenIDs {
    private var runs: [ClosedRange<Int64>] = []
    private var single: Set<Int64> = []

    func contains(_ id: Int64) -> Bool {
        if single.contains(id) { return true }
        var (low, high) = (0, runs.count)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].upperBound < id { low = middle + 1 } else { high = middle }
        }
        return low < runs.count && runs[low].contains(id)
    }

    mutating func insert(_ id: Int64) {
        guard let last = runs.last else {
            runs.append(id...id)
            return
        }
        if id == last.upperBound + 1 {
            runs[runs.count - 1] = last.lowerBound...id
        } else if id > last.upperBound {
            runs.append(id...id)
        } else {
            single.insert(id)
        }
    }
}
