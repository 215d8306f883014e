/// What is worth saying about a table as a whole: carried cells, joined rows, headings that stand twice.
enum TableIssues {
    static func of(_ table: SheetTable, _ vocabulary: HeadingVocabulary) -> [RowIssue] {
        twins(table, vocabulary) + carried(table) + joined(table)
    }

    private static func twins(_ table: SheetTable, _ vocabulary: HeadingVocabulary) -> [RowIssue] {
        table.layout.columns.filter(\.isTwin).map { column in
            let label = column.field.flatMap { vocabulary[table.layout.kind]?[$0]?.label } ?? column.heading
            return RowIssue(
                .warning, "import.heading-twice", row: table.layout.headingRows.lowerBound, column: column.heading,
                message: "栏目「\(column.heading)」出现两次，“\(label)”取第一个不空的值。", cure: "两栏意思不同时，请在对应关系里改正其中一栏。")
        }
    }

    private static func carried(_ table: SheetTable) -> [RowIssue] {
        let rows = table.rows.filter { !$0.carriedColumns.isEmpty }
        guard let first = rows.first else { return [] }
        let headings = table.layout.columns.filter { first.carriedColumns.contains($0.number) }.map(\.heading).joined(separator: "、")
        return [
            RowIssue(
                .warning, "import.carried-down", row: first.number, column: headings,
                message: "有\(rows.count)行的\(headings)空着，按合并单元格沿用上一行的值。", cure: "若不是同一企业，请在原表中填上后重新导入。")
        ]
    }

    private static func joined(_ table: SheetTable) -> [RowIssue] {
        let rows = table.rows.filter { !$0.joinedRows.isEmpty }
        guard let first = rows.first?.joinedRows.first else { return [] }
        return [
            RowIssue(
                .warning, "import.items-joined", row: first, column: nil,
                message: "有\(rows.reduce(0) { $0 + $1.joinedRows.count })行只有项目而没有产品和批号，并入上一行，不另计批次。",
                cure: "若是另一批次，请补上序号和生产日期/批号。")
        ]
    }
}
