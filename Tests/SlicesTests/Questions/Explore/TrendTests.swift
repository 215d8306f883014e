import Enterprises
import Evidence
import Storage
import TestSupport
import Testing
import Values

@testable import Questions

@Suite("Trends") struct TrendTests {
    @Test("a year without rows between others has no figure, and rows without a year stand apart", arguments: TestEngine.available)
    func gaps(_ engine: TestEngine) async throws {
        try await ExploreOffice.with(engine) { explore in
            let asked = AskTrend(asking: explore.asking(), question: Question("sample", metric: "count"), fact: ExploreOffice.fact)
            let trend = try #require(try await explore.office.store.read { try asked.answer(nil, $0) })
            #expect(trend.points.map(\.key) == ["2013", "2014", "2015", "2016", "2017"])
            #expect(trend.points[2].figure == nil && trend.unstated?.n == 12)
            for point in trend.points where point.figure != nil {
                #expect(point.figure == (try await explore.ask(Question("sample", metric: "count", where: [.init("year", [point.key])]))))
            }
        }
    }

    @Test(
        "marks of an axis are round, hold all numbers, and are few",
        arguments: [(0.0, 1.0), (0.806, 0.931), (0, 0), (3, 10_000_000), (-5, 7)])
    func marks(_ low: Double, _ high: Double) {
        for startsAtZero in [true, false] {
            let marks = AxisMarks.marks(low, high, startsAtZero: startsAtZero)
            #expect(marks.count >= 2 && marks.count <= 8, "\(marks)")
            #expect((marks.first ?? 1) <= low + 1e-9 && (marks.last ?? 0) >= high - 1e-9)
            if startsAtZero, low >= 0 { #expect(marks.first == 0) }
        }
    }
}
