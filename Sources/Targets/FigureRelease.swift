package import Storage
package import Values

/// A figure as it was released (已发布的数): the words of that day, whoever corrects it later.
package struct FigureRelease: Sendable, Hashable {
    package let figure: ID<TargetFigure>
    package let target: String
    /// Whose figure it is: empty for our own region.
    package let subject: String
    package let source: FigureSource
    package let reporter: String
    package let document: String
    package let period: FigurePeriod
    package let value: Millionths
    package let unit: String
    package let releasedOn: Day

    /// `88.2%`; what was computed is rounded, what was stated stands as it was stated.
    package var text: String { (source == .own ? value.text(atMost: 2) : value.text) + (unit.isEmpty || unit == "%" ? unit : " " + unit) }
}

/// A figure that stands released, with what was released under it before and has been corrected.
package struct ReleasedFigure: Sendable, Hashable {
    package let latest: FigureRelease
    /// Earlier releases of the same figure, the latest first.
    package let corrected: [FigureRelease]
}

extension FigureStore {
    /// What has been released of a programme's targets. A correction that nobody has released yet changes nothing here.
    package static func released(of programme: String, _ session: any Session) throws -> [ReleasedFigure] {
        let rows = try session.rows(
            """
            select f.id, f.target, f.subject, f.source, f.reporter, f.document, f.period, f.from_day, f.to_day, f.value, f.unit, f.released_on
            from figure as f where f.programme = \(programme) and f.state = 'released' and f.known_from = f.pinned_position
                and exists (select 1 from figure as c where c.id = f.id and c.known_to = 9223372036854775807)
            order by f.id, f.known_from
            """)
        var figures: [[FigureRelease]] = []
        for release in rows.compactMap(release) {
            if figures.last?.first?.figure == release.figure {
                figures[figures.count - 1].insert(release, at: 0)
            } else {
                figures.append([release])
            }
        }
        return figures.compactMap { all in all.first.map { ReleasedFigure(latest: $0, corrected: Array(all.dropFirst())) } }
    }

    private static func release(_ row: Row) -> FigureRelease? {
        guard let source = FigureSource(rawValue: row.text(3)), let day = row.day(11) else { return nil }
        return FigureRelease(
            figure: row.id(0), target: row.text(1), subject: row.text(2), source: source, reporter: row.text(4), document: row.text(5),
            period: FigurePeriod(row.text(6), from: row.day(7), to: row.day(8)), value: Millionths(row.integer(9)), unit: row.text(10),
            releasedOn: day)
    }
}
