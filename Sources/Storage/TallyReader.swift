import Values

/// A tally with its columns found in a table's rows.
struct TallyReader: Sendable {
    private enum Reading: Sendable {
        case plain(Int)
        case computed([Int], @Sendable ([Value]) -> String)
    }

    let tally: Tally
    private let keys: [Reading]
    private let parts: [(columns: [Int], read: @Sendable ([Value]) -> Int64)]
    private let groups: [(columns: [Int], misses: @Sendable ([Value]) -> Bool?)]
    private let namingPlaces: [[Int]]
    private let leftOut: (column: Int, value: String)?
    /// For every cube its name, the places of its keys, and of the parts it keeps.
    let cubes: [(name: String, keys: [Int], parts: [Int])]
    /// The ways in which things are named, and for each the sorts of things that are named so.
    let namings: [(naming: Tally.Naming, groups: [Int])]
    /// For every sort of things the places of its pinned keys and of its leaf.
    let groupKeys: [(name: String, pinned: [Int], leaf: Int)]
    /// The columns that are read at all.
    let used: Set<Identifier>

    init(_ tally: Tally, columns: [Identifier]) {
        func places(_ names: [Identifier]) -> [Int] { names.map { columns.firstIndex(of: $0) ?? columns.count } }
        func keyPlaces(_ names: [String]) -> [Int] { names.map { name in tally.keys.firstIndex { $0.name == name } ?? tally.keys.count } }
        self.tally = tally
        keys = tally.keys.map { key in key.read.map { .computed(places(key.columns), $0) } ?? .plain(places(key.columns)[0]) }
        parts = tally.parts.map { (places($0.columns), $0.read) }
        groups = tally.groups.map { (places($0.conditions), $0.misses) }
        var different: [Tally.Naming] = []
        for group in tally.groups where !different.contains(group.naming) { different.append(group.naming) }
        namings = different.map { naming in (naming, tally.groups.indices.filter { tally.groups[$0].naming == naming }) }
        namingPlaces = different.map { places($0.columns) }
        leftOut = tally.leftOut.map { (places([$0.column])[0], $0.value) }
        cubes = tally.cubes.map { cube in
            let kept = tally.parts.indices.filter { tally.parts[$0].metric == "count" || cube.metrics.contains(tally.parts[$0].metric) }
            return (tally.name(cube), keyPlaces(cube.keys), kept)
        }
        groupKeys = tally.groups.map { (tally.name($0), keyPlaces($0.pinned), keyPlaces([$0.leaf])[0]) }
        used = Set(tally.keys.flatMap(\.columns) + tally.parts.flatMap(\.columns) + tally.groups.flatMap(\.columns))
            .union(tally.leftOut.map { [$0.column] } ?? [])
    }

    func counts(_ row: [Value]) -> Bool { leftOut.map { value(row, $0.column).text != $0.value } ?? true }

    /// All keys of a row, in the tally's order.
    func leaf(_ row: [Value]) -> [String] {
        keys.map { reading in
            switch reading {
            case .plain(let place): value(row, place).keyText
            case .computed(let places, let read): read(places.map { value(row, $0) })
            }
        }
    }

    /// What a row adds, part by part.
    func amounts(_ row: [Value]) -> [Int64] { parts.map { part in part.read(part.columns.map { value(row, $0) }) } }

    /// The thing that a row belongs to; nil where it belongs to none.
    func thing(_ naming: Int, id: Int64, _ row: [Value]) -> ThingName? {
        for place in namingPlaces[naming] {
            switch value(row, place) {
            case .integer(let number): return .number(number)
            case .text(let text) where !text.isEmpty: return .text(text)
            default: continue
            }
        }
        if case .nameOrRow = namings[naming].naming { return .row(id) }
        return nil
    }

    /// In which sorts of things a row takes part, and in which it misses: a bit for each.
    func parts(_ naming: Int, _ row: [Value]) -> (takes: UInt16, misses: UInt16) {
        var (takes, missing): (UInt16, UInt16) = (0, 0)
        for group in namings[naming].groups {
            guard let misses = groups[group].misses(groups[group].columns.map { value(row, $0) }) else { continue }
            takes |= 1 << UInt16(group)
            if misses { missing |= 1 << UInt16(group) }
        }
        return (takes, missing)
    }

    private func value(_ row: [Value], _ place: Int) -> Value { place < row.count ? row[place] : .null }
}

extension Value {
    /// The value as a counter's key: empty for a null.
    package var keyText: String { text ?? integer.map { String($0) } ?? "" }
}

/// A counter cell's address, its keys filled up to the width.
struct CounterKey: Hashable, Comparable {
    let fact: String
    let keys: [String]
    let metric: String

    init(_ fact: String, _ keys: [String], _ metric: String) {
        self.fact = fact
        self.keys = keys.count == Tally.width ? keys : keys + Array(repeating: "", count: max(0, Tally.width - keys.count))
        self.metric = metric
    }

    static func < (left: CounterKey, right: CounterKey) -> Bool {
        if left.fact != right.fact { return left.fact < right.fact }
        if left.keys != right.keys { return left.keys.lexicographicallyPrecedes(right.keys) }
        return left.metric < right.metric
    }

    /// The keys that say something, for messages.
    var shown: String { keys.filter { !$0.isEmpty }.joined(separator: "，") }
}

/// What a thing is known by in its rows.
enum ThingName: Hashable, Comparable, Sendable {
    case number(Int64)
    case text(String)
    /// A row that is a thing of its own.
    case row(Int64)

    /// What the thing's rows have in their column; nil where there is one row alone.
    var value: Value? {
        switch self {
        case .number(let number): .integer(number)
        case .text(let text): .text(text)
        case .row: nil
        }
    }
}
