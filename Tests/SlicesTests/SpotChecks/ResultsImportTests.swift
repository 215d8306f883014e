import Enterprises
import Evidence
import Foundation
import Imports
import Places
import SpotChecks
import Spreadsheets
import Storage
import Testing
import Values

struct ResultsImportTests {
    private static let title = "2013年插座产品质量国家监督抽查结果"
    private static let heading = ["序号", "生产企业名称", "地址", "产品名称", "规格型号", "生产日期/批号", "检验结论", "不合格项目", "备注"]
    private static func list(_ rows: [[String]]) -> [[String]] { [[title], heading] + rows }
    private static let rows = list([
        ["1", "佛山市南海示例甲电器厂", "", "插座", "A1", "2013-01", "合格", "", ""],
        ["2", "佛山市南海示例乙电器厂", "", "插座", "B1", "2013-02", "不合格", "防触电保护", ""],
        ["3", "广州市番禺示例丙电器厂", "", "插座", "C1", "2013-03", "不合格", "耐热", ""],
        ["4", "广东示例丁电器厂", "", "插座", "D1", "2013-03", "合格", "", ""],
        ["5", "佛山市南海示例戊电器厂", "", "插座", "E1", "2013-03", "不合格", "耐热", "企业否认生产，涉嫌假冒"],
        ["6", "某某电器厂", "佛山市南海区", "插座", "F1", "2013-03", "不合格", "耐热", ""],
    ])

    private func listing(_ office: SpotCheckOffice, _ region: String = "440605") async throws -> LocalListing {
        try await office.office.store.read { session in
            let ids = try session.rows("select p.id from publication as p where \(RecordTable.current("p"))").map { $0.integer(0) }
            return try LocalListing.load(
                publications: ids, region: office.office.regions.find(region), regions: office.office.regions, session)
        }
    }

    @Test("two files of one act that say the same row otherwise stop with the row's place, and nothing is written")
    func otherwiseInOneAct() async throws {
        let office = try await SpotCheckOffice()
        var other = Self.rows
        other[2][6] = "不合格"
        let books = [("甲.xlsx", Self.rows), ("乙.xlsx", other)].map { (name: $0, workbook: SpotCheckOffice.workbook($1)) }
        let failure = await #expect(throws: Failure.self) { try await office.take(books) }
        #expect(failure?.code == "import.row-twice")
        #expect(failure?.message == "同一次导入的前一个文件里已有这一行，内容不同")
        #expect(failure?.place.file == "乙.xlsx" && failure?.place.row == 3)
        #expect(try await office.count(where: []) == 0)
    }

    @Test("every row ends in one of four groups, and doubtful rows count against nobody")
    func groups() async throws {
        let office = try await SpotCheckOffice()
        let report = try await office.take("名单.xlsx", Self.rows)
        #expect(report.new == 6 && !report.hasErrors, "\(report.issues)")
        let seen = try await listing(office)
        #expect(seen.entries(.candidate).map(\.result.sequence) == ["1", "2"])
        #expect(seen.entries(.elsewhere).map(\.result.sequence) == ["3"])
        #expect(Set(seen.unclear.compactMap(\.result.sequence)) == ["4", "5", "6"])
        #expect(seen.firms == 2 && seen.failing.count == 1 && seen.withoutFollowUp.count == 1)
        #expect(try await office.count(where: [("verdict", "fail")]) == 4)
        #expect(try await office.count(where: [("verdict", "fail"), ("producer", "佛山市南海示例戊电器厂")]) == 0)
        let rate = try await office.ask(Question("spotcheck.result", metric: "batch-pass-rate"))
        #expect(rate.figure.n == 4 && rate.figure.hits == 2)
        let methods = try await office.ask(Question("spotcheck.result", by: ["method"])).groups
        #expect(methods.map(\.labels) == [["未注明"]])
    }

    @Test("the same list again changes nothing, under another name too; a correction changes its row")
    func again() async throws {
        let office = try await SpotCheckOffice()
        try await office.take("名单.xlsx", Self.rows)
        let moved = [[Self.title], ["", ""], Self.heading] + Self.rows.dropFirst(2)
        let twin = try await office.take("另存.xlsx", moved)
        #expect(twin.unchanged == 6 && twin.new == 0 && twin.changed == 0)
        var corrected = Self.rows
        corrected[2][6] = "不合格"
        corrected[2][7] = "耐热"
        let change = try await office.take("更正.xlsx", corrected)
        #expect(change.changed == 1 && change.unchanged == 5 && change.new == 0, "\(change)")
        #expect(try await office.count(where: [("verdict", "fail")]) == 5)
        #expect(try await office.count() == 6)
    }

