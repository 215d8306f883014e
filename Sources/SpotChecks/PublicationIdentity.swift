import Enterprises
import Imports
import Places
import Storage
import Values

/// Finds out which publication a table is: a new one, or one that the store holds already under whatever file name.
struct PublicationIdentity {
    let regions: RegionDirectory

    /// What the title, the rows and the file's name say.
    func draft(_ table: CheckedTable) -> Publication {
        let title = table.sheet.title
        let hints = FileNameHints(path: table.source)
        let days = Set(table.rows.compactMap { $0.day("published_day")?.day })
        let issuers = Set(table.rows.compactMap { $0.text("publisher") })
        let published = hints.publishedDay ?? (days.count == 1 ? days.first : nil)
        let text = title.text.isEmpty ? (hints.title ?? PublicationIdentity.stem(table.file)) : title.text
        let issuer = issuers.count == 1 ? issuers.first : nil
        let day = published ?? title.year.flatMap { Day(year: $0, month: 12, day: 31) } ?? Day(number: .max)
        let place = regions.resolver.resolve(PlaceClues(declared: issuer ?? text), on: day)
        let kind: Publication.Kind =
            table.kind == .results ? .results : title.kind == .failedTwice ? .failedTwice : .followUps
        return Publication(
            title: text, level: title.level, year: title.year ?? published?.year, quarter: title.quarter, method: title.method,
            stage: .unstated,
            issuer: issuer, publishedDay: published, kind: kind, productKind: title.products.count == 1 ? title.products.first : nil,
            file: PublicationIdentity.name(table.file), sheet: table.sheet.name, original: table.original, region: place.region?.id.number)
    }

    /// Stored publications of the same title, level and period; two that were published on different known days are different lists.
    func candidates(_ draft: Publication, _ session: any Session) throws -> [(id: Int64, publication: Publication)] {
        let rows = try session.rows(
            "select \(Publication.select) from publication as p where p.folded = \(draft.folded) and \(RecordTable.current("p")) order by p.id"
        )
        return rows.map { ($0.integer(0), Publication($0)) }.filter { _, stored in
            let samePeriod = stored.quarter == draft.quarter && (stored.year == draft.year || stored.year == nil || draft.year == nil)
            let sameDay = stored.publishedDay == nil || draft.publishedDay == nil || stored.publishedDay == draft.publishedDay
            return stored.kind == draft.kind && stored.level == draft.level && samePeriod && sameDay
        }
    }

    /// The candidate that shares the most rows; none where lists under one title have nothing in common.
    static func best(_ candidates: [(id: Int64, shared: Int, isEmpty: Bool)]) -> Int64? {
        guard let best = candidates.max(by: { ($0.shared, $1.id) < ($1.shared, $0.id) }) else { return nil }
        return best.shared > 0 || best.isEmpty ? best.id : nil
    }

    private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func stem(_ path: String) -> String {
        let name = name(path)
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }
}
