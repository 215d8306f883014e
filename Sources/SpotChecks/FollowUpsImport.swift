package import Enterprises
package import Imports
package import Storage
import Values

/// Takes lists of what followed failures (后处理), and of firms that failed twice running, into the store.
package struct FollowupsImport: ImportTarget {
    package let kind = ImportKind.followups
    private let regions: RegionDirectory

    package init(regions: RegionDirectory) { self.regions = regions }
    package init(_ office: Office) { self.init(regions: office.regions) }

    private struct Comparison {
        var publicationID: Int64?
        var publication: Publication
        var drafts: [FollowUp]
        var stored: [(id: Int64, followUp: FollowUp)?] = []
        var plan: [PlannedRow] = []
    }

    package func plan(_ table: CheckedTable, _ session: any Session) throws -> [PlannedRow] { try compare(table, session).plan }

    package func commit(_ table: CheckedTable, plan: [PlannedRow], _ transaction: Transaction) throws {
        var comparison = try compare(table, transaction.session)
        guard comparison.plan.contains(where: { $0.outcome != .unchanged && $0.outcome != .rejected }) else { return }
        let publication: Int64
        if let known = comparison.publicationID {
            publication = known
        } else {
            let id: ID<Publication> = try transaction.newID(.publication)
            try transaction.open(.publication, id: id.number, comparison.publication.row)
            publication = id.number
        }
        let failures = Dictionary(
            grouping: try SpotCheckStore.failures(ofFirms: Set(comparison.drafts.map(\.firmFolded)), transaction.session)
        ) { NameFolding.key($0.result.firm) }
        var fresh: [(id: Int64, row: [Value])] = []
        for index in comparison.drafts.indices {
            comparison.drafts[index].publication = publication
            var draft = comparison.drafts[index]
            switch comparison.plan[index].outcome {
            case .new:
                let id: ID<FollowUp> = try transaction.newID(.followUp)
                let found = FollowUpLinking.match(draft, among: failures[draft.firmFolded] ?? [])
                (draft.result, draft.linkNote) = (found.id, found.note)
                try mark(found.id, followedBy: id.number, failures[draft.firmFolded] ?? [], transaction)
                fresh.append((id.number, draft.values))
            case .changed:
                guard let stored = comparison.stored[index] else { continue }
                guard !transaction.hasWritten(.followUp, id: stored.id) else { throw table.rowTwice(comparison.plan[index].number) }
                (draft.result, draft.linkNote) = (stored.followUp.result, stored.followUp.linkNote)
                try transaction.replace(.followUp, id: stored.id, draft.values)
            case .unchanged, .rejected: break
            }
        }
        try transaction.open(.followUp, rows: fresh)
        transaction.subject = "publication/\(publication)"
    }

    /// The result keeps the first record of what followed.
    private func mark(
        _ result: Int64?, followedBy id: Int64, _ failures: [(id: Int64, result: SampleResult)], _ transaction: Transaction
    ) throws {
        guard let result, let found = failures.first(where: { $0.id == result }), found.result.followUp == nil,
            !transaction.hasWritten(.result, id: result)
        else { return }
        var marked = found.result
        marked.followUp = id
        try transaction.replace(.result, id: result, marked.values)
    }

    private func compare(_ table: CheckedTable, _ session: any Session) throws -> Comparison {
        let identity = PublicationIdentity(regions: regions)
        let publication = identity.draft(table)
        var comparison = Comparison(publication: publication, drafts: try drafts(table, publication, session))
        var known: [Int64: (publication: Publication, rows: [(id: Int64, followUp: FollowUp)])] = [:]
        var shared: [(id: Int64, shared: Int, isEmpty: Bool)] = []
        let firms = Set(comparison.drafts.map(\.firmFolded))
        for (id, stored) in try identity.candidates(publication, session) {
            let rows = try SpotCheckStore.followUps(of: [id], session)
            known[id] = (stored, rows)
            shared.append((id, rows.count { firms.contains($0.followUp.firmFolded) }, rows.isEmpty))
        }
        comparison.publicationID = PublicationIdentity.best(shared)
        let found = comparison.publicationID.flatMap { known[$0] }
        if let found { comparison.publication = found.publication }
        plan(table, found?.rows ?? [], &comparison)
        return comparison
    }

    private func plan(_ table: CheckedTable, _ known: [(id: Int64, followUp: FollowUp)], _ comparison: inout Comparison) {
        let good = table.rows.indices.filter { table.rows[$0].isGood }
        let matches = RowMatching.match(
            stored: known.map { Self.keys($0.followUp) }, incoming: good.map { Self.keys(comparison.drafts[$0]) })
        var stored = [(id: Int64, followUp: FollowUp)?](repeating: nil, count: table.rows.count)
        for (place, index) in good.enumerated() { stored[index] = matches[place].map { known[$0] } }
        comparison.stored = stored
        comparison.plan = table.rows.enumerated().map { index, row in
            guard row.isGood else { return PlannedRow(number: row.number, outcome: .rejected) }
            guard let match = stored[index] else { return PlannedRow(number: row.number, outcome: .new) }
            let changes = Self.changes(from: match.followUp, to: comparison.drafts[index])
            return PlannedRow(number: row.number, outcome: changes.isEmpty ? .unchanged : .changed(changes.joined(separator: "；")))
        }
    }

    private func drafts(_ table: CheckedTable, _ publication: Publication, _ session: any Session) throws -> [FollowUp] {
        var places = FirmPlaces(regions: regions, publication: publication)
        let codes = Set(table.rows.compactMap { $0.text("code") })
        let names = Set(table.rows.compactMap { $0.text("firm").map(NameFolding.key) })
        let links = try FirmLinks(codes: codes, names: names, regions: regions, session)
        return table.rows.map { row in
            var draft = FollowUp()
            draft.row = row.number
            draft.sequence = row.text("sequence")
            draft.firm = row.text("firm") ?? ""
            draft.product = row.text("product") ?? publication.productKind
            draft.brand = row.text("brand")
            draft.model = [row.text("model"), row.text("grade")].compactMap { $0 }.joined(separator: " ").nonEmpty
            draft.batch = [row.text("batch"), row.text("batch_number")].compactMap { $0 }.joined(separator: " ").nonEmpty
            draft.failedItems = row.text("failed_items")
            draft.rectification = row.text("rectification")
            draft.recheck = row.text("recheck")
            draft.penalty = row.text("penalty")
            draft.period = row.text("period")
            draft.severity = row.text("severity")
            draft.remark = row.text("remark")
            guard row.doubts.isEmpty else { return draft }
            let place = places.place(declared: row.text("region"), address: row.text("address"), name: draft.firm.nonEmpty)
            let link = links.link(code: row.text("code"), name: draft.firm, region: place.region)
            draft.enterprise = link.dossier?.id
            draft.region = links.deeper(place.region, link.dossier?.region)
            return draft
        }
    }

    private static func fields(_ row: FollowUp) -> [(label: Word, text: String?)] {
        [
            (SpotCheckWords.firm, row.firm), (SpotCheckWords.product, row.product), (SpotCheckWords.brand, row.brand),
            (SpotCheckWords.model, row.model), (SpotCheckWords.batch, row.batch), (SpotCheckWords.failedItems, row.failedItems),
            (SpotCheckWords.rectification, row.rectification), (SpotCheckWords.recheck, row.recheck), (SpotCheckWords.penalty, row.penalty),
            (SpotCheckWords.period, row.period), (SpotCheckWords.severity, row.severity), (SpotCheckWords.remark, row.remark),
        ]
    }

    private static func changes(from old: FollowUp, to new: FollowUp) -> [String] {
        zip(fields(old), fields(new)).compactMap { before, after in
            guard NameFolding.key(before.text ?? "") != NameFolding.key(after.text ?? "") else { return nil }
            return "\(before.label.chinese)：\(before.text ?? "空") → \(after.text ?? "空")"
        }
    }

    private static func keys(_ row: FollowUp) -> RowKeys {
        func key(_ texts: [String?]) -> String { texts.map { NameFolding.key($0 ?? "") }.joined(separator: "\u{1F}") }
        let mark = key([row.product, row.model, row.batch])
        return RowKeys(
            content: key(fields(row).map(\.text)),
            loose: [key([row.firm, mark]), row.sequence.map { key([$0, row.firm]) }, row.sequence.map { key([$0, mark]) }])
    }
}
