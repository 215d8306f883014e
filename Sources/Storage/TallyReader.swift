import Crypto
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
    private let groups: [(columns: [Int], read: @Sendable (Int64, [Value]) -> (thing: String, misses: Bool)?)]
    private let leftOut: (column: Int, value: String)?
    /// For every cube its name, the places of its keys, and of the parts it keeps.
    let cubes: [(name: String, keys: [Int], parts: [Int])]
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
        groups = tally.groups.map { (places($0.columns), $0.read) }
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

    func thing(_ sort: Int, id: Int64, _ row: [Value]) -> (thing: String, misses: Bool)? {
        groups[sort].read(id, groups[sort].columns.map { value(row, $0) })
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

/// The keys that things are counted under.
struct ThingHead: Hashable, Sendable {
    let fact: String
    /// Up to five.
    let pinned: [String]

    /// The keys that say something, for messages.
    var shown: String { ([fact] + pinned.filter { !$0.isEmpty }).joined(separator: "，") }
}

/// A thing with several rows, under its pinned keys.
struct CountedThing: Hashable, Sendable {
    let head: ThingHead
    let thing: ThingMark
}

/// What a thing is known by: the first half of the SHA-256 of its name, so that millions of them stay small.
package struct ThingMark: Hashable, Sendable {
    private let high: UInt64
    let low: UInt64

    package init(_ name: String) {
        var name = name
        let digest = name.withUTF8 { SHA256.hash(data: UnsafeRawBufferPointer($0)) }
        self = digest.withUnsafeBytes { ThingMark($0) }
    }

    /// From its sixteen bytes.
    init(_ bytes: UnsafeRawBufferPointer) {
        high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
        low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }

    var value: Value {
        .blob(withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) })
    }

    /// nil where the value is no mark.
    init?(_ value: Value) {
        guard case .blob(let bytes) = value, bytes.count == 16 else { return nil }
        self = bytes.withUnsafeBytes { ThingMark($0) }
    }
}

/// How many rows a thing has at one leaf value, and how many of them miss.
struct ThingStanding: Hashable, Sendable {
    var rows: Int64 = 0
    var misses: Int64 = 0

    static func + (left: ThingStanding, right: ThingStanding) -> ThingStanding {
        ThingStanding(rows: left.rows + right.rows, misses: left.misses + right.misses)
    }
}
