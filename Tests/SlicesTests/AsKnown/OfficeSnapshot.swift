import DecisionTables
import Foundation
import Places
import Policy
import TestSupport
import Values

@testable import Enterprises
@testable import Evidence
@testable import Programmes
@testable import SpotChecks
@testable import Storage
@testable import Targets

/// Everything that an office can look up at a position, as lines of text under names, so that two stores can be compared.
struct OfficeSnapshot {
    let office: Office
    let known: Int64?
    /// Chooses the questions; the same seed asks the same ones.
    let seed: UInt64

    static let today = Day(number: 13_603)  // 2007-03-31
    static let facts = EnterpriseFacts.all + SpotCheckFacts.all + ProgrammeFacts.all

    func lines() async throws -> [(name: String, text: String)] {
        let desk = ProgrammeDesk(office: office, catalogue: FactCatalogue(Self.facts))
        return try await office.store.read { session in
            try figures(session) + records(session) + dossiers(session) + lists(session) + targets(desk, session) + classes(desk, session)
                + published(session) + originals(session)
        }
    }

    // MARK: Questions

    static func viewers(_ region: Int64?) -> [Viewer] {
        [
            Viewer(.local), Viewer(Actor(name: "领导", role: .leader)), Viewer(Actor(name: "镇", role: .townOfficer, region: region)),
        ]
    }

    /// The fact without its counters.
    static func plain(_ fact: Fact) -> Fact {
        Fact(
            fact.name, fact.label, table: fact.table, joins: fact.joins, condition: fact.condition, time: fact.time,
            dimensions: fact.dimensions, metrics: fact.metrics, columns: fact.columns, scope: fact.scope,
            guarded: fact.guarded)
    }

    private func questions() -> [Question] {
        var random = SeededRandom(seed)
        return Self.facts.flatMap { fact in
            fact.metrics.flatMap { metric in
                let single = fact.dimensions.filter { if case .several = $0.kind { false } else { true } }.map(\.name)
                var asked: [[String]] = [[]] + single.map { [$0] }
                for _ in 0..<3 { asked.append(Array(single.shuffled(using: &random).prefix(2))) }
                return asked.map { by in
                    var question = Question(fact.name, metric: metric.name, by: by, known: known)
                    question.filters = filters(fact, using: &random)
                    question.on = Int.random(in: 0..<6, using: &random) == 0 ? Self.today : nil
                    return question
                }
            }
        }
    }

