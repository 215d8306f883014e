import Enterprises
import Evidence
import Foundation
import Places
import Questions
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@Suite("A town officer sees and changes the own town's firms")
struct TownScopeTests {
    /// Firm 1 lies in the officer's town, 2 in another, 3 nowhere known; all three came in one file.
    private func open(
        _ engine: TestEngine, _ steps: @escaping @Sendable (RegisterOffice, SiteBrowser, Actor) async throws -> Void
    ) async throws {
        try await RegisterOffice.with(engine) { office in
            try await office.take(
                "企业名称,地址,年度,年销售额（万元）", "示例甲厂,浙江省温州市龙湾区永中街道示例路1号,2006,10", "示例乙厂,浙江省温州市龙湾区状元街道示例路3号,2006,30", "示例丙厂,,2006,50")
            let officer = Actor(name: "yz", role: .townOfficer, region: try office.office.regions.find("永中街道").id.number)
            var routes = EnterpriseRoutes.table(office.office)
            routes.add(QuestionRoutes.table(office.office, catalogue: FactCatalogue(EnterpriseFacts.all)))
            try await SiteBrowser.open(routes, clock: office.office.clock, doorkeeper: OneVisitor(actor: officer)) { browser in
                try await steps(office, browser, officer)
            }
        }
    }

    @Test("on pages, in questions, exports and the API, whatever stands in the address", arguments: TestEngine.available)
    func reads(_ engine: TestEngine) async throws {
        try await open(engine) { _, browser, _ in
            for path in [
                "/enterprises", "/enterprises?q=%E7%A4%BA%E4%BE%8B", "/enterprises?region=%E7%8A%B6%E5%85%83%E8%A1%97%E9%81%93",
                "/enterprises?region=none", "/questions/enterprise?by=region", "/questions/enterprise/export?format=csv",
                "/questions/enterprise/values?dimension=enterprise", "/questions/account?metric=sales",
                "/questions/enterprise?where=region%3D%E7%8A%B6%E5%85%83%E8%A1%97%E9%81%93",
            ] {
                let answer = try await browser.get(path)
                #expect(answer.status < 500, "\(path): \(answer.status)")
                #expect(!answer.text.contains("示例乙厂") && !answer.text.contains("示例丙厂"), "\(path)")
            }
            #expect(try await browser.get("/enterprises").text.contains("示例甲厂"))
            #expect(try await browser.get("/enterprises/1").status == 200)
            let (unknown, others) = (try await browser.get("/enterprises/99"), try await browser.get("/enterprises/2"))
            #expect(unknown.status == 404 && others.status == 404)
            #expect(others.text.contains("没有编号为2的企业档案"))
            for path in [
                "/enterprises/2?tab=accounts", "/enterprises/2?known=1", "/enterprises/2/edit", "/enterprises/3", "/enterprises/3/edit",
            ] {
                #expect(try await browser.get(path).status == 404, "\(path)")
            }
        }
    }

