package import Values

/// A resolver that remembers, for registers of a million rows: the addresses of one district begin alike, and the beginning decides.
///
/// It answers what `PlaceResolver` answers. What was read in a text is remembered under exactly the characters that the reading looked at, its end
/// where it met it, so that another text that begins with them would be read the same. Used by one thread at a time.
package struct PlaceMemory: Sendable {
    private let resolver: PlaceResolver
    private let day: Day
    /// Remembered steps from character to character; beyond it everything is forgotten.
    private let most: Int
    private var readings = RememberedReadings()
    /// Declared place and address together.
    private var pairs: [UInt64: Pair] = [:]
    private var answers: [UInt64: PlaceResolution] = [:]
    private var codes: [UInt32] = []

    private struct Pair: Sendable {
        let number: UInt32
        let merge: PlaceMerge
    }

    package init(_ resolver: PlaceResolver, on day: Day, most: Int = 10_000) {
        self.resolver = resolver
        self.day = day
        self.most = most
    }

    /// The same as the resolver's answer on the day, without a publishing body.
    package mutating func resolve(_ clues: PlaceClues) -> PlaceResolution {
        if readings.size + answers.count > most { forget() }
        let declared = clues.declared.map { reading($0, .declared, base: nil) } ?? 0
        let address = clues.address.map { reading($0, .address, base: readings[declared].deepest) } ?? 0
        let pair = pair(declared, address)
        guard let text = clues.name else { return answer(pair, 0) { $0 } }
        PlaceText.codes(text, into: &codes)
        // Places in brackets are read by the resolver.
        guard !codes.contains(PlaceText.bracket) else { return resolver.resolve(clues, on: day) }
        let isBranch = PlaceResolver.isBranch(codes)
        let name = reading(.name, base: pair.merge.deepest?.region)
        let found = readings[name].reading
        return answer(pair, name << 1 | (isBranch ? 1 : 0)) { merge in
            var merge = merge
            merge.add(isBranch ? found.onlyMentions : found)
            return merge
        }
    }

    private mutating func forget() {
        readings = RememberedReadings()
        pairs = [:]
        answers = [:]
    }

    private mutating func reading(_ text: String, _ field: PlaceField, base: Region?) -> UInt32 {
        PlaceText.codes(text, into: &codes)
        return reading(field, base: base)
    }

    /// The number of the reading of the text that stands in `codes`.
    private mutating func reading(_ field: PlaceField, base: Region?) -> UInt32 {
        if let known = readings.number(of: codes, field, base: base?.id) { return known }
        var reader = PlaceReader(tree: resolver.tree, day: day, field: field, codes: codes, base: base)
        reader.read()
        return readings.remember(PlaceReading(reader), of: codes, reach: reader.reach, field, base: base?.id)
    }

    private mutating func pair(_ declared: UInt32, _ address: UInt32) -> Pair {
        let key = UInt64(declared) << 32 | UInt64(address)
        if let known = pairs[key] { return known }
        var merge = PlaceMerge(tree: resolver.tree)
        if declared > 0 { merge.add(readings[declared].reading) }
        if address > 0 { merge.add(readings[address].reading) }
        let pair = Pair(number: UInt32(pairs.count), merge: merge)
        pairs[key] = pair
        return pair
    }

    private mutating func answer(_ pair: Pair, _ name: UInt32, _ whole: (PlaceMerge) -> PlaceMerge) -> PlaceResolution {
        let key = UInt64(pair.number) << 32 | UInt64(name)
        if let known = answers[key] { return known }
        let answer = whole(pair.merge).resolution()
        answers[key] = answer
        return answer
    }
}

/// Readings by what they looked at: a tree of characters for each field and each place known beforehand.
private struct RememberedReadings: Sendable {
    struct Entry: Sendable {
        let reading: PlaceReading
        var deepest: Region? { reading.evidence.last?.region }
    }

    private struct Root: Hashable {
        let field: PlaceField
        let base: ID<Region>?
    }

    /// What follows the last character of a text; no character has this number.
    private static let end: UInt32 = .max - 1
    private var roots: [Root: UInt32] = [:]
    private var steps: [UInt64: UInt32] = [:]
    /// The reading that ends at a place of the tree; 0 for none.
    private var ends: [UInt32] = []
    /// Number 0 is a text that is not there.
    private var entries = [Entry(reading: PlaceReading(evidence: [], mentions: []))]

    var size: Int { ends.count }

    subscript(number: UInt32) -> Entry { entries[Int(number)] }

    func number(of codes: [UInt32], _ field: PlaceField, base: ID<Region>?) -> UInt32? {
        guard var place = roots[Root(field: field, base: base)] else { return nil }
        var index = 0
        while true {
            if ends[Int(place)] > 0 { return ends[Int(place)] }
            guard index <= codes.count else { return nil }
            let code = index < codes.count ? codes[index] : Self.end
            guard let next = steps[UInt64(place) << 32 | UInt64(code)] else { return nil }
            place = next
            index += 1
        }
    }

    mutating func remember(
        _ reading: PlaceReading, of codes: [UInt32], reach: Int, _ field: PlaceField, base: ID<Region>?
    ) -> UInt32 {
        let root = Root(field: field, base: base)
        var place = roots[root] ?? addPlace()
        roots[root] = place
        for index in 0..<min(reach, codes.count + 1) {
            let step = UInt64(place) << 32 | UInt64(index < codes.count ? codes[index] : Self.end)
            if let next = steps[step] {
                place = next
            } else {
                let next = addPlace()
                steps[step] = next
                place = next
            }
        }
        let number = UInt32(entries.count)
        entries.append(Entry(reading: reading))
        ends[Int(place)] = number
        return number
    }

    private mutating func addPlace() -> UInt32 {
        ends.append(0)
        return UInt32(ends.count - 1)
    }
}
