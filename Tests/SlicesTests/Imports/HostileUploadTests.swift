import Foundation
import Imports
import Spreadsheets
import Storage
import Testing
import Values

/// Whatever comes through the page is told in a sentence, leaves nothing behind, and the next page is answered.
@Suite("Hostile uploads", .enabled(if: ImportFixture.isBuilt, "the program is not built, its reading child is missing"))
struct HostileUploadTests {
    private static let fixtures = ProcessInfo.processInfo.environment["HALLMARK_FIXTURES"]

    private func originals(_ fixture: ImportFixture) async throws -> Int64 {
        try await fixture.store.read { try $0.integer("select count(*) from original") }
    }

    @Test("an empty file is named as empty, beside a good one too, and nothing is kept")
    func empty() async throws {
        let fixture = try await ImportFixture()
        try await fixture.browse { browser in
            let files: [(String, String)] = [("名单.csv", ImportFixture.goodList), ("空.xlsx", "")]
            let sent = try await browser.post("/imports", from: "/imports/new", fields: [("kind", "results")], files: files)
            #expect(sent.status == 422 && sent.text.contains("「空.xlsx」是空文件（0字节），没有保存"))
            #expect(try await browser.get("/imports/new").text.contains("还没有导入过"))
        }
        #expect(try await originals(fixture) == 0)
        #expect(fixture.leftovers == [])
    }

    @Test("a file beyond the limit is refused with 413 before it is kept; the page says the limit beforehand")
    func tooLarge() async throws {
        var limits = ReadLimits()
        limits.fileBytes = 2_000_000
        let fixture = try await ImportFixture(limits: limits)
        try await fixture.browse { browser in
            #expect(try await browser.get("/imports/new").text.contains("每个不超过2 MB"))
            let bytes = [UInt8](repeating: 65, count: 2_000_001)
            let sent = try await browser.send("/imports", from: "/imports/new", fields: [("kind", "results")], files: [("大.csv", bytes)])
            #expect(sent.status == 413 && sent.text.contains("提交的内容超过上限 2 MB，没有保存") && sent.text.contains("拆分文件"))
            #expect(try await browser.get("/imports/new").status == 200)
        }
        #expect(try await originals(fixture) == 0)
        #expect(fixture.leftovers == [])
    }

    @Test("a form that was cut off is refused, and nothing of it stays")
    func cut() async throws {
        let fixture = try await ImportFixture()
        try await fixture.browse { browser in
            let file = [("名单.csv", Array(ImportFixture.goodList.utf8))]
            let sent = try await browser.send("/imports", from: "/imports/new", fields: [("kind", "results")], files: file, cut: 60)
            #expect(sent.status == 422 && sent.text.contains("提交的表单不完整或格式不对，没有保存任何内容"))
            #expect(try await browser.get("/imports/new").text.contains("还没有导入过"))
        }
        #expect(try await originals(fixture) == 0)
        #expect(fixture.leftovers == [])
    }

    @Test("two hundred files at once are one import; one more is refused")
    func many() async throws {
        let fixture = try await ImportFixture()
        try await fixture.browse { browser in
            func files(_ count: Int) -> [(String, String)] {
                (0..<count).map { ("名单.csv", "产品名称,生产企业名称,抽查结果\n皮鞋,示例\($0)号厂,合格\n") }
            }
            let over = try await browser.post("/imports", from: "/imports/new", fields: [("kind", "results")], files: files(201))
            #expect(over.status == 422 && over.text.contains("一次提交的文件过多（上限 200 个），没有保存"))
            let sent = try await browser.post("/imports", from: "/imports/new", fields: [("kind", "results")], files: files(6))
            #expect(sent.location == "/imports/1")
            let done = try await browser.post("/imports/1/commit", from: "/imports/1/preview", fields: [("mode", "all")])
            #expect(done.location == "/imports/1/result")
        }
        #expect(try await fixture.store.read { try $0.integer("select count(*) from plain_result") } == 6)
        #expect(fixture.leftovers == [])
    }

    @Test(
        "a bomb and files cut off are told with their cure", .enabled(if: fixtures != nil, "HALLMARK_FIXTURES is not set"),
        arguments: [
            ("bomb.xlsx", "疑似压缩炸弹，已停止读取"), ("truncated-early.xls", "文件不完整或已损坏"), ("truncated-late.xls", "文件不完整或已损坏"),
            ("truncated.xlsx", "文件不完整或已损坏"),
        ])
    func made(_ name: String, _ sentence: String) async throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.fixtures ?? "").appendingPathComponent(name)))
        let fixture = try await ImportFixture()
        try await fixture.browse { browser in
            let sent = try await browser.send("/imports", from: "/imports/new", fields: [("kind", "results")], files: [(name, bytes)])
            #expect(sent.location == "/imports/1")
            let page = try await browser.get("/imports/1")
            #expect(page.status == 200 && page.text.contains(sentence) && page.text.contains("处理办法") && page.text.contains(name))
            #expect(try await browser.get("/imports/1/preview").text.contains("没有读出可导入的行"))
        }
        #expect(try await fixture.store.read { try $0.integer("select count(*) from plain_result") } == 0)
        #expect(fixture.leftovers == [])
    }

    @Test("lists that are compared as a whole are held up to a bound, over all files together; beyond it they are refused with a cure")
    func bound() async throws {
        var size = WindowSize()
        (size.whole.rows, size.whole.bytes) = (5, 1 << 20)
        let fixture = try await ImportFixture(size: size)
        try await fixture.browse { browser in
            let files = [("甲.csv", ImportFixture.goodList), ("乙.csv", ImportFixture.goodList)]
            _ = try await browser.post("/imports", from: "/imports/new", fields: [("kind", "results")], files: files)
            let page = try await browser.get("/imports/1").text
            #expect(page.contains("这类名单要整份比对，一次导入合计不能超过5行") && page.contains("按批次拆成几个文件"))
            _ = try await browser.post("/imports/1/commit", from: "/imports/1/preview", fields: [("mode", "good")])
        }
        #expect(try await fixture.store.read { try $0.integer("select count(*) from plain_result") } == 2)
        (size.whole.rows, size.whole.bytes) = (50, 500)
        let narrow = try await ImportFixture(size: size)
        try await narrow.browse { browser in
            let files = [("甲.csv", ImportFixture.goodList)]
            _ = try await browser.post("/imports", from: "/imports/new", fields: [("kind", "results")], files: files)
            #expect(try await browser.get("/imports/1").text.contains("一次导入的文字合计不能超过0 MB"))
        }
    }
}
