import Enterprises
import Evidence
import Foundation
import Spreadsheets
import Storage
import Testing
import Values

@testable import Questions

@Suite("Names in exported rows")
struct NameRowsTests {
    private static let columns = [
        Fact.Column("enterprise", Word("企业"), .enterprise, "f.enterprise_id"), Fact.Column("region", Word("地区"), .whole, "f.region_id"),
        Fact.Column("publication", Word("名单"), .whole, "f.publication_id"), Fact.Column("row", Word("行"), .whole, "f.row"),
        Fact.Column("amount", Word("金额"), .money, "f.amount"),
    ]

    @Test("firms, regions and lists stand by their names, asked for by the piece, every row once and in order")
    func names() async throws {
        let fixture = try await QuestionFixture()
        let region = try fixture.office.regions.number(of: "440605")
        let asked = Asked()
        let names = RecordNames([
            "enterprise": .init(QuestionFixture.table) { numbers, _, _ in
                asked.add(numbers.count)
                return Dictionary(numbers.filter { $0 != 13 }.map { ($0, "示例\($0)号厂") }) { first, _ in first }
            },
            "publication": .init(QuestionFixture.table) { numbers, _, _ in
                Dictionary(numbers.map { ($0, "示例名单\($0)") }) { first, _ in first }
            },
        ])
        let asking = Asking(catalogue: QuestionFixture.catalogue, viewer: Viewer(.local), regions: fixture.office.regions)
        let total = NameRows.piece * 2 + 34
        let written = try await fixture.office.store.read { session in
            var naming = NameRows(columns: Self.columns, asking: asking, names: names, known: nil)
            var written: [[Cell]] = []
            for number in 1...Int64(total) {
                let row: [Value] = [.integer(number), .integer(region), .integer(number % 3), .integer(number), .integer(number * 100)]
                try naming.add(row, session) { written.append($0) }
                #expect(number - Int64(written.count) <= Int64(NameRows.piece))
            }
            try naming.flush(session) { written.append($0) }
            #expect(naming.count == total)
            return written
        }
        #expect(written.count == total)
        #expect(written[0] == [.text("示例1号厂"), .text("南海区"), .text("示例名单1"), .number(1), .number(1)])
        #expect(written[12][0] == .text("#13"))
        #expect(written.map { $0[3] } == (1...total).map { .number(Double($0)) })
        #expect(asked.counts == [NameRows.piece, NameRows.piece, 34])
    }

    @Test("beside a column of names the firm's number is left out, and what is unknown stays empty")
    func besideNames() async throws {
        let fixture = try await QuestionFixture()
        let asking = Asking(catalogue: QuestionFixture.catalogue, viewer: Viewer(.local), regions: fixture.office.regions)
        let columns = [Self.columns[0], Fact.Column("name", Word("企业名称"), .text, "e.name"), Self.columns[1]]
        let written = try await fixture.office.store.read { session in
            var naming = NameRows(columns: columns, asking: asking, names: RecordNames(), known: nil)
            var written: [[Cell]] = []
            try naming.add([.integer(1), .text("示例甲厂"), .null], session) { written.append($0) }
            try naming.flush(session) { written.append($0) }
            return written
        }
        #expect(written == [[.text("示例甲厂"), .empty]])
    }

    @Test("an exported file names the region")
    func file() async throws {
        let text = try await QuestionFixture().get("/questions/batch/export?format=csv").text
        #expect(text.contains("南海区"))
        #expect(text.split(separator: "\r\n").count == QuestionFixture.rows.count + 1)
    }

    /// How often names were asked for.
    private final class Asked: @unchecked Sendable {
        private let lock = NSLock()
        private var kept: [Int] = []
        func add(_ count: Int) { lock.withLock { kept.append(count) } }
        var counts: [Int] { lock.withLock { kept } }
    }
}
