import Foundation
import Imports
import Storage
import TestSupport
import Testing
import Values

@Suite("Erasing an original", .enabled(if: ImportFixture.isBuilt, "the program is not built, its reading child is missing"))
struct EraseOriginalTests {
    private static let list = "产品名称,生产企业名称,规格型号,抽查结果,联系电话\n皮鞋,示例鞋厂,250,合格,13800138000\n"
    private static let sha = sha256(Array(list.utf8))
    private static let page = "/originals/\(sha)"

    private func imported(_ steps: @escaping @Sendable (ImportFixture, ImportFixture.Browser) async throws -> Void) async throws {
        let fixture = try await ImportFixture()
        try await fixture.browse { browser in
            _ = try await upload(browser)
            _ = try await browser.post("/imports/1/commit", from: "/imports/1/preview", fields: [("mode", "all")])
            try await steps(fixture, browser)
        }
        #expect(try await fixture.store.verify().findings == [])
    }

    private func upload(_ browser: ImportFixture.Browser, _ more: [(String, String)] = []) async throws -> ImportFixture.Answer {
        try await browser.post("/imports", from: "/imports/new", fields: [("kind", "results")] + more, files: [("名单.csv", Self.list)])
    }

    private func erase(_ browser: ImportFixture.Browser) async throws -> ImportFixture.Answer {
        try await browser.post(Self.page + "/erase", from: Self.page, fields: [("reason", "名单含个人电话")])
    }

    @Test("the import's page leads to the original, which can be downloaded, and erased with a reason")
    func wholeWay() async throws {
        try await imported { _, browser async throws in
            #expect(try await browser.get("/imports/1/result").text.contains(Self.page + "/file"))
            #expect(try await browser.get(Self.page + "/file").text == Self.list)
            let page = try await browser.get(Self.page).text
            #expect(page.contains("名单.csv") && page.contains("从此不能下载，不能重读，也不能恢复") && page.contains("要另行处理的：数据库的备份"))
            #expect(page.contains("第1号") && page.contains("/imports/1"))

            let without = try await browser.post(Self.page + "/erase", from: Self.page, fields: [("reason", " ")])
            #expect(without.status == 422)
            #expect(try await erase(browser).location == Self.page)

            let after = try await browser.get(Self.page).text
            #expect(after.contains("原件已抹去（") && after.contains("local：名单含个人电话") && !after.contains("/erase"))
            let result = try await browser.get("/imports/1/result").text
            #expect(result.contains("原件已抹去（") && !result.contains(Self.page + "/file") && !result.contains("/imports/1/errors"))
            for address in [Self.page + "/file", "/imports/1/errors"] {
                let gone = try await browser.get(address)
                #expect(gone.status == 410, "\(address)")
                #expect(gone.text.contains("原件“名单.csv”已抹去（") && gone.text.contains("表里的数据、文件的哈希和日志都还在"))
            }
        }
    }

