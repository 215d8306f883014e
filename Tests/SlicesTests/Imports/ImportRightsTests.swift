import Foundation
import Imports
import Storage
import Testing
import Values

@Suite("What a file may change", .enabled(if: ImportFixture.isBuilt, "the program is not built, its reading child is missing"))
struct ImportRightsTests {
    /// Takes every row of a register and writes none.
    private struct PlainRegister: ImportTarget {
        let kind = ImportKind.enterprises
        func plan(_ table: CheckedTable, _ session: any Session) -> [PlannedRow] {
            table.rows.map { PlannedRow(number: $0.number, outcome: .new) }
        }
        func commit(_ table: CheckedTable, plan: [PlannedRow], _ transaction: Transaction) {}
    }

    private let spotChecks = Actor(name: "cc", role: .spotCheckOfficer)

    @Test("is what its sender may change by hand: spot checks bring results, never firms' own data")
    func kinds() async throws {
        #expect(ImportRights.right(.results).isHeld(by: spotChecks) && ImportRights.right(.followups).isHeld(by: spotChecks))
        #expect(!ImportRights.right(.enterprises).isHeld(by: spotChecks))
        let fixture = try await ImportFixture()
        try await fixture.browse(as: spotChecks) { browser in
            let page = try await browser.get("/imports/new")
            #expect(page.text.contains("value=\"results\"") && !page.text.contains("value=\"enterprises\""))
            let register = "企业名称,统一社会信用代码\n示例厂,91330300145024081C\n"
            let sent = try await browser.post(
                "/imports", from: "/imports/new", fields: [("kind", "enterprises")], files: [("名册.csv", register)])
            #expect(sent.status == 403 && sent.text.contains("access.role"))
            let list = try await browser.post(
                "/imports", from: "/imports/new", fields: [("kind", "results")], files: [("名单.csv", ImportFixture.goodList)])
            #expect(list.status == 303)
        }
        try await fixture.browse { browser in
            _ = try await browser.post(
                "/imports", from: "/imports/new", fields: [("kind", "enterprises")], files: [("名册.csv", "企业名称\n示例厂\n")])
        }
        try await fixture.browse(as: spotChecks) { browser in
            let token = "/imports/new"
            for path in ["/imports/2", "/imports/2/preview", "/imports/2/result", "/imports/2/progress", "/imports/2/errors"] {
                let answer = try await browser.get(path)
                #expect(answer.status == 403, "\(path)")
            }
            for path in ["/imports/2/sheets", "/imports/2/headings", "/imports/2/commit", "/imports/2/stop"] {
                let answer = try await browser.post(path, from: token, fields: [("mode", "all")])
                #expect(answer.status == 403, "\(path)")
            }
        }
    }

