import Enterprises
import Foundation
import Imports
import Jobs
import Spreadsheets
import Storage
import TestSupport
import Testing
import Values

/// Long registers through the pages: read in windows, told how far they are, stopped, and remembered where they fail.
@Suite("Long imports through the pages", .enabled(if: ImportFixture.isBuilt, "the program is not built, its reading child is missing"))
struct LongImportPagesTests {
    /// What the pages showed and what the store holds afterwards.
    private struct Left: Equatable {
        var pages: [String] = []
        var entries: [String] = []
    }

    private static func size(held: Int) -> WindowSize {
        var size = WindowSize()
        (size.held, size.head, size.window) = (held, min(held, 4), 3)
        return size
    }

    private func with(
        _ engine: TestEngine, held: Int, patience: Duration = .seconds(180), _ body: (ImportFixture) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await TestStores.with(engine, schema: .kernel + .imports + .importRuns + .enterprises + .jobs) { store in
            let run = ImportRun(
                vocabulary: try RegisterOffice.vocabulary.get(), targets: [EnterpriseImport(regions: try RegisterOffice.regions.get())],
                reader: ImportFixture.reader, size: Self.size(held: held))
            try await body(ImportFixture(store: store, run: run, folder: folder, patience: patience))
        }
    }

    /// A page's content without the tokens of its forms.
    private static func content(_ html: String) -> String {
        let main = html.firstRange(of: "<main").map { String(html[$0.lowerBound...]) } ?? html
        return main.replacing(/value="[0-9a-f]{32,64}"/, with: "")
    }

    private func left(_ engine: TestEngine, seed: UInt64, held: Int) async throws -> Left {
        let kept = Kept()
        try await with(engine, held: held) { fixture in
            try await fixture.browse { browser in
                var random = SeededRandom(seed)
                for (run, rows) in [(1, 25), (2, 40)] {
                    let lines = [RegisterWindowsTests.heading] + RegisterWindowsTests.register(&random, rows: rows)
                    let file = ("名册.csv", lines.joined(separator: "\r\n"))
                    _ = try await browser.post("/imports", from: "/imports/new", fields: [("kind", "enterprises")], files: [file])
                    #expect(try await browser.get("/imports/\(run)").text.contains("文件很长，分批读取") == (held < 20))
                    let preview = try await browser.get("/imports/\(run)/preview")
                    let done = try await browser.post("/imports/\(run)/commit", from: "/imports/\(run)/preview", fields: [("mode", "good")])
                    #expect(done.location == "/imports/\(run)/result")
                    let result = try await browser.get("/imports/\(run)/result")
                    await kept.add([preview.text, result.text].map(Self.content))
                }
            }
            #expect(fixture.leftovers == [])
            #expect(try await fixture.store.verify().findings == [])
            await kept.add(try await fixture.store.read { try JournalQuery.page($0) }.map { "\($0.action) \($0.digest) \($0.detail)" })
        }
        return Left(pages: await kept.texts)
    }

    private actor Kept {
        var texts: [String] = []
        func add(_ more: [String]) { texts += more }
    }

    @Test("read in windows they show the same pages and leave the same store as held whole", arguments: TestEngine.available)
    func same(_ engine: TestEngine) async throws {
        for seed in 1...(engine == .sqlite ? 4 : 1) as ClosedRange<UInt64> {
            let whole = try await left(engine, seed: seed, held: 1000)
            #expect(whole.pages.joined().contains("变更"))
            #expect(try await left(engine, seed: seed, held: 10) == whole, "seed \(seed)")
        }
    }

    @Test("of a long file the error workbook has the heading and the wrong rows alone")
    func errorRows() async throws {
        try await with(.sqlite, held: 10) { fixture in
            try await fixture.browse { browser in
                let good = (1...30).map { "示例\($0)号厂," }
                let lines = ["2006年企业名册", "企业名称,统一社会信用代码"] + good + [",913303030000000099"]
                let file = ("名册.csv", lines.joined(separator: "\r\n"))
                _ = try await browser.post("/imports", from: "/imports/new", fields: [("kind", "enterprises")], files: [file])
                let path = fixture.folder.appendingPathComponent("store.sqlite.errors.xlsx")
                try Data(try await browser.bytes("/imports/1/errors")).write(to: path)
                let rows = try SheetReading.workbook(path: path.path).sheets[0].rows
                #expect(rows.map(\.number) == [1, 2, 3])
                #expect(rows[2].cells.map(\.text).contains("913303030000000099"))
                #expect(rows[1].cells.last?.text == "错误信息")
                #expect(rows[2].cells.last?.text.isEmpty == false)
            }
        }
    }

