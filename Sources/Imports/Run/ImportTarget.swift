package import Storage
package import Values

/// One table of a file, read into typed rows and ready to be compared with the store.
package struct CheckedTable: Sendable {
    /// The sender's file name.
    package let file: String
    /// The file's name with the folder that tells the day of publication, where one does.
    package let source: String
    /// SHA-256 of the file as it came in.
    package let original: String
    package let sheet: SortedSheet
    package let kind: ImportKind
    /// Empty where the table is too long to be held.
    package let rows: [ReadRow]
    /// Where the rows are read again; nil where they are held.
    package let long: LongTable?
    /// What a clerk corrected of the headings.
    let corrections: HeadingCorrections

    package init(
        file: String, source: String? = nil, original: String, sheet: SortedSheet, kind: ImportKind, rows: [ReadRow],
        long: LongTable? = nil, corrections: HeadingCorrections = HeadingCorrections()
    ) {
        self.file = file
        self.source = source ?? file
        self.original = original
        self.sheet = sheet
        self.kind = kind
        self.rows = rows
        self.long = long
        self.corrections = corrections
    }

    /// The same with what later rows told about the table.
    func with(_ table: SheetTable) -> CheckedTable {
        var sheet = sheet
        sheet.table = table
        return CheckedTable(
            file: file, source: source, original: original, sheet: sheet, kind: kind, rows: rows, long: long, corrections: corrections)
    }

    /// The place of a row, for messages.
    package func place(_ row: Int?, column: String? = nil) -> FilePlace {
        FilePlace(file: file, sheet: sheet.name, row: row, column: column)
    }
}

/// What committing a row would do.
package enum RowOutcome: Sendable, Equatable {
    case new
    /// With what would change, in words: `地址：甲路1号 → 乙路2号`.
    case changed(String)
    case unchanged
    case rejected

    /// The code of the outcome in pages and answers.
    package var name: String {
        switch self {
        case .new: "new"
        case .changed: "changed"
        case .unchanged: "unchanged"
        case .rejected: "rejected"
        }
    }
}

/// A row with what committing it would do and everything that was noticed about it.
package struct PlannedRow: Sendable {
    /// As spreadsheets show it.
    package let number: Int
    package let outcome: RowOutcome
    /// Issues found against the store, beside those found in the row itself.
    package let issues: [RowIssue]

    package init(number: Int, outcome: RowOutcome, issues: [RowIssue] = []) {
        self.number = number
        self.outcome = outcome
        self.issues = issues
    }

    /// Whether committing writes something for it.
    var writes: Bool { outcome != .unchanged && outcome != .rejected }
}

/// What an import of one kind compares with and writes to: implemented by the slice that owns the records.
package protocol ImportTarget: Sendable {
    var kind: ImportKind { get }

    /// Compares without writing; one planned row for each row of the table, in order. Rows with errors must be planned as rejected.
    func plan(_ table: CheckedTable, _ session: any Session) throws -> [PlannedRow]

    /// Writes the rows whose plan is new or changed; called inside the import's one transaction, after planning in it.
    func commit(_ table: CheckedTable, plan: [PlannedRow], _ transaction: Transaction) throws

    /// The same for what somebody brings: departments bring their own columns only.
    func acting(for actor: Actor) -> Self

    /// Compares and writes in one go; answers what `plan` would.
    func take(_ table: CheckedTable, _ transaction: Transaction) throws -> [PlannedRow]
}

extension ImportTarget {
    package func acting(for actor: Actor) -> Self { self }

    package func take(_ table: CheckedTable, _ transaction: Transaction) throws -> [PlannedRow] {
        let plan = try plan(table, transaction.session)
        try commit(table, plan: plan, transaction)
        return plan
    }
}
