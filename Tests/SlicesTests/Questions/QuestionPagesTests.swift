import Foundation
import Hummingbird
import Questions
import Storage
import Testing
import Values

@Suite("Question and journal pages")
struct QuestionPagesTests {
    @Test("a question shows its value, its conditions, its groups as bars, and its rows")
    func page() async throws {
        let fixture = try await QuestionFixture()
        let page = try await fixture.get("/questions/batch?metric=pass-rate&where=region%3D南海&by=product")
        #expect(page.status == 200)
        for part in ["66.7%", "n = 3", "地区：南海区", "去掉", "阀门", "导出 xlsx", "known=4", "样本量不足"] { #expect(page.text.contains(part), "\(part)") }
        #expect(!page.text.contains("=SUM(A1)"))
    }

    @Test("the list names every fact with its metrics")
    func list() async throws {
        let page = try await QuestionFixture().get("/questions")
        #expect(page.text.contains("抽查批次") && page.text.contains("/questions/batch?metric=pass-rate"))
    }

    @Test("the form's new condition becomes part of the address")
    func addition() async throws {
        let fixture = try await QuestionFixture()
        let answer = try await fixture.get(
            "/questions/batch?metric=count&dimension=verdict&value=%E5%90%88%E6%A0%BC&by=product&second=region")
        #expect(answer.status == 303)
        #expect(answer.headers[.location] == "/questions/batch?metric=count&where=verdict%3D%E5%90%88%E6%A0%BC&by=product&by=region")
    }

    @Test("a caller that accepts JSON gets value, n, interval, groups")
    func json() async throws {
        let answer = try await QuestionFixture().get("/questions/batch?by=verdict", accept: "application/json")
        #expect(
            answer.text
                == #"{"value":4,"n":4,"interval":null,"groups":[{"key":["fail"],"label":["不合格"],"value":1,"n":1,"interval":null},{"key":["pass"],"label":["合格"],"value":3,"n":3,"interval":null}],"rows":null}"#
        )
    }

    @Test("a CSV export has the rows, and no cell that a spreadsheet would run")
    func csv() async throws {
        let answer = try await QuestionFixture().get("/questions/batch/export?format=csv")
        let lines = answer.text.split(separator: "\r\n")
        #expect(lines.count == 5)
        #expect(lines[0].hasSuffix("产品,结论,金额（元）,地区"))
        #expect(lines[3].hasPrefix("\"'=SUM(A1)\",pass,3,"))
    }

    @Test("an export of another kind is refused")
    func otherFormat() async throws {
        let answer = try await QuestionFixture().get("/questions/batch/export?format=pdf")
        #expect(answer.status == 422 || answer.status == 400)
        #expect(answer.text.contains("不能导出成“pdf”") && answer.text.contains("用 xlsx、csv 或 json"))
    }

    @Test("a workbook and a JSON export are written in full")
    func otherExports() async throws {
        let fixture = try await QuestionFixture()
        let workbook = try await fixture.get("/questions/batch/export?format=xlsx&where=verdict%3Dfail")
        #expect(workbook.status == 200 && !workbook.text.isEmpty)
        let json = try await fixture.get("/questions/batch/export?format=json&where=verdict%3Dfail")
        let object = try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any]
        #expect((object?["rows"] as? [[String: Any]])?.first?["amount"] as? Int == 250)
    }

    @Test("the journal lists entries newest first, finds a subject, and opens one")
    func journal() async throws {
        let fixture = try await QuestionFixture()
        let all = try await fixture.get("/journal")
        #expect(all.text.contains("/journal/4") && all.text.contains("测试") && all.text.contains("2013-08-29"))
        let one = try await fixture.get("/journal?subject=batch/2")
        #expect(one.text.contains("/journal/2") && !one.text.contains("/journal/3"))
        let entry = try await fixture.get("/journal/2")
        #expect(entry.status == 200 && entry.text.contains("前一条哈希"))
        let missing = try await fixture.get("/journal/99")
        #expect(missing.status == 404 && missing.text.contains("日志没有第99条"))
    }
}