    @Test("a list of failing batches alone enters no pass rate, and one of risk monitoring neither")
    func unrated() async throws {
        let office = try await SpotCheckOffice()
        try await office.take("风险.xlsx", [["2013年插座产品质量风险监测结果"], Self.heading, Self.rows[2]])
        try await office.take("不合格.xlsx", [["2014年插座产品质量国家监督抽查不合格产品名单"], Self.heading, Self.rows[3]])
        let rate = try await office.ask(Question("spotcheck.result", metric: "batch-pass-rate"))
        #expect(rate.groups.allSatisfy { $0.figure.value == nil } && rate.figure.n == 0)
        #expect(try await office.count() == 2)
    }

    @Test("a follow-up is linked to the one failure of the same firm and product, else says why not")
    func followUps() async throws {
        let office = try await SpotCheckOffice()
        let heading = ["序号", "企业名称", "产品名称", "规格型号", "不合格项目", "整改情况", "复查结果", "行政处罚情况"]
        let rows = [
            ["1", "佛山市南海示例乙电器厂", "插座", "B1", "防触电保护", "已整改", "合格", "罚款"],
            ["2", "佛山市南海示例甲电器厂", "插座", "A1", "耐热", "已整改", "合格", ""],
        ]
        try await office.take("名单.xlsx", Self.rows)
        let report = try await office.take("后处理.xlsx", [["2013年插座产品质量国家监督抽查不合格企业后处理结果"], heading] + rows, .followups)
        #expect(report.new == 2, "\(report)")
        #expect(try await office.count("spotcheck.followup", where: [("linked", "yes")]) == 1)
        #expect(try await office.count(where: [("follow-up", "recorded")]) == 1)
        let seen = try await listing(office)
        #expect(seen.withoutFollowUp.isEmpty)
        let again = try await office.take("后处理2.xlsx", [["2013年插座产品质量国家监督抽查不合格企业后处理结果"], heading] + rows, .followups)
        #expect(again.unchanged == 2 && again.new == 0)
    }

    @Test("a follow-up that came before its list is linked when the list comes")
    func followUpFirst() async throws {
        let office = try await SpotCheckOffice()
        let heading = ["序号", "企业名称", "产品名称", "不合格项目", "整改情况", "复查结果"]
        try await office.take(
            "后处理.xlsx", [["2013年插座产品质量国家监督抽查不合格企业后处理结果"], heading, ["1", "佛山市南海示例乙电器厂", "插座", "防触电保护", "已整改", "合格"]],
            .followups)
        #expect(try await office.count("spotcheck.followup", where: [("linked", "yes")]) == 0)
        try await office.take("名单.xlsx", Self.rows)
        #expect(try await office.count("spotcheck.followup", where: [("linked", "yes")]) == 1)
        #expect(try await office.count(where: [("follow-up", "recorded")]) == 1)
    }

