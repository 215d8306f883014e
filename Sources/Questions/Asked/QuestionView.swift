import Enterprises
import Evidence
import Storage
import Values
import WebSupport

/// Everything one question page shows, taken in one snapshot.
struct QuestionView: Sendable {
    let fact: Fact
    /// The question as it was asked, its position only where the reader gave one.
    let question: Question
    /// The number itself, and its groups where bars or a table are shown.
    let answer: Answer
    let shown: Shown
    /// Places that stand beside their own parts: their figure is of the rows without a finer place, which no condition asks for alone.
    let coarse: Set<String>
    let facets: [Facet]
    let rows: RowPage
    let names: NamedRecords
    let remarks: [String]
    let text: QuestionText
    let query: Query
    let isFirst: Bool
    /// The day of the position that was asked for.
    let knownDay: Day?
    /// Whether places are asked by or filtered, and rows stand under some that others took the place of.
    let hasFormerPlaces: Bool
    /// The divisions that the answer counts under; nil for the rows' own.
    let divisions: (any DivisionStructure)?

    /// What stands between the number and its rows.
    enum Shown: Sendable {
        case nothing
        /// Groups by a dimension that must not be mixed, instead of what was asked.
        case apart(Answer, Dimension)
        case groups(Answer, QuestionForm)
        case cross(CrossAnswer)
        case trend(TrendAnswer)
        case map(MapAnswer)
    }

    var metric: Metric { answer.metric }

    /// Whether hundreds of such pages can be held.
    var isLight: Bool {
        guard answer.groups.count <= KeptAnswers.mostGroups else { return false }
        return switch shown {
        case .nothing, .trend: true
        case .apart(let answer, _), .groups(let answer, _): answer.groups.count <= KeptAnswers.mostGroups
        case .cross(let cross): cross.cells.count <= KeptAnswers.mostGroups
        case .map: false
        }
    }

    /// The way it is shown, as the address has it.
    var form: QuestionForm? { query["as"].flatMap { QuestionForm(rawValue: $0) } }

    /// The way it is shown, chosen or not.
    var shownForm: QuestionForm? {
        switch shown {
        case .nothing, .apart: form
        case .groups(_, let form): form
        case .cross: .cross
        case .trend: .trend
        case .map: .map
        }
    }

    /// What the number and its groups must be read with, each said once.
    var notes: [String] {
        var notes = answer.notes
        if case .groups(let groups, _) = shown { notes += groups.notes.filter { !notes.contains($0) } }
        return notes
    }

    /// The question bound to the position that was answered, so that links and rows agree with the number.
    var pinned: Question { question.at(answer.position) }

    /// The page of another question, shown in the same way.
    func address(_ question: Question, form: QuestionForm? = nil) -> Address {
        let start = QuestionAddress.of(question).with("as", (form ?? self.form)?.rawValue)
        return query.all("show").reduce(start) { $0.with("show", $1) }
    }

    /// The rows of a group; a group of rows without a place or a record has no value to ask by.
    func rowsAddress(by names: [String], keys: [String]) -> Address? {
        for (name, key) in zip(names, keys) {
            guard let dimension = try? fact.dimension(name) else { return nil }
            switch dimension.kind {
            case .text: continue
            case .region: if key.isEmpty || coarse.contains(key) { return nil }
            case .record, .several: if key.isEmpty { return nil }
            }
        }
        var asked = pinned
        asked.by = names
        return QuestionAddress.of(asked.narrowed(keys))
    }

    func word(_ key: String, label: String, of name: String) -> Word {
        let word = fact.word(key, label: label, of: name)
        guard name == fact.place?.name else { return word }
        if let divisions, let number = Int64(key), divisions.isDivided(number) {
            return Word(text.regions.name(of: number) ?? key).followed(
                by: "（\(StructureWords.divided.chinese)）", " (\(StructureWords.divided.said(.english)))")
        }
        guard coarse.contains(key) else { return word }
        return word.followed(by: "（\(QuestionWords.noFiner.chinese)）", " (\(QuestionWords.noFiner.said(.english)))")
    }

    /// The texts of a group, dimension by dimension.
    func word(_ group: Answer.Group, by names: [String]) -> Word {
        let words = names.indices.map { word(group.keys[$0], label: group.labels[$0], of: names[$0]) }
        return Word(words.map(\.chinese).joined(separator: " · "), words.map { $0.said(.english) }.joined(separator: " · "))
    }
}

extension Fact {
    /// A group's value as a reader knows it, in both languages where the dimension has words.
    func word(_ key: String, label: String, of name: String) -> Word {
        guard let dimension = try? dimension(name) else { return Word(label) }
        return dimension.words[key] ?? (key.isEmpty ? QuestionWords.unstated : Word(label))
    }

    /// The texts of a group, dimension by dimension.
    func word(_ group: Answer.Group, by names: [String]) -> Word {
        let words = names.indices.map { word(group.keys[$0], label: group.labels[$0], of: names[$0]) }
        return Word(words.map(\.chinese).joined(separator: " · "), words.map { $0.said(.english) }.joined(separator: " · "))
    }
}

extension Answer {
    /// Whether groups by another dimension were given, because the rows must not be mixed.
    func isApart(by names: [String]) -> Bool {
        guard let one = metric.needsOne, !names.contains(one) else { return false }
        return figure.value == nil && !groups.isEmpty && notes.contains { $0.hasPrefix("抽样方式混合") }
    }
}

/// Rows by columns, each total asked for itself.
struct CrossAnswer: Sendable {
    struct Key: Sendable, Hashable {
        let key: String
        let label: String
    }

    struct Pair: Hashable, Sendable {
        let row: String
        let column: String
    }

    let rowName: String
    let columnName: String
    let rows: [Key]
    let columns: [Key]
    /// How many there are besides those shown.
    let moreRows: Int
    let moreColumns: Int
    let cells: [Pair: Evidence.Figure]
    let rowTotals: [String: Evidence.Figure]
    let columnTotals: [String: Evidence.Figure]
    let whole: Evidence.Figure

    static let mostRows = 80
    static let mostColumns = 24
}

/// One figure for each period.
struct TrendAnswer: Sendable {
    let dimension: Dimension
    /// Periods in their order; one without rows between others has no figure.
    let points: [(key: String, figure: Evidence.Figure?)]
    /// Rows whose period is not known.
    let unstated: Evidence.Figure?
}

/// One figure for each area of a map.
struct MapAnswer: Sendable {
    let maps: [(map: BoundaryMap, areas: Int, matched: Int)]
    /// nil where no map was loaded.
    let map: BoundaryMap?
    let boundaries: [Boundary]
    let figures: [Int64: Evidence.Figure]
    /// What is not on the map: rows of other places, and rows without a place.
    let elsewhere: Int64?
}
