import DecisionTables

/// Every firm that a table was asked about with its outcome, its facts and its confirmed class, in the order of the numbers.
///
/// Firms stand in blocks that are shared between copies, so that a run after an act copies the blocks of the touched firms alone.
struct ClassedFirms: Sendable {
    /// One firm.
    struct Firm: Hashable {
        let id: Int64
        /// The place of its outcome in `places.outcomes`.
        var place = 0
        /// 0: nothing confirmed; else twice the place of the confirmed rule, counted from 1, and 1 more for an exception.
        var confirmed = 0
        /// A number for each column, `OutcomePlaces.unknown` where nobody has reported it.
        let facts: [Int64]
    }

    /// Firms of neighbouring numbers, column by column.
    struct Block: Sendable {
        fileprivate(set) var ids: [Int64] = []
        fileprivate(set) var places: [UInt16] = []
        fileprivate(set) var confirmed: [UInt16] = []
        fileprivate(set) var facts: [[Int64]]

        func firm(_ index: Int) -> Firm {
            Firm(id: ids[index], place: Int(places[index]), confirmed: Int(confirmed[index]), facts: facts.map { $0[index] })
        }
    }

    /// How many firms stand at a place, and a sum over their numbers that changes when a firm joins or leaves.
    struct Tally: Sendable, Hashable {
        var count = 0
        private(set) var first: UInt64 = 0
        private(set) var second: UInt64 = 0

        fileprivate mutating func add(_ id: Int64) {
            count += 1
            first &+= Tally.mixed(UInt64(bitPattern: id), 0)
            second &+= Tally.mixed(UInt64(bitPattern: id), 1)
        }

        fileprivate mutating func remove(_ id: Int64) {
            count -= 1
            first &-= Tally.mixed(UInt64(bitPattern: id), 0)
            second &-= Tally.mixed(UInt64(bitPattern: id), 1)
        }

        /// SplitMix64 (Steele, Lea, Flood 2014), once for each half of the seal.
        private static func mixed(_ id: UInt64, _ half: UInt64) -> UInt64 {
            var z = (id &* 2 &+ half) &+ 0x9E37_79B9_7F4A_7C15
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let blockSize = 2_048

    private(set) var places: OutcomePlaces
    private(set) var blocks: [Block] = []
    private(set) var tallies: [Tally]
    /// How many confirmed classes are not what is proposed.
    private(set) var differing = 0
    private(set) var count = 0
    /// For each column its input's place in the table.
    private let inputs: [Int]
    private var asked: [Int64]

    /// - Parameter inputs: the places of the columns' inputs among the inputs of the table; other inputs stay unknown.
    init(_ places: OutcomePlaces, inputs: [Int]) {
        self.places = places
        self.inputs = inputs
        tallies = places.outcomes.map { _ in Tally() }
        asked = places.table.inputs.map { _ in OutcomePlaces.unknown }
    }

    // MARK: Writing

    /// Adds the next firm; numbers ascend.
    mutating func append(_ id: Int64, facts: [Int64], confirmed: Int) {
        if blocks.last.map({ $0.ids.count >= Self.blockSize }) ?? true { blocks.append(Block(facts: inputs.map { _ in [] })) }
        let place = place(facts)
        let last = blocks.count - 1
        blocks[last].ids.append(id)
        blocks[last].places.append(UInt16(place))
        blocks[last].confirmed.append(UInt16(confirmed))
        for column in facts.indices { blocks[last].facts[column].append(facts[column]) }
        count(id, place, confirmed)
    }

    /// Puts a firm as it is now in the place of what was known of it; nil takes it out.
    mutating func put(_ id: Int64, facts: [Int64]?, confirmed: Int) {
        remove(id)
        guard let facts else { return }
        guard !blocks.isEmpty, let greatest = blocks.last?.ids.last, greatest > id else {
            return append(id, facts: facts, confirmed: confirmed)
        }
        let place = place(facts)
        let block = block(of: id)
        let index = blocks[block].ids.insertionPlace(of: id)
        blocks[block].ids.insert(id, at: index)
        blocks[block].places.insert(UInt16(place), at: index)
        blocks[block].confirmed.insert(UInt16(confirmed), at: index)
        for column in facts.indices { blocks[block].facts[column].insert(facts[column], at: index) }
        count(id, place, confirmed)
    }

    private mutating func remove(_ id: Int64) {
        guard !blocks.isEmpty else { return }
        let block = block(of: id)
        guard let index = blocks[block].ids.place(of: id) else { return }
        let (place, confirmed) = (Int(blocks[block].places[index]), Int(blocks[block].confirmed[index]))
        blocks[block].ids.remove(at: index)
        blocks[block].places.remove(at: index)
        blocks[block].confirmed.remove(at: index)
        for column in inputs.indices { blocks[block].facts[column].remove(at: index) }
        if blocks[block].ids.isEmpty { blocks.remove(at: block) }
        tallies[place].remove(id)
        count -= 1
        if differs(place, confirmed) { differing -= 1 }
    }

    private mutating func place(_ facts: [Int64]) -> Int {
        for (column, input) in inputs.enumerated() { asked[input] = facts[column] }
        let place = places.place(asked)
        while tallies.count < places.outcomes.count { tallies.append(Tally()) }
        return place
    }

    private mutating func count(_ id: Int64, _ place: Int, _ confirmed: Int) {
        tallies[place].add(id)
        count += 1
        if differs(place, confirmed) { differing += 1 }
    }

    // MARK: Reading

    /// Whether a confirmed class is not the rule that alone decides.
    func differs(_ place: Int, _ confirmed: Int) -> Bool { confirmed > 0 && place != confirmed / 2 - 1 }

    func firm(_ id: Int64) -> Firm? {
        guard !blocks.isEmpty else { return nil }
        let block = blocks[block(of: id)]
        return block.ids.place(of: id).map(block.firm)
    }

    /// The numbers after a cursor, ascending, of firms that meet a condition on place and confirmed class.
    func numbers(after: Int64, limit: Int, where meets: (_ place: Int, _ confirmed: Int) -> Bool) -> [Int64] {
        var found: [Int64] = []
        for block in blocks where (block.ids.last ?? 0) > after {
            for index in block.ids.indices where block.ids[index] > after && meets(Int(block.places[index]), Int(block.confirmed[index])) {
                found.append(block.ids[index])
                if found.count == limit { return found }
            }
        }
        return found
    }

    /// Every firm in the order of the numbers.
    func forEach(_ body: (_ firm: Firm) throws -> Void) rethrows {
        for block in blocks { for index in block.ids.indices { try body(block.firm(index)) } }
    }

    /// Number and place of every firm.
    var placed: [(id: Int64, place: Int)] { blocks.flatMap { zip($0.ids, $0.places).map { ($0, Int($1)) } } }

    /// The block in which a number stands or would stand.
    private func block(of id: Int64) -> Int {
        var low = 0
        var high = blocks.count - 1
        while low < high {
            let middle = (low + high) / 2
            if (blocks[middle].ids.last ?? 0) < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension [Int64] {
    /// Where the first number stands that is not less.
    func insertionPlace(of number: Int64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Where a number stands in ascending numbers.
    func place(of number: Int64) -> Int? {
        let place = insertionPlace(of: number)
        return place < count && self[place] == number ? place : nil
    }
}
