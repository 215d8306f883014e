package import Values

/// All divisions with their dates, parents and successions, and an index of their names for reading texts from the left.
package struct RegionTree: Sendable {
    /// Every division, former ones included, in the order of the files.
    package let regions: [Region]
    private let byID: [ID<Region>: Region]
    private let byCode: [String: [Region]]
    private let names: RegionNames
    private let aliases: [ID<Region>: [(text: [UInt32], region: ID<Region>)]]
    /// Short names that are common words or several places, and so prove nothing at the start of a firm's name.
    package let ambiguousShorts: Set<String>
    /// Full names of districts that exist or existed in several cities of the country: 鼓楼区, 城区.
    package let namesakes: Set<String>

    package init(
        regions: [Region], aliases: [ID<Region>: [String: ID<Region>]] = [:], ambiguousShorts: Set<String> = [], namesakes: Set<String> = []
    ) {
        self.regions = regions
        self.namesakes = namesakes
        self.ambiguousShorts = ambiguousShorts
        byID = Dictionary(regions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        byCode = Dictionary(grouping: regions.filter { $0.code != nil }) { $0.code ?? "" }
        names = RegionNames(regions)
        self.aliases = aliases.mapValues { table in
            table.map { (PlaceText.codes(NameFolding.key($0.key)), $0.value) }.sorted { $0.0.count > $1.0.count }
        }
    }

    /// A division by its id.
    package func region(_ id: ID<Region>) -> Region? { byID[id] }

    /// The bearer of a code on a day; nil when nobody bore it then (440181 in 2018).
    package func region(code: String, on day: Day) -> Region? { bearers(of: code).first { $0.exists(on: day) } }

    /// All bearers of a code, of any time.
    package func bearers(of code: String) -> [Region] {
        byCode[code.count == 6 || code.count == 9 ? code : code.padding(to: 6)] ?? []
    }

    /// The division of a full name that exists on a day, where only one bears it: 南海区, 苏州市.
    package func region(named name: String, on day: Day) -> Region? {
        let found = regions.filter { $0.name == name && $0.exists(on: day) }
        return found.count == 1 ? found.first : nil
    }

    /// The divisions that existed on a day directly below another, in the order of their codes.
    package func children(of parent: ID<Region>, on day: Day) -> [Region] {
        regions.filter { $0.parent == parent && $0.exists(on: day) }.sorted { $0.id < $1.id }
    }

    /// From the province down to the division itself.
    package func chain(_ region: Region) -> [Region] {
        var chain = [region]
        while let parent = chain[0].parent.flatMap({ byID[$0] }), chain.count < 5 { chain.insert(parent, at: 0) }
        return chain
    }

    /// Whether a division is another one or lies below it, by the parents of the files.
    package func isWithin(_ region: Region, _ ancestor: Region) -> Bool {
        var next: Region? = region
        while let here = next {
            if here.id == ancestor.id { return true }
            next = here.level <= ancestor.level ? nil : here.parent.flatMap { byID[$0] }
        }
        return false
    }

    /// What stands in a division's place on a day: itself while it exists, else its successors, followed as far as needed.
    package func successors(of region: Region, on day: Day) -> [Region] {
        guard let to = region.to, to <= day else { return [region] }
        var open = [region]
        var found: [Region] = []
        var seen = Set<ID<Region>>()
        while let next = open.popLast() {
            guard seen.insert(next.id).inserted else { continue }
            if let to = next.to, to <= day, !next.successors.isEmpty {
                open += next.successors.compactMap { byID[$0] }
            } else {
                found.append(next)
            }
        }
        return found.sorted { $0.id < $1.id }
    }

    /// The former divisions whose place a division took, directly.
    package func predecessors(of region: Region) -> [Region] { regions.filter { $0.successors.contains(region.id) } }

    /// The deepest division that contains all of the given ones.
    package func common(_ regions: [Region]) -> Region? {
        guard let first = regions.first else { return nil }
        return chain(first).last { candidate in regions.allSatisfy { isWithin($0, candidate) } }
    }

    /// What a division's name stands for on a day: itself while it exists, else what contains all that took its place.
    func standing(for region: Region, on day: Day) -> Region? {
        guard let to = region.to, to <= day else { return region }
        return common(successors(of: region, on: day))
    }

    /// Names that stand at a place of a text, longest first, of divisions that had begun by the day; `reach` as the walk tells it.
    func matches(in text: [UInt32], at place: Int, by day: Day, reach: inout Int) -> [RegionName] {
        let found = names.matches(in: text, at: place, reach: &reach)
        return found.allSatisfy { $0.region.hasBegun(by: day) } ? found : found.filter { $0.region.hasBegun(by: day) }
    }

    /// A customary name that holds only inside `parent`: 高新区 inside 苏州市; `reach` grows to how far was looked.
    func alias(in text: [UInt32], at place: Int, under parent: Region, reach: inout Int) -> (region: Region, length: Int)? {
        guard let entries = aliases[parent.id] else { return nil }
        // Longest first.
        reach = max(reach, place + (entries.first?.text.count ?? 0))
        for entry in entries where text[place...].starts(with: entry.text) {
            if let region = byID[entry.region] { return (region, entry.text.count) }
        }
        return nil
    }
}

/// Folded texts as the reader compares them: one number for each character.
enum PlaceText {
    /// Characters of several scalars (with combining marks) stand in no division's name; they get a number that none has.
    static func codes(_ text: String) -> [UInt32] {
        if text.unicodeScalars.allSatisfy({ NameFolding.isPlain($0) || $0 == "(" || $0 == ")" }) { return text.unicodeScalars.map(\.value) }
        return text.map { character in
            let scalars = character.unicodeScalars
            return scalars.count == 1 ? scalars.first?.value ?? .max : .max
        }
    }

    /// The opening bracket, after which the name of a place may stand.
    static let bracket = UInt32(UInt8(ascii: "("))

    /// The codes of a text that is yet to be folded, in room that is used again.
    static func codes(_ text: String, into codes: inout [UInt32]) {
        codes.removeAll(keepingCapacity: true)
        for scalar in text.unicodeScalars {
            guard NameFolding.isPlain(scalar) || scalar == "(" || scalar == ")" else {
                codes = self.codes(NameFolding.key(text))
                return
            }
            codes.append(scalar.value)
        }
    }

    static func string(_ codes: some Sequence<UInt32>) -> String {
        var scalars = String.UnicodeScalarView()
        for code in codes { if let scalar = Unicode.Scalar(code) { scalars.append(scalar) } }
        return String(scalars)
    }
}

extension String {
    func padding(to length: Int) -> String { self + String(repeating: "0", count: max(0, length - count)) }
}
