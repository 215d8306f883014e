import Enterprises
package import Evidence
package import Values

/// What a question says, in words of both languages.
extension QuestionText {
    /// A value of a dimension as a reader knows it: the code's word, the region's name.
    package func word(_ value: String, of name: String, in fact: String) -> Word {
        guard let dimension = try? catalogue.fact(fact).dimension(name) else { return Word(value) }
        if let word = dimension.words[value] { return word }
        if value.isEmpty { return QuestionWords.unstated }
        if case .region = dimension.kind, let number = Int64(value), let name = regions.name(of: number) { return Word(name) }
        return Word(value)
    }

    /// The whole question in one line: `抽查结果 · 批次 · 结论：不合格 · 按产品 · 数据截至第12条日志`. `named` gives the names of records.
    package func line(_ question: Question, named: (String, String) -> Word? = { _, _ in nil }) -> Word {
        guard let fact = try? catalogue.fact(question.fact) else { return Word(question.fact) }
        var pieces = [fact.label]
        if let metric = try? fact.metric(question.metric) { pieces.append(metric.label) }
        pieces += question.filters.map { filter in
            let values = filter.values.map { named(filter.dimension, $0) ?? word($0, of: filter.dimension, in: question.fact) }
            let name = label(of: filter.dimension, in: fact)
            return Word(
                name.chinese + "：" + values.map(\.chinese).joined(separator: "或"),
                name.said(.english) + ": " + values.map { $0.said(.english) }.joined(separator: " or "))
        }
        let by = question.by.map { label(of: $0, in: fact) }
        if !by.isEmpty {
            pieces.append(
                Word("按" + by.map(\.chinese).joined(separator: "和"), "by " + by.map { $0.said(.english) }.joined(separator: " and ")))
        }
        if let on = question.on { pieces.append(Word("\(on) 当天", "true on \(on)")) }
        switch question.structure {
        case .then: break
        case .now: pieces.append(Word("按现行区划", "by divisions of today"))
        case .day(let day): pieces.append(Word("按\(day)的区划", "divisions as of \(day)"))
        }
        if let known = question.known { pieces.append(Word("数据截至第\(known)条日志", "as known at entry \(known)")) }
        return Word(pieces.map(\.chinese).joined(separator: " · "), pieces.map { $0.said(.english) }.joined(separator: " · "))
    }

    /// The line in Chinese, for files and the command line.
    package func sentence(_ question: Question) -> String { line(question).chinese }

    func factLabel(_ name: String) -> Word { (try? catalogue.fact(name).label) ?? Word(name) }

    private func label(of name: String, in fact: Fact) -> Word { (try? fact.dimension(name).label) ?? Word(name) }
}

extension Word {
    func said(_ language: Language) -> String { text(language) }

    /// The word with a text after it in both languages.
    func followed(by chinese: String, _ english: String) -> Word { Word(self.chinese + chinese, said(.english) + english) }
}
