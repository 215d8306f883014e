/// The words by which lists are recognised: headings of each kind, titles, and the words that stand in cells.
///
/// Everything here is data of `regulations/headings/*.yaml`; an office adds a spelling there without a programmer.
package struct HeadingVocabulary: Sendable {
    package let kinds: [KindVocabulary]
    package let writing: WritingWords
    package let titles: TitleWords
    package let values: ValueWords

    package init(kinds: [KindVocabulary], writing: WritingWords, titles: TitleWords, values: ValueWords) {
        self.kinds = kinds
        self.writing = writing
        self.titles = titles
        self.values = values
    }

    package subscript(kind: ImportKind) -> KindVocabulary? { kinds.first { $0.kind == kind } }

    /// Whether a heading that is no field of its list names personal data: a person, a telephone, an identity card.
    ///
    /// Which headings do is said by the fields that are marked `personal`, whatever list they belong to.
    func isPersonal(_ heading: String) -> Bool {
        let text = heading.filter { !$0.isWhitespace }
        guard !text.contains("身份证") else { return true }
        return kinds.flatMap(\.fields).contains { field in field.isPersonal && field.headings.contains { text.contains($0) } }
    }
}

/// The fields of one kind of list.
package struct KindVocabulary: Sendable {
    package let kind: ImportKind
    /// Of each group at least one field must be found, or the table is not of this kind.
    package let needs: [[String]]
    package let fields: [FieldDefinition]
    private let places: [String: Int]

    package init(kind: ImportKind, needs: [[String]], fields: [FieldDefinition]) {
        self.kind = kind
        self.needs = needs
        self.fields = fields
        places = Dictionary(fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package subscript(name: String) -> FieldDefinition? { places[name].map { fields[$0] } }
}

/// How headings are written: traditional characters, units in brackets, words of one meaning.
package struct WritingWords: Sendable {
    package var simplified: [Character: Character] = [:]
    package var units: Set<String> = []
    /// Words of one meaning, each with the one that stands for them when headings are compared.
    package var synonyms: [(from: String, to: String)] = []
}

/// Words of titles, notes and totals.
package struct TitleWords: Sendable {
    package var defaultSheetNames: [String] = []
    package var listKinds: [(kind: ListKind, words: [String])] = []
    package var levels: [(level: ListLevel, words: [String])] = []
    package var methods: [(method: SamplingMethod, words: [String])] = []
    package var productEnds: [String] = []
    package var productNoise: [String] = []
    package var notes: [String] = []
    package var totals: [String] = []
    package var summaryHeadings: Set<String> = []
    package var otherHeadings: Set<String> = []
}

/// Words that stand in cells.
package struct ValueWords: Sendable {
    package var verdicts: [(verdict: Verdict, exact: Set<String>, contained: [String])] = []
    /// Words for an empty cell in any column.
    package var absent: Set<String> = []
    /// Words for an empty cell of failing items.
    package var nothing: Set<String> = []
    package var blanks: Set<Character> = []
    package var counterfeit: [String] = []
    package var notCounterfeit: [String] = []
    package var flagsYes: Set<String> = []
    package var flagsNo: Set<String> = []
    package var masked: [String] = []
    package var stages: [(stage: SamplingStage, words: [String])] = []
}
