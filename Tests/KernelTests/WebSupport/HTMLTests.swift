import Testing
import Values

@testable import WebSupport

@Suite("The writer escapes whatever is text")
struct HTMLTests {
    static let nasty = "<script>alert('1')</script> & \"quoted\" \u{0}\u{1B}"

    private func written(_ language: Language = .chinese, _ content: (inout HTML) -> Void) -> String {
        var html = HTML(language: language)
        content(&html)
        return html.text
    }

    @Test("Text and attribute values are escaped; forbidden control characters become U+FFFD")
    func escapes() {
        let text = written { $0.add(.p, .id(HTMLTests.nasty), text: HTMLTests.nasty) }
        let escaped = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;quoted&quot; \u{FFFD}\u{FFFD}"
        #expect(text == "<p id=\"\(escaped)\">\(escaped)</p>")
    }

    @Test("Chinese, rare characters and line ends pass unchanged")
    func passes() { #expect(written { $0.add(.span, text: "龘靐\n质量 𠮷") } == "<span>龘靐\n质量 𠮷</span>") }

    @Test("Words follow the page's language, data does not")
    func words() {
        #expect(written(.english) { $0.add(.h1, text: Word("目标", "Targets")) } == "<h1>Targets</h1>")
        #expect(written(.english) { $0.add(.h1, text: Word("目标")) } == "<h1>目标</h1>")
        #expect(written(.english) { $0.add(.a, .spoken(Word("目标", "Targets")), text: "甲") } == "<a aria-label=\"Targets\">甲</a>")
    }

    @Test("Void elements have no end tag, SVG shapes do, absent attributes leave no trace")
    func elements() {
        #expect(written { $0.add(.br) } == "<br>")
        #expect(written { $0.add(.rect, .number("x", 12.345)) } == "<rect x=\"12.35\"></rect>")
        #expect(written { $0.add(.input, .flag("checked", false), .flag("required")) } == "<input required>")
    }

    @Test("A script in every field of every component stays text")
    func components() {
        let nasty = HTMLTests.nasty
        let word = Word(nasty)
        let address = Address(nasty).with(nasty, nasty).at(nasty)
        let day = Day(number: 13_000)
        let link = Link(word, address, look: .button)
        var list = DefinitionList()
        list.add(word, nasty)
        var field = FormField(nasty, word, .text, values: [nasty], isRequired: true, hint: word, unit: word)
        field.error = word
        let seal = FormSeal(token: nasty, requestID: nasty, readVersion: 1)
        let choices = [FormField.Choice(nasty, word)]
        let kinds: [FormField.Kind] = [
            .text, .search, .number, .day, .textarea(rows: 3), .select(choices), .radio(choices), .checkboxes(choices), .checkbox,
            .file(accepts: nasty, several: true), .hidden,
        ]
        let fields = kinds.map { FormField(nasty, word, $0, values: [nasty], hint: word) } + [field]
        let figure = Figure(
            word, nasty, unit: word, count: 1, interval: (nasty, nasty), note: word, rows: address, state: .published(by: nasty, on: day))
        let text = written { html in
            html.add(Sheet(word, note: word, links: [link]) { $0.add(list) })
            html.add(Notice(.bad, word, detail: nasty, link: link))
            html.add(EmptyState(word, nextStep: word, action: link))
            html.add(Timeline([.init(day, word, detail: nasty, actor: nasty, address: address)]))
            html.add(WorkList([.init(word, detail: word, badge: Badge(.bad, word), address: address, action: word)]))
            html.add(ConflictTable([.init(word, yours: nasty, theirs: nasty)]))
            html.add(FigureStrip([figure]))
            html.add(figure.inline)
            html.add(Form(action: address, seal: seal, fields: fields, submit: word, cancel: link))
            html.add(ActionButton(word, action: address, seal: seal, fields: [(nasty, nasty)]))
            html.add(Filter(page: address, query: Query("a=1"), fields: fields))
            html.add(Pagination(page: address, shown: 1, after: nasty))
            html.add(PhaseStrip([.init(word, detail: word, from: day, to: day)], today: day))
            html.add(BarChart(caption: word, measure: word, bars: [.init(word, value: .nan, text: nasty, rows: address)]))
            html.add(
                LineChart(
                    title: word, summary: word, measure: word, points: [.init(word, value: 1, text: nasty)], axis: [(0, nasty), (2, nasty)])
            )
            html.add(TargetBar(value: 1, target: .infinity, range: 1...1, tone: .good, spoken: word))
            html.add(ProgressBar(done: 1, total: nil, label: word))
        }
        #expect(!text.contains("<script"))
        #expect(!text.contains("\"quoted\""))
        #expect(!text.contains("nan") && !text.contains("inf\""))
        #expect(text.contains("&lt;script&gt;"))
    }

    @Test("No page needs an inline style or script, which the security policy would refuse")
    func noInlineCode() async throws {
        try await WebProbe.site { probe in
            for path in ["/", "/enterprises", "/enterprises/1", "/imports/new", "/failing/invalid"] {
                let text = try await probe.get(path).text
                #expect(
                    !text.contains(" style=") && !text.contains("<style") && !text.contains("javascript:") && !text.contains(" onclick"))
            }
        }
    }

    @Test("Numbers print with separators, fixed decimals and no minus zero")
    func numbers() {
        #expect(NumberText.grouped(1284) == "1,284")
        #expect(NumberText.grouped(-1_000_000) == "-1,000,000")
        #expect(NumberText.grouped(Int.min).hasPrefix("-9,223"))
        #expect(NumberText.decimal(4820, decimals: 1) == "4,820.0")
        #expect(NumberText.decimal(-0.04, decimals: 1) == "0.0")
        #expect(NumberText.decimal(0.005, decimals: 2) == "0.01")
        #expect(NumberText.percent(0.8824) == "88.2%")
        #expect(NumberText.percent(.nan) == "—")
        #expect(Coordinate.text(-0.5) == "-0.5")
        #expect(Coordinate.text(12.05) == "12.05")
    }

    @Test("The phases of a programme fill the strip, and none is too narrow to read")
    func phases() {
        let day = Day(number: 0)
        let widths = PhaseStrip.widths([
            .init("短", from: day, to: day.adding(days: 1)), .init("长", from: day.adding(days: 2), to: day.adding(days: 500)),
        ])
        #expect(abs(widths.reduce(0, +) - 100) < 1e-9)
        #expect(widths[0] > 9)
    }
}
