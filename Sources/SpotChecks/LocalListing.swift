package import Enterprises
package import Evidence
import Imports
package import Places
package import Storage
import Values

/// What published lists say about the firms of one region (本辖区上榜): every row in one of four groups, and the numbers of the brief.
///
/// Nothing stored depends on the region: the same lists can be looked at from any.
package struct LocalListing: Sendable {
    package enum Group: String, Sendable, CaseIterable {
        /// Linked to a dossier of the region.
        case linked
        /// In the region by address or name, without a dossier.
        case candidate
        /// Not proven to be in the region or outside; a person has to look.
        case unclear
        /// Another region's: counted, nobody is bothered.
        case elsewhere
    }

    /// One row of the lists as seen from the region.
    package struct Entry: Sendable {
        package let id: Int64
        package let result: SampleResult
        package let group: Group
        /// Why it stands in its group, in a sentence.
        package let reason: String
        /// Whether the region's name stands in the row without proving anything; such rows are looked at first.
        package let namesRegion: Bool
    }

    /// A failure of one of our firms on an earlier list.
    package struct Earlier: Sendable {
        package let id: Int64
        package let result: SampleResult
        package let title: String
    }

    package let region: Region
    package let publications: [(id: Int64, publication: Publication)]
    package let entries: [Entry]
    /// Earlier failures of the firms that stand on these lists.
    package let earlier: [Earlier]
    package let followUps: [Int64: FollowUp]

    /// Reads the rows of some publications, as known at a position, and sorts them as seen from a region.
    ///
    /// - Parameter withEarlier: whether failures of the same firms on earlier lists are looked up, which takes a look at every firm.
    package static func load(
        publications ids: [Int64], region: Region, regions: RegionDirectory, at position: Int64? = nil, withEarlier: Bool = true,
        _ session: any Session
    ) throws -> LocalListing {
        let publications = try ids.map { (id: $0, publication: try SpotCheckStore.publication($0, at: position, session)) }
        let grouping = ListingGroups(standing: RegionStanding(own: region, tree: regions.tree), regions: regions)
        let entries = try SpotCheckStore.results(of: ids, at: position, session).map { grouping.entry($0.id, $0.result) }
        let ours = entries.filter { $0.group == .linked || $0.group == .candidate }
        let earlier = !withEarlier ? [] : try EarlierFailures.load(of: ours, before: publications, at: position, session)
        let followUps = try SpotCheckStore.followUps(ids: ours.compactMap(\.result.followUp), at: position, session)
        return LocalListing(region: region, publications: publications, entries: entries, earlier: earlier, followUps: followUps)
    }

    /// The position of the last act that touched anything that listings are made from.
    static func lastChange(_ session: any Session) throws -> Int64 {
        try LastChange.position(of: ["publication", "result", "followup"], session)
    }

    package func entries(_ group: Group) -> [Entry] { entries.filter { $0.group == group } }

    /// Rows of the region's firms: linked ones and candidates.
    package var ours: [Entry] { entries.filter { $0.group == .linked || $0.group == .candidate } }
    package var failing: [Entry] { ours.filter { $0.result.verdict == .fail } }
    package var firms: Int { Set(ours.map { NameFolding.key($0.result.firm) }).count }
    package var failingFirms: Int { Set(failing.map { NameFolding.key($0.result.firm) }).count }
    /// Failed, and no follow-up recorded.
    package var withoutFollowUp: [Entry] { failing.filter { $0.result.followUp == nil } }
    /// Unclear rows that name the region first.
    package var unclear: [Entry] {
        let rows = entries(.unclear)
        return rows.filter(\.namesRegion) + rows.filter { !$0.namesRegion }
    }

    /// The title of the set: the one list's, or how many there are.
    package var title: String {
        guard let first = publications.first?.publication else { return "名单" }
        return publications.count == 1 ? first.title : "\(first.title)等\(publications.count)份名单"
    }

    /// The question whose rows are `ours`; further filters narrow it.
    package func question(_ filters: Question.Filter..., metric: String? = nil) -> Question {
        Question(
            "spotcheck.result", metric: metric,
            where: [
                Question.Filter("publication", publications.map { String($0.id) }), Question.Filter("region", [String(region.id.number)]),
                Question.Filter("doubt", ["none"]),
            ] + filters)
    }

    /// The question for all rows of the lists.
    package func wholeQuestion(metric: String? = nil) -> Question {
        Question("spotcheck.result", metric: metric, where: [Question.Filter("publication", publications.map { String($0.id) })])
    }
}