    @Test("candidates get their dossiers in one act, and the rows are linked; earlier failures are found by firm")
    func accept() async throws {
        let office = try await SpotCheckOffice()
        try await office.take("旧.xlsx", [["2011年插座产品质量国家监督抽查结果"], Self.heading, Self.rows[3]])
        try await office.take("名单.xlsx", Self.rows)
        let ids = try await office.office.store.read {
            try $0.rows("select p.id from publication as p order by p.id").map { $0.integer(0) }
        }
        let region = try office.office.regions.find("440605")
        let answer = try await AcceptListedCandidates.run(
            publications: [ids[1]], region: region, office: office.office, actor: .local, reason: "上榜建档")
        #expect(answer.firms == 2 && answer.rows == 2)
        let seen = try await office.office.store.read {
            try LocalListing.load(publications: [ids[1]], region: region, regions: office.office.regions, $0)
        }
        #expect(seen.entries(.linked).count == 2 && seen.entries(.candidate).isEmpty)
        #expect(seen.earlier.map(\.title) == ["2011年插座产品质量国家监督抽查结果"])
        #expect(try await office.count("enterprise", where: [("status", "candidate")]) == 2)
        #expect(try await LinkResults.run(publications: [ids[0]], office: office.office, actor: .local, request: UUID().uuidString) == 1)
        await #expect(throws: Failure(.conflict, "listing.no-candidates", "没有待建档的企业", cure: "可能已由别人建档，请刷新页面")) {
            try await AcceptListedCandidates.run(publications: [ids[1]], region: region, office: office.office, actor: .local, reason: "")
        }
    }

    @Test("unclear rows go out as a workbook, come back filled in, and wrong values are told row by row")
    func settlement() async throws {
        let office = try await SpotCheckOffice()
        try await office.take("名单.xlsx", Self.rows)
        let seen = try await listing(office)
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("settle-\(UUID().uuidString).xlsx").path
        try SettlementSheet.write(seen, to: path)
        let book = try SheetReading.workbook(path: path)
        let sheet = try #require(book.sheets.first { $0.name == "待定" })
        @Sendable func filled(_ values: [Int: (String, String)]) -> Workbook {
            let rows = sheet.rows.map { row in
                guard let value = values[row.number] else { return row }
                let cells = (0..<9).map { row[column: $0] }
                return SheetRow(number: row.number, cells: cells.prefix(7) + [Cell(text: value.0), Cell(text: value.1)])
            }
            return Workbook(format: .xlsx, sheets: [Sheet(name: "待定", rows: rows)])
        }
        let row = try #require(sheet.rows.first { $0[column: 1].text == "广东示例丁电器厂" }).number
        let wrong = try await office.office.store.read { session in
            try SettlementSheet.read(filled([row: ("不知道", "")]), file: "填.xlsx", listing: seen, session)
        }
        #expect(
            wrong.errors == [
                Failure(
                    .invalid, "settle.value", "归属“不知道”看不懂", at: FilePlace(file: "填.xlsx", sheet: "待定", row: row, column: "归属"),
                    cure: "从下拉选本辖区或外地，不能确定的留空")
            ])
        let unknown = try await office.office.store.read { session in
            try SettlementSheet.read(filled([row: ("", "91440605MA4UTEST0X")]), file: "填.xlsx", listing: seen, session)
        }
        #expect(unknown.errors.map(\.code) == ["settle.code-unknown"])
        let good = try await office.office.store.read { session in
            try SettlementSheet.read(filled([row: ("本辖区", "")]), file: "填.xlsx", listing: seen, session)
        }
        #expect(good.errors.isEmpty && good.decisions.count == 1)
        #expect(
            try await SettleUnclear.run(good.decisions, office: office.office, actor: .local, reason: "镇街核实", request: UUID().uuidString)
                == 1)
        let after = try await listing(office)
        #expect(after.entries(.candidate).count == 3)
        let outside = [(row: good.decisions[0].row, settlement: Settlement.outside(seen.region.id.number))]
        try await SettleUnclear.run(outside, office: office.office, actor: .local, reason: "再核实", request: UUID().uuidString)
        #expect(try await listing(office).entries(.elsewhere).contains { $0.id == good.decisions[0].row })
        // 同一名单再来一次，人工认定不丢。
        let again = try await office.take("再来.xlsx", Self.rows)
        #expect(again.unchanged == 6)
    }

    @Test("how samples were chosen is stated by a person with a reason")
    func sampling() async throws {
        let office = try await SpotCheckOffice()
        try await office.take("名单.xlsx", Self.rows)
        await #expect(
            throws: Failure(.invalid, "publication.reason-missing", "没有写明依据", cure: "写明抽样方式或环节依据的文件，例如抽查方案的文号")
        ) { try await StateSampling.run(1, method: .special, office: office.office, actor: .local, reason: "", request: UUID().uuidString) }
        try await StateSampling.run(
            1, method: .special, office: office.office, actor: .local, reason: "抽查方案第3条", request: UUID().uuidString)
        #expect(try await office.count(where: [("method", "special")]) == 6)
        let again = try await office.take("再来.xlsx", Self.rows)
        #expect(again.unchanged == 6)
        let findings = try await office.office.store.verify().findings
        #expect(findings.isEmpty, "\(findings)")
    }
}
