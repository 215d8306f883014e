import Foundation
import TestSupport
import Testing

/// Every page of a small demonstration store, over a socket, as a browser asks for them.
@Suite("every page of a demonstration store", .blocking, .serialized)
struct PageJourneyTests {
    @Test("answers with its title, with its headers, and without a stray nil")
    func everyPage() async throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try HallmarkCommand.run(
            ["demo", folder.path, "--only", "longwan-2006", "--enterprises", "300", "--results", "240"])
        #expect(made.code == 0, "\(made.output) \(made.errors)")
        let server = try #require(try HallmarkServer(store: folder.appendingPathComponent("longwan-2006.sqlite")))
        defer { server.stop() }
        let pages = [
            ("/", "工作台"), ("/publications", "抽查"), ("/publications/1", "上榜"), ("/results", "抽查结果"), ("/enterprises", "企业档案"),
            ("/enterprises/1", "演示"), ("/fill-ins", "补报"), ("/programmes", "方案"), ("/programmes/longwan-2006", "皮鞋"), ("/targets", "目标"),
            ("/discrepancies", "数据出入"), ("/open-points", "待明确"), ("/journal", "日志"), ("/journal/1", "演示"), ("/questions", "统计查询"),
            ("/questions/spotcheck.result?by=verdict", "不合格"), ("/questions/enterprise?by=region", "企业"), ("/imports/new", "导入"),
            ("/returns", "报表"),
            ("/returns/1", "绑定"), ("/returns/1/periods/2006Q4", "取数说明"), ("/returns/1/history", "历次上报"),
        ]
        for (path, text) in pages {
            let page = try await server.get(path)
            #expect(page.status == 200, "\(path): \(page.status)")
            #expect(page.text.contains(text), "\(path) lacks \(text)")
            #expect(!page.text.contains("Optional("), "\(path)")
            #expect(!page.text.contains(">nil<"), "\(path)")
            #expect(page.headers["content-security-policy"]?.contains("default-src 'none'") == true, "\(path)")
        }
        try await tableAsModel(server, folder)
        #expect(try await server.get("/enterprises/999999").status == 404)
        #expect(try await server.get("/enterprises", headers: ["Host": "evil.example"]).status != 200)
    }

    /// The page of a decision table hands it out as a model, and the model decides as the table does.
    private func tableAsModel(_ server: HallmarkServer, _ folder: URL) async throws {
        let address = "/programmes/longwan-2006/rules/enterprise.class"
        let page = try await server.get(address)
        let link = try #require(page.text.firstMatch(of: /href="([^"]*\/dmn[^"]*)"/)).output.1
        #expect(link.hasPrefix(address + "/dmn"))
        let model = try await server.get(String(link))
        #expect(model.status == 200)
        #expect(model.headers["content-type"] == "application/xml; charset=utf-8")
        #expect(model.headers["content-disposition"]?.contains("attachment") == true)
        let file = folder.appendingPathComponent("分类.dmn")
        let input = folder.appendingPathComponent("一家.json")
        try Data(model.text.utf8).write(to: file)
        try Data("{\"sales\": 5001}".utf8).write(to: input)
        let asked = try HallmarkCommand.run(["rules", "evaluate", file.path, "--decision", "皮鞋企业分类", "--input", input.path])
        #expect(asked.output.contains("结果：A\n"), "\(asked.errors)")
        #expect(try await server.get("/programmes/longwan-2006/rules/none/dmn").status == 404)
    }
}
