/// One column of a recognised table.
package struct TableColumn: Sendable, Equatable {
    /// 1-based, as spreadsheets count.
    package let number: Int
    /// The heading as printed; several heading rows are joined.
    package let heading: String
    /// The field that it means; nil where none was recognised (the column is kept as it stands).
    package let field: String?
    package let score: Int
    /// The unit that the heading names: `万元`.
    package let unit: String?
    /// Set by a clerk's correction.
    package let isByHand: Bool
    /// Set by a correction of an earlier import.
    package let isRemembered: Bool
    /// A second column with the same heading; the first filled one of the pair counts.
    package let isTwin: Bool

    package init(
        number: Int, heading: String, field: String?, score: Int = 0, unit: String? = nil, isByHand: Bool = false,
        isRemembered: Bool = false, isTwin: Bool = false
    ) {
        self.number = number
        self.heading = heading
        self.field = field
        self.score = score
        self.unit = unit
        self.isByHand = isByHand
        self.isRemembered = isRemembered
        self.isTwin = isTwin
    }
}

extension TableColumn {
    /// The same column with another unit.
    func with(unit: String) -> TableColumn {
        TableColumn(
            number: number, heading: heading, field: field, score: score, unit: unit, isByHand: isByHand, isRemembered: isRemembered,
            isTwin: isTwin)
    }
}

/// A clerk's corrections of headings, remembered from one import to the next.
package struct HeadingCorrections: Sendable, Equatable {
    /// 1-based column → field; nil leaves the column out.
    package var byColumn: [Int: String?]
    /// Heading as printed → field; nil leaves the column out.
    package var byHeading: [String: String?]
    /// What was corrected in earlier imports.
    package var remembered: RememberedHeadings

    package init(
        byColumn: [Int: String?] = [:], byHeading: [String: String?] = [:], remembered: RememberedHeadings = RememberedHeadings()
    ) {
        self.byColumn = byColumn
        self.byHeading = byHeading
        self.remembered = remembered
    }

    /// The correction for a column: `.some(nil)` says that the column is to be left out, nil that nobody corrected it.
    func field(column: Int, heading: HeadingText) -> String?? {
        if let field = byColumn[column] { return .some(field) }
        if let field = byHeading[heading.printed] { return .some(field) }
        return nil
    }
}

/// Headings corrected by hand in earlier imports: kind of list and folded heading → field, or nil to leave the column out.
package struct RememberedHeadings: Sendable, Equatable {
    private var fields: [ImportKind: [String: String?]] = [:]

    package init() {}

    /// The key under which a heading is remembered: spaces, widths, brackets and numbers glued to it do not matter.
    package static func key(_ heading: String, _ writing: WritingWords) -> String { HeadingText(heading, writing: writing).whole }

    package mutating func remember(_ key: String, of kind: ImportKind, as field: String?) {
        guard !key.isEmpty else { return }
        fields[kind, default: [:]].updateValue(field, forKey: key)
    }

    /// `.some(nil)` says that the column was left out, nil that nobody ever corrected it.
    func field(_ heading: HeadingText, of kind: KindVocabulary) -> String?? {
        guard let field = fields[kind.kind]?[heading.whole] else { return nil }
        // A field that the vocabulary no longer has is no correction.
        if let field, kind[field] == nil { return nil }
        return .some(field)
    }
}

/// Gives each column of a heading row its field: best score first, a field to one column only unless its columns are joined.
struct HeadingAssignment {
    let matcher: HeadingMatcher
    let corrections: HeadingCorrections

    /// `headings` in column order, blanks included as empty text; `first` is the number of the first column.
    func columns(_ headings: [String], first: Int = 1) -> [TableColumn] {
        let texts = headings.map { HeadingText($0, writing: matcher.writing) }
        var options = texts.map { matcher.candidates($0) }
        applyNeighbours(texts, &options)
        var taken: [Int: (HeadingMatcher.Candidate, twin: Bool)] = [:]
        var corrected: [Int: String?] = [:]
        var owners: [String: Int] = [:]
        var isByHand: Set<Int> = []
        for index in texts.indices {
            if let field = corrections.field(column: first + index, heading: texts[index]) {
                isByHand.insert(index)
                corrected[index] = field
            } else if let field = corrections.remembered.field(texts[index], of: matcher.kind) {
                corrected[index] = field
            } else {
                continue
            }
            if case .some(.some(let field)) = corrected[index], owners[field] == nil { owners[field] = index }
        }
        let ranked = options.enumerated().flatMap { place, list in list.map { (place: place, candidate: $0) } }
            .sorted { ($1.candidate.score, $0.place) < ($0.candidate.score, $1.place) }
        for (place, candidate) in ranked where taken[place] == nil && corrected[place] == nil {
            let owner = owners[candidate.field]
            let isTwin = owner.map { texts[$0].whole == texts[place].whole } ?? false
            let isFree = owner == nil || matcher.kind[candidate.field]?.joint != nil
            guard isFree || isTwin else { continue }
            // Two equal headings are one column written twice, even where the field's columns are joined.
            taken[place] = (candidate, isTwin)
            if owner == nil { owners[candidate.field] = place }
        }
        return texts.indices.map { index in
            let settled = corrected[index]
            let found = taken[index]
            return TableColumn(
                number: first + index, heading: texts[index].printed, field: settled ?? found?.0.field,
                score: settled != nil ? 100 : found?.0.score ?? 0, unit: texts[index].unit, isByHand: isByHand.contains(index),
                isRemembered: settled != nil && !isByHand.contains(index), isTwin: found?.twin ?? false)
        }
    }

    /// A bare 地址 or 所在地 behind 被抽样单位 is the sampled unit's.
    private func applyNeighbours(_ texts: [HeadingText], _ options: inout [[HeadingMatcher.Candidate]]) {
        for index in texts.indices.dropFirst() {
            guard let best = options[index].first, let field = matcher.kind[best.field], !field.beside.isEmpty else { continue }
            guard field.bare.contains(where: { HeadingText($0, writing: matcher.writing).whole == texts[index].whole }) else { continue }
            guard let before = options[index - 1].first?.field, let meant = field.beside[before] else { continue }
            options[index].insert(.init(field: meant, score: best.score + 1), at: 0)
        }
    }
}