    @Test("holds for each table of a file, whatever the run was opened as")
    func tables() async throws {
        let fixture = try await ImportFixture()
        let file = fixture.folder.appendingPathComponent("名册.csv")
        try Data("企业名称,地址,年度,年销售额（万元）\n示例甲厂,浙江省温州市龙湾区永中街道示例路1号,2006,10\n示例乙厂,浙江省温州市龙湾区状元街道示例路2号,2006,12\n".utf8).write(to: file)
        let run = ImportRun(vocabulary: fixture.run.vocabulary, targets: [PlainRegister()], reader: ImportFixture.reader)
        let checked = try await run.check(paths: [(file.path, "名册.csv")], kind: .enterprises) { _ in SheetSorting.Choices() }
        let actor = spotChecks
        #expect(!checked.files.flatMap(\.tables).isEmpty, "\(checked.start.setAside)")
        let failure = await #expect(throws: Failure.self) {
            try await run.commit(checked.files, into: fixture.store, mode: .all, by: actor)
        }
        #expect(failure?.code == "access.role")
    }

    @Test("a register is open to the department that brought it, to what took its place, and to no other department")
    func colleagues() async throws {
        func officer(_ name: String, _ codes: String...) throws -> Actor { try DutyTests.officer(Set(codes), name: name) }
        let fixture = try await ImportFixture(target: PlainRegister())
        let register = "企业名称,年度,纳税额（万元）\n示例厂,2006,4321\n"
        try await fixture.browse(as: officer("li", "tax")) { browser in
            let sent = try await browser.post(
                "/imports", from: "/imports/new", fields: [("kind", "enterprises")], files: [("名册.csv", register)])
            #expect(sent.status == 303)
        }
        let original = "/originals/\(sha256(Array(register.utf8)))/file"
        let readers = [
            (try officer("li", "tax"), true), (try officer("wang", "tax"), true), (try officer("merged", "tax", "commerce"), true),
            (try officer("zhao", "commerce"), false), (Actor(name: "none", role: .departmentOfficer), false), (.local, true),
        ]
        for (reader, isOpen) in readers {
            try await fixture.browse(as: reader) { browser in
                #expect(try await browser.get("/imports/1").status == (isOpen ? 200 : 404), "\(reader.name)")
                #expect(try await browser.get(original).status == (isOpen ? 200 : 404), "\(reader.name)")
                let list = try await browser.get("/imports/new").text
                #expect(list.contains("/imports/1") == isOpen, "\(reader.name)")
            }
        }
    }

    @Test("a file that is named after another's is not the other's")
    func namedAfter() async throws {
        let fixture = try await ImportFixture(target: PlainRegister())
        let register = "企业名称,年度,纳税额（万元）\n示例厂,2006,4321\n"
        let sha = sha256(Array(register.utf8))
        try await fixture.browse { browser in
            _ = try await browser.post("/imports", from: "/imports/new", fields: [("kind", "enterprises")], files: [("名册.csv", register)])
        }
        try await fixture.browse(as: try DutyTests.officer(["environment"], name: "zhou")) { browser in
            #expect(try await browser.get("/originals/\(sha)/file").status == 404)
            let sent = try await browser.post(
                "/imports", from: "/imports/new", fields: [("kind", "enterprises")], files: [(sha + ".csv", "企业名称\n示例厂\n")])
            #expect(sent.status == 303)
            #expect(try await browser.get("/originals/\(sha)/file").status == 404)
            #expect(try await browser.get("/originals/\(sha256(Array("企业名称\n示例厂\n".utf8)))/file").status == 200)
        }
    }

    @Test("what two departments in one brought is not open to one of them alone; what nobody's department brought stays its bringer's")
    func both() async throws {
        let fixture = try await ImportFixture(target: PlainRegister())
        for actor in [try DutyTests.officer(["tax", "commerce"], name: "both"), Actor(name: "none", role: .departmentOfficer)] {
            try await fixture.browse(as: actor) { browser in
                _ = try await browser.post(
                    "/imports", from: "/imports/new", fields: [("kind", "enterprises")],
                    files: [("\(actor.name).csv", "企业名称\n示例厂\(actor.name)\n")])
            }
        }
        for reader in [try DutyTests.officer(["tax"], name: "li"), Actor(name: "other", role: .departmentOfficer)] {
            try await fixture.browse(as: reader) { browser async throws in
                for path in ["/imports/1", "/imports/2"] { #expect(try await browser.get(path).status == 404, "\(reader.name) \(path)") }
            }
        }
    }

    @Test("is changed once by a form that is sent twice")
    func once() async throws {
        let fixture = try await ImportFixture()
        try await fixture.browse { browser in
            _ = try await browser.post(
                "/imports", from: "/imports/new", fields: [("kind", "results")], files: [("名单.csv", ImportFixture.goodList)])
            let hidden = try await browser.hidden(of: "/imports/1")
            for _ in 0..<2 {
                let sent = try await browser.post(
                    "/imports/1/sheets", hidden: hidden, fields: [("file", "名单.csv"), ("sheet", "名单"), ("take", "no")])
                #expect(sent.status == 303)
            }
        }
        #expect(try await fixture.store.read { try $0.integer("select count(*) from journal where action = 'import.choose'") } == 1)
    }
}