    @Test("what takes longer than a page waits shows how far it is, can be left, and leads to its result")
    func progress() async throws {
        try await with(.sqlite, held: 10, patience: .zero) { fixture in
            try await fixture.browse { browser in
                let rows = (1...30).map { "示例\($0)号厂" }
                let file = ("名册.csv", (["企业名称"] + rows).joined(separator: "\r\n"))
                _ = try await browser.post("/imports", from: "/imports/new", fields: [("kind", "enterprises")], files: [file])
                #expect(try await browser.get("/imports/1").location == "/imports/1/progress?step=check")
                let waiting = try await browser.get("/imports/1/progress?step=check")
                #expect(waiting.location == "/imports/1" || waiting.text.contains("可以离开，稍后从“最近的导入”回到这里"))
                #expect(try await Self.arrive(browser, "check") == "/imports/1")
                #expect(try await browser.get("/imports/1").text.contains("名册.csv"))
                #expect(try await browser.get("/imports/1/preview").location == "/imports/1/progress?step=preview")
                #expect(try await Self.arrive(browser, "preview") == "/imports/1/preview")
                let sent = try await browser.post("/imports/1/commit", from: "/imports/1/preview", fields: [("mode", "all")])
                #expect(sent.location == "/imports/1/progress?step=commit")
                #expect(try await Self.arrive(browser, "commit") == "/imports/1/result")
                #expect(try await browser.get("/imports/1/result").text.contains("导入完成"))
            }
            // Reading and committing: what came of it stands in the act itself.
            #expect(try await fixture.store.read { try JournalQuery.head($0).position } == 2)
        }
    }

    private static func arrive(_ browser: ImportFixture.Browser, _ step: String) async throws -> String? {
        for _ in 0..<600 {
            if let location = try await browser.get("/imports/1/progress?step=\(step)").location { return location }
            try await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }

    @Test("a step can be stopped, also while the reading child is silent; the run stays as it was")
    func stop() async throws {
        let silent = ReaderCommand(executable: "/bin/sh", arguments: ["-c", "sleep 900"])
        let fixture = try await ImportFixture(reader: silent, patience: .zero)
        try await fixture.browse { browser in
            _ = try await browser.post(
                "/imports", from: "/imports/new", fields: [("kind", "results")], files: [("名单.csv", ImportFixture.goodList)])
            #expect(try await browser.get("/imports/1").location == "/imports/1/progress?step=check")
            let page = try await browser.get("/imports/1/progress?step=check")
            #expect(page.text.contains("这一步不写库") && page.text.contains("停止"))
            #expect(try await browser.get("/imports/new").text.contains("正在处理"))
            _ = try await browser.post("/imports/1/stop", from: "/imports/1/progress?step=check", fields: [])
            var text = ""
            for _ in 0..<200 where !text.contains("导入已按您的要求停止，没有写入任何内容") {
                try await Task.sleep(for: .milliseconds(50))
                text = try await browser.get("/imports/1/progress").text
            }
            #expect(text.contains("导入已按您的要求停止，没有写入任何内容"))
            #expect(try await browser.get("/imports/new").text.contains("待核对"))
        }
        #expect(fixture.leftovers == [])
        #expect(try await fixture.store.read { try JournalQuery.head($0).position } == 1)
    }

    /// A target that fails in the middle of its writing.
    private struct Failing: ImportTarget {
        let kind = ImportKind.results
        func plan(_ table: CheckedTable, _ session: any Storage.Session) throws -> [PlannedRow] { try PlainResults().plan(table, session) }
        func commit(_ table: CheckedTable, plan: [PlannedRow], _ transaction: Transaction) throws {
            try PlainResults().commit(table, plan: plan, transaction)
            throw Failure(.conflict, "import.row-twice", "同一次导入的前一个文件里已有这一行，内容不同", cure: "先导入原来的名单，再单独导入更正的名单")
        }
    }

    @Test("a commit that fails writes nothing, and the run tells why with its cure to whoever comes back")
    func failed() async throws {
        let fixture = try await ImportFixture(target: Failing())
        try await fixture.browse { browser in
            _ = try await browser.post(
                "/imports", from: "/imports/new", fields: [("kind", "results")], files: [("名单.csv", ImportFixture.goodList)])
            let sent = try await browser.post("/imports/1/commit", from: "/imports/1/preview", fields: [("mode", "all")])
            #expect(sent.status == 409 && sent.text.contains("内容不同"))
            let page = try await browser.get("/imports/1").text
            #expect(page.contains("上次提交没有完成，没有写入任何内容") && page.contains("处理办法：先导入原来的名单"))
            #expect(try await browser.get("/imports/new").text.contains("提交未完成"))
        }
        #expect(try await fixture.store.read { try $0.integer("select count(*) from plain_result") } == 0)
        #expect(try await fixture.store.verify().findings == [])
    }
}
