package import Spreadsheets

/// Sorts the rows below a heading one at a time: data, notes, totals, repeated headings, blanks; carries merged values down.
///
/// Made for streams: it remembers only the last row of data.
package struct RowSorter: Sendable {
    package let layout: TableLayout
    private let kind: KindVocabulary
    private let words: TitleWords
    private let writing: WritingWords
    private let merges: MergedCells
    private let headings: [Int: String]
    private let letters: Set<Character>
    private let firstLetters: LetterSet
    /// First letters of the words for totals, also as they are written traditionally.
    private let totalLetters: LetterSet
    private let sequence: Int?
    private let firmColumns: [Int]
    private let carriedColumns: [Int]
    private let itemColumns: Set<Int>
    private let lastColumn: Int
    private var last: DataRow?
    private var section: String?

    package init(layout: TableLayout, kind: KindVocabulary, titles: TitleWords, writing: WritingWords, merged: [CellRange] = []) {
        self.layout = layout
        self.kind = kind
        self.words = titles
        self.writing = writing
        merges = MergedCells(merged, below: layout.headingRows.upperBound)
        headings = Dictionary(
            layout.columns.filter { !$0.heading.isEmpty }.map { ($0.number, HeadingText($0.heading, writing: writing).whole) },
            uniquingKeysWith: { first, _ in first })
        letters = Set(layout.columns.compactMap { $0.heading.trimmedText.first })
        firstLetters = LetterSet(letters.compactMap(\.unicodeScalars.first))
        let totals = Set(titles.totals.compactMap(\.first))
        totalLetters = LetterSet((totals + writing.simplified.filter { totals.contains($0.value) }.map(\.key)).flatMap(\.unicodeScalars))
        sequence = layout.sequenceColumn
        firmColumns = (kind.needs.first ?? []).flatMap { layout.columns(of: $0) }.map(\.number)
        carriedColumns = layout.columns.filter { $0.field.flatMap { kind[$0] }?.carries == true }.map(\.number)
        let items: Set<String> = ["failed_items", "test_item", "measured_value", "limit", "unit", "remark", "verdict", "laboratory"]
        itemColumns = Set(layout.columns.filter { items.contains($0.field ?? "") }.map(\.number))
        lastColumn = layout.columns.last { !$0.heading.isEmpty }?.number ?? 0
    }

    /// Hands over the section under which a new block of the sheet stands.
    package mutating func begin(section: String?) { self.section = section }

    /// What the row is; data rows come back with the carried values filled in.
    package mutating func sort(_ row: SheetRow) -> SortedRow {
        let filled = row.cells.indices.filter { !row.cells[$0].isBlank }.map { $0 + 1 }
        guard !filled.isEmpty else { return .blank }
        if isHeading(row, filled) { return .repeatedHeading }
        if let note = note(row, filled) {
            section = note
            return .note(note)
        }
        if isTotal(row, filled) { return .total }
        let known = filled.filter { headings[$0] != nil }
        guard known.contains(where: { $0 != sequence }) else { return .blank }
        return data(row, filled: filled)
    }

    private mutating func data(_ row: SheetRow, filled: [Int]) -> SortedRow {
        var result = DataRow(number: row.number, cells: row.cells, section: section)
        carryMerged(row.number, filled, &result)
        if isContinuation(filled, result) {
            if let previous = last, isMoreItems(filled) {
                return .moreItems(DataRow(number: row.number, cells: row.cells, section: previous.section))
            }
            carryIdentity(filled, &result)
        }
        last = result
        return .data(result)
    }

    // MARK: Carrying down

    /// Cells inside a merged range take the value of its first cell.
    private func carryMerged(_ number: Int, _ filled: [Int], _ row: inout DataRow) {
        for column in merges.columns(row: number) where !filled.contains(column) {
            guard let previous = last, merges.origin(row: number, column: column).map({ $0 <= previous.number }) == true else { continue }
            take(column, from: previous, &row)
        }
    }

    /// Without a sequence number and without a firm, the row goes on about the firm above.
    private func isContinuation(_ filled: [Int], _ row: DataRow) -> Bool {
        guard last != nil, let sequence, !filled.contains(sequence) else { return false }
        return !firmColumns.isEmpty && firmColumns.allSatisfy { !filled.contains($0) }
    }

    private func carryIdentity(_ filled: [Int], _ row: inout DataRow) {
        guard let previous = last else { return }
        for column in carriedColumns + (sequence.map { [$0] } ?? []) where !filled.contains(column) && !row.carriedColumns.contains(column)
        {
            take(column, from: previous, &row)
        }
    }

    /// Only failing items, values and remarks of the row before: no batch of its own.
    private func isMoreItems(_ filled: [Int]) -> Bool {
        !itemColumns.isEmpty && filled.allSatisfy { itemColumns.contains($0) || headings[$0] == nil }
            && filled.contains { itemColumns.contains($0) }
    }

    private func take(_ column: Int, from previous: DataRow, _ row: inout DataRow) {
        let value = previous[column]
        guard !value.text.trimmedText.isEmpty else { return }
        while row.cells.count < column { row.cells.append(.empty) }
        row.cells[column - 1] = value
        row.carriedColumns.append(column)
    }

    // MARK: Rows that are no data

    private func isHeading(_ row: SheetRow, _ filled: [Int]) -> Bool {
        var same = 0
        // Ordinary rows are told by the first letter of their first cell.
        guard let first = filled.first, case .text(let text) = row.cells[first - 1], firstLetters.mayBegin(text),
            let letter = text.first(where: { !$0.isWhitespace }), letters.contains(letter)
        else { return false }
        for column in filled where headings[column] != nil {
            let text = row.cells[column - 1].text
            // Headings are short; comparing long texts would cost time on every row.
            guard text.count <= 40 else { continue }
            if HeadingText(text, writing: writing).whole == headings[column] { same += 1 }
            // Two cells that differ settle it for ordinary rows.
            if same == 0, column != filled.first { break }
        }
        return same >= 2 && same * 2 >= filled.count || same == 1 && filled.count == 1 && headings.count == 1
    }

    /// A line of text beside an empty table: a note, a signature, a section's title, a page's title again.
    private func note(_ row: SheetRow, _ filled: [Int]) -> String? {
        guard filled.count <= 3, let first = filled.first, case .text(let raw) = row.cells[first - 1] else { return nil }
        let text = raw.trimmedText
        if isMarked(text) || isPageMark(text) { return filled.count == 1 || first == sequence || !firmColumns.contains(first) ? text : nil }
        guard filled.count == 1, headings.count > 1 else { return nil }
        // A lone cell under the failing items or values goes on about the row above.
        if itemColumns.contains(first), first > 2, last != nil { return nil }
        if firmColumns.contains(first), sequence == nil, !isSentence(text) { return nil }
        return text
    }

    /// `注：…`, `制表人：…`; a firm whose name begins with such a word has no colon behind it.
    private func isMarked(_ text: String) -> Bool {
        words.notes.contains { mark in
            guard text.hasPrefix(mark) else { return false }
            let rest = text.dropFirst(mark.count).drop { $0.isWhitespace || $0 == "人" || $0.isNumber }
            return rest.isEmpty || mark.hasSuffix("：") || mark.hasSuffix(":") || rest.first == ":" || rest.first == "："
        }
    }

    private func isSentence(_ text: String) -> Bool { text.count > 40 || text.contains("。") }

    private func isPageMark(_ text: String) -> Bool { text.hasPrefix("第") && text.contains("页") && text.count <= 16 }

    private func isTotal(_ row: SheetRow, _ filled: [Int]) -> Bool {
        guard let first = filled.first(where: { if case .text = row.cells[$0 - 1] { true } else { false } }), first <= 3 else {
            return false
        }
        let raw = row.cells[first - 1].text
        // Asked of every row: the text is folded only where such a word can stand in it.
        guard totalLetters.isMet(by: raw) else { return false }
        let text = HeadingText(raw, writing: writing).core
        return words.totals.contains { total in
            guard text.hasPrefix(total) else { return false }
            // 合计12批 is a total, 合计机械厂 a firm.
            let next = text.dropFirst(total.count).first
            return next.map { $0.isNumber || $0 == ":" } ?? true
        }
    }
}

/// The merged ranges below the heading that reach over several rows.
struct MergedCells: Sendable {
    private let rangesByRow: [Int: [CellRange]]
    /// Nobody merges more cells by hand; beyond it a file is generated or hostile, and only its first ranges are kept.
    private static let mostRows = 2_000_000

    init(_ ranges: [CellRange], below headingRow: Int) {
        var result: [Int: [CellRange]] = [:]
        var rows = 0
        for range in ranges where range.firstRow > headingRow && range.lastRow > range.firstRow {
            rows += range.lastRow - range.firstRow
            guard rows <= MergedCells.mostRows else { break }
            for row in (range.firstRow + 1)...range.lastRow { result[row, default: []].append(range) }
        }
        rangesByRow = result
    }

    /// Columns of the row that are covered by a range beginning above it.
    func columns(row: Int) -> [Int] {
        (rangesByRow[row] ?? []).flatMap { Array($0.firstColumn...max($0.firstColumn, min($0.lastColumn, $0.firstColumn + 255))) }
    }

    /// The first row of the range that covers the cell.
    func origin(row: Int, column: Int) -> Int? {
        rangesByRow[row]?.first { $0.firstColumn <= column && column <= $0.lastColumn }?.firstRow
    }
}
