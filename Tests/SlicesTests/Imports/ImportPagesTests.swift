import Foundation
import Hummingbird
import Imports
import Storage
import Testing
import Values

@Suite("Import pages", .enabled(if: ImportFixture.isBuilt, "the program is not built, its reading child is missing"))
struct ImportPagesTests {
    @Test("a list goes from upload to commit, and importing it again changes nothing")
    func wholeWay() async throws {
        let fixture = try await ImportFixture()
        try await fixture.browse { browser in
            for round in 1...2 {
                let sent = try await browser.post(
                    "/imports", from: "/imports/new", fields: [("kind", "results")], files: [("名单.csv", ImportFixture.goodList)])
                #expect(sent.status == 303 && sent.location == "/imports/\(round)")
                let check = try await browser.get("/imports/\(round)")
                #expect(check.status == 200 && check.text.contains("取用") && check.text.contains("没有发现问题"))
                let preview = try await browser.get("/imports/\(round)/preview")
                #expect(preview.text.contains("示例鞋厂") == (round == 1))
                let done = try await browser.post(
                    "/imports/\(round)/commit", from: "/imports/\(round)/preview", fields: [("mode", "all"), ("reason", "测试一号")])
                #expect(done.location == "/imports/\(round)/result")
                let result = try await browser.get("/imports/\(round)/result")
                #expect(result.text.contains(round == 1 ? "导入完成" : "文件里的内容都已在库中"))
                #expect(result.text.contains("/publications"))
            }
        }
        let (rows, findings) = try await fixture.store.read { session in
            (try session.integer("select count(*) from plain_result"), try session.integer("select count(*) from original"))
        }
        #expect(rows == 2 && findings == 1)
        #expect(try await fixture.store.verify().findings.isEmpty)
    }

    @Test("rows with errors stop “all”, and “good” writes the others")
    func errors() async throws {
        let fixture = try await ImportFixture()
        try await fixture.browse { browser in
            _ = try await browser.post(
                "/imports", from: "/imports/new", fields: [("kind", "results")], files: [("名单.csv", ImportFixture.badList)])
            #expect(try await browser.get("/imports/1").text.contains("✕"))
            let all = try await browser.post("/imports/1/commit", from: "/imports/1/preview", fields: [("mode", "all")])
            #expect(all.status == 422 && all.text.contains("没有写入任何内容"))
            let good = try await browser.post("/imports/1/commit", from: "/imports/1/preview", fields: [("mode", "good")])
            #expect(good.location == "/imports/1/result")
            let workbook = try await browser.get("/imports/1/errors")
            #expect(workbook.status == 200 && workbook.text.hasPrefix("PK"))
        }
        #expect(try await fixture.store.read { try $0.integer("select count(*) from plain_result") } == 2)
    }

    @Test("a heading corrected by hand is remembered for the next step")
    func headings() async throws {
        let fixture = try await ImportFixture()
        try await fixture.browse { browser in
            _ = try await browser.post(
                "/imports", from: "/imports/new", fields: [("kind", "results")], files: [("名单.csv", ImportFixture.goodList)])
            let page = "/imports/1/headings?file=%E5%90%8D%E5%8D%95.csv&sheet=%E5%90%8D%E5%8D%95"
            let form = try await browser.get(page)
            #expect(form.status == 200 && form.text.contains("第1栏「产品名称」"))
            let fields = [("file", "名单.csv"), ("sheet", "名单"), ("column-3", "remark")]
            let wrong = try await browser.post(
                "/imports/1/headings", from: page, fields: [("file", "名单.csv"), ("sheet", "名单"), ("column-3", "colour")])
            #expect(wrong.text.contains("没有名为“colour”的栏目"))
            #expect(try await browser.post("/imports/1/headings", from: page, fields: fields).location == "/imports/1")
            let again = try await browser.get(page)
            #expect(again.text.contains("value=\"remark\" selected"))
        }
    }

    @Test("a form without a file comes back with what is missing")
    func noFile() async throws {
        let fixture = try await ImportFixture()
        try await fixture.browse { browser in
            let answer = try await browser.post("/imports", from: "/imports/new", fields: [("kind", "results")])
            #expect(answer.status == 422 && answer.text.contains("请选择文件"))
            let missing = try await browser.get("/imports/7")
            #expect(missing.status == 404 && missing.text.contains("没有第7号导入"))
        }
    }

    @Test("files of one name keep the folders that tell them apart")
    func names() {
        #expect(FileDisplayNames.of(["a/1.xls", "b/1.xls", "b/2.xls"]) == ["a/1.xls", "b/1.xls", "2.xls"])
        #expect(FileDisplayNames.of(["/x/a/1.xls", "/y/a/1.xls"]) == ["x/a/1.xls", "y/a/1.xls"])
    }
}