    @Test("in forms and actions: another town's firm stays as it was, and none is moved away", arguments: TestEngine.available)
    func writes(_ engine: TestEngine) async throws {
        try await open(engine) { office, browser, officer in
            let own = try await browser.hidden(of: "/enterprises/1/edit")
            func fields(_ region: String = "") -> [(String, String)] {
                [("name", "示例改厂"), ("address", "改路1号"), ("status", "active"), ("reason", "试"), ("region", region)]
            }
            #expect(try await browser.post("/enterprises/2/edit", hidden: own, fields()).status == 404)
            #expect(try await browser.post("/enterprises/1/merge", hidden: own, [("into", "2"), ("reason", "试")]).status == 403)
            #expect(try await browser.post("/fill-ins", hidden: own, [("title", "试")]).status == 403)
            #expect(try await browser.post("/enterprises/1/edit", hidden: own, fields("状元街道")).status == 403)
            var other = try await office.dossier(ID(2)).firm
            #expect(other.name == "示例乙厂")
            other.name = "示例改厂"
            let stolen = other
            let failure = await #expect(throws: Failure.self) {
                try await CorrectEnterprise.run(stolen, readVersion: 1, request: "x", office: office.office, actor: officer, reason: "试")
            }
            #expect(failure?.code == "enterprise.unknown")
            #expect(try await browser.post("/enterprises/1/edit", hidden: own, fields("永中街道")).status == 303)
            #expect(try await office.dossier(ID(1)).firm.name == "示例改厂")
            #expect(try await office.dossier(ID(2)).firm.name == "示例乙厂")
        }
    }

    @Test("in what towns are asked to fill in", arguments: TestEngine.available)
    func fillIns(_ engine: TestEngine) async throws {
        try await open(engine) { office, browser, officer in
            let id = try await IssueFillIn.run(
                title: "补报", region: nil, year: 2005, fields: [.sales], office: office.office, actor: .local)
            let page = try await browser.get("/fill-ins/\(id)")
            #expect(page.status == 200 && page.text.contains("永中街道") && !page.text.contains("状元街道"))
            let whole = try await office.office.store.read { try FillInStore.one(id, $0) }.expected
            #expect(whole > 1 && !page.text.contains(">\(whole)<"), "not how many firms there are elsewhere")
            let other = try office.office.regions.find("状元街道").id.number
            #expect(try await browser.get("/fill-ins/\(id)/towns/\(officer.region ?? 0)").status == 200)
            #expect(try await browser.get("/fill-ins/\(id)/towns/\(other)").status == 404)
            #expect(try await browser.get("/fill-ins/\(id)/towns/none").status == 404)
        }
    }

    @Test("also of a request that was issued before a firm moved to another town", arguments: TestEngine.available)
    func moved(_ engine: TestEngine) async throws {
        try await open(engine) { office, browser, officer in
            let own = try office.office.regions.within(String(officer.region ?? 0))
            var firm = try await office.dossier(ID(1)).firm
            let asked = try await IssueFillIn.run(
                title: "补报二", region: nil, year: 2004, fields: [.sales], office: office.office, actor: .local)
            func askedFirms() async throws -> [String] {
                try await office.office.store.read { session in
                    let fillIn = try FillInStore.one(asked, session)
                    return try FillInStore.firms(fillIn, region: officer.region, own: Set(own), session).map(\.firm.name)
                }
            }
            #expect(try await askedFirms() == ["示例甲厂"])
            firm.region = try office.office.regions.find("状元街道").id.number
            let gone = firm
            let version = try await office.dossier(ID(1)).version
            try await CorrectEnterprise.run(gone, readVersion: version, request: "m", office: office.office, actor: .local, reason: "迁址")
            #expect(try await askedFirms() == [])
            #expect(try await browser.get("/enterprises/1").status == 404)
            let page = try await browser.get("/fill-ins/\(asked)")
            #expect(page.status == 200 && !page.text.contains("/towns/"))
        }
    }

    @Test("in the conditions of a question, and in what a taken code is refused with", arguments: TestEngine.available)
    func names(_ engine: TestEngine) async throws {
        try await open(engine) { office, browser, officer in
            for path in [
                "/questions/enterprise?where=enterprise%3D2", "/questions/account?where=enterprise%3D2%7C3",
                "/questions/enterprise/values?dimension=region&where=enterprise%3D2",
            ] {
                let answer = try await browser.get(path)
                #expect(answer.status == 200 && !answer.text.contains("示例乙厂") && !answer.text.contains("示例丙厂"), "\(path)")
            }
            #expect(try await browser.get("/questions/enterprise?where=enterprise%3D1").text.contains("示例甲厂"))
            let code = "91330300145024081C"
            var other = try await office.dossier(ID(2))
            var firm = other.firm
            firm.code = code
            let coded = firm
            try await CorrectEnterprise.run(
                coded, readVersion: other.version, request: "c", office: office.office, actor: .local, reason: "登记")
            other = try await office.dossier(ID(1))
            var own = other.firm
            own.code = code
            let (taken, version) = (own, other.version)
            func refusal(_ actor: Actor) async -> Failure? {
                await #expect(throws: Failure.self) {
                    try await CorrectEnterprise.run(
                        taken, readVersion: version, request: "t", office: office.office, actor: actor, reason: "登记")
                }
            }
            #expect(await refusal(officer)?.message == "代码 \(code) 已是别的镇街一份档案的")
            #expect(await refusal(.local)?.message == "代码 \(code) 已是“示例乙厂”的")
        }
    }
}
