import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@testable import Targets

@Suite("The desk and the targets' pages")
struct TargetPagesTests {
    private func body(_ page: Page) -> String {
        var html = HTML(language: .chinese)
        page.content(&html)
        return html.text
    }

    private let reader = TargetOffice.Reader(.local)

    @Test("An empty store's desk says what to do next")
    func emptyDesk() async throws {
        let store = try await TargetFixture.store()
        let text = body(try await TargetFixture.office(store, []).deskPage(reader))
        #expect(text.contains("导入一份抽查公告"))
        #expect(text.contains("还没有采纳方案"))
        #expect(text.contains("没有待办的事"))
    }

    @Test("The desk shows the phases, the first targets and what waits")
    func desk() async throws {
        let store = try await TargetFixture.store()
        try await TargetFixture.add(passed: 90, failed: 12, to: store)
        let parts = DeskParts(
            lines: [
                { _ in
                    DeskItem(Word("核对未能对应的行"), count: 6, due: Day(number: 13_590), action: Word("去核对"), address: Address("publications", 1))
                }
            ],
            recent: { _ in [RecentPublication("2007年第1批", day: nil, detail: "本地 3 家", address: Address("publications", 1))] })
        let office = try TargetFixture.office(store, ["longwan-2006"], desk: parts)
        let page = try await office.deskPage(reader)
        #expect(page.lead?.chinese.contains("温州市龙湾区人民政府办公室 2006-09-05 印发 · 培育提升阶段第106天，还有168天") == true)
        let text = body(page)
        #expect(text.contains("动员部署阶段"))
        #expect(text.contains("88.2%"))
        #expect(text.contains("n = 102"))
        #expect(text.contains("href=\"/questions/spotcheck.result?metric=batch-pass-rate"))
        #expect(text.contains("达标（统计上不显著）"))
        #expect(text.contains("核对未能对应的行"))
        #expect(text.contains("6项 · 期限 2007-03-18"))
        #expect(text.contains("逾期13天"))
        #expect(text.contains("目标缺填报的数"))
        #expect(text.contains("2007年第1批"))
    }

    @Test("The desk has at most eight lines, the earliest due first, and none without a count")
    func eightLines() {
        let items = (0..<12).map { index in
            DeskItem(
                Word("\(index)"), count: index == 3 ? 0 : 1, due: index == 11 ? Day(number: 1) : nil, action: Word("办"), address: Address())
        }
        let shown = DeskItem.shown(items)
        #expect(shown.map(\.title.chinese) == ["11", "0", "1", "2", "4", "5", "6", "7"])
    }

    @Test("The list shows every target with goal, verdict, owner and clause")
    func list() async throws {
        let store = try await TargetFixture.store()
        let text = body(try await TargetFixture.office(store, ["longwan-2006", "nanhai-2017"]).listPage(reader))
        #expect(text.contains("≥ 85%"))
        #expect(text.contains("&gt; 280 个"))
        #expect(text.contains("无可计量口径"))
        #expect(text.contains("条款 §0.4"))
        #expect(text.contains("待明确"))
        #expect(text.contains("缺数据"))
    }

    @Test("A target's page shows ours, the superior's, the difference and the rows")
    func detail() async throws {
        let store = try await TargetFixture.store()
        try await TargetFixture.add(passed: 90, failed: 12, to: store)
        let office = try TargetFixture.office(store, ["longwan-2006"])
        _ = try await RecordFigure(
            FigureDraft(
                programme: "longwan-2006", target: "national-pass-rate", source: .superior, reporter: "示例市局", document: "示例〔2007〕2号",
                period: .year(2006), value: Millionths(87_000_000), unit: "%")
        ).perform(on: store, by: .local, request: "one", programmes: office.programmes)
        let text = body(try await office.detailPage("longwan-2006", "national-pass-rate", reader))
        #expect(text.contains("上级通报数与本级数"))
        #expect(text.contains("+1.24 个百分点"))
        #expect(text.contains("示例鞋厂1"))
        #expect(text.contains("/targets/longwan-2006/national-pass-rate/rows?known=2"))
        #expect(text.contains("待核"))
        await #expect(throws: Failure.self) { try await office.detailPage("longwan-2006", "none", reader) }
    }

