import Values

/// Reads divisions from the left end of one text, longest registered name first; what is consumed cannot be read again,
/// so that 济南海启明 is 济南 and then 海启明, never 南海.
struct PlaceReader {
    let tree: RegionTree
    let day: Day
    let field: PlaceField
    /// The folded text, one number for each character.
    let text: [UInt32]
    /// A place already known from a weightier text; it decides between namesakes and supports weak names.
    let base: Region?

    private(set) var evidence: [PlaceEvidence] = []
    private(set) var mentions: [PlaceMention] = []
    private(set) var position = 0
    private var lastIsFull = false
    private let looked = Looked()

    /// How far the reading has looked: nothing behind these characters (one more than there are, where it met the end) had a part in it.
    var reach: Int { looked.reach }

    private final class Looked { var reach = 0 }

    init(tree: RegionTree, day: Day, field: PlaceField, text: String, base: Region?) {
        self.init(tree: tree, day: day, field: field, codes: PlaceText.codes(NameFolding.key(text)), base: base)
    }

    init(tree: RegionTree, day: Day, field: PlaceField, codes: [UInt32], base: Region?) {
        self.tree = tree
        self.day = day
        self.field = field
        text = codes
        self.base = base
    }

    /// The deepest division read so far.
    var region: Region? { evidence.last?.region }

    mutating func read() {
        look(3)
        if text.starts(with: Self.china), text.count > 2 { position = 2 }
        while position < text.count {
            look(position + 1)
            if field != .name, Self.separators.contains(text[position]) {
                position += 1
                continue
            }
            guard step() else { return }
        }
        look(position + 1)
    }

    private func look(_ end: Int) { looked.reach = max(looked.reach, end) }

    private func matches(at place: Int) -> [RegionName] { tree.matches(in: text, at: place, by: day, reach: &looked.reach) }

    private static let china = PlaceText.codes("中国")
    private static let separators = PlaceText.codes(",-/;、，；")
    private static let roadEnds = PlaceText.codes("路街巷道弄桥")
    private static let roads = ["大道", "大街", "中路", "东路", "西路", "南路", "北路"].map(PlaceText.codes)
    private static let streets = ["街道", "街办"].map(PlaceText.codes)

    private mutating func step() -> Bool {
        if field != .name, let parent = region ?? base,
            let alias = tree.alias(in: text, at: position, under: parent, reach: &looked.reach)
        {
            accept(alias.region, former: nil, length: alias.length, isFull: true)
            return true
        }
        let candidates = candidates()
        guard let longest = candidates.first?.name.length else { return false }
        let group = candidates.filter { $0.name.length == longest }
        guard let chosen = chosen(group) else {
            var seen = Set<ID<Region>>()
            let distinct = group.filter { seen.insert($0.region.id).inserted }
            mentions += distinct.map { PlaceMention(field: field, region: $0.region, text: $0.name.spelling) }
            return false
        }
        accept(
            chosen.region, former: chosen.name.region.id == chosen.region.id ? nil : chosen.name.region, length: longest,
            isFull: chosen.name.isFull)
        return true
    }

    private mutating func accept(_ region: Region, former: Region?, length: Int, isFull: Bool) {
        let span = position..<(position + length)
        evidence.append(PlaceEvidence(field: field, region: region, text: PlaceText.string(text[span]), span: span, former: former))
        position += length
        lastIsFull = isFull
    }

    /// A name at the present position with the division it stands for on the day.
    private struct Candidate {
        let name: RegionName
        let region: Region
    }

    /// Names that may follow: below what has been read, or anywhere at the start. A name whose area was divided stands for what contains all parts.
    private func candidates() -> [Candidate] {
        let names = matches(at: position)
        return names.compactMap { name in
            guard let today = tree.standing(for: name.region, on: day) else { return nil }
            guard let region else { return Candidate(name: name, region: today) }
            let follows = today.id != region.id && tree.isWithin(today, region) || moved(name.region, from: region)
            return follows ? Candidate(name: name, region: today) : nil
        }
    }

    /// A town that has since gone to another district still follows its old one in the texts: 番禺区榄核镇.
    private func moved(_ town: Region, from district: Region) -> Bool {
        town.level == .town && town.to != nil && town.parent == district.id
    }

