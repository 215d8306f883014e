package import Enterprises
import Evidence
import Imports
package import Storage
import Values
import WebSupport

/// A firm's own results on its dossier: all of them, and the failures with what followed.
package struct DossierResults: DossierSection {
    package let tab = DossierTab.overview
    private let regions: RegionDirectory

    package init(_ regions: RegionDirectory) { self.regions = regions }

    package func contribution(_ reading: DossierReading, _ session: any Storage.Session) throws -> DossierContribution? {
        let (id, position) = (reading.dossier.firm.id.number, reading.position)
        var own: SQL =
            "select \(SampleResult.select) from result as r where r.enterprise_id = \(id) and \(RecordTable.known("r", at: position))"
        if let seen = try regions.entrusted(to: reading.actor) {
            own += " and r.region_id in \(SQL.list(seen.map(Value.integer)))"
        }
        let rows = try session.rows(own + " order by r.id desc").map(SampleResult.init)
        guard !rows.isEmpty else { return nil }
        let head = try position ?? JournalQuery.head(session).position
        let all = Question("spotcheck.result", where: [.init("enterprise", [String(id)])], known: head)
        var failed = all
        failed.filters.append(.init("verdict", ["fail"]))
        func opened(_ question: Question) -> Address? { reading.isOwn ? nil : QuestionLink.of(question) }
        let failing = rows.count { $0.verdict == .fail }
        let shown = Array(rows.prefix(30))
        let titles = try SpotCheckStore.titles(of: Set(shown.map(\.publication)), at: position, session)
        return DossierContribution(
            figures: [
                .init(SpotCheckWords.batches, String(rows.count), unit: SpotCheckWords.batchUnit, rows: opened(all)),
                .init(
                    ListingWords.failing, String(failing), unit: SpotCheckWords.batchUnit, rows: opened(failed),
                    needsPerson: failing > 0),
            ],
            write: { html in
                html.add(
                    WebSupport.Sheet(
                        SpotCheckWords.results, note: SpotCheckWords.batches(rows.count),
                        links: rows.count > shown.count && !reading.isOwn
                            ? [Link(ListingWords.allRows(shown: shown.count), QuestionLink.of(all))] : []
                    ) { html in
                        html.add(
                            Table(caption: SpotCheckWords.results, rows: shown, columns: ResultPages.columns(titles, opens: !reading.isOwn))
                        )
                    })
            })
    }
}
