package import Enterprises
package import Evidence
package import Storage
import Values

/// A question as people write it, on a command line or in an address: `verdict=不合格`, `region=南海`, `known=2013-08-29`.
package struct QuestionText: Sendable {
    /// The texts of one question.
    package struct Parts: Sendable {
        package var fact: String
        package var metric: String?
        /// Each `DIM=VALUE` or `DIM=VALUE|VALUE`; one dimension written again adds values.
        package var filters: [String]
        package var by: [String]
        package var on: String?
        package var known: String?
        /// `now`, `then`, or a day.
        package var structure: String?

        package init(
            fact: String, metric: String? = nil, filters: [String] = [], by: [String] = [], on: String? = nil, known: String? = nil,
            structure: String? = nil
        ) {
            self.fact = fact
            self.metric = metric
            self.filters = filters
            self.by = by
            self.on = on
            self.known = known
            self.structure = structure
        }
    }

    /// The question that was meant, and what the reader should know about its wording.
    package struct Reading: Sendable {
        package let question: Question
        /// Values that no code list knows: asked for as they stand.
        package let remarks: [String]
    }

    package let catalogue: FactCatalogue
    package let regions: RegionDirectory

    package init(catalogue: FactCatalogue, regions: RegionDirectory) {
        self.catalogue = catalogue
        self.regions = regions
    }

    /// - Throws: `question.unknown-fact`, `question.unknown-metric`, `question.unknown-dimension`, `question.where-form`,
    ///   `question.day`, `question.known`, `question.too-many-dimensions`, `question.structure`, `region.unknown`, `region.ambiguous`.
    package func read(_ parts: Parts, _ session: any Storage.Session) throws -> Reading {
        let fact = try catalogue.fact(parts.fact)
        let metric = try parts.metric.map { try fact.metric($0).name }
        var remarks: [String] = []
        let filters = try filters(parts.filters, fact, &remarks)
        for name in parts.by { _ = try fact.dimension(name) }
        var by: [String] = []
        for name in parts.by where !by.contains(name) { by.append(name) }
        guard by.count <= 2 else {
            throw Failure(.invalid, "question.too-many-dimensions", "一次最多按两个维度分组", cure: "去掉多余的分组")
        }
        let question = Question(
            parts.fact, metric: metric, where: filters, by: by, on: try parts.on.map(day),
            known: try parts.known.map { try known($0, session) }, structure: try Structure(text: parts.structure.map(trimmed)))
        remarks += takenOver(question, fact)
        return Reading(question: question, remarks: remarks)
    }

    /// Says of a filter by a former division what it is answered by.
    private func takenOver(_ question: Question, _ fact: Fact) -> [String] {
        guard let structure = regions.structure(question.structure) else { return [] }
        let numbers = question.filters.filter { filter in
            guard let dimension = try? fact.dimension(filter.dimension), case .region = dimension.kind else { return false }
            return true
        }.flatMap(\.values).compactMap { Int64($0) }
        return numbers.compactMap { number in
            let heir = structure.group(of: number)
            guard heir != number, let name = regions.name(of: number), let other = regions.name(of: heir) else { return nil }
            return "“\(name)”已由“\(other)”接续，按现行区划查询的是“\(other)”"
        }
    }

    private func filters(_ texts: [String], _ fact: Fact, _ remarks: inout [String]) throws -> [Question.Filter] {
        var names: [String] = []
        var values: [String: [String]] = [:]
        for text in texts {
            guard let sign = text.firstIndex(where: { $0 == "=" || $0 == "＝" }), sign != text.startIndex else {
                throw Failure(.invalid, "question.where-form", "条件“\(text)”不是“维度=值”", cure: "写成 verdict=fail 的形式；多个值用 | 隔开")
            }
            let dimension = try fact.dimension(String(text[..<sign]).filter { !$0.isWhitespace })
            if values[dimension.name] == nil { names.append(dimension.name) }
            for part in text[text.index(after: sign)...].split(separator: "|", omittingEmptySubsequences: false) {
                let value = try code(String(part), dimension, &remarks)
                if values[dimension.name]?.contains(value) != true { values[dimension.name, default: []].append(value) }
            }
        }
        return names.map { Question.Filter($0, values[$0] ?? []) }
    }

    /// The code behind a value: `不合格` → `fail`, `南海` → the region's number.
    private func code(_ written: String, _ dimension: Dimension, _ remarks: inout [String]) throws -> String {
        let text = trimmed(written)
        switch dimension.kind {
        case .region: return try String(regions.number(of: text))
        case .record, .several: return text
        case .text:
            if text.isEmpty || text == Self.unstated || dimension.words.isEmpty || dimension.words[text] != nil {
                return text == Self.unstated && dimension.words[text] == nil ? codeNamed(text, dimension) ?? "" : text
            }
            if let code = codeNamed(text, dimension) { return code }
            let known = dimension.words.keys.sorted().map { "\($0)（\(dimension.words[$0]?.chinese ?? "")）" }.joined(separator: "、")
            remarks.append("维度“\(dimension.label.chinese)”的代码表里没有“\(text)”，按原样查询。可用：\(known)")
            return text
        }
    }

    /// How a group without a value is shown.
    static let unstated = QuestionWords.unstated.chinese

    private func codeNamed(_ text: String, _ dimension: Dimension) -> String? {
        let wanted = text.lowercased()
        let found = dimension.words.filter { _, word in
            let names = [word.chinese, word.english ?? word.chinese].map { $0.lowercased() }
            return names.contains(wanted) || names.contains(wanted + "级") || names.contains { $0 + "级" == wanted }
        }
        return found.keys.min()
    }

    private func day(_ text: String) throws -> Day {
        guard let day = Day(trimmed(text)) else {
            throw Failure(.invalid, "question.day", "“\(text.prefix(20))”不是有效日期", cure: "日期写成 2007-03-31 的形式")
        }
        return day
    }

    private func known(_ text: String, _ session: any Storage.Session) throws -> Int64 {
        let text = trimmed(text)
        if let day = Day(text) { return try JournalQuery.position(session, endOf: day) }
        guard let position = Int64(text), position >= 0 else {
            throw Failure(
                .invalid, "question.known", "“\(text.prefix(20))”既不是日期也不是日志位置", cure: "写成 2007-03-31 或日志位置，如 128")
        }
        return position
    }

    private func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