    @Test("a repeated request erases once, a second one is told who was first")
    func onceOnly() async throws {
        try await imported { fixture, _ async throws in
            let erase = EraseOriginal(Self.sha, reason: "含电话", uses: [ImportRecordStore.uses])
            let first = try await erase.perform(on: fixture.store, by: .local, request: "r1")
            #expect(first.isLogCut && first.original.size == Int64(Self.list.utf8.count))
            let again = try await erase.perform(on: fixture.store, by: .local, request: "r1")
            #expect(again.original.erased?.position == first.original.erased?.position)
            await #expect(throws: Failure(.conflict, "original.erased-already", "原件“名单.csv”已经抹去", cure: "刷新页面，看何时、何人、为何")) {
                _ = try await erase.perform(on: fixture.store, by: .local, request: "r2")
            }
        }
    }

    @Test("only the programme office may, with a reason, and never what the program reads again")
    func refused() async throws {
        try await imported { fixture, _ async throws in
            func failure(_ erase: EraseOriginal, _ actor: Actor = .local) async -> String? {
                do { _ = try await erase.perform(on: fixture.store, by: actor, request: UUID().uuidString) } catch let failure as Failure {
                    return failure.code
                } catch { return "\(error)" }
                return nil
            }
            for role in Role.allCases where role != .programmeOffice {
                #expect(await failure(EraseOriginal(Self.sha, reason: "甲", uses: []), Actor(name: "甲", role: role)) == "original.role")
            }
            #expect(await failure(EraseOriginal(Self.sha, reason: " ", uses: [])) == "original.reason-missing")
            #expect(await failure(EraseOriginal(sha256([1]), reason: "甲", uses: [])) == "original.missing")
            let needed: OriginalUse.Finder = { _, _ in [OriginalUse("方案文件", title: "甲", path: [], isNeeded: true)] }
            #expect(await failure(EraseOriginal(Self.sha, reason: "甲", uses: [needed])) == "original.needed")
            #expect(try await fixture.store.verify().erased == 0)
        }
    }

    @Test("the same file again: the command keeps nothing, the pages ask first")
    func importedAgain() async throws {
        try await imported { fixture, browser async throws in
            _ = try await erase(browser)
            let path = try fixture.write("名单.csv", Self.list)
            let checked = try await fixture.run.check(paths: [(path, "名单.csv")], kind: .results) { _ in SheetSorting.Choices() }
            let report = try await fixture.run.commit(checked.files, into: fixture.store, mode: .all, by: .local, report: checked.start)
            #expect(report.new == 0 && !report.hasErrors)
            #expect(try await fixture.store.verify().erased == 1)

            let asked = try await upload(browser)
            #expect(asked.status == 422 && asked.text.contains("这里有抹去过的原件") && asked.text.contains("local：名单含个人电话"))
            #expect(asked.text.contains("name=\"again\""))
            #expect(try await fixture.store.verify().erased == 1)

            #expect(try await upload(browser, [("again", "yes")]).location == "/imports/2")
            #expect(try await browser.get("/imports/2").status == 200)
            #expect(try await browser.get(Self.page + "/file").text == Self.list)
            #expect(try await fixture.store.verify().erased == 0)
        }
    }

    @Test("an import that was not committed says that its file is gone")
    func waiting() async throws {
        let fixture = try await ImportFixture()
        try await fixture.browse { browser in
            _ = try await upload(browser)
            _ = try await erase(browser)
            let page = try await browser.get("/imports/1")
            #expect(page.status == 410 && page.text.contains("已抹去"))
        }
    }

    @Test("who may not open a record that a file is used for does not get the file either")
    func records() async throws {
        let own = Right("test.forms", "报表", .programmeOffice)
        let plain = try await ImportFixture()
        let fixture = ImportFixture(
            store: plain.store, run: plain.run, folder: plain.folder,
            uses: [ImportRecordStore.uses, { _, _ in [OriginalUse("报表", title: "季报", path: ["returns", "1"], right: own)] }])
        try await fixture.browse { browser in
            _ = try await upload(browser)
            #expect(try await browser.get(Self.page).text.contains("/returns/1"))
        }
        for role in [Role.departmentOfficer, .spotCheckOfficer] {
            try await fixture.browse(as: Actor(name: "x", role: role)) { browser async throws in
                for path in [Self.page, Self.page + "/file"] { #expect(try await browser.get(path).status == 404, "\(role) \(path)") }
            }
            try await plain.browse(as: Actor(name: "x", role: role)) { browser async throws in
                #expect(try await browser.get(Self.page + "/file").status == 200, "\(role)")
            }
        }
    }

    @Test("an unknown hash is not found")
    func unknown() async throws {
        try await imported { _, browser async throws in
            #expect(try await browser.get("/originals/" + String(repeating: "0", count: 64)).status == 404)
            #expect(try await browser.get("/originals/abc").status == 404)
        }
    }
}
