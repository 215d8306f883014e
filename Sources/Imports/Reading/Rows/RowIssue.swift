/// Something about a row that a clerk should know, with its place and its cure.
package struct RowIssue: Sendable, Equatable {
    package enum Level: String, Sendable {
        /// The row cannot be taken as it is.
        case error
        /// The row is taken; somebody should look.
        case warning
    }

    package let level: Level
    /// Stable, dotted, English: `import.verdict-missing`.
    package let code: String
    /// As spreadsheets show it; nil for the table as a whole.
    package let row: Int?
    /// The heading of the column as printed.
    package let column: String?
    package let message: String
    package let cure: String

    package init(_ level: Level, _ code: String, row: Int?, column: String?, message: String, cure: String) {
        self.level = level
        self.code = code
        self.row = row
        self.column = column
        self.message = message
        self.cure = cure
    }

    static func sideBySide(_ count: Int) -> RowIssue {
        RowIssue(
            .warning, "import.side-by-side", row: nil, column: nil, message: "表格左右并排\(count)栏，先读左栏再读右栏。",
            cure: "若不是同一张表，请拆成两个工作表。")
    }
}
