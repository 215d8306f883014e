import Enterprises
import Evidence
import Foundation
import Imports
import Places
import SpotChecks
import Spreadsheets
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@Suite(.blocking) struct ListingRoutesTests {
    private static let list = [
        ["2013年插座产品质量国家监督抽查结果"], ["序号", "生产企业名称", "地址", "产品名称", "规格型号", "生产日期/批号", "检验结论", "不合格项目", "备注"],
        ["1", "佛山市南海示例甲电器厂", "", "插座", "A1", "2013-01", "合格", "", ""],
        ["2", "佛山市南海示例乙电器厂", "", "插座", "B1", "2013-02", "不合格", "防触电保护", ""],
        ["3", "广州市番禺示例丙电器厂", "", "插座", "C1", "2013-03", "不合格", "耐热", ""],
        ["4", "广东示例丁电器厂", "", "插座", "D1", "2013-03", "合格", "", ""],
        ["5", "佛山市南海示例戊电器厂", "", "插座", "E1", "2013-03", "不合格", "耐热", "企业否认生产，涉嫌假冒"],
        ["6", "广东示例己电器厂", "", "插座", "F1", "2013-03", "不合格", "耐热", ""],
    ]

    private func open(_ steps: @escaping @Sendable (SpotCheckOffice, SiteBrowser, Int64) async throws -> Void) async throws {
        let office = try await SpotCheckOffice()
        let report = try await office.take("名单.xlsx", Self.list)
        let position = try #require(report.position)
        let reader = ReaderCommand(executable: ImportFixture.program.path, arguments: ["read-sheet"])
        try await SiteBrowser.open(SpotCheckRoutes.table(office.office, reader: reader), clock: office.office.clock) { browser in
            try await steps(office, browser, position)
        }
    }

    private static func row(_ firm: String, _ office: SpotCheckOffice) async throws -> Int64 {
        try await office.office.store.read { session in
            try #require(try session.row("select id from result as r where producer = \(firm) and \(RecordTable.current("r"))")).integer(0)
        }
    }

    private static func groups(_ office: SpotCheckOffice) async throws -> [String: Int] {
        let listing = try await office.office.store.read { session in
            try LocalListing.load(publications: [1], region: office.office.regions.find("440605"), regions: office.office.regions, session)
        }
        return Dictionary(uniqueKeysWithValues: LocalListing.Group.allCases.map { ($0.rawValue, listing.entries($0).count) })
    }

    @Test("the list page asks for a region, then shows that region's firms; the act's page shows the same")
    func pages() async throws {
        try await open { _, browser, position in
            let asks = try await browser.get("/publications/1")
            #expect(asks.status == 200 && asks.text.contains("name=\"region\"") && !asks.text.contains("示例乙电器厂"))
            for path in ["/publications/1?region=440605", "/listings/\(position)?region=440605"] {
                let page = try await browser.get(path)
                #expect(page.status == 200 && page.text.contains("示例乙电器厂") && page.text.contains("防触电保护"), "\(path)")
                #expect(page.text.contains("where=publication%3D1") && page.text.contains("涉嫌假冒"), "\(path)")
            }
            let wrong = try await browser.get("/publications/1?region=%E6%97%A0%E6%AD%A4%E5%8C%BA")
            #expect([404, 422].contains(wrong.status))
            #expect(try await browser.get("/publications/99?region=440605").status == 404)
            let missing = try await browser.get("/listings/\(position + 1)")
            #expect(missing.status == 404 && missing.text.contains("这次操作没有导入名单"))
            let all = try await browser.get("/publications")
            #expect(all.status == 200 && all.text.contains("2013年插座产品质量国家监督抽查结果"))
            #expect(try await browser.get("/results").status == 200)
            let brief = try await browser.get("/publications/1/brief")
            #expect(brief.status == 422 && brief.text.contains("还没有选定地区"))
        }
    }

    @Test("accepting the candidates begins their dossiers once, and sends the reader back to the list")
    func accept() async throws {
        try await open { office, browser, _ in
            let page = "/publications/1?region=440605"
            let hidden = try await browser.hidden(of: page)
            let accepted = try await browser.post("/publications/1/accept?region=440605", hidden: hidden, [("reason", "上榜建档")])
            #expect(accepted.status == 303 && accepted.location?.hasPrefix("/publications/1?region=") == true)
            #expect(try await office.count("enterprise", where: [("status", "candidate")]) == 2)
            #expect(try await Self.groups(office) == ["linked": 2, "candidate": 0, "unclear": 3, "elsewhere": 1])
            let twice = try await browser.post("/publications/1/accept?region=440605", hidden: hidden, [("reason", "上榜建档")])
            #expect(twice.status == 303)
            let late = try await browser.post("/publications/1/accept?region=440605", from: page, [("reason", "")])
            #expect(late.status == 409 && late.text.contains("没有待建档的企业"))
            #expect(try await browser.post("/publications/1/link?region=440605", from: page, []).status == 303)
            let entry = try await office.office.store.read {
                try JournalQuery.page($0).first { $0.action == "spotchecks.accept-candidates" }
            }
            #expect(entry?.reason == "上榜建档")
        }
    }

    @Test("one unclear row is decided on the page; neither a decided row nor a possible counterfeit can be claimed")
    func decide() async throws {
        try await open { office, browser, _ in
            let page = "/publications/1?region=440605"
            let address = "/publications/1/decide?region=440605"
            let row = try await Self.row("广东示例丁电器厂", office)
            let unsaid = try await browser.post(address, from: page, [("row", String(row))])
            #expect(unsaid.status == 422 && unsaid.text.contains("没有说明归属"))
            try await Self.sendTwice(office, browser, address, from: page, [("row", String(row)), ("belongs", "own")])
            #expect(try await Self.groups(office) == ["linked": 0, "candidate": 3, "unclear": 2, "elsewhere": 1])
            let again = try await browser.post(address, from: page, [("row", String(row)), ("belongs", "own")])
            #expect(again.status == 409 && again.text.contains("这一行不是现在待定的批次"))
            let doubtful = try await Self.row("佛山市南海示例戊电器厂", office)
            let refused = try await browser.post(address, from: page, [("row", String(doubtful)), ("belongs", "own")])
            #expect(refused.status == 422 && refused.text.contains("不能计入本辖区或任何企业"))
            #expect(try await browser.post(address, from: page, [("row", String(doubtful)), ("belongs", "other")]).status == 303)
            #expect(try await Self.groups(office) == ["linked": 0, "candidate": 3, "unclear": 1, "elsewhere": 2])
        }
    }

    @Test("the brief is a document with the page's numbers, the workbook opens with the same rows")
    func downloads() async throws {
        try await open { _, browser, _ in
            let brief = try await browser.get("/publications/1/brief?region=440605")
            #expect(brief.status == 200)
            #expect(brief.type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
            #expect(brief.name.contains("关于2013年插座产品质量国家监督抽查结果在我辖区上榜情况的简报.docx"))
            let text = try Self.unzipped(brief.bytes, "word/document.xml")
            #expect(text.contains("共公布6批次。南海区企业2家、2批次上榜，其中1家企业1批次不合格；1批次不合格尚未见后处理记录；上榜企业此前有0批次不合格。"))
            #expect(text.contains("佛山市南海示例乙电器厂") && text.contains("防触电保护") && !text.contains("示例戊电器厂"))
            #expect(text.contains("另有3批次不能确定是否在我辖区"))
            let book = try await browser.get("/publications/1/workbook?region=440605")
            #expect(book.type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            let sheets = try Self.workbook(book.bytes).sheets
            #expect(sheets.map(\.name) == ["本辖区上榜", "待定", "此前不合格"])
            #expect(sheets.first?.rows.count { $0[column: 0].text.contains("电器厂") } == 2)
        }
    }

    @Test(
        "unclear rows go out as a workbook, come back filled in and are settled; a wrong value is told with its row",
        .enabled(if: ImportFixture.isBuilt, "the hallmark program is not built"))
    func settle() async throws {
        try await open { office, browser, _ in
            let page = "/publications/1?region=440605"
            let address = "/publications/1/settle?region=440605"
            let exported = try await browser.get("/publications/1/unclear?region=440605")
            #expect(exported.status == 200 && exported.type.contains("spreadsheetml"))
            let wrong = try Self.filled(exported.bytes, ["广东示例丁电器厂": "不知道", "佛山市南海示例戊电器厂": "本辖区"])
            let told = try await browser.post(address, from: page, [("reason", "镇街核实")], file: ("填.xlsx", wrong))
            #expect(told.status == 422 && told.text.contains("归属“不知道”看不懂") && told.text.contains("不能计入本辖区或任何企业"), "\(told.text)")
            let unreasoned = try await browser.post(address, from: page, [], file: ("填.xlsx", wrong))
            #expect(unreasoned.status == 422)
            let right = try Self.filled(exported.bytes, ["广东示例丁电器厂": "本辖区", "广东示例己电器厂": "外地"])
            try await Self.sendTwice(office, browser, address, from: page, [("reason", "镇街核实")], file: ("填.xlsx", right))
            #expect(try await Self.groups(office) == ["linked": 0, "candidate": 3, "unclear": 1, "elsewhere": 2])
            let nothing = try await browser.post(address, from: page, [("reason", "镇街核实")], file: ("空.xlsx", exported.bytes))
            #expect(nothing.status == 422 && nothing.text.contains("没有填写任何归属"))
        }
    }

    @Test("how the samples were chosen is stated with its grounds, and enters every row that says nothing itself")
    func sampling() async throws {
        try await open { office, browser, _ in
            let page = "/publications/1?region=440605"
            let without = try await browser.post("/publications/1/sampling", from: page, [("method", "special"), ("stage", "unstated")])
            #expect(without.status == 422 && without.text.contains("没有写明依据"))
            let stated = try await Self.sendTwice(
                office, browser, "/publications/1/sampling", from: page,
                [("method", "special"), ("stage", "unstated"), ("reason", "抽查方案第3条")])
            #expect(stated == "/publications/1")
            #expect(try await office.count(where: [("method", "special")]) == 6)
            let same = try await browser.post(
                "/publications/1/sampling", from: page, [("method", "special"), ("stage", "unstated"), ("reason", "抽查方案第3条")])
            #expect(same.status == 409 && same.text.contains("抽样方式和环节本来就是这样"))
        }
    }

    @Test("linking rows to dossiers that came in since is done once, however often its form is sent")
    func link() async throws {
        try await open { office, browser, _ in
            let candidate = Candidate(name: "佛山市南海示例乙电器厂", region: try office.office.regions.find("440605").id.number, reason: "登记")
            try await AcceptCandidates.run([candidate], office: office.office, actor: .local, reason: "登记")
            try await Self.sendTwice(office, browser, "/publications/1/link?region=440605", from: "/publications/1?region=440605", [])
            #expect(try await Self.groups(office)["linked"] == 1)
        }
    }

    /// Sends a form twice as a double click does: both lead to the same page, and one act stands in the journal. Answers where they lead.
    @discardableResult
    private static func sendTwice(
        _ office: SpotCheckOffice, _ browser: SiteBrowser, _ address: String, from page: String, _ fields: [(String, String)],
        file: (name: String, bytes: [UInt8])? = nil
    ) async throws -> String? {
        let hidden = try await browser.hidden(of: page)
        let before = try await office.office.store.read { try JournalQuery.head($0).position }
        let first = try await browser.post(address, hidden: hidden, fields, file: file)
        let again = try await browser.post(address, hidden: hidden, fields, file: file)
        #expect(first.status == 303 && again.status == 303, "\(first.text) \(again.text)")
        #expect(first.location == again.location)
        #expect(try await office.office.store.read { try JournalQuery.head($0).position } == before + 1)
        return first.location
    }

    // MARK: Files

    private static func written(_ bytes: [UInt8], _ ending: String) throws -> URL {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("answer-\(UUID().uuidString).\(ending)")
        try Data(bytes).write(to: url)
        return url
    }

    private static func workbook(_ bytes: [UInt8]) throws -> Workbook {
        let url = try written(bytes, "xlsx")
        defer { try? FileManager.default.removeItem(at: url) }
        return try SheetReading.workbook(path: url.path)
    }

    /// A part of a document, as unzip gives it, without its tags.
    private static func unzipped(_ bytes: [UInt8], _ part: String) throws -> String {
        let url = try written(bytes, "docx")
        defer { try? FileManager.default.removeItem(at: url) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["unzip", "-p", url.path, part]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.replacing(/<[^>]*>/, with: "")
    }

    /// The exported workbook with the column 归属 filled in for some firms.
    private static func filled(_ bytes: [UInt8], _ values: [String: String]) throws -> [UInt8] {
        let sheet = try #require(try workbook(bytes).sheets.first)
        let heading = try #require(sheet.rows.first { row in row.cells.contains { $0.text == "归属" } })
        let column = try #require(heading.cells.firstIndex { $0.text == "归属" })
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("filled-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: url) }
        let writer = try WorkbookWriter(path: url.path)
        try writer.beginSheet("待定", columns: heading.cells.map { SheetColumn($0.text) })
        for row in sheet.rows where row.number > heading.number {
            var cells = heading.cells.indices.map { row[column: $0] }
            if let value = values[cells[1].text] { cells[column] = .text(value) }
            try writer.append(cells)
        }
        try writer.finish()
        return Array(try Data(contentsOf: url))
    }
}
