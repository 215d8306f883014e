import Enterprises
import Evidence
import Storage
import TestSupport
import Testing
import Values

@testable import Questions

@Suite("Facets") struct FacetTests {
    private static let conditions: [[Question.Filter]] = [
        [], [.init("verdict", ["fail"])], [.init("product", ["皮鞋", "阀门"]), .init("year", ["2016"])], [.init("year", [""])],
    ]

    @Test("the count beside a value is what the question narrowed by it answers", arguments: TestEngine.available)
    func counts(_ engine: TestEngine) async throws {
        try await ExploreOffice.with(engine) { explore in
            for filters in Self.conditions {
                let question = Question("sample", metric: "pass-rate", where: filters)
                for facet in try await facets(question, explore) {
                    let choices = try #require(facet.choices)
                    #expect(!choices.isEmpty, "\(facet.dimension.name)")
                    for choice in choices {
                        guard let value = choice.value else { continue }
                        var narrow = Question("sample", metric: "count", where: filters.filter { $0.dimension != facet.dimension.name })
                        narrow.filters.append(.init(facet.dimension.name, [value]))
                        #expect(choice.count == (try await explore.ask(narrow)).n, "\(facet.dimension.name) \(choice.label.chinese)")
                    }
                }
            }
        }
    }

    @Test("a chosen value stays among the choices, even where nothing has it", arguments: TestEngine.available)
    func chosen(_ engine: TestEngine) async throws {
        try await ExploreOffice.with(engine) { explore in
            let question = Question("sample", where: [.init("product", ["无此产品"]), .init("verdict", ["fail"])])
            let product = try #require(try await facets(question, explore).first { $0.dimension.name == "product" })
            #expect(product.choices?.contains { $0.value == "无此产品" && $0.isChosen && $0.count == 0 } == true)
            let verdict = try #require(try await facets(question, explore).first { $0.dimension.name == "verdict" })
            #expect(verdict.choices == nil || verdict.choices?.allSatisfy { $0.isChosen } == true)
        }
    }

    @Test("places are shown a step at a time, with everything in them", arguments: TestEngine.available)
    func places(_ engine: TestEngine) async throws {
        try await ExploreOffice.with(engine) { explore in
            let foshan = String(try explore.office.regions.number(of: "440600"))
            let first = try #require(try await facets(Question("sample"), explore).first { $0.dimension.name == "region" }?.choices)
            #expect(Set(first.map(\.label.chinese)) == ["广东省", "浙江省", "未注明"])
            let city = try #require(
                try await facets(Question("sample", where: [.init("region", [foshan])]), explore).first { $0.dimension.name == "region" }?
                    .choices)
            #expect(city.prefix(2).map(\.label.chinese) == ["广东省", "佛山市"] && city[1].isChosen)
            #expect(Set(city.dropFirst(2).map(\.label.chinese)).isSuperset(of: ["南海区", "顺德区", "禅城区"]))
        }
    }

    @Test("where many rows would be counted, only counted dimensions are shown at once")
    func large() async throws {
        try await ExploreOffice.with(.sqlite) { explore in
            let facets = try await facets(Question("sample"), explore, isSmall: false, opened: ["product"])
            let asked = facets.filter { $0.choices != nil }.map(\.dimension.name)
            #expect(asked == ["verdict", "product", "year"])
        }
    }

    private func facets(_ question: Question, _ explore: ExploreOffice, isSmall: Bool = true, opened: Set<String> = []) async throws
        -> [Facet]
    {
        let reader = FacetReader(
            fact: ExploreOffice.fact, question: question, asking: explore.asking(), regions: explore.office.regions, text: explore.text)
        return try await explore.office.store.read { try reader.facets(opened: opened, isSmall: isSmall, $0) }
    }
}
