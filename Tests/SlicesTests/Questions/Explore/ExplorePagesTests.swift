import Enterprises
import Evidence
import Foundation
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@testable import Questions

@Suite("Pages to explore questions") struct ExplorePagesTests {
    private func browse(_ steps: @escaping @Sendable (SiteBrowser, ExploreOffice) async throws -> Void) async throws {
        try await ExploreOffice.with(.sqlite) { explore in
            let routes = QuestionRoutes.table(explore.office, catalogue: ExploreOffice.catalogue)
            try await SiteBrowser.open(routes, clock: explore.office.clock) { browser in try await steps(browser, explore) }
        }
    }

    @Test("every way to show a question answers, and says what it shows")
    func forms() async throws {
        try await browse { browser, _ in
            let pages: [(String, [String])] = [
                ("/questions", ["能问什么", "抽样", "可以这样问"].dropFirst().map { $0 }),
                ("/questions/sample", ["批次", "筛选", "换指标"].prefix(2).map { $0 }),
                ("/questions/sample?by=product&as=bar", ["皮鞋", "&lt;b&gt;玩具&lt;/b&gt;", "target-bar"]),
                ("/questions/sample?by=product&as=table&sort=-value", ["aria-sort=\"descending\"", "占比"]),
                ("/questions/sample?by=region&by=verdict&as=cross", ["合计", "行列互换", "shade-", "sort=-total"].prefix(3).map { $0 }),
                ("/questions/sample?as=trend", ["2015", "polyline", "不当作 0"]), ("/questions/sample?as=map", ["还没有装入地图"]),
                ("/questions/sample?metric=pass-rate&as=trend", ["先选一种", "双随机"]),
                ("/questions/sample?metric=pass-rate&where=method%3Ddouble&as=trend", ["class=\"band\"", "95%"]),
                ("/questions/sample?metric=pass-rate&where=method%3Ddouble&by=region&as=table&sort=-value", ["区间重叠，不分先后"]),
                ("/questions/sample/values?dimension=product&find=%E7%9A%AE", ["皮鞋", "用所选的值"]), ("/questions/views", ["还没有常用查询"]),
                ("/questions/maps", ["装入边界文件"]),
            ]
            for (path, texts) in pages {
                let page = try await browser.get(path)
                #expect(page.status == 200, "\(path)")
                for text in texts { #expect(page.text.contains(text), "\(path) lacks \(text)") }
                #expect(page.bytes.count < 100_000, "\(path): \(page.bytes.count)")
                #expect(!page.text.contains("Optional("), "\(path)")
            }
        }
    }

    @Test("a condition is a chip that can be taken away, a known position stands with its day")
    func chips() async throws {
        try await browse { browser, _ in
            let page = try await browser.get("/questions/sample?where=verdict%3Dfail&on=2017-03-31&known=1&as=bar")
            #expect(page.text.contains("结论：不合格") && page.text.contains("去掉 结论：不合格"))
            #expect(page.text.contains("href=\"/questions/sample?on=2017-03-31&amp;known=1&amp;as=bar\""))
            #expect(page.text.contains("第1条日志（2026-03-02）"))
            let day = try await browser.get("/questions/sample?known=1&day=2026-03-02&as=bar")
            #expect(day.status == 303 && day.location == "/questions/sample?known=2026-03-02&as=bar")
        }
    }

    @Test("a city beside its own districts stands for the rows without a finer place, and opens nothing that counts more")
    func coarse() async throws {
        try await browse { browser, explore in
            let city = try explore.office.regions.number(of: "440600")
            for path in [
                "/questions/sample?by=region&as=table", "/questions/sample?by=verdict&by=region&as=cross", "/questions/sample?by=region",
            ] {
                let page = try await browser.get(path).text
                #expect(page.contains("佛山市（未细分到下级）"), "\(path)")
                #expect(!page.contains("region%3D\(city)&") && !page.contains("region%3D\(city)\""), "\(path)")
            }
            let page = try await browser.get("/questions/sample?where=region%3D\(city)")
            #expect(page.text.contains("未细分到下级"))
        }
    }

    @Test("what was shown is shown again until an act touches what it is made from")
    func kept() async throws {
        try await browse { browser, explore in
            let path = "/questions/sample?by=verdict"
            let first = try await browser.get(path).text
            #expect(first.contains("n = 242") && first.contains("known=1"))
            _ = try await explore.office.store.act("test.other", by: .local) { _ in }
            let again = try await browser.get(path).text
            #expect(again.contains("known=1") && !again.contains("known=2"), "the other act has nothing to do with it")
            _ = try await explore.office.store.act("sample.record", by: .local) { transaction in
                let row: [Value] = [.text("pass"), .null, .text("皮鞋"), .text("2013"), .text("double"), .text("厂1"), .integer(100)]
                try transaction.open(ExploreOffice.table, id: 243, row)
            }
            let last = try await browser.get(path).text
            #expect(last.contains("n = 243") && last.contains("known=3"))
        }
    }

    @Test("a view is kept from its page, opened, renamed, put on the desk and dropped")
    func views() async throws {
        try await browse { browser, explore in
            let page = "/questions/sample?where=verdict%3Dfail&by=region&as=table"
            let kept = try await browser.post(
                "/questions/views", from: page,
                [
                    ("title", "不合格"), ("fact", "sample"), ("where", "verdict=fail"), ("by", "region"), ("as", "table"), ("pin", "yes"),
                    ("position", "1"),
                ])
            #expect(kept.status == 303)
            #expect(try await browser.get("/questions/views").text.contains("不合格"))
            #expect(
                try await browser.get("/questions/views/1").location == "/questions/sample?where=verdict%3Dfail&by=region&known=1&as=table")
            let manage = "/questions/views/1/manage"
            #expect(try await browser.post("/questions/views/1/rename", from: manage, [("title", "")]).status == 422)
            #expect(try await browser.post("/questions/views/1/rename", from: manage, [("title", "各区不合格")]).status == 303)
            #expect(try await browser.post("/questions/views/1/desk", from: manage, [("desk", "yes")]).status == 303)
            #expect(try await browser.get("/questions").text.contains("各区不合格"))
            let shown = try await explore.office.store.read { session in
                try DeskViews(catalogue: ExploreOffice.catalogue, regions: explore.office.regions).read(.local, session)
            }
            #expect(shown.map(\.title.chinese) == ["各区不合格"])
            #expect(try await browser.post("/questions/views/1/drop", from: manage, []).status == 303)
            #expect(try await browser.get("/questions/views/1").status == 404)
        }
    }

