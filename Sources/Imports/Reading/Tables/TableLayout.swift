/// Where the heading of a table stands and what its columns mean.
package struct TableLayout: Sendable, Equatable {
    package let kind: ImportKind
    /// Row numbers of the heading, as spreadsheets show them; several where the heading has several rows.
    package let headingRows: ClosedRange<Int>
    package let columns: [TableColumn]
    /// How well the headings fit each kind; the greatest decides.
    package let scores: [ImportKind: Int]

    package init(kind: ImportKind, headingRows: ClosedRange<Int>, columns: [TableColumn], scores: [ImportKind: Int]) {
        self.kind = kind
        self.headingRows = headingRows
        self.columns = columns
        self.scores = scores
    }

    package func columns(of field: String) -> [TableColumn] { columns.filter { $0.field == field } }
    package func has(_ field: String) -> Bool { columns.contains { $0.field == field } }
    var sequenceColumn: Int? { columns(of: "sequence").first?.number }
}
