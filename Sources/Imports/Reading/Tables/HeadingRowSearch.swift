import Spreadsheets

/// Finds the heading among the first rows of a sheet: the row, or the two or three rows together, whose cells fit a kind best.
struct HeadingRowSearch {
    let matchers: [HeadingMatcher]
    let corrections: HeadingCorrections
    /// Rows with content that are looked at; published lists have their heading on row 1 to 4, forms with instructions deeper.
    static let depth = 20
    /// Two rows belong together only when that explains clearly more than one row alone.
    private static let gainOfSecondRow = 25

    /// A heading that was found, with its score.
    struct Found {
        var layout: TableLayout
        var score: Int
    }

    /// The best heading of the rows, of any kind or of the wanted one; nil where no row looks like a heading.
    func find(_ rows: [SheetRow], merged: [CellRange] = [], wanted: ImportKind? = nil) -> TableLayout? {
        let top = Array(rows.prefix(HeadingRowSearch.depth))
        var best: Found?
        var bestEnd = 0
        for start in top.indices where isConceivable(top[start]) {
            for height in 1...3 where start + height <= top.count {
                guard let found = candidate(Array(top[start..<(start + height)]), merged, wanted) else { continue }
                if found.score > bar(best?.score, height: height, isApart: start > bestEnd + 1) {
                    best = found
                    bestEnd = start + height - 1
                }
            }
        }
        return best?.layout
    }

    /// What a further candidate must exceed. A heading further down, behind other rows, is mostly that of a second block, which may
    /// name more fields than the first; it is the table's heading only where the upper one was hardly any.
    private func bar(_ best: Int?, height: Int, isApart: Bool) -> Int {
        guard let best else { return height > 1 ? HeadingRowSearch.gainOfSecondRow * (height - 1) : 0 }
        return isApart ? best * 2 : best + HeadingRowSearch.gainOfSecondRow * (height - 1)
    }

    /// A row mostly of numbers and days, or of nothing but a title, heads no table.
    private func isConceivable(_ row: SheetRow) -> Bool {
        let filled = filledColumns(row).count
        return filled > 0 && dataLikeCells(row) * 3 < max(filled, 3)
    }

    private func candidate(_ rows: [SheetRow], _ merged: [CellRange], _ wanted: ImportKind?) -> Found? {
        guard let first = rows.first, let last = rows.last else { return nil }
        if rows.count > 1, !belongTogether(rows) { return nil }
        let headings = joined(rows, merged)
        let filled = headings.filter { !$0.isEmpty }
        guard !filled.isEmpty, filled.allSatisfy({ $0.count <= 60 }) || filled.count > 3 else { return nil }
        let penalty = rows.reduce(0) { $0 + dataLikeCells($1) * 30 }
        var scores: [ImportKind: Int] = [:]
        var best: (columns: [TableColumn], kind: ImportKind, score: Int)?
        for matcher in matchers where wanted == nil || matcher.kind.kind == wanted {
            let columns = HeadingAssignment(matcher: matcher, corrections: corrections).columns(headings)
            let score = fit(columns, matcher, filled: filled.count) - penalty
            scores[matcher.kind.kind] = score
            if score > best?.score ?? 0 { best = (columns, matcher.kind.kind, score) }
        }
        guard let best, isPlausible(best.columns, best.kind, filled: filled.count) else { return nil }
        let layout = TableLayout(kind: best.kind, headingRows: first.number...last.number, columns: best.columns, scores: scores)
        return Found(layout: layout, score: best.score)
    }

    /// Sum of the scores of the fields found; what tells the kind counts extra, unknown headings cost a little.
    private func fit(_ columns: [TableColumn], _ matcher: HeadingMatcher, filled: Int) -> Int {
        var seen: Set<String> = []
        var sum = 0
        var unknown = 0
        for column in columns where !column.heading.isEmpty {
            guard let name = column.field, let field = matcher.kind[name] else {
                unknown += 1
                continue
            }
            guard field.counts, seen.insert(name).inserted else { continue }
            sum += column.score + field.telling
        }
        let lacking = matcher.kind.needs.count { group in !group.contains { seen.contains($0) } }
        return sum - unknown * 6 - lacking * 60
    }

    /// At least two listed fields, or a single column whose heading is a listed spelling.
    private func isPlausible(_ columns: [TableColumn], _ kind: ImportKind, filled: Int) -> Bool {
        guard let matcher = matchers.first(where: { $0.kind.kind == kind }) else { return false }
        let known = columns.filter { column in column.field.flatMap { matcher.kind[$0] }?.counts == true }
        if filled == 1 { return known.first.map { $0.score >= 100 && $0.field == matcher.kind.needs.first?.first } ?? false }
        let sure = known.count { $0.score >= 60 }
        return known.count >= 2 && sure >= 2 && known.count * 5 >= filled || known.count >= 3 && known.count * 2 >= filled
    }

    /// Numbers and days, and texts far too long for a heading, speak for a row of data.
    private func dataLikeCells(_ row: SheetRow) -> Int {
        row.cells.count { cell in
            switch cell {
            case .number, .day: true
            case .text(let text): text.count > 80 || Int(text.trimmedText) != nil
            default: false
            }
        }
    }

    /// A lower heading row fills cells under the upper one and never begins with a sequence number; a title is no upper row.
    private func belongTogether(_ rows: [SheetRow]) -> Bool {
        for (upper, lower) in zip(rows, rows.dropFirst()) {
            guard lower.number == upper.number + 1, filledColumns(upper).count >= 3, dataLikeCells(lower) == 0 else { return false }
            let under = filledColumns(lower)
            guard !under.isEmpty, under.count < max(filledColumns(upper).count, 4) + 6 else { return false }
            // Somewhere the upper row is blank or spans several cells of the lower one.
            guard filledColumns(upper).isSuperset(of: under) == false || under.count * 2 <= filledColumns(upper).count else { return false }
        }
        return true
    }

    private func filledColumns(_ row: SheetRow) -> Set<Int> { Set(row.cells.indices.filter { !row[column: $0].text.trimmedText.isEmpty }) }

    /// The heading of each column from top to bottom; a cell merged sideways heads all its columns.
    private func joined(_ rows: [SheetRow], _ merged: [CellRange]) -> [String] {
        let width = rows.map(\.cells.count).max() ?? 0
        return (0..<width).map { column in
            var parts: [String] = []
            for (depth, row) in rows.enumerated() {
                let below = rows.dropFirst(depth + 1).contains { !$0[column: column].text.trimmedText.isEmpty }
                let text = heading(row, column, merged, spreads: below)
                if !text.isEmpty, parts.last != text { parts.append(text) }
            }
            return parts.joined()
        }
    }

    private func heading(_ row: SheetRow, _ column: Int, _ merged: [CellRange], spreads: Bool) -> String {
        let own = row[column: column].text.trimmedText
        guard own.isEmpty, spreads else { return own }
        if let range = merged.first(where: {
            $0.firstRow <= row.number && row.number <= $0.lastRow && $0.firstColumn <= column + 1 && column + 1 <= $0.lastColumn
        }) {
            return range.firstRow == row.number ? row[column: range.firstColumn - 1].text.trimmedText : ""
        }
        guard merged.isEmpty else { return "" }
        // Without merges (CSV) a blank beside a parent heading belongs to it.
        return (0..<column).reversed().map { row[column: $0].text.trimmedText }.first { !$0.isEmpty } ?? ""
    }
}
