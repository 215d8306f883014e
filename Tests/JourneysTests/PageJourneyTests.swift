import Foundation
import TestSupport
import Testing

/// Every page of a small demonstration store, over a socket, as a browser asks for them.
@Suite("every page of a demonstration store", .serialized)
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
            ("/questions/spotcheck.result?by=verdict", "不合格"), ("/questions/enterprise?by=region", "企业"), ("/imports/new", "导入"), ("/returns", "报表"),
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
        #expect(try await server.get("/enterprises/999999").status == 404)
        #expect(try await server.get("/enterprises", headers: ["Host": "evil.example"]).status != 200)
    }
}
