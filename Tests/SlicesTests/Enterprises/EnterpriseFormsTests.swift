import Enterprises
import Evidence
import Foundation
import Places
import Spreadsheets
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@Suite struct EnterpriseFormsTests {
    private func open(_ lines: String..., steps: @escaping @Sendable (RegisterOffice, SiteBrowser) async throws -> Void) async throws {
        try await RegisterOffice.with { office in
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("register-\(UUID().uuidString).csv")
            defer { try? FileManager.default.removeItem(at: file) }
            try lines.joined(separator: "\r\n").write(to: file, atomically: true, encoding: .utf8)
            try await office.take(file: file)
            try await SiteBrowser.open(EnterpriseRoutes.table(office.office), clock: office.office.clock) { try await steps(office, $0) }
        }
    }

    @Test func `who corrects an old version sees both values, and a second sending puts the own over the other`() async throws {
        try await open("企业名称,统一社会信用代码,地址", "示例甲厂,91330303MA0TE5T082,甲路1号") { office, browser in
            let first = try await browser.hidden(of: "/enterprises/1/edit")
            let second = try await browser.hidden(of: "/enterprises/1/edit")
            func fields(_ address: String, reason: String = "迁址") -> [(String, String)] {
                [("name", "示例甲厂"), ("code", "91330303MA0TE5T082"), ("address", address), ("status", "active"), ("reason", reason)]
            }
            let saved = try await browser.post("/enterprises/1/edit", hidden: first, fields("乙路2号"))
            #expect(saved.status == 303 && saved.location == "/enterprises/1")
            #expect(try await browser.post("/enterprises/1/edit", hidden: first, fields("乙路2号")).status == 303)
            let stale = try await browser.post("/enterprises/1/edit", hidden: second, fields("丙路3号"))
            #expect(stale.status == 409)
            #expect(stale.text.contains("乙路2号") && stale.text.contains("丙路3号") && stale.text.contains("别人改过这份档案"))
            #expect(try await office.dossier(ID(1)).firm.address == "乙路2号")
            let seal = SiteBrowser.hidden(in: stale.text)
            #expect(try await browser.post("/enterprises/1/edit", hidden: seal, fields("丙路3号")).status == 303)
            #expect(try await office.dossier(ID(1)).firm.address == "丙路3号")
            let wrong = try await browser.post(
                "/enterprises/1/edit", from: "/enterprises/1/edit", fields("丙路3号") + [("registered", "不是日期"), ("region", "无此区")])
            #expect(wrong.status == 422 && wrong.text.contains("丙路3号"))
            let unreasoned = try await browser.post("/enterprises/1/edit", from: "/enterprises/1/edit", fields("丁路4号", reason: " "))
            #expect(unreasoned.status == 422)
            #expect(try await office.dossier(ID(1)).firm.address == "丙路3号")
        }
    }

    @Test func `dossiers are merged by number or code, and the merging is taken back`() async throws {
        try await open("企业名称,统一社会信用代码,年度,年销售额（万元）", "示例甲厂,91330303MA0TE5T082,2006,10", "示例甲鞋厂,,2005,7") { office, browser in
            let unreasoned = try await browser.post("/enterprises/2/merge", from: "/enterprises/2/edit", [("into", "1"), ("reason", "")])
            #expect(unreasoned.status == 422 && unreasoned.text.contains("没有写理由"))
            let itself = try await browser.post("/enterprises/2/merge", from: "/enterprises/2/edit", [("into", "2"), ("reason", "同一家")])
            #expect(itself.status == 422 && itself.text.contains("不能把档案并入它自己"))
            let merged = try await browser.post(
                "/enterprises/2/merge", from: "/enterprises/2", [("into", "91330303MA0TE5T082"), ("reason", "同一家")])
            #expect(merged.status == 303 && merged.location == "/enterprises/1")
            #expect(try await office.dossier(ID(1)).accounts.map(\.year) == [2006, 2005])
            let gone = try await browser.get("/enterprises/2")
            #expect(gone.status == 200 && gone.text.contains("/enterprises/1"))
            let twice = try await browser.post("/enterprises/2/merge", from: "/enterprises/2", [("into", "1"), ("reason", "同一家")])
            #expect(twice.status == 409 && twice.text.contains("已经并入另一份档案"))
            let undone = try await browser.post("/enterprises/2/unmerge", from: "/enterprises/2", [("reason", "并错了")])
            #expect(undone.status == 303 && undone.location == "/enterprises/2")
            #expect(try await office.dossier(ID(2)).accounts.map(\.year) == [2005])
            let none = try await browser.post("/enterprises/2/unmerge", from: "/enterprises/2/edit", [("reason", "再撤")])
            #expect(none.status == 409 && none.text.contains("没有并入别的档案"))
        }
    }

    @Test func `a request to fill in is issued by a form, and each town downloads its own workbook`() async throws {
        try await open(
            "企业名称,地址", "示例甲厂,浙江省温州市龙湾区永中街道示例路1号", "示例乙厂,浙江省温州市龙湾区状元街道示例路3号"
        ) { office, browser in
            let none = try await browser.post("/fill-ins", from: "/fill-ins", [("title", "2006年补报"), ("year", "2006")])
            #expect(none.status == 422)
            let nowhere = try await browser.post(
                "/fill-ins", from: "/fill-ins", [("title", "2006年补报"), ("year", "2006"), ("fields", "sales"), ("region", "无此区")])
            #expect(nowhere.status == 422)
            let hidden = try await browser.hidden(of: "/fill-ins")
            let form = [("title", "2006年补报"), ("year", "2006"), ("fields", "sales"), ("fields", "tax"), ("region", "330303")]
            let issued = try await browser.post("/fill-ins", hidden: hidden, form)
            #expect(issued.status == 303, "\(issued.text)")
            #expect(try await browser.post("/fill-ins", hidden: hidden, form).location == issued.location)
            let page = try await browser.get(issued.location ?? "")
            #expect(page.text.contains("永中街道") && page.text.contains("状元街道") && page.text.contains("未交"))
            let town = try office.office.regions.find("永中街道").id.number
            let file = try await browser.get("\(issued.location ?? "")/towns/\(town)")
            #expect(file.status == 200 && file.type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            #expect(file.name.contains("2006年补报-永中街道.xlsx"))
            let url = FileManager.default.temporaryDirectory.appendingPathComponent("town-\(UUID().uuidString).xlsx")
            defer { try? FileManager.default.removeItem(at: url) }
            try Data(file.bytes).write(to: url)
            let texts = try SheetReading.workbook(path: url.path).sheets[0].rows.flatMap { $0.cells.map(\.text) }
            #expect(texts.contains("示例甲厂") && !texts.contains("示例乙厂") && texts.contains("年销售额（万元）") && texts.contains("纳税额（万元）"))
            #expect(try await browser.get("/fill-ins/99").status == 404)
        }
    }

    @Test(arguments: TestEngine.available) func `a town officer's numbers and rows stop at the town`(_ engine: TestEngine) async throws {
        try await RegisterOffice.with(engine) { office in
            try await office.take(
                "企业名称,地址,年度,年销售额（万元）,自主品牌销售额（万元）", "示例甲厂,浙江省温州市龙湾区永中街道示例路1号,2006,10,4", "示例乙厂,浙江省温州市龙湾区状元街道示例路3号,2006,30,3",
                "示例丙厂,,2006,50,5")
            let town = try office.office.regions.find("永中街道").id.number
            @Sendable func asking(_ actor: Actor) -> Asking {
                Asking(catalogue: FactCatalogue(EnterpriseFacts.all), viewer: Viewer(actor), regions: office.office.regions)
            }
            let officer = asking(Actor(name: "示例", role: .townOfficer, region: town))
            let (seen, sales, share, wide, rows, all) = try await office.office.store.read { session in
                (
                    try officer.ask(Question("enterprise"), session).figure.value,
                    try officer.ask(Question("account", metric: "sales"), session).figure.value,
                    try officer.ask(Question("account", metric: "brand-sales-share"), session).figure.value,
                    try officer.ask(Question("account", metric: "sales", where: [.init("region", ["330303"])]), session).figure.value,
                    try officer.rows(Question("account", metric: "sales"), session).rows.count,
                    try asking(.local).ask(Question("account", metric: "brand-sales-share"), session).figure
                )
            }
            #expect(seen == 1 && sales == 10_000_000 && share == 0.4 && wide == 10_000_000 && rows == 1)
            #expect(all.value == 12.0 / 90 && all.n == 3)
        }
    }
}
