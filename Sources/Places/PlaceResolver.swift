package import Values

/// Finds how deep the place of an enterprise is proven by what a list says. It never guesses: what is not proof is a mention.
package struct PlaceResolver: Sendable {
    package let tree: RegionTree

    package init(tree: RegionTree) { self.tree = tree }

    /// - Parameters:
    ///   - day: the day for which divisions are named, mostly the publication's; later names are not recognised.
    ///   - context: the region of the body that published the list; it only explains 高新区 and the like, and proves nothing by itself.
    package func resolve(_ clues: PlaceClues, on day: Day, context: Region? = nil) -> PlaceResolution {
        var merge = PlaceMerge(tree: tree)
        if let text = clues.declared { merge.add(read(text, .declared, base: context, day)) }
        if let text = clues.address { merge.add(read(text, .address, base: merge.deepest?.region ?? context, day)) }
        if let text = clues.name { merge.add(readName(text, base: merge.deepest?.region, day)) }
        return merge.resolution()
    }

    private func read(_ text: String, _ field: PlaceField, base: Region?, _ day: Day) -> PlaceReader {
        var reader = PlaceReader(tree: tree, day: day, field: field, text: text, base: base)
        reader.read()
        return reader
    }

    private func readName(_ text: String, base: Region?, _ day: Day) -> PlaceReading {
        let left = PlaceReading(read(text, .name, base: base, day))
        let folded = NameFolding.key(text)
        if PlaceResolver.isBranch(PlaceText.codes(folded)) { return left.onlyMentions }
        guard let inside = bracketed(folded, base: base, day) else { return left }
        guard let region = left.evidence.last?.region, let other = inside.evidence.last?.region else {
            return left.evidence.isEmpty ? inside : left
        }
        if tree.isWithin(other, region) || tree.isWithin(region, other) { return tree.isWithin(other, region) ? inside : left }
        return PlaceReading(evidence: [], mentions: left.onlyMentions.mentions + inside.onlyMentions.mentions)
    }

    private static let branches = ["分公司", "分厂", "分店", "分行", "分社", "办事处"].map(PlaceText.codes)

    /// The name of a branch begins with the place of the firm it belongs to.
    static func isBranch(_ name: [UInt32]) -> Bool { branches.contains { name.suffix($0.count).elementsEqual($0) } }

    /// A place in brackets after the trade name, 某某科技(深圳)有限公司: only where the brackets hold nothing else.
    private func bracketed(_ folded: String, base: Region?, _ day: Day) -> PlaceReading? {
        guard let open = folded.firstIndex(of: "("), let close = folded[open...].firstIndex(of: ")"), open != folded.startIndex else {
            return nil
        }
        let inner = read(String(folded[folded.index(after: open)..<close]), .name, base: base, day)
        guard inner.position == inner.text.count, let region = inner.region, region.level <= .city else { return nil }
        let shift = folded.distance(from: folded.startIndex, to: open) + 1
        let moved = inner.evidence.map {
            PlaceEvidence(
                field: $0.field, region: $0.region, text: $0.text, span: ($0.span.lowerBound + shift)..<($0.span.upperBound + shift),
                former: $0.former)
        }
        return PlaceReading(evidence: moved, mentions: [])
    }
}

/// What one text yielded.
struct PlaceReading: Sendable {
    var evidence: [PlaceEvidence]
    var mentions: [PlaceMention]

    init(evidence: [PlaceEvidence], mentions: [PlaceMention]) {
        self.evidence = evidence
        self.mentions = mentions
    }

    init(_ reader: PlaceReader) { self.init(evidence: reader.evidence, mentions: reader.mentions) }

    /// The same names, no longer counted as proof.
    var onlyMentions: PlaceReading {
        PlaceReading(evidence: [], mentions: evidence.map { PlaceMention(field: $0.field, region: $0.region, text: $0.text) } + mentions)
    }
}

/// Brings the readings of several texts together: the deeper wins where one contains the other, else they conflict.
struct PlaceMerge: Sendable {
    let tree: RegionTree
    var evidence: [PlaceEvidence] = []
    var mentions: [PlaceMention] = []
    var deepest: PlaceEvidence?
    var conflict: PlaceConflict?

    init(tree: RegionTree) { self.tree = tree }

    mutating func add(_ reader: PlaceReader) { add(PlaceReading(reader)) }

    mutating func add(_ reading: PlaceReading) {
        evidence += reading.evidence
        mentions += reading.mentions
        guard let last = reading.evidence.last else { return }
        guard let before = deepest else {
            deepest = last
            return
        }
        if tree.isWithin(last.region, before.region) {
            deepest = last
        } else if !tree.isWithin(before.region, last.region), conflict == nil {
            conflict = PlaceConflict(first: before, second: last)
        }
    }

    func resolution() -> PlaceResolution {
        var region = deepest?.region
        if let conflict { region = tree.common([conflict.first.region, conflict.second.region]) }
        let unproven = mentions.filter { mention in region.map { !tree.isWithin($0, mention.region) } ?? true }
        return PlaceResolution(chain: region.map(tree.chain) ?? [], evidence: evidence, mentions: unproven, conflict: conflict)
    }
}
