import Enterprises
import Evidence
import Foundation
import Imports
import Questions
import Spreadsheets
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@Suite("A department sees and writes its own columns")
struct DepartmentTests {
    private static func tax() throws -> Actor { try DutyTests.officer("tax", name: "sw") }

    /// Two firms with sales and tax, brought by the office.
    private func open(
        _ engine: TestEngine, as actor: Actor, _ steps: @escaping @Sendable (RegisterOffice, SiteBrowser) async throws -> Void
    ) async throws {
        try await RegisterOffice.with(engine) { office in
            try await office.take(
                "企业名称,统一社会信用代码,地址,年度,年销售额（万元）,纳税额（万元）", "示例甲厂,91330300145024081C,浙江省温州市龙湾区永中街道示例路1号,2006,4321,77",
                "示例乙厂,,浙江省温州市龙湾区状元街道示例路3号,2006,8765,99")
            var routes = EnterpriseRoutes.table(office.office)
            routes.add(QuestionRoutes.table(office.office, catalogue: FactCatalogue(EnterpriseFacts.all)))
            try await SiteBrowser.open(routes, clock: office.office.clock, doorkeeper: OneVisitor(actor: actor)) { browser in
                try await steps(office, browser)
            }
        }
    }

    @Test("on a dossier, in its history, in rows and files: tax for the tax office, and no sales", arguments: TestEngine.available)
    func reads(_ engine: TestEngine) async throws {
        try await open(engine, as: try Self.tax()) { _, browser async throws in
            let accounts = try await browser.get("/enterprises/1?tab=accounts").text
            #expect(accounts.contains("77") && !accounts.contains("4,321") && !accounts.contains("4321"))
            #expect(accounts.contains("不对您开放：销售额") && accounts.contains("统计"))
            for path in [
                "/enterprises", "/enterprises/1", "/enterprises/1?tab=history", "/questions/account?metric=sales&where=enterprise%3D1",
                "/questions/account?metric=sales&by=enterprise", "/questions/account/export?metric=sales&format=csv",
                "/questions/account?metric=sales&where=region%3D%E7%8A%B6%E5%85%83%E8%A1%97%E9%81%93&where=year%3D2006",
                "/questions/account?metric=brand-sales-share",
            ] {
                let page = try await browser.get(path)
                #expect(page.status == 200, "\(path) \(page.status)")
                for figure in ["4,321", "4321", "8,765", "8765", "13,086", "13086"] {
                    #expect(!page.text.contains(figure), "\(path) \(figure)")
                }
            }
            #expect(try await browser.get("/enterprises/1?tab=history").text.contains("有变动，数值不对您开放"))
            #expect(try await browser.get("/questions/account?metric=tax&where=enterprise%3D1").text.contains("77"))
        }
    }