/// Sorts rows into the four groups: a pure function of what is stored of a row and the region one looks from.
struct ListingGroups {
    let standing: RegionStanding
    let regions: RegionDirectory

    func entry(_ id: Int64, _ result: SampleResult) -> LocalListing.Entry {
        let (group, reason) = sort(result)
        return LocalListing.Entry(id: id, result: result, group: group, reason: reason, namesRegion: group == .unclear && names(result))
    }

    private func sort(_ result: SampleResult) -> (LocalListing.Group, String) {
        if case .outside(let region)? = result.settled, isOwnWithin(region) { return (.elsewhere, "人工认定不在\(name(region))") }
        if let doubt = result.doubt { return sort(result, doubt) }
        if !result.conflict.isEmpty, result.settled == nil, result.enterprise == nil {
            let relations = result.conflict.map(standing.relation)
            if relations.allSatisfy({ $0 == .apart }) { return (.elsewhere, result.placeNote) }
            if !relations.allSatisfy({ $0 == .within }) { return (.unclear, result.placeNote) }
        }
        guard let region = result.region else {
            return (.unclear, result.enterprise == nil ? result.placeNote : "已对应档案，但档案没有写明地区")
        }
        switch standing.relation(region) {
        case .apart: return (.elsewhere, "在\(name(region))")
        case .around: return (.unclear, "只能证明在\(name(region))；" + result.placeNote)
        case .within: return result.enterprise == nil ? (.candidate, result.placeNote) : (.linked, result.linkNote ?? "")
        }
    }

    /// A doubtful row belongs to nobody; where its label names another region, nobody here is bothered.
    private func sort(_ result: SampleResult, _ doubt: SampleResult.Doubt) -> (LocalListing.Group, String) {
        let place = doubt == .counterfeit ? result.mentions.last : result.region
        if let place, standing.relation(place) == .apart { return (.elsewhere, "标称在\(name(place))") }
        return (.unclear, doubt == .counterfeit ? "涉嫌假冒或企业否认生产，不计入标称企业" : "企业名称被隐去，不能对应")
    }

    /// The own region's name in the row: as a mention, or further on in its texts.
    private func names(_ result: SampleResult) -> Bool {
        if result.mentions.contains(where: { standing.relation($0) == .within }) { return true }
        let texts = [result.producer, result.sampledUnit, result.address].compactMap { $0 }
        return [standing.own.short, standing.own.name].compactMap { $0 }.contains { word in texts.contains { $0.contains(word) } }
    }

    private func isOwnWithin(_ number: Int64) -> Bool {
        regions.tree.region(ID(number)).map { regions.tree.isWithin(standing.own, $0) } ?? false
    }

    private func name(_ number: Int64) -> String { regions.name(of: number) ?? "外地" }
}

/// Failures of the same firms on lists of an earlier period.
enum EarlierFailures {
    static func load(
        of ours: [LocalListing.Entry], before publications: [(id: Int64, publication: Publication)], at position: Int64?,
        _ session: any Session
    ) throws -> [LocalListing.Earlier] {
        let own = Set(publications.map(\.id))
        guard let latest = publications.compactMap({ day($0.publication) }).max() else { return [] }
        let found = try SpotCheckStore.failures(ofFirms: Set(ours.map(\.result.producerFolded)), at: position, session)
            .filter { !own.contains($0.result.publication) }
        var known: [Int64: Publication] = [:]
        for id in Set(found.map(\.result.publication)) { known[id] = try SpotCheckStore.publication(id, at: position, session) }
        return found.compactMap { id, result in
            guard let publication = known[result.publication], let then = day(publication), then < latest else { return nil }
            return LocalListing.Earlier(id: id, result: result, title: publication.title)
        }
    }

    /// The day of publication, else the last day of the period in the title; nil where neither is known.
    private static func day(_ publication: Publication) -> Day? {
        if let day = publication.publishedDay { return day }
        return publication.year.flatMap { Day(year: $0, month: (publication.quarter ?? 4) * 3, day: 1)?.endOfMonth }
    }
}
