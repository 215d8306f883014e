import Evidence
package import Storage
package import Values

/// Counts that stand around the list: the figures above it, the firms of every region under one status, and how many a search finds.
enum ListCounts: Sendable {
    case figures([(Question, Figure)])
    /// By the region's number; the empty key is firms whose region is not known.
    case regions([String: Int])
    case total(ListTotal)
}

/// Which counts, for whom.
struct ListCountKey: Hashable, Sendable {
    let sight: Sight
    let kind: String
    /// Everything the counts depend on; without a cursor.
    let filter: EnterpriseFilter
}

/// Reads a page of the list of dossiers with its counts. Counts come from questions, which counters answer, and are kept until what they
/// are made from changes.
package struct ReadEnterpriseList {
    let office: Office
    let actor: Actor

    package init(office: Office, actor: Actor) {
        self.office = office
        self.actor = actor
    }

    /// What dossiers are found and counted by.
    private static let tables = EnterpriseFacts.all.reduce(into: Set<Identifier>(["enterprise_name"])) { $0.formUnion($1.allTables) }

    private var asking: Asking { Asking(catalogue: FactCatalogue(EnterpriseFacts.all), viewer: Viewer(actor), regions: office.regions) }

    func list(_ asked: EnterpriseFilter, _ session: any Session) throws -> EnterpriseList {
        let head = try JournalQuery.head(session).position
        let changed = try LastChange.position(of: Self.tables, session)
        var filter = try scoped(asked)
        let among = try among(&filter, changed, session)
        let (lines, next) = try EnterpriseStore.list(filter, among: among, session)
        return EnterpriseList(
            lines: lines, next: next, total: try total(filter, among, changed, session),
            figures: try figures(filter.known, changed, session),
            head: head,
            government: try office.government(session))
    }

    /// A page of the list alone, without totals.
    package func page(_ asked: EnterpriseFilter, limit: Int, _ session: any Session) throws -> (lines: [EnterpriseLine], next: Int64?) {
        var filter = try scoped(asked)
        let among = try among(&filter, LastChange.position(of: Self.tables, session), session)
        return try EnterpriseStore.list(filter, among: among, limit: limit, session)
    }

    /// A town's officer sees the firms of the town.
    private func scoped(_ filter: EnterpriseFilter) throws -> EnterpriseFilter {
        guard let seen = try office.regions.entrusted(to: actor) else { return filter }
        var filter = filter
        filter.regions = filter.regions.map { $0.filter(Set(seen).contains) } ?? (filter.isPlaceless ? [] : seen)
        return filter
    }

    /// How many firms the filter leaves without its text and its missing figures; regions without a firm are dropped from it.
    private func among(_ filter: inout EnterpriseFilter, _ changed: Int64, _ session: any Session) throws -> Int? {
        guard filter.status != .merged else { return nil }
        let (known, status) = (filter.known, filter.status?.rawValue)
        var plain = EnterpriseFilter()
        (plain.known, plain.status) = (known, filter.status)
        let counts = try counts("regions", plain, changed) {
            let question = Question("enterprise", where: status.map { [.init("status", [$0])] } ?? [], by: ["region"], known: known)
            let groups = try asking.ask(question, session).groups
            return .regions(Dictionary(groups.map { ($0.keys[0], Int($0.figure.value ?? 0)) }, uniquingKeysWith: +))
        }
        guard case .regions(let firms) = counts else { return nil }
        if filter.isPlaceless { return firms[""] ?? 0 }
        guard let regions = filter.regions else { return firms.values.reduce(0, +) }
        let inhabited = regions.filter { firms[String($0)] ?? 0 > 0 }
        filter.regions = inhabited
        return inhabited.reduce(0) { $0 + (firms[String($1)] ?? 0) }
    }

    private func total(_ filter: EnterpriseFilter, _ among: Int?, _ changed: Int64, _ session: any Session) throws -> ListTotal {
        var whole = filter
        whole.after = 0
        let kept = try counts("total", whole, changed) { .total(try EnterpriseStore.total(whole, among: among, session)) }
        guard case .total(let total) = kept else { return .exactly(0) }
        return total
    }

    private func figures(_ known: Int64?, _ changed: Int64, _ session: any Session) throws -> [(Question, Figure)] {
        var plain = EnterpriseFilter()
        plain.known = known
        let kept = try counts("figures", plain, changed) {
            .figures(try Self.questions(known: known).map { ($0, try asking.ask($0, session).figure) })
        }
        guard case .figures(let figures) = kept else { return [] }
        return figures
    }

    private func counts(_ kind: String, _ filter: EnterpriseFilter, _ changed: Int64, _ make: () throws -> ListCounts) rethrows
        -> ListCounts
    {
        let sight = Sight(of: actor, divisions: office.regions.lastChange(until: office.regions.today))
        return try office.listCounts.answer(ListCountKey(sight: sight, kind: kind, filter: filter), at: changed, make: make)
    }

    /// The questions behind the counts above the list.
    private static func questions(known: Int64?) -> [Question] {
        [
            Question("enterprise", known: known), Question("enterprise", where: [.init("status", ["candidate"])], known: known),
            Question("enterprise", where: [.init("code-state", ["missing", "registration"])], known: known),
            Question("enterprise", where: [.init("code-state", ["doubtful"])], known: known),
        ]
    }
}
