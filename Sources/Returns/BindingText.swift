import Evidence
import Questions
import Values

/// What a binding is, in a few words.
enum BindingText {
    static func short(_ binding: CellBinding, _ catalogue: FactCatalogue, formula: String?) -> Word {
        switch binding.kind {
        case .figure: metric(binding, catalogue)
        case .text: Word(String(binding.text.prefix(20)))
        case .formula: Word("=" + (formula ?? ""))
        case .town: Word(binding.unit.isEmpty ? "—" : binding.unit)
        }
    }

    static func long(_ binding: CellBinding, _ text: QuestionText) -> Word {
        switch binding.kind {
        case .figure:
            let (metric, conditions) = (metric(binding, text.catalogue), conditions(binding, text))
            return Word(metric.chinese + conditions.chinese, metric.text(.english) + conditions.text(.english))
        case .text: return Word(binding.text)
        case .formula: return "—"
        case .town:
            guard binding.question != nil else { return "—" }
            let metric = metric(binding, text.catalogue)
            return Word("核对：" + metric.chinese, "compared with " + metric.text(.english))
        }
    }

    private static let signs = [
        "{region}": Word("本级", "our region"), "{year}": Word("当年", "this year"), "{last-year}": Word("上年", "last year"),
        "{quarter}": Word("当季", "this quarter"), "{month}": Word("当月", "this month"), "{from}": Word("期初", "the period's start"),
        "{to}": Word("期末", "the period's end"),
    ]

    private static func conditions(_ binding: CellBinding, _ text: QuestionText) -> Word {
        guard let question = binding.question else { return "" }
        var all = question.filters.map { condition($0, question.fact, text) }
        if let on = question.on {
            let day = signs[on] ?? Word(on)
            all.append(Word("截至" + day.chinese, "until " + day.text(.english)))
        }
        if question.structure != nil { all.append(Word("现行区划", "divisions of today")) }
        guard !all.isEmpty else { return "" }
        return Word(
            "（" + all.map(\.chinese).joined(separator: "，") + "）", " (" + all.map { $0.text(.english) }.joined(separator: ", ") + ")")
    }

    private static func condition(_ filter: String, _ fact: String, _ text: QuestionText) -> Word {
        let parts = filter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return Word(filter) }
        let label = (try? text.catalogue.fact(fact).dimension(parts[0]).label) ?? Word(parts[0])
        let values = parts[1].split(separator: "|", omittingEmptySubsequences: false).map { value in
            signs[String(value)] ?? text.word(String(value), of: parts[0], in: fact)
        }
        return Word(
            label.chinese + "：" + values.map(\.chinese).joined(separator: "或"),
            label.text(.english) + ": " + values.map { $0.text(.english) }.joined(separator: " or "))
    }

    private static func metric(_ binding: CellBinding, _ catalogue: FactCatalogue) -> Word {
        guard let question = binding.question, let fact = try? catalogue.fact(question.fact) else {
            return Word(binding.question?.fact ?? "—")
        }
        let metric = (try? fact.metric(question.metric).label) ?? Word(question.metric ?? "")
        return Word("\(fact.label.chinese)：\(metric.chinese)", "\(fact.label.text(.english)): \(metric.text(.english))")
    }
}