    /// The one division that a group of equally long names proves, or nil.
    private func chosen(_ group: [Candidate]) -> Candidate? {
        if region != nil { return unique(group.filter(mayFollow)) }
        if let base {
            let compatible = group.filter { tree.isWithin($0.region, base) || tree.isWithin(base, $0.region) }
            if !compatible.isEmpty { return unique(compatible.filter { mayStart($0, within: base) }) }
        }
        guard let found = unique(group.filter(mayStart)) else { return nil }
        // A namesake elsewhere leaves it open; a part that bears the name of the whole (淮安区 in 淮安市) does not. Nor does a district in a column
        // of places: 河北 there is the province, never 天津市河北区.
        if field == .declared, found.region.level == .province { return found }
        return found.name.isFull || group.allSatisfy { tree.isWithin($0.region, found.region) } ? found : nil
    }

    /// All candidates name one division, or one contains the others (吉林 is at least the province).
    private func unique(_ group: [Candidate]) -> Candidate? {
        group.first { candidate in group.allSatisfy { tree.isWithin($0.region, candidate.region) } }
    }

    // MARK: What counts as proof

    /// At the start of a text about which nothing else is known. 区 names are proof where the country has one only; short names of
    /// districts never are, those of county-level cities are, as in 昆山某某厂.
    private func mayStart(_ candidate: Candidate) -> Bool {
        let (name, named) = (candidate.name, candidate.name.region)
        if !name.isFull, isRoad(after: name) || isAmbiguous(name) { return false }
        switch named.level {
        case .province: return name.isFull || field != .address || partFollows(candidate)
        case .city: return name.isFull || field != .address || partFollows(candidate)
        case .district where named.name.hasSuffix("区"):
            return name.isFull && (!tree.namesakes.contains(named.name) || townFollows(candidate))
        case .district: return name.isFull || field != .address && candidate.region.name.hasSuffix("市")
        case .town: return false
        }
    }

    /// At the start, where a weightier text already gives a place that agrees.
    private func mayStart(_ candidate: Candidate, within base: Region) -> Bool {
        let (name, named) = (candidate.name, candidate.name.region)
        if !name.isFull, isRoad(after: name) || field == .address && !partFollows(candidate) { return false }
        if candidate.region.id == base.id { return true }
        switch named.level {
        case .province, .city: return true
        case .district: return name.isFull || !candidate.region.name.hasSuffix("区") && !isAmbiguous(name)
        case .town: return name.isFull && base.level >= .district
        }
    }

    /// Directly after a division that has been read.
    private func mayFollow(_ candidate: Candidate) -> Bool {
        guard let region else { return false }
        let name = candidate.name
        if !name.isFull, isRoad(after: name) { return false }
        switch name.region.level {
        case .province: return false
        case .city: return true
        case .district:
            if name.isFull { return true }
            let isCity = region.level == .city || region.name.hasSuffix("市")
            let isAdjacent = lastIsFull && field == .name || field == .declared || partFollows(candidate)
            return isCity && isAdjacent && !isAmbiguous(name)
        case .town: return region.level == .district
        }
    }

    /// 中山路, 南海大道 and 九江街 are roads, wherever they are.
    private func isRoad(after name: RegionName) -> Bool {
        look(position + name.length + 2)
        let rest = text[(position + name.length)...].prefix(2)
        if Self.streets.contains(where: { rest.elementsEqual($0) }) { return false }
        return rest.first.map { Self.roadEnds.contains($0) } ?? false || Self.roads.contains { rest.elementsEqual($0) }
    }

    /// The name of a part comes next, so that a short name is certainly meant as a place: 浙江温州龙湾区.
    private func partFollows(_ candidate: Candidate) -> Bool {
        matches(at: position + candidate.name.length).contains {
            $0.region.id != candidate.region.id && $0.region.level > candidate.region.level && tree.isWithin($0.region, candidate.region)
        }
    }

    private func isAmbiguous(_ name: RegionName) -> Bool { !name.isFull && tree.ambiguousShorts.contains(name.spelling) }

    /// 番禺区沙湾镇: the town proves which 番禺区 is meant.
    private func townFollows(_ candidate: Candidate) -> Bool {
        matches(at: position + candidate.name.length).contains {
            $0.region.level == .town && $0.isFull && $0.region.parent == candidate.region.id
        }
    }
}
