import Enterprises
import Evidence
import Foundation
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@testable import Questions

@Suite("The choice between the divisions of then and of today")
struct StructurePagesTests {
    private func open(
        _ engine: TestEngine = .sqlite, _ steps: @escaping @Sendable (StructureOffice, SiteBrowser) async throws -> Void
    ) async throws {
        try await StructureOffice.with(engine) { store in
            let routes = QuestionRoutes.table(store.office, catalogue: StructureOffice.catalogue)
            try await SiteBrowser.open(routes, clock: store.office.clock) { browser in try await steps(store, browser) }
        }
    }

    @Test("stands on the page where places are asked by and some no longer exist, and nowhere else", arguments: TestEngine.available)
    func choice(_ engine: TestEngine) async throws {
        try await open(engine) { _, browser in
            let then = try await browser.get("/questions/sample?by=region&as=table").text
            #expect(then.contains("区划口径") && then.contains("structure=now") && then.contains("罗村街道") && !then.contains("按现行区划"))
            let now = try await browser.get("/questions/sample?by=region&as=table&structure=now").text
            #expect(now.contains("按现行区划") && now.contains("锡山市（已拆分，不能归到一处）") && now.contains("狮山镇"))
            let (luocun, divided) = (try StructureOffice.number("罗村街道"), try StructureOffice.number("320283"))
            #expect(!now.contains("where=region%3D\(luocun)") && now.contains("where=region%3D\(divided)"))
            #expect(!(try await browser.get("/questions/sample?by=year&as=table").text.contains("区划口径")))
            let wrong = try await browser.get("/questions/sample?structure=bald")
            #expect(wrong.status == 422 && wrong.text.contains("不是区划口径"))
        }
    }

    @Test("a row's link keeps the choice and opens the number's rows; the file says it and has the same rows")
    func links() async throws {
        try await open { store, browser in
            let shishan = try StructureOffice.number("440605124")
            let expected = try await store.ask(Question("sample", where: [.init("region", [String(shishan)])], structure: .now)).figure.n
            let page = try await browser.get("/questions/sample?by=region&as=table&structure=now").text.replacing("&amp;", with: "&")
            #expect(page.contains("where=region%3D\(shishan)&structure=now&known=1"))
            let file = try await browser.get("/questions/sample/export?format=json&where=region%3D\(shishan)&structure=now")
            let rows = try #require(try JSONSerialization.jsonObject(with: Data(file.bytes)) as? [String: Any])
            #expect((rows["rows"] as? [Any])?.count == Int(expected) && rows["structure"] as? String == "now")
            let csv = try await browser.get("/questions/sample/export?format=csv&where=region%3D\(shishan)&structure=now").text
            #expect(csv.contains("罗村街道") && csv.contains("狮山镇"), "each row tells its division of then")
            let former = try StructureOffice.number("罗村街道")
            let taken = try await browser.get("/questions/sample?where=region%3D\(former)&structure=now").text
            #expect(taken.contains("“罗村街道”已由“狮山镇”接续"))
            let values = try await browser.get("/questions/sample/values?dimension=region&structure=now")
            #expect(values.status == 200 && !values.text.contains("罗村街道"))
        }
    }

    @Test("a kept view and an address of the day keep the choice")
    func kept() async throws {
        try await open { store, _ in
            let question = Question("sample", metric: "count", by: ["region"], structure: .now)
            #expect(KeptQuestion.question(KeptQuestion.text(question)) == question)
            let id = try await SaveView(title: "现行", question: question, form: .table).perform(
                on: store.office.store, by: .local, request: "k")
            let view = try await store.office.store.read { try SavedViewStore.view(id, $0) }
            #expect(view.question == question)
            #expect(QuestionAddress.of(view.question).description == "/questions/sample?metric=count&by=region&structure=now")
            let text = QuestionText(catalogue: StructureOffice.catalogue, regions: store.office.regions)
            let parts = QuestionText.Parts(fact: "sample", by: ["region"], structure: "2012-12-31")
            let read = try await store.office.store.read { try text.read(parts, $0).question }
            #expect(read.structure == .day(try #require(Day("2012-12-31"))) && text.sentence(read).contains("按2012-12-31的区划"))
            #expect(text.sentence(question).contains("按现行区划"))
            #expect(text.line(question).text(.english).contains("by divisions of today"))
            #expect(QuestionWords.note("“锡山市”已拆分，不能归到一处：7行未计入").text(.english).hasSuffix("7 rows are not counted"))
        }
    }

    @Test("a map of today's borders colours what took the place of former divisions, and opens the same rows")
    func map() async throws {
        try await open { store, browser in
            let shape: (String, String, Int) -> String = { code, name, x in
                """
                {"type":"Feature","properties":{"adcode":\(code),"name":"\(name)"},"geometry":{"type":"Polygon",\
                "coordinates":[[[\(x),23],[\(x + 1),23],[\(x + 1),24],[\(x),24],[\(x),23]]]}}
                """
            }
            let file = "{\"type\":\"FeatureCollection\",\"features\":[\(shape("440605", "南海区", 112)),\(shape("440604", "禅城区", 113))]}"
            _ = try await LoadBoundaries(title: "佛山", source: "示例", file: "m.json", bytes: Data(file.utf8)).perform(
                on: store.office.store, regions: store.office.regions, by: .local, request: "m")
            let nanhai = try StructureOffice.number("440605")
            let expected = try await store.ask(Question("sample", where: [.init("region", [String(nanhai)])], structure: .now)).figure.n
            let then = try await store.ask(Question("sample", where: [.init("region", [String(nanhai)])])).figure.n
            #expect(expected != then)
            let page = try await browser.get("/questions/sample?as=map").text.replacing("&amp;", with: "&")
            #expect(page.contains("按现行区划") && page.contains("where=region%3D\(nanhai)&structure=now"))
            #expect(page.contains(">\(expected)") || page.contains("\(expected)批次"))
        }
    }
}
