import Storage

/// Adds up held cells: those whose keys have wanted values, by the values of up to two keys.
struct CellSums {
    private let cells: CounterCells
    /// For each condition the key's place and which of its values are wanted.
    private var conditions: [(column: CounterCells.Column, wanted: [Bool])] = []

    init(_ cells: CounterCells) { self.cells = cells }

    /// Narrows to cells whose key is one of some values.
    mutating func narrow(_ place: Int, to values: some Sequence<String>) {
        let wanted = Set(values)
        narrow(place) { wanted.contains($0) }
    }

    /// Narrows to cells whose key meets a condition, which is asked once for each value and not for each cell.
    mutating func narrow(_ place: Int, _ isWanted: (String) -> Bool) {
        let column = cells.columns[place]
        conditions.append((column, column.words.map(isWanted)))
    }

    /// One sum for each number's name, by group; without groups there is one, even of nothing.
    func sums(of names: [String], by places: [Int]) -> [[String]: [Int64]] {
        let slots = cells.metric.words.map { names.firstIndex(of: $0) ?? -1 }
        let keys = places.map { cells.columns[$0] }
        let width = keys.count > 1 ? max(1, keys[1].words.count) : 1
        var places: [Int: Int] = keys.isEmpty ? [0: 0] : [:]
        var sums = keys.isEmpty ? [Int64](repeating: 0, count: names.count) : []
        for cell in 0..<cells.count {
            let slot = slots[Int(cells.metric.codes[cell])]
            guard slot >= 0, meets(cell) else { continue }
            let group = keys.isEmpty ? 0 : Int(keys[0].codes[cell]) * width + (keys.count > 1 ? Int(keys[1].codes[cell]) : 0)
            let place = places[group] ?? places.count
            if place == places.count {
                places[group] = place
                sums.append(contentsOf: repeatElement(0, count: names.count))
            }
            sums[place * names.count + slot] += cells.values[cell]
        }
        var found: [[String]: [Int64]] = [:]
        for (group, place) in places {
            let words = keys.indices.map { keys[$0].words[$0 == 0 ? group / width : group % width] }
            found[words] = Array(sums[(place * names.count)..<((place + 1) * names.count)])
        }
        return found
    }

    /// The sum of one number for each value of a key, in the order of the column's words; nothing where no cell has the number.
    func sums(of name: String, by place: Int) -> (words: [String], sums: [Int64]) {
        let key = cells.columns[place]
        var sums = [Int64](repeating: 0, count: key.words.count)
        guard let wanted = cells.metric.words.firstIndex(of: name) else { return (key.words, sums) }
        for cell in 0..<cells.count where Int(cells.metric.codes[cell]) == wanted && meets(cell) {
            sums[Int(key.codes[cell])] += cells.values[cell]
        }
        return (key.words, sums)
    }

    private func meets(_ cell: Int) -> Bool {
        for condition in conditions where !condition.wanted[Int(condition.column.codes[cell])] { return false }
        return true
    }
}
