import Foundation
import Synchronization

/// The cells of one cube at one position, held as columns: a question over all of them is a walk over a few arrays.
package struct CounterCells: Sendable {
    /// One key of the cells: its different values, and which of them each cell has.
    package struct Column: Sendable {
        package fileprivate(set) var words: [String] = []
        package fileprivate(set) var codes: [UInt32] = []
    }

    /// As many as a cell has keys; those that the cube does not use have the empty word alone.
    package private(set) var columns: [Column]
    /// Which number of the cell it is: `count`, `sales#`.
    package private(set) var metric = Column()
    package private(set) var values: [Int64] = []
    private var readers: [ColumnReader]

    package var count: Int { values.count }

    init() {
        columns = Array(repeating: Column(), count: Tally.width)
        readers = Array(repeating: ColumnReader(), count: Tally.width + 1)
    }

    /// Takes one cell: the keys, the number's name, the number.
    mutating func add(_ row: Row) {
        for place in 0..<Tally.width { readers[place].take(row.text(place), into: &columns[place]) }
        readers[Tally.width].take(row.text(Tally.width), into: &metric)
        values.append(row.integer(Tally.width + 1))
    }

    /// Lets go of what only reading needed.
    mutating func finish() { readers = [] }

    /// Cells come sorted, so that most values are those of the cell before.
    private struct ColumnReader {
        var known: [String: UInt32] = [:]
        var last: (word: String, code: UInt32)?

        mutating func take(_ word: String, into column: inout Column) {
            if let last, last.word == word {
                column.codes.append(last.code)
                return
            }
            let code = known[word] ?? UInt32(column.words.count)
            if code == column.words.count {
                known[word] = code
                column.words.append(word)
            }
            last = (word, code)
            column.codes.append(code)
        }
    }
}

/// Cells that were read before, by cube and position; the longest unused are let go first.
package final class HeldCells: Sendable {
    /// Cells beyond which a cube is read by its index instead of being held.
    static let mostOfOne = 200_000
    /// Cells of all cubes together: some twenty megabytes.
    private static let mostOfAll = 600_000

    private let shelf = Mutex(Shelf())
    private let loading = NSLock()

    private struct Key: Hashable {
        let name: String
        /// nil for the latest cells.
        let position: Int64?
    }

    private struct Held {
        /// The last change that the cells include.
        let changed: Int64
        /// nil where the cube has too many cells.
        let cells: CounterCells?
        var used: UInt64
    }

    private struct Shelf {
        var held: [Key: Held] = [:]
        var uses: UInt64 = 0
    }

    package init() {}

    /// The cells of a cube as known at a position, or now; nil where there are too many to be held.
    ///
    /// The session's snapshot decides: cells of another state of the store than it sees are never given to it.
    func cells(of name: String, known: Int64?, _ session: any Session) throws -> CounterCells? {
        let changed = try LastChange.position(ofCells: name, session)
        let key = Key(name: name, position: known.flatMap { $0 < changed ? $0 : nil })
        if let held = find(key, changed) { return held.cells }
        // One reader makes them, the others wait for it instead of doing the same.
        loading.lock()
        defer { loading.unlock() }
        if let held = find(key, changed) { return held.cells }
        let cells = try Self.read(key, session)
        keep(cells, key, changed)
        return cells
    }

    /// Forgets all: the cells were made anew without an act.
    func forget() { shelf.withLock { $0 = Shelf() } }

    private func find(_ key: Key, _ changed: Int64) -> Held? {
        shelf.withLock { shelf in
            // Past cells never change; the latest are those of the last change.
            guard let held = shelf.held[key], key.position != nil || held.changed == changed else { return nil }
            shelf.uses += 1
            shelf.held[key]?.used = shelf.uses
            return held
        }
    }

    private func keep(_ cells: CounterCells?, _ key: Key, _ changed: Int64) {
        shelf.withLock { shelf in
            if let held = shelf.held[key], held.changed > changed { return }
            shelf.uses += 1
            shelf.held[key] = Held(changed: changed, cells: cells, used: shelf.uses)
            var size = shelf.held.values.reduce(0) { $0 + ($1.cells?.count ?? 1) }
            while size > Self.mostOfAll, shelf.held.count > 1, let oldest = shelf.held.min(by: { $0.value.used < $1.value.used }) {
                size -= oldest.value.cells?.count ?? 1
                shelf.held[oldest.key] = nil
            }
        }
    }

    private static func read(_ key: Key, _ session: any Session) throws -> CounterCells? {
        let most = mostOfOne + 1
        let size = try session.integer("select count(*) from (select 1 from counter where fact = \(key.name) limit \(most)) as cell")
        guard size < most else { return nil }
        var cells = CounterCells()
        try session.forEach(statement(key)) { cells.add($0) }
        cells.finish()
        return cells
    }

    private static func statement(_ key: Key) -> SQL {
        let keys: SQL = "c.k1, c.k2, c.k3, c.k4, c.k5, c.k6, c.metric"
        guard let position = key.position else { return "select " + keys + ", c.value from counter as c where c.fact = \(key.name)" }
        return "select " + keys + ", "
            + """
             coalesce((select p.value from counter_past as p where p.fact = c.fact and p.k1 = c.k1 and p.k2 = c.k2 and p.k3 = c.k3
                and p.k4 = c.k4 and p.k5 = c.k5 and p.k6 = c.k6 and p.metric = c.metric and p.position <= \(position)
                order by p.position desc limit 1), 0)
             from counter as c where c.fact = \(key.name)
            """
    }
}

extension Session {
    /// The cells of a cube as known at a position, or now; nil where there are too many to be held.
    package func cells(of name: String, known: Int64?) throws -> CounterCells? { try held.cells(of: name, known: known, self) }
}