    @Test("boundaries are loaded, shown with what did not match, drawn under a question, and withdrawn")
    func maps() async throws {
        try await browse { browser, _ in
            let bytes = Array(
                BoundaryTests.collection(
                    BoundaryTests.nanhai, BoundaryTests.shunde, BoundaryTests.area("999999", "无此<区>", BoundaryTests.beside)))
            let nothing = try await browser.post("/questions/maps", from: "/questions/maps", [("title", "图")])
            #expect(nothing.status == 422 && nothing.text.contains("field-source"))
            let wrong = try await browser.post(
                "/questions/maps", from: "/questions/maps", [("title", "图"), ("source", "测试")], file: ("a.json", Array("[".utf8)))
            #expect(wrong.status == 422 && wrong.text.contains("不是完整的 JSON"))
            let loaded = try await browser.post(
                "/questions/maps", from: "/questions/maps", [("title", "两区"), ("source", "测试绘制")], file: ("a.json", bytes))
            #expect(loaded.status == 303 && loaded.location == "/questions/maps/1")
            let page = try await browser.get("/questions/maps/1")
            #expect(page.text.contains("3个区域，对上2个") && page.text.contains("区划目录里没有代码 999999") && page.text.contains("无此&lt;区&gt;"))
            let map = try await browser.get("/questions/sample?as=map")
            for text in ["南海区：", "role=\"group\"", "<title>", "测试绘制", "不在图上", "url(#map-"] { #expect(map.text.contains(text), "\(text)") }
            #expect(try await browser.post("/questions/maps/1/withdraw", from: "/questions/maps/1", []).status == 303)
            #expect(try await browser.get("/questions/maps/1").status == 404)
        }
    }
}
