import Dispatch

/// Collects the marks of all rows of a table and finds the rows that share any.
struct RowMarks {
    private struct Mark {
        let hash: UInt64
        let row: UInt32
    }

    /// By the first bits of the mark, so that several lists can be sorted at a time.
    private var marks = [[Mark]](repeating: [], count: 16)
    private(set) var rows = 0

    /// The marks of the next row.
    mutating func add(_ hashes: [UInt64]) {
        for hash in hashes { marks[Int(hash >> 60)].append(Mark(hash: hash, row: UInt32(rows))) }
        rows += 1
    }

    /// Two different keys of one hash only put two rows into one window, which changes nothing.
    consuming func groups() -> RowGroups {
        marks.withUnsafeMutableBufferPointer { lists in
            // Each thread has a list of its own. Which of the rows that share a mark stands first does not matter.
            nonisolated(unsafe) let lists = lists
            DispatchQueue.concurrentPerform(iterations: lists.count) { lists[$0].sort { $0.hash < $1.hash } }
        }
        var groups = RowGroups()
        for list in marks {
            for index in list.indices.dropFirst() where list[index].hash == list[index - 1].hash {
                groups.join(list[index - 1].row, list[index].row)
            }
        }
        groups.settle()
        return groups
    }
}

/// Rows of one table that may be about the same record, each group known by its first row.
struct RowGroups: Sendable {
    private var parents: [UInt32: UInt32] = [:]
    private var lasts: [UInt32: UInt32] = [:]

    mutating func join(_ one: UInt32, _ other: UInt32) {
        let (first, second) = (root(one), root(other))
        parents[max(first, second)] = min(first, second)
        parents[min(first, second)] = min(first, second)
    }

    private func root(_ row: UInt32) -> UInt32 {
        var here = row
        while let parent = parents[here], parent != here { here = parent }
        return here
    }

    mutating func settle() {
        for row in parents.keys {
            let root = root(row)
            parents[row] = root
            lasts[root] = max(lasts[root] ?? 0, row)
        }
    }

    /// The group of a row with the place of its last row; nil for a row that shares nothing.
    func group(of row: Int) -> (first: UInt32, last: Int)? {
        guard let first = parents[UInt32(row)], let last = lasts[first] else { return nil }
        return (first, Int(last))
    }
}

/// Puts rows into windows: a row that shares nothing at once, the rows of a group together when the last of them has come.
struct WindowSorter<Entry: Sendable>: Sendable {
    let groups: RowGroups
    let size: Int
    private var window: [WindowRow<Entry>] = []
    private var waiting: [UInt32: [WindowRow<Entry>]] = [:]

    init(groups: RowGroups, size: Int) {
        self.groups = groups
        self.size = size
    }

    /// A full window, where the row fills one.
    mutating func add(_ row: WindowRow<Entry>) -> [WindowRow<Entry>]? {
        if let group = groups.group(of: row.place) {
            waiting[group.first, default: []].append(row)
            if row.place == group.last { window += waiting.removeValue(forKey: group.first) ?? [] }
        } else {
            window.append(row)
        }
        return window.count >= size ? rest() : nil
    }

    /// The last window; nil where nothing is left.
    mutating func rest() -> [WindowRow<Entry>]? {
        guard !window.isEmpty else { return nil }
        let full = window
        window = []
        return full
    }
}
