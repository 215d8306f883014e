import Foundation
import Testing
import Values

@testable import WebSupport

@Suite("Parts of pages to explore numbers") struct ExploreKitTests {
    private let nasty = "\"quoted\" <script>alert(1)</script>"

    private func written(_ language: Language = .chinese, _ body: (inout HTML) -> Void) -> String {
        var html = HTML(language: language)
        body(&html)
        return html.text
    }

    @Test("shades: at most five, rising with the number, the same for equal numbers, none for what has none")
    func shades() {
        #expect(ShadeClasses([]).shade(1) == nil)
        #expect(ShadeClasses([3, 3]).bounds.count == 1 && ShadeClasses([3, 3]).shade(3) == 2)
        let few = ShadeClasses([1, 5, 5, 9])
        #expect([1, 5, 9].map { few.shade($0) } == [1, 3, 5] && few.shade(nil) == nil && few.shade(.nan) == nil)
        let many = ShadeClasses((0..<1000).map { Double($0 * $0) })
        let shades = (0..<1000).compactMap { many.shade(Double($0 * $0)) }
        #expect(shades.count == 1000 && shades == shades.sorted() && Set(shades) == [1, 2, 3, 4, 5])
        #expect(Set(shades).allSatisfy { shade in (100...300).contains(shades.count { $0 == shade }) })
    }

    @Test("one value that most rows have does not push the others into one class")
    func lopsided() {
        let classes = ShadeClasses(Array(repeating: 0, count: 90) + [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
        #expect(classes.shade(0) == 1 && classes.shade(10) == 5 && classes.bounds.count >= 2)
    }

    @Test("nothing that is data becomes markup")
    func escaping() {
        let word = Word(nasty)
        let address = Address("questions", nasty).with("where", nasty)
        let sorting = Sorting(query: Query("sort=a"), page: address, allowed: ["a"])
        let cell = CrossTable.Cell(nasty, detail: nasty, address: address, shade: 3)
        let line = CrossTable.Line(.init(word, address), cells: [cell], total: cell)
        let text = written { html in
            html.add(
                CrossTable(
                    caption: word, corner: .init(word, sort: "a"), columns: [.init(word, address)], totalHeading: .init(word),
                    lines: [line],
                    totals: line, sort: sorting))
            html.add(
                AreaMap(
                    title: word, summary: word, width: 10, height: 10,
                    areas: [
                        .init(word, path: "M0,0 1,1 1,0Z", text: nasty, shade: 5, address: address, labelPlace: (1, 1)),
                        .init(word, path: nasty, text: nil, shade: nil),
                    ]))
            html.add(Chips(word, [.init(word, word, without: address)], none: word, remove: word))
            html.add(Switch(word, [Tab(word, address, count: 1, isCurrent: true)]))
            html.add(ShadeLegend(ShadeClasses([1, 2]), hasGaps: true) { _ in nasty })
            html.add(QueryForm(page: address, fields: [FormField("a", word, values: [nasty])], submit: word))
        }
        #expect(!text.contains("<script") && !text.contains("\"quoted\"") && !text.contains(" style="))
        #expect(text.contains("aria-sort=\"ascending\""))
    }

    @Test("an area without a number is hatched, and its links carry its name and number")
    func areas() {
        let map = AreaMap(
            title: "图", summary: "说明", width: 10, height: 10,
            areas: [
                .init(Word("甲"), path: "M0,0Z", text: "5", shade: 1, address: Address("a")),
                .init(Word("乙"), path: "M0,0Z", text: nil, shade: nil),
            ])
        let text = written { $0.add(map) }
        #expect(text.contains("aria-label=\"甲：5\"") && text.contains("aria-label=\"乙：没有数\"") && text.contains("fill=\"url(#map-1-none)\""))
        #expect(written(.english) { $0.add(map) }.contains("aria-label=\"乙: No figure\""))
    }

    @Test("a line with intervals has a band, broken where nothing is known, and labels that thin out")
    func line() {
        let points = (0..<30).map { index in
            LineChart.Point(
                Word("p\(index)"), value: index == 10 ? nil : 0.5, text: "t\(index)", interval: index == 10 ? nil : (0.4, 0.6))
        }
        let text = written {
            $0.add(LineChart(title: "线", summary: "说明", measure: "率", points: points, axis: [(0, "0"), (1, "1")], hasTable: false))
        }
        #expect(text.components(separatedBy: "class=\"band\"").count == 3)
        #expect(text.contains(">p29<") && text.contains(">t29<") && !text.contains(">p28<") && !text.contains("<table"))
    }
}