    @Test("by hand: its own fields are asked for, others cannot be slipped in", arguments: TestEngine.available)
    func corrects(_ engine: TestEngine) async throws {
        try await open(engine, as: try DutyTests.officer("statistics")) { office, browser async throws in
            let form = try await browser.get("/enterprises/1/edit").text
            #expect(form.contains("name=\"industry-code\"") && !form.contains("name=\"address\"") && !form.contains("name=\"code\""))
            let hidden = SiteBrowser.hidden(in: form)
            let sent = try await browser.post(
                "/enterprises/1/edit", hidden: hidden,
                [("industry-code", "1951"), ("name", "改名厂"), ("address", "别处"), ("status", "closed"), ("reason", "试")])
            #expect(sent.status == 303)
            let firm = try await office.dossier(ID(1)).firm
            #expect(firm.industryCode == "1951")
            #expect(firm.name == "示例甲厂" && firm.status == .active && firm.address?.contains("示例路1号") == true)
            var other = firm
            other.address = "别处"
            let stolen = other
            let version = try await office.dossier(ID(1)).version
            let failure = await #expect(throws: Failure.self) {
                try await CorrectEnterprise.run(
                    stolen, readVersion: version, request: "r", office: office.office, actor: try DutyTests.officer("statistics"),
                    reason: "试")
            }
            #expect(failure?.message == "「地区和地址」归工商（登记）、质监（市场监管），您的部门不能改")
        }
        try await open(engine, as: try Self.tax()) { _, browser async throws in
            #expect(try await browser.get("/enterprises/1/edit").status == 403)
            let page = try await browser.get("/enterprises/1").text
            #expect(!page.contains("/enterprises/1/edit"))
        }
    }

    @Test(
        "by a file: other columns are read past and named, unknown firms and others' titles refused row by row",
        arguments: TestEngine.available)
    func imports(_ engine: TestEngine) async throws {
        try await open(engine, as: try Self.tax()) { office, _ async throws in
            let told = try await office.take(
                "企业名称,统一社会信用代码,地址,年度,年销售额（万元）,纳税额（万元）,证照种类,证书编号",
                "示例甲厂,91330300145024081C,别处1号,2006,1,78,,", "示例丙厂,,别处2号,2006,5,6,,", "示例乙厂,,,2006,,,发明专利,ZL1",
                by: try Self.tax())
            #expect(told.outcomes == ["changed", "rejected", "rejected"])
            #expect(told.message("enterprise.not-registered") == "没有企业“示例丙厂”的档案，建档归工商（登记）、质监（市场监管）。核对名称和代码；确是新企业的，请工商（登记）、质监（市场监管）先建档。")
            #expect(told.message("enterprise.holding-not-yours") == "“发明专利”归科技，您的部门不能写。删去这一行，或请科技导入。")
            let dossier = try await office.dossier(ID(1))
            #expect(dossier.accounts.first?.figures[.tax]?.number == 78_000_000)
            #expect(dossier.accounts.first?.figures[.sales]?.number == 4_321_000_000)
            #expect(dossier.firm.address?.contains("示例路1号") == true)
            #expect(try await office.find("示例丙厂").isEmpty)
            #expect(try await office.office.store.verify().findings == [])
        }
    }

    @Test("what a draft changes is asked again in the act, whatever the reading let through", arguments: TestEngine.available)
    func actAsksAgain(_ engine: TestEngine) async throws {
        try await open(engine, as: try Self.tax()) { office, _ async throws in
            let workbook = "企业名称,年度,年销售额（万元）\r\n示例甲厂,2006,1"
            let failure = await #expect(throws: Failure.self) { try await office.slip(workbook, by: try Self.tax()) }
            #expect(failure?.code == "duty.not-yours")
            #expect(failure?.message == "「销售额」归统计、经贸（经信），您的部门不能改")
            let dossier = try await office.dossier(ID(1))
            #expect(dossier.accounts.first?.figures[.sales]?.number == 4_321_000_000)
        }
    }

    @Test("a fill-in with columns of others is not the department's to download", arguments: TestEngine.available)
    func fillIns(_ engine: TestEngine) async throws {
        try await open(engine, as: try Self.tax()) { office, browser async throws in
            let id = try await IssueFillIn.run(
                title: "补报", region: nil, year: 2005, fields: [.sales], request: "f", office: office.office, actor: .local)
            let page = try await browser.get("/fill-ins/\(id)/towns/none")
            #expect(page.status == 403 && page.text.contains("「销售额」的单户数归统计"))
        }
    }
}

extension RegisterOffice {
    /// Brings a register in somebody's name past the reading that keeps to their columns.
    fileprivate func slip(_ text: String, by actor: Actor) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("register-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try text.write(to: file, atomically: true, encoding: .utf8)
        let workbook = try SheetReading.workbook(path: file.path)
        let office = office
        let sheets = SheetSorting(vocabulary: office.vocabulary).sort(workbook, path: file.lastPathComponent, wanted: .enterprises)
        let tables = try sheets.filter { $0.kind == .enterprises }.map { sheet in
            CheckedTable(
                file: "a.csv", original: "", sheet: sheet, kind: .enterprises,
                rows: try RowReading(sheet: sheet, vocabulary: office.vocabulary).read(sheet.table?.rows ?? []))
        }
        let target = EnterpriseImport(regions: office.regions)
        try await office.store.act("import.enterprises", by: actor) { transaction in
            for table in tables { _ = try target.take(table, transaction) }
        }
    }
}