    @Test("A department gets a form for its own targets alone, and no button for what the programme office does")
    func department() async throws {
        let store = try await TargetFixture.store()
        let office = try TargetFixture.office(store, ["nanhai-2017"])
        let economy = TargetFixture.officer(of: [("nanhai-2017", "brands-total")])
        let (own, other) = ("/targets/nanhai-2017/brands-total", "/targets/nanhai-2017/brands-added")
        let fields = [("source", "department"), ("reporter", "经信局"), ("document", "y"), ("period", "2017年"), ("value", "281")]
        try await SiteBrowser.open(TargetRoutes.table(office), clock: .noon(TargetFixture.today), doorkeeper: OneVisitor(actor: economy)) {
            browser async throws in
            #expect(try await browser.post(own + "/figures", from: own, fields).status == 303)
            let page = try await browser.get(own).text
            #expect(page.contains("录入一个数") && page.contains("待核") && !page.contains("/figures/1/review"))
            let closed = try await browser.get(other).text
            #expect(!closed.contains("录入一个数") && closed.contains("由质强办录入。"))
            let refused = try await browser.post(other + "/figures", from: own, fields)
            #expect(refused.status == 403 && refused.text.contains("figure.not-yours"))
            #expect(try await browser.post("/figures/1/review", from: own, []).status == 403)
            let waiting = try await browser.get("/targets/waiting").text
            #expect(waiting.contains("281") && !waiting.contains("/figures/1/review"))
        }
        try await SiteBrowser.open(TargetRoutes.table(office), clock: .noon(TargetFixture.today)) { browser async throws in
            #expect(try await browser.get(own).text.contains("/figures/1/review"))
        }
        let stranger = TargetFixture.officer(of: [])
        try await SiteBrowser.open(TargetRoutes.table(office), clock: .noon(TargetFixture.today), doorkeeper: OneVisitor(actor: stranger)) {
            browser async throws in
            #expect(try await browser.get("/targets/waiting").status == 403, "a department without targets states nothing")
            #expect(try await browser.get(own).status == 200)
        }
    }

    @Test("Over HTTP: enter a figure, review it, release it, export the rows")
    func overHTTP() async throws {
        let store = try await TargetFixture.store()
        try await TargetFixture.add(passed: 2, failed: 1, to: store)
        let office = try TargetFixture.office(store, ["longwan-2006", "nanhai-2017"])
        var configuration = WebConfiguration(
            publicFolder: ProjectFiles.url("public"), uploadFolder: FileManager.default.temporaryDirectory,
            clock: .noon(TargetFixture.today),
            logger: Logger(label: "test"), frame: { _ in Frame(navigation: [], programmes: [], on: TargetFixture.today, actor: "示例") })
        configuration.secret = Array("a secret for tests".utf8)
        let application = try WebServer.build(routes: TargetRoutes.table(office), configuration: configuration)
        try await application.test(.router) { client in
            let cookie = "hallmark_session=" + String(repeating: "ab", count: 32)
            func get(_ uri: String) async throws -> (UInt, String) {
                let answer = try await client.execute(uri: uri, method: .get, headers: [.cookie: cookie])
                return (UInt(answer.status.code), String(buffer: answer.body))
            }
            func post(_ uri: String, _ fields: String) async throws -> UInt {
                let page = try await get("/targets/nanhai-2017/brands-total").1
                func sealed(_ name: String) -> String {
                    guard let start = page.range(of: "name=\"\(name)\" value=\"") else { return "" }
                    return String(page[start.upperBound...].prefix { $0 != "\"" })
                }
                let body = "_token=\(sealed("_token"))&_request=\(sealed("_request"))&" + fields
                let headers: HTTPFields = [.cookie: cookie, .contentType: "application/x-www-form-urlencoded"]
                return UInt(try await client.execute(uri: uri, method: .post, headers: headers, body: ByteBuffer(string: body)).status.code)
            }
            for uri in ["/", "/targets", "/targets/waiting", "/targets/longwan-2006/national-pass-rate"] {
                #expect(try await get(uri).0 == 200)
            }
            #expect(try await get("/targets/longwan-2006/none").0 == 404)
            let figure = "source=department&reporter=x&document=y&period=2017%E5%B9%B4&value="
            #expect(try await post("/targets/nanhai-2017/brands-total/figures", figure + "many") == 422)
            #expect(try await post("/targets/nanhai-2017/brands-total/figures", figure + "281") == 303)
            #expect(try await post("/figures/1/review", "") == 303)
            #expect(try await post("/figures/1/release", "back=/targets") == 303)
            #expect(try await get("/targets/nanhai-2017/brands-total").1.contains("发布时 281个，现为 281个"))
            let rows = try await get("/targets/longwan-2006/national-pass-rate/rows").1
            #expect(rows.contains("标称生产者,结论\r\n示例鞋厂1,合格\r\n"))
        }
    }
}
