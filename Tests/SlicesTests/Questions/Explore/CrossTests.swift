import Enterprises
import Evidence
import Storage
import TestSupport
import Testing
import Values

@testable import Questions

@Suite("Rows by columns") struct CrossTests {
    @Test("totals are the answers to their own questions, and counts add up to them", arguments: TestEngine.available)
    func totals(_ engine: TestEngine) async throws {
        try await ExploreOffice.with(engine) { explore in
            for metric in ["count", "firms"] {
                let cross = try #require(try await cross(metric, ["region", "verdict"], explore))
                #expect(cross.whole == (try await explore.ask(Question("sample", metric: metric))))
                for row in cross.rows where !row.key.isEmpty {
                    var cells: [Double] = []
                    for column in cross.columns {
                        guard let figure = cross.cells[.init(row: row.key, column: column.key)] else { continue }
                        cells.append(figure.value ?? 0)
                    }
                    let sum = cells.reduce(0, +)
                    let total = try #require(cross.rowTotals[row.key]?.value)
                    if metric == "count" { #expect(total == sum) } else { #expect(total <= sum && total >= (cells.max() ?? 0)) }
                }
                for column in cross.columns {
                    let asked = try await explore.ask(Question("sample", metric: metric, where: [.init("verdict", [column.key])]))
                    #expect(cross.columnTotals[column.key] == asked)
                }
            }
        }
    }

    @Test("firms that occur in two rows are counted once in the total", arguments: TestEngine.available)
    func distinct(_ engine: TestEngine) async throws {
        try await ExploreOffice.with(engine) { explore in
            let cross = try #require(try await cross("firms", ["product", "verdict"], explore))
            let rows = cross.rowTotals.values.compactMap(\.value).reduce(0, +)
            #expect(cross.whole.value == 9 && rows > 9)
        }
    }

    @Test("shares of several methods get no total and no table, unless the method is a dimension")
    func apart() async throws {
        try await ExploreOffice.with(.sqlite) { explore in
            #expect(try await cross("pass-rate", ["product", "year"], explore) == nil)
            let cross = try #require(try await cross("pass-rate", ["product", "method"], explore))
            #expect(cross.rowTotals.isEmpty && cross.columnTotals.count == 2 && cross.whole.value == nil)
        }
    }

    @Test("with a withheld cell no total is given")
    func withheld() async throws {
        try await ExploreOffice.with(.sqlite) { explore in
            let asked = AskCross(
                asking: explore.asking(.leader), question: Question("sample", metric: "amount", where: [.init("verdict", ["fail"])]))
            let cross = try #require(try await explore.office.store.read { try asked.answer("product", "region", $0) })
            #expect(cross.cells.values.count(where: \.isSuppressed) >= 2)
            #expect(cross.rowTotals.isEmpty && cross.columnTotals.isEmpty)
        }
    }

    private func cross(_ metric: String, _ names: [String], _ explore: ExploreOffice) async throws -> CrossAnswer? {
        let asked = AskCross(asking: explore.asking(), question: Question("sample", metric: metric))
        return try await explore.office.store.read { try asked.answer(names[0], names[1], $0) }
    }
}