    private func filters(_ fact: Fact, using random: inout SeededRandom) -> [Question.Filter] {
        let dimensions = fact.dimensions.shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random))
        return dimensions.map { dimension in
            let values: [String] =
                switch dimension.kind {
                case .region: ["330303"]
                case .record: ["1", "2", "3"]
                case .several: ["皮鞋"]
                case .text:
                    switch dimension.name {
                    case "year": ["2006", "2007"]
                    case "verdict": ["fail", "refused"]
                    case "method": ["doubleRandom", "double-random", "random", ""]
                    default: ["皮鞋", "national", "A类", "none", "missing", "active", "yes", ""]
                    }
                }
            return Question.Filter(dimension.name, values)
        }
    }

    private func figures(_ session: any Session) throws -> [(String, String)] {
        let region = try office.regions.number(of: "330303")
        var lines: [(String, String)] = []
        for question in questions() {
            for (place, viewer) in Self.viewers(region).enumerated() {
                for (source, facts) in [("counted", Self.facts), ("rows", Self.facts.map(Self.plain))]
                where place == 0 || source == "counted" || question.by.isEmpty {
                    let asking = Asking(catalogue: FactCatalogue(facts), viewer: viewer, regions: office.regions)
                    // Whoever does not see single firms is not answered what was known earlier.
                    let metric = try asking.catalogue.fact(question.fact).metric(question.metric)
                    if metric.isConfidential, !viewer.sees(metric.columns) { continue }
                    var name = question
                    name.known = nil
                    lines.append(("\(name) viewer \(place) \(source)", Self.told { try Self.text(asking.ask(question, session)) }))
                }
            }
        }
        return lines
    }

    /// What came of it, or the refusal.
    private static func told(_ body: () throws -> String) -> String {
        do { return try body() } catch let failure as Failure { return failure.code } catch { return "\(error)" }
    }

    private static func text(_ answer: Evidence.Answer) -> String {
        let groups = answer.groups.map { "\($0.keys) \($0.labels) \($0.figure)" }.sorted()
        return (["\(answer.figure)", "\(answer.notes)", "\(answer.position)"] + groups).joined(separator: "\n")
    }

    private func records(_ session: any Session) throws -> [(String, String)] {
        let asking = Asking(catalogue: FactCatalogue(Self.facts), viewer: Viewer(.local), regions: office.regions)
        var lines: [(String, String)] = []
        for question in questions() where question.by.isEmpty || question.by.count == 2 {
            var name = question
            name.known = nil
            lines.append(("rows of \(name)", Self.told { "\(try asking.rows(question, session, limit: 500).rows)" }))
        }
        for metric in ["sales", "tax"] {
            var found: [String] = []
            let question = Question("account", metric: metric, where: [.init("year", ["2006"])], known: known)
            try asking.byRecord(question, dimension: "enterprise", session) { found.append("\($0) \($1)") }
            lines.append(("account.\(metric) by firm", found.joined(separator: "\n")))
        }
        return lines
    }

    // MARK: Dossiers and lists

    private func dossiers(_ session: any Session) throws -> [(String, String)] {
        var lines: [(String, String)] = []
        for (name, filter) in try listFilters() {
            let list = try ReadEnterpriseList(office: office, actor: .local).list(filter, session)
            lines.append(
                ("firms \(name)", list.lines.map { "\($0)" }.joined(separator: "\n") + "\nnext \(list.next ?? 0) of \(list.total)"))
        }
        let firms = try session.rows("select e.id from enterprise as e where \(RecordTable.known("e", at: known)) order by e.id").map {
            $0.integer(0)
        }
        for number in firms {
            let dossier = try EnterpriseStore.dossier(ID(number), at: known, session)
            let accounts = dossier.accounts.map { account in
                "\(account.id) \(account.year) \(account.region ?? 0) "
                    + AccountFigure.allCases.map { "\(account.figures[$0]?.number ?? -1)" }.joined(separator: " ")
            }
            lines.append(
                (
                    "dossier \(number)",
                    "\(dossier.firm) \(dossier.version) \(dossier.names) \(accounts) \(dossier.products) \(dossier.holdings) \(dossier.absorbed)"
                ))
            let history = try EnterpriseHistory.of(ID(number), at: known, regions: office.regions, session)
            lines.append(("history \(number)", history.map { "\($0.entry.position) \($0.changes)" }.joined(separator: "\n")))
            let results = try DossierResults(office.regions).contribution(
                DossierReading(dossier: dossier, day: Self.today, position: known, actor: .local), session)
            lines.append(("results of \(number)", "\(results?.figures ?? [])"))
        }
        return lines
    }

    private func listFilters() throws -> [(String, EnterpriseFilter)] {
        var whole = EnterpriseFilter()
        whole.known = known
        func with(_ change: (inout EnterpriseFilter) throws -> Void) rethrows -> EnterpriseFilter {
            var filter = whole
            try change(&filter)
            return filter
        }
        return [
            ("all", whole), ("after 3", with { $0.after = 3 }), ("placeless", with { $0.isPlaceless = true }),
            ("of the district", try with { $0.regions = try office.regions.within("330303") }), ("closed", with { $0.status = .closed }),
            ("merged", with { $0.status = .merged }), ("without sales", with { $0.missingSales = 2006 }),
            ("named", with { $0.text = "鞋厂" }), ("named before", with { $0.text = "旧1" }), ("renamed", with { $0.text = "改名" }),
            ("named of the district", try with { ($0.text, $0.regions) = ("鞋厂", try office.regions.within("330303")) }),
        ]
    }

    private func lists(_ session: any Session) throws -> [(String, String)] {
        let listed = try SpotCheckStore.list(before: .max, limit: 50, at: known, session)
        let region = try office.regions.find("330303")
        let own = try listed.map { list in
            let listing = try LocalListing.load(publications: [list.id], region: region, regions: office.regions, at: known, session)
            let followUps = listing.followUps.keys.sorted().map { "\($0) \(listing.followUps[$0]?.sentence ?? "")" }
            return (
                "listing \(list.id)",
                "\(listing.title)\n\(listing.entries)\n\(listing.earlier)\n\(followUps)\n\(listing.firms) \(listing.failingFirms)"
            )
        }
        return [("lists", listed.map { "\($0)" }.joined(separator: "\n"))] + own
    }

    // MARK: Programmes

    private func targets(_ desk: ProgrammeDesk, _ session: any Session) throws -> [(String, String)] {
        guard let folder = try desk.adopted("longwan-2006", session, at: known) else { return [("targets", "none")] }
        let board = TargetBoard(
            catalogue: FactCatalogue(Self.facts), actor: .local, regions: office.regions, today: Self.today, known: known)
        return try board.standings(of: folder, session).map { standing in
            let parts: [Any] = [
                standing.judgement, standing.question as Any, standing.missing as Any, standing.readings, standing.superior as Any,
                standing.figures, standing.position,
            ]
            return ("target \(standing.target.id)", parts.map { "\($0)" }.joined(separator: "\n"))
        }
    }

    /// What was published and what it had become by then.
    private func published(_ session: any Session) throws -> [(String, String)] {
        let asking = Asking(catalogue: FactCatalogue(Self.facts), viewer: Viewer(.local), regions: office.regions)
        return try FigureStore.figures(of: "longwan-2006", known: known, session).map { figure in
            let read = try PublishedFigure.read(figure, known: known, asking, session)
            return ("published \(figure.id)", "\(figure)\n\(read?.sentence ?? "none") \(read?.hasChanged ?? false)")
        }
    }

    // MARK: Files and the journal

    private func originals(_ session: any Session) throws -> [(String, String)] {
        let position = try known ?? JournalQuery.head(session).position
        let all = try session.rows("select sha256 from original where known_from <= \(position) order by sha256").map { $0.text(0) }
        let files = try OriginalStore.known(all, at: position, session).map { file in
            ("original \(file.sha256)", "\(file.name) \(file.size) \(file.kept as Any) \(file.erasure as Any) \(file.erasedNote ?? "kept")")
        }
        let entries = try JournalQuery.page(session, before: position + 1, limit: 10_000)
        return files + [("journal", entries.map { "\($0)" }.joined(separator: "\n"))]
    }

    private func classes(_ desk: ProgrammeDesk, _ session: any Session) throws -> [(String, String)] {
        guard let folder = try desk.adopted("longwan-2006", session, at: known) else { return [("classes", "none")] }
        var lines: [(String, String)] = []
        for table in try desk.classTables(folder, session, at: known) {
            let run = try desk.classify(table, on: Self.today, known: known, by: .local, session)
            let ids = run.firms.blocks.flatMap(\.ids)
            let placement = ids.map { "\($0) \(run.group(of: $0)?.key ?? "")" }
            let differences = run.differences(after: 0, limit: 500)
            lines.append(
                (
                    "classes by \(table.asWritten.id)",
                    "\(run.groups.map { "\($0.key) \($0.count)" }) \(placement) \(differences) \(run.position)"
                ))
            for id in ids {
                let reasons = try desk.explain(String(id), on: Self.today, known: known, by: .local, session).map {
                    "\($0.subject) \($0.position) \($0.group.key) \($0.decision.sentence) \($0.facts.map { "\($0.label) \($0.value) \($0.year ?? 0)" }) \($0.nearest ?? "") \($0.open) \($0.confirmed as Any)"
                }
                lines.append(("why \(id)", reasons.joined(separator: "\n")))
            }
        }
        return lines
    }
}
