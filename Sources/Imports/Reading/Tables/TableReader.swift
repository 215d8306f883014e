package import Spreadsheets

/// A table found in a sheet: its heading, its rows of data and everything that stands around them.
package struct SheetTable: Sendable, Equatable {
    /// Lines above the heading, in order.
    package var titleLines: [String] = []
    /// Notes above, between and below the rows.
    package var notes: [String] = []
    /// The blocks of the sheet; nearly always one.
    package var layouts: [TableLayout]
    package var rows: [DataRow] = []
    package var totalRows: [Int] = []
    package var repeatedHeadingRows: [Int] = []
    /// What a clerk should know about the table as a whole.
    package var issues: [RowIssue] = []

    /// The layout of the first block.
    package var layout: TableLayout { layouts[0] }

    /// Starts a table; there is always one layout.
    package init(layout: TableLayout) { layouts = [layout] }
}

/// Reads the table of a sheet: title, heading, data, notes.
package struct TableReader: Sendable {
    package let vocabulary: HeadingVocabulary
    private let matchers: [HeadingMatcher]

    package init(vocabulary: HeadingVocabulary) {
        self.vocabulary = vocabulary
        matchers = vocabulary.kinds.map { HeadingMatcher(kind: $0, writing: vocabulary.writing) }
    }

    package func matcher(_ kind: ImportKind) -> HeadingMatcher? { matchers.first { $0.kind.kind == kind } }

    /// The heading among the first rows; nil where there is none. `wanted` fixes the kind that a clerk chose.
    package func layout(
        _ rows: [SheetRow], merged: [CellRange] = [], wanted: ImportKind? = nil, corrections: HeadingCorrections = .init()
    ) -> TableLayout? {
        HeadingRowSearch(matchers: matchers, corrections: corrections).find(rows.filter(\.holdsSomething), merged: merged, wanted: wanted)
    }

    /// The whole table of a sheet; nil where no heading was found.
    ///
    /// - Parameter hint: what the file's name says, for lists whose title stands nowhere else.
    package func read(
        _ sheet: Sheet, hint: String = "", wanted: ImportKind? = nil, corrections: HeadingCorrections = .init()
    ) -> SheetTable? {
        let rows = sheet.rows.filter(\.holdsSomething)
        guard var layout = layoutByTitle(rows, sheet, hint: hint, wanted: wanted, corrections: corrections) else { return nil }
        var table = SheetTable(layout: layout)
        readAbove(rows.prefix { $0.number < layout.headingRows.lowerBound }, &table)
        if let unit = (table.notes + table.titleLines).lazy.compactMap(StatedUnit.of).first, let kind = vocabulary[layout.kind] {
            layout = StatedUnit.apply(unit, to: layout, kind)
            table.layouts = [layout]
        }
        let below = rows.drop { $0.number <= layout.headingRows.upperBound }
        let halves = HeadingBlocks.sideBySide(layout)
        if halves.count > 1 {
            table.layouts = halves
            table.issues.append(.sideBySide(halves.count))
            for (block, half) in halves.enumerated() {
                let range = HeadingBlocks.range(half)
                readBelow(below.map { HeadingBlocks.cut($0, to: range) }, half, block, sheet.mergedRanges, corrections, &table)
            }
        } else {
            readBelow(below, layout, 0, sheet.mergedRanges, corrections, &table)
        }
        table.issues += TableIssues.of(table, vocabulary)
        return table
    }

    /// The title decides between results and follow-ups where the headings would allow both (连续两次不合格 has neither verdict nor
    /// 整改情况).
    private func layoutByTitle(
        _ rows: [SheetRow], _ sheet: Sheet, hint: String, wanted: ImportKind?, corrections: HeadingCorrections
    ) -> TableLayout? {
        let found = layout(rows, merged: sheet.mergedRanges, wanted: wanted, corrections: corrections)
        guard let found, wanted == nil else { return found }
        let above = rows.prefix { $0.number < found.headingRows.lowerBound }.map { $0.cells.map(\.text).joined() }
        guard let meant = kindMeant(ListTitle(lines: above + [sheet.name, hint], words: vocabulary.titles).kind, found) else {
            return found
        }
        let other = layout(rows, merged: sheet.mergedRanges, wanted: meant, corrections: corrections)
        guard let other, other.headingRows == found.headingRows, let needs = vocabulary[meant]?.needs else { return found }
        // A list of results without a verdict column may tell the verdict by its title or sections; follow-ups must have their columns.
        let needed = meant == .results ? Array(needs.prefix(1)) : needs
        guard needed.allSatisfy({ group in group.contains { other.has($0) } }) else { return found }
        return TableLayout(kind: other.kind, headingRows: other.headingRows, columns: other.columns, scores: found.scores)
    }

    /// The kind that a title asks for against the headings; nil where it asks for none.
    private func kindMeant(_ title: ListKind, _ found: TableLayout) -> ImportKind? {
        let followsUp = ["rectification", "recheck", "penalty", "severity", "period"].contains { found.has($0) }
        return switch (title, found.kind) {
        case (.followups, .results), (.failedTwice, .results), (.followups, .enterprises), (.failedTwice, .enterprises): .followups
        case (.results, .enterprises), (.failing, .enterprises), (.passing, .enterprises), (.refused, .enterprises): .results
        case (.results, .followups), (.failing, .followups), (.passing, .followups), (.refused, .followups): followsUp ? nil : .results
        default: nil
        }
    }

    private func readAbove(_ rows: some Sequence<SheetRow>, _ table: inout SheetTable) {
        for row in rows {
            let text = row.cells.map(\.text.trimmedText).filter { !$0.isEmpty }.joined(separator: " ")
            let isNote = vocabulary.titles.notes.contains { text.hasPrefix($0 + "：") || text.hasPrefix($0 + ":") || text == $0 }
            if isNote { table.notes.append(text) } else { table.titleLines.append(text) }
        }
    }

    private func readBelow(
        _ rows: some Sequence<SheetRow>, _ layout: TableLayout, _ block: Int, _ merged: [CellRange], _ corrections: HeadingCorrections,
        _ table: inout SheetTable
    ) {
        guard let kind = vocabulary[layout.kind] else { return }
        var block = block
        var sorter = RowSorter(
            layout: layout, kind: kind, titles: vocabulary.titles, writing: vocabulary.writing, merged: merged)
        // A short last line of several title lines may head the first block: 一、合格产品.
        if block == 0, table.titleLines.count > 1, let line = table.titleLines.last, line.count <= 12, line.contains("合格") {
            sorter.begin(section: table.titleLines.removeLast())
            table.notes.append(line)
        }
        for row in rows {
            if let next = nextBlock(row, sorter.layout, corrections) {
                table.layouts.append(next)
                block = table.layouts.count - 1
                let section = table.rows.last?.section
                sorter = RowSorter(layout: next, kind: kind, titles: vocabulary.titles, writing: vocabulary.writing, merged: merged)
                sorter.begin(section: table.notes.last ?? section)
                continue
            }
            add(sorter.sort(row), row.number, block, sorter.layout, &table)
        }
    }

    private func add(_ sorted: SortedRow, _ number: Int, _ block: Int, _ layout: TableLayout, _ table: inout SheetTable) {
        switch sorted {
        case .data(var row):
            row.block = block
            table.rows.append(row)
        case .moreItems(let row): HeadingBlocks.join(row, onto: &table.rows, layout)
        case .note(let text): table.notes.append(text)
        case .total: table.totalRows.append(number)
        case .repeatedHeading: table.repeatedHeadingRows.append(number)
        case .blank: break
        }
    }

    /// A heading of another make further down begins a new block (合格 above, 不合格 with its items below).
    func nextBlock(_ row: SheetRow, _ layout: TableLayout, _ corrections: HeadingCorrections) -> TableLayout? {
        // Headings begin with a listed word; asking this first, of the matcher where it lies, keeps ordinary rows cheap.
        guard case .text(let text) = row.cells.first(where: { !$0.isEmpty }), text.utf8.count <= 60,
            let place = matchers.firstIndex(where: { $0.kind.kind == layout.kind }), matchers[place].isPlainSpelling(text)
        else { return nil }
        let matcher = matchers[place]
        var listed = 0
        var same = 0
        for (place, cell) in row.cells.enumerated() where !cell.isEmpty {
            guard case .text(let text) = cell, text.count <= 30 else { return nil }
            let heading = HeadingText(text, writing: vocabulary.writing)
            if matcher.isListed(heading) { listed += 1 }
            if layout.columns.contains(where: { $0.number == place + 1 && $0.heading == heading.printed }) { same += 1 }
        }
        guard listed >= 3, same < listed else { return nil }
        return HeadingRowSearch(matchers: matchers, corrections: corrections).find([row], wanted: layout.kind)
    }
}

extension SheetRow {
    /// Whether any cell shows more than white space.
    var holdsSomething: Bool { cells.contains { !$0.isBlank } }
}

extension Cell {
    /// Whether the cell shows nothing but white space.
    var isBlank: Bool {
        switch self {
        case .empty: true
        case .text(let text): !(text.utf8.first.map(Cell.beginsPlainly) ?? false) && text.allSatisfy(\.isWhitespace)
        default: false
        }
    }

    /// Whether a first byte is that of a sign, letter or ideograph, never of white space; asked of every cell.
    private static func beginsPlainly(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F || (0xE4...0xE9).contains(byte) }
}
