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

    @Test("a heading corrected by hand is kept for the next file, shown as such, and can be taken back")
    func remembered() async throws {
        let fixture = try await ImportFixture()
        let list = "品名甲,生产企业名称,抽查结果\n皮鞋,示例鞋厂,合格\n"
        try await fixture.browse { browser in
            func upload() async throws {
                _ = try await browser.post("/imports", from: "/imports/new", fields: [("kind", "results")], files: [("名单.csv", list)])
            }
            func page(_ run: Int) -> String { "/imports/\(run)/headings?file=%E5%90%8D%E5%8D%95.csv&sheet=%E5%90%8D%E5%8D%95" }
            try await upload()
            let fields = [("file", "名单.csv"), ("sheet", "名单"), ("column-1", "remark"), ("column-2", "producer"), ("column-3", "verdict")]
            _ = try await browser.post("/imports/1/headings", from: page(1), fields: fields + [("remember", "yes")])
            let own = try await browser.get(page(1)).text
            #expect(own.contains("value=\"remark\" selected") && !own.contains("按您以前的更正"))

            // The next file of the same make is read by it, and says so.
            try await upload()
            let next = try await browser.get(page(2)).text
            #expect(next.contains("value=\"remark\" selected") && next.contains("按您以前的更正"))
            #expect(try await browser.get("/imports/2").text.contains("按您以前的更正"))

            // Corrected otherwise in the second run: the later one holds; without the tick nothing is kept.
            let product = [("file", "名单.csv"), ("sheet", "名单"), ("column-1", "product")]
            _ = try await browser.post("/imports/2/headings", from: page(2), fields: product)
            #expect(try await browser.get("/imports/corrections").text.contains("备注"))
            _ = try await browser.post("/imports/2/headings", from: page(2), fields: product + [("remember", "yes")])
            let list = try await browser.get("/imports/corrections").text
            #expect(list.contains("品名甲") && list.contains("产品名称") && !list.contains("备注"))

            _ = try await browser.post("/imports/corrections", from: "/imports/corrections", fields: [("correction", "1")])
            #expect(try await browser.get("/imports/corrections").text.contains("还没有更正过表头"))
            let again = try await browser.post("/imports/corrections", from: "/imports/new", fields: [("correction", "1")])
            #expect(again.status == 404 && again.text.contains("没有这条表头更正，可能已被撤回"))
            try await upload()
            #expect(try await !browser.get(page(3)).text.contains("按您以前的更正"))
        }
        #expect(try await fixture.store.verify().findings.isEmpty)
        #expect(try await fixture.store.read { try $0.integer("select count(*) from heading_correction") } == 2)
    }

    @Test(
        "files uploaded as the wrong kind are read as the right one without a new upload; what was decided for the wrong one is forgotten")
    func readAs() async throws {
        let fixture = try await ImportFixture()
        try await fixture.browse { browser in
            _ = try await browser.post(
                "/imports", from: "/imports/new", fields: [("kind", "enterprises")], files: [("名单.csv", ImportFixture.goodList)])
            let wrong = try await browser.get("/imports/1").text
            #expect(wrong.contains("不是“企业名册”？") && wrong.contains("按“抽查结果”重新读") && !wrong.contains("按“企业名册”重新读"))
            _ = try await browser.post(
                "/imports/1/headings", from: "/imports/1/headings?file=%E5%90%8D%E5%8D%95.csv&sheet=%E5%90%8D%E5%8D%95",
                fields: [("file", "名单.csv"), ("sheet", "名单"), ("column-1", "name")])
            #expect(try await browser.post("/imports/1/kind", from: "/imports/1", fields: [("kind", "results")]).status == 303)
            let right = try await browser.get("/imports/1").text
            #expect(right.contains("按“企业名册”重新读") && right.contains("不是“抽查结果”？"))
            #expect(try await browser.get("/imports/1/preview").text.contains("提交导入"))
            #expect(try await browser.post("/imports/1/kind", from: "/imports/1", fields: [("kind", "anything")]).status == 422)
            _ = try await browser.post("/imports/1/commit", from: "/imports/1/preview", fields: [("mode", "all")])
            // What is in the store stays what it was read as.
            let late = try await browser.post("/imports/1/kind", from: "/imports/new", fields: [("kind", "enterprises")])
            #expect(late.status == 409)
        }
        #expect(try await fixture.store.verify().findings.isEmpty)
    }

    @Test("where nothing can be written the preview offers no commit and says what to do")
    func nothingToCommit() async throws {
        let fixture = try await ImportFixture()
        try await fixture.browse { browser in
            func preview(_ run: Int, _ name: String, _ text: String) async throws -> String {
                _ = try await browser.post("/imports", from: "/imports/new", fields: [("kind", "results")], files: [(name, text)])
                return try await browser.get("/imports/\(run)/preview").text
            }
            let good = try await preview(1, "名单.csv", ImportFixture.goodList)
            #expect(good.contains("提交导入") && !good.contains("没有可提交的内容"))
            _ = try await browser.post("/imports/1/commit", from: "/imports/1/preview", fields: [("mode", "all")])
            let known = try await preview(2, "名单.csv", ImportFixture.goodList)
            #expect(!known.contains("提交导入") && known.contains("没有要写入的") && known.contains("结束这次导入"))
            let rejected = try await preview(3, "坏.csv", "产品名称,生产企业名称,抽查结果\n皮鞋,,合格\n")
            #expect(!rejected.contains("提交导入") && rejected.contains("一行也不能写入") && !rejected.contains("结束这次导入"))
            let none = try await preview(4, "信.csv", "今天天气很好\n")
            #expect(!none.contains("提交导入") && none.contains("没有读出可导入的行"))
        }
    }

    @Test("whatever is uploaded, the answer is a page that says what it is, and the server stays up")
    func refusals() async throws {
        let fixture = try await ImportFixture()
        let cases = [
            ("照片.jpg", "%PDF-1.4 ", "而是PDF 文件"), ("程序.xls", "MZ\u{1}\u{0}\u{3}", "而是程序文件"), ("断.xls", "<table><tr><td>1", "表格没有结尾"),
            ("引号.csv", "a,b\n1,\"x\n", "引号没有配对"), ("压缩.xlsx", "PK\u{3}\u{4}xxxx", "文件不完整或已损坏"),
        ]
        try await fixture.browse { browser in
            for (number, (name, text, sentence)) in cases.enumerated() {
                let sent = try await browser.post("/imports", from: "/imports/new", fields: [("kind", "results")], files: [(name, text)])
                #expect(sent.location == "/imports/\(number + 1)")
                let page = try await browser.get("/imports/\(number + 1)")
                #expect(
                    page.status == 200 && page.text.contains(sentence) && page.text.contains("处理办法") && page.text.contains(name), "\(name)")
            }
            #expect(try await browser.get("/imports/new").status == 200)
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
