import Dispatch

/// Turns rows into entries on several threads at once, each with a reader of its own; what goes in first comes out first.
///
/// A row is read without regard to others, so that nobody can tell the number of shares from the entries; what the readers notice about the
/// table as a whole is brought together at the end.
final class ReadingShares<Reader: EntryReader>: Sendable {
    private let shares: [Share]
    // Only touched by the thread that hands rows in.
    nonisolated(unsafe) private var next = 0

    private final class Share: Sendable {
        let queue = DispatchQueue(label: "hallmark.read-rows")
        // Only touched on `queue`.
        nonisolated(unsafe) var reader: Reader

        init(_ reader: Reader) { self.reader = reader }
    }

    /// Two keep two processors busy beside the thread that writes; more would only hold more rows.
    init(_ reader: Reader, count: Int = 2) { shares = (0..<count).map { _ in Share(reader) } }

    /// Reads some rows, the first of which stands at a place among all; `pending.get` waits for them.
    func read(_ rows: [DataRow], from place: Int, by reading: RowReading) -> Pending<[WindowRow<Reader.Entry>]> {
        let pending = Pending<[WindowRow<Reader.Entry>]>()
        let share = shares[next]
        next = (next + 1) % shares.count
        share.queue.async {
            var entries: [WindowRow<Reader.Entry>] = []
            entries.reserveCapacity(rows.count)
            for row in rows {
                let read = reading.read(row)
                entries.append(WindowRow(place: place + entries.count, entry: share.reader.entry(read), row: read))
            }
            pending.set(entries)
        }
        return pending
    }

    /// What is to be said of the table; waits for all that was handed in.
    func tableIssues() -> [RowIssue] {
        var readers = shares.map { share in share.queue.sync { share.reader } }
        var whole = readers.removeFirst()
        for other in readers { whole.absorb(other) }
        return whole.tableIssues
    }
}

/// A value that another thread is still making.
final class Pending<Value: Sendable>: Sendable {
    private let isThere = DispatchSemaphore(value: 0)
    // Written before `isThere` is signalled, read after.
    nonisolated(unsafe) private var value: Value?

    func set(_ value: Value) {
        self.value = value
        isThere.signal()
    }

    /// Asked once.
    func get() -> Value? {
        isThere.wait()
        defer { value = nil }
        return value
    }
}
