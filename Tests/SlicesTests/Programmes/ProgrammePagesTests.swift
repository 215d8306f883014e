import Foundation
import Storage
import TestSupport
import Testing
import Values

@testable import Programmes

@Suite struct ProgrammePagesTests {
    @Test func `every page of the slice renders`() async throws {
        let office = try await ProgrammeFixture.make()
        let before = try await office.pages(["/programmes", "/programmes/longwan-2006", "/programmes/longwan-2006/adopt"])
        #expect(before.values.allSatisfy { $0.status == 200 })
        #expect(before["/programmes"]?.text.contains("未采纳") == true)
        try await office.adopt()
        let rules = "/programmes/longwan-2006/rules/enterprise.class"
        let classes = "/programmes/longwan-2006/classes"
        let pages = try await office.pages([
            "/programmes", "/programmes/longwan-2006", rules, classes, classes + "?group=overlap:A%2BB", classes + "?group=differences",
            classes + "?known=1", "/programmes/longwan-2006/adopt", "/discrepancies", "/open-points", "/programmes/none",
        ])
        for (address, page) in pages where address != "/programmes/none" && !address.contains("known=1") {
            #expect(page.status == 200, "\(address)")
        }
        #expect(pages["/programmes/none"]?.status == 404)
        #expect(pages[classes + "?known=1"]?.status == 404)
        #expect(pages["/programmes/longwan-2006"]?.text.contains("企业分类指导") == true)
        #expect(pages[rules]?.text.contains("年销售额恰为5000万元") == true)
        #expect(pages[rules]?.text.contains("示例二号鞋厂") == true)
        #expect(pages[classes + "?group=overlap:A%2BB"]?.text.contains("示例二号鞋厂") == true)
        #expect(pages["/discrepancies"]?.text.contains("时长与起止日期") == true)
        #expect(pages["/open-points"]?.text.contains("产品质量指数") == true)
    }

    @Test func `who may not see classes of firms sees rules without counts, and nobody gets a form that is not theirs`() async throws {
        let office = try await ProgrammeFixture.make()
        try await office.adopt()
        let (rules, classes) = ("/programmes/longwan-2006/rules/enterprise.class", "/programmes/longwan-2006/classes")
        let own = try await office.pages([rules, classes])
        #expect(own[rules]?.text.contains("示例二号鞋厂") == true && own[rules]?.text.contains("/rulings\"") == true)
        #expect(own[classes]?.text.contains("/classes/exception\"") == true)
        let department = Actor(name: "bm", role: .departmentOfficer)
        let shown = try await office.pages([rules, classes], as: department)
        let text = try #require(shown[rules]?.text)
        #expect(shown[classes]?.status == 403 && shown[rules]?.status == 200 && text.contains("年销售额恰为5000万元"))
        #expect(
            !text.contains("示例二号鞋厂") && !text.contains("/rulings\"") && !text.contains("/year\"") && !text.contains(/[0-9]+\s*家/),
            "no count of firms")
        let spotChecks = try await office.pages([rules, classes], as: Actor(name: "cc", role: .spotCheckOfficer))
        #expect(spotChecks[classes]?.status == 200 && spotChecks[classes]?.text.contains("/classes/exception\"") == false)
        #expect(spotChecks[rules]?.text.contains("/rulings\"") == false)
    }

    @Test func `a ruling and a list are recorded through their forms`() async throws {
        let office = try await ProgrammeFixture.make()
        let digest = try await office.preview().digest
        #expect(try await office.post("/programmes/longwan-2006/adopt", [("digest", digest)]).status == 303)
        let run = try await office.run()
        let rulings = "/programmes/longwan-2006/rules/enterprise.class/rulings"
        let fields = [("number", "0"), ("sha", run.table.fileSha), ("choice-0", "sales=5000→A"), ("document-0", "示例〔2007〕1号")]
        let empty = try await office.post(rulings, fields)
        #expect(empty.status == 422)
        #expect(empty.text.contains("示例〔2007〕1号"))
        #expect(try await office.post(rulings, fields + [("reason-0", "会议纪要")]).status == 303)
        let ruled = try await office.run()
        #expect(ruled.members(of: "A") == [1, 2])
        let list = [
            ("table", "enterprise.class"), ("group", "A"), ("on", "2007-03-31"), ("seal", ConfirmClasses.seal(of: ruled, group: "A")),
            ("document", "示例〔2007〕2号"),
        ]
        #expect(try await office.post("/programmes/longwan-2006/classes/confirm", list).status == 303)
        let page = try await office.pages(["/programmes/longwan-2006/classes?group=A"]).values.first
        #expect(page?.text.contains("示例〔2007〕2号") == true)
    }
}
