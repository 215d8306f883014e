import Enterprises
import Foundation
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@testable import Returns

@Suite(.enabled(if: ImportFixture.isBuilt, "the program is not built: forms are read by its child"))
struct ReturnsPagesTests {
    private func open(_ steps: @escaping @Sendable (ReturnsFixture, SiteBrowser) async throws -> Void) async throws {
        try await ReturnsFixture.with { fixture in
            try await SiteBrowser.open(ReturnsRoutes.table(fixture.office), clock: fixture.clock.clock) { try await steps(fixture, $0) }
        }
    }

    private static let cell = "sheet=%E8%A1%A81&cell="

    @Test("a clerk registers a form, binds cells, opens the period, and downloads it")
    func journey() async throws {
        try await open { _, browser in
            #expect(try await browser.get("/returns").text.contains("还没有登记报表"))
            let settings = [("title", "质量季报"), ("superior", "市质强办"), ("cadence", "quarter"), ("threshold", "20")]
            let missing = try await browser.post("/returns", from: "/returns", settings)
            #expect(missing.status == 422 && missing.text.contains("质量季报"))
            let taken = try await browser.post(
                "/returns", from: "/returns", settings, file: (name: "季报.xlsx", bytes: try FormFiles.workbook(FormFiles.quarter())))
            #expect(taken.status == 303 && taken.location == "/returns/1")
            let page = try await browser.get("/returns/1").text
            #expect(page.contains("colspan=\"4\"") && page.contains("rowspan=\"2\"") && page.contains("=SUM(C5:C8)"))

            func post(_ step: String, _ cell: String, _ fields: [(String, String)]) async throws -> SiteBrowser.Answer {
                try await browser.post(
                    "/returns/1/\(step)", from: "/returns/1/cells?\(Self.cell)\(cell)", [("sheet", "表1"), ("cell", cell)] + fields)
            }
            let firms = try await post("figure", "C5", [("offered", "enterprise.count"), ("unit", "家"), ("decimals", "0")])
            #expect(firms.status == 303, "\(firms.text)")
            let address = "http://127.0.0.1:8080/questions/account?metric=sales&where=year%3D2025&known=3"
            #expect(try await post("figure", "C6", [("pasted", address), ("unit", "万元"), ("decimals", "2")]).status == 303)
            let wrong = try await post("figure", "C6", [("offered", "account.sales"), ("unit", "家")])
            #expect(wrong.status == 422 && wrong.text.contains("不能按“家”填"))
            let grouped = try await post("figure", "C6", [("pasted", "/questions/account?metric=sales&by=region")])
            #expect(grouped.status == 422 && grouped.text.contains("这个查询带分组，一格只能填一个数"))
            #expect(try await post("text", "D2", [("text", "{period}")]).status == 303)
            #expect(try await post("formula", "C9", []).status == 303)
            #expect(try await post("figure", "C11", [("offered", "enterprise.count"), ("block", "yes")]).status == 303)
            let stale = try await browser.hidden(of: "/returns/1")
            #expect(
                try await browser.post(
                    "/returns/1/settings", from: "/returns/1",
                    [("title", "质量季报"), ("superior", "市质强办"), ("cadence", "quarter"), ("threshold", "30")]
                )
                .status == 303)
            #expect(try await browser.post("/returns/1/settings", hidden: stale, settings).status == 409)

            let filled = try await browser.get("/returns/1/periods/2026Q3")
            for text in ["2026年第三季度", "/questions/account?metric=sales&amp;where=year%3D2026&amp;known=", ">1,600.00<", ">1,603<"] {
                #expect(filled.text.contains(text), "\(text)")
            }
            let book = try await browser.get("/returns/1/periods/2026Q3/workbook")
            #expect(book.name.contains("2026年第三季度-质量季报.xlsx"))
            let read = try ReturnsFixture.read(book.bytes)
            #expect(read.text("表1", "C11") == "1" && read.text("表1", "C12") == "2")
            #expect(try await browser.get("/returns/1/periods/2026Q3/trace").text.contains("表1!C6"))
            #expect(try await browser.get("/returns/1/periods/2026-07").status == 422)
            #expect(try await browser.get("/returns/1/open?period=2026q2").location == "/returns/1/periods/2026Q2")
            let up = try await browser.post(
                "/returns/1/periods/2026Q3/send-up", from: "/returns/1/periods/2026Q3", [("approver", "分管副区长"), ("document", "5号")])
            #expect(up.status == 303, "\(up.text)")
            #expect(try await browser.get("/returns/1/periods/2026Q3").text.contains("已于 2026-10-08 上报，分管副区长 审签"))
            #expect(try await browser.get("/returns/1/history").text.contains("2026年第三季度"))
            #expect(try ReturnsFixture.read(try await browser.get("/submissions/1/workbook").bytes).text("表1", "C5") == "3")
        }
    }

    @Test("a clerk sends a form to the towns, takes it back, reminds, and sees what differs")
    func towns() async throws {
        try await open { fixture, browser in
            let form = try await fixture.take()
            try await fixture.bind(form, "C8", kind: .town, unit: "人次")
            let (first, second) = (try fixture.office.regions.number(of: "永中街道"), try fixture.office.regions.number(of: "状元街道"))
            let period = "/returns/1/periods/2026Q3"
            let unsaid = try await browser.post(period + "/send-out", from: period, [("towns", String(first))])
            #expect(unsaid.status == 422)
            let sent = try await browser.post(
                period + "/send-out", from: period,
                [("due", "2026-10-10"), ("towns", String(first)), ("towns", String(second)), ("note", "盖章")])
            #expect(sent.status == 303 && sent.location == "/returns/send-outs/1", "\(sent.text)")
            #expect(try await browser.get("/returns/send-outs/1").text.contains("未到期"))
            let bundle = try await browser.get("/returns/send-outs/1/bundle")
            #expect(bundle.type == "application/zip" && bundle.bytes.starts(with: Array("PK".utf8)))
            let town = try await browser.get("/returns/send-outs/1/towns/\(first)")
            #expect(town.name.contains("质量季报-2026年第三季度-永中街道.xlsx"))
            // Sent back as it was: nothing is filled in, and that is said.
            let empty = try await browser.post(
                "/returns/send-outs/1/files", from: "/returns/send-outs/1", [], file: (name: "永中.xlsx", bytes: town.bytes))
            #expect(empty.status == 200 && empty.text.contains("1格没有填"))
            let wrong = try await browser.post(
                "/returns/send-outs/1/files", from: "/returns/send-outs/1", [], file: (name: "不是.xlsx", bytes: Array("abc".utf8)))
            #expect(wrong.status == 422 && wrong.text.contains("不是.xlsx"))
            fixture.clock.move(days: 4)
            let late = try await browser.get("/returns/send-outs/1").text
            #expect(late.contains("逾期未报：状元街道") && late.contains("逾期2天"))
            #expect(try await browser.post("/returns/send-outs/1/remind", from: "/returns/send-outs/1", []).status == 303)
            let notice = try await browser.get("/returns/send-outs/1/notice").text
            #expect(notice.contains("关于报送质量季报（2026年第三季度）的催报通知") && notice.contains("已逾期2天") && notice.contains("龙湾区质强办"))
            let merged = try await browser.get("/returns/send-outs/1/merged")
            #expect(merged.status == 200 && merged.text.contains("还差2个镇街"))
            #expect(try await browser.get("/returns/send-outs/1/merged/workbook").bytes.starts(with: Array("PK".utf8)))
        }
    }
}
