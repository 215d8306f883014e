package import Values

/// What an import read, did, set aside and refused: the answer of the command and of the last step of the page.
package struct ImportReport: Sendable, Equatable {
    /// A sheet that was not imported, and why.
    package struct SetAside: Sendable, Equatable {
        package let file: String
        package let sheet: String
        package let why: String

        package init(file: String, sheet: String, why: String) {
            self.file = file
            self.sheet = sheet
            self.why = why
        }
    }

    /// One error or warning with its place.
    package struct Issue: Sendable, Equatable {
        package let level: RowIssue.Level
        package let code: String
        package let place: FilePlace
        package let message: String

        package init(level: RowIssue.Level, code: String, place: FilePlace, message: String) {
            self.level = level
            self.code = code
            self.place = place
            self.message = message
        }
    }

    /// A row as an example of what committing would do.
    package struct Sample: Sendable, Equatable {
        package let outcome: RowOutcome
        package let file: String
        package let sheet: String
        package let number: Int
        /// Its first fields; empty until they are read.
        package internal(set) var text: String
    }

    package var read = 0
    package var new = 0
    package var changed = 0
    package var unchanged = 0
    package var rejected = 0
    package var setAside: [SetAside] = []
    package var issues: [Issue] = []
    /// The entry under which it was committed; nil where nothing was written.
    package var position: Int64?

    /// A list of a million rows may be wrong in each; nobody reads on after these.
    private static let mostIssues = 10_000
    /// By the name of the outcome, the first rows of each.
    private var examples: [String: [Sample]] = [:]
    static let mostSamples = 8
    private var errors = 0
    private var unlisted = 0
    private var hasWindows = false

    package init() {}

    package var hasErrors: Bool { errors > 0 }

    mutating func add(_ table: CheckedTable, _ plan: [PlannedRow]) {
        for (row, planned) in zip(table.rows, plan) {
            count(planned.outcome)
            sample(planned, table, row.firstFields(table.sheet))
            for issue in row.issues + planned.issues { add(issue, table) }
        }
        for issue in table.sheet.table?.issues ?? [] { add(issue, table) }
    }

    /// A window of a long table.
    mutating func add<Entry>(_ table: CheckedTable, _ window: [WindowRow<Entry>], _ plan: [PlannedRow]) {
        hasWindows = true
        for (row, planned) in zip(window, plan) {
            count(planned.outcome)
            sample(planned, table, "")
            for issue in row.issues { add(issue, table) }
            for issue in planned.issues { add(issue, table) }
        }
    }

    /// New rows first, then changed and rejected ones.
    package var samples: [Sample] { ["new", "changed", "rejected"].flatMap { examples[$0] ?? [] } }

    /// Keeps the first rows of each outcome; those of windows come out of order.
    private mutating func sample(_ planned: PlannedRow, _ table: CheckedTable, _ text: @autoclosure () -> String) {
        guard planned.outcome != .unchanged else { return }
        var list = examples[planned.outcome.name] ?? []
        func isBehind(_ sample: Sample) -> Bool {
            sample.number > planned.number && sample.file == table.file && sample.sheet == table.sheet.name
        }
        if list.count >= Self.mostSamples {
            guard let last = list.last, isBehind(last) else { return }
            list.removeLast()
        }
        let place = list.firstIndex(where: isBehind) ?? list.count
        list.insert(
            Sample(outcome: planned.outcome, file: table.file, sheet: table.sheet.name, number: planned.number, text: text()), at: place)
        examples[planned.outcome.name] = list
    }

    /// The numbers of a table's rows whose text is still to be read.
    func untold(_ table: CheckedTable) -> Set<Int> {
        Set(samples.filter { $0.text.isEmpty && $0.file == table.file && $0.sheet == table.sheet.name }.map(\.number))
    }

    mutating func tell(_ rows: [ReadRow], of table: CheckedTable) {
        let texts = Dictionary(rows.map { ($0.number, $0.firstFields(table.sheet)) }, uniquingKeysWith: { first, _ in first })
        for (name, list) in examples {
            examples[name] = list.map { sample in
                var sample = sample
                if sample.file == table.file, sample.sheet == table.sheet.name, let text = texts[sample.number] { sample.text = text }
                return sample
            }
        }
    }

    private mutating func count(_ outcome: RowOutcome) {
        read += 1
        switch outcome {
        case .new: new += 1
        case .changed: changed += 1
        case .unchanged: unchanged += 1
        case .rejected: rejected += 1
        }
    }

    /// After windows, whose rows come out of order: issues in the order of the rows, what holds for a whole table first, how many were left out.
    mutating func settle() {
        guard hasWindows else { return }
        func key(_ issue: Issue) -> (String, String, Int) { (issue.place.file ?? "", issue.place.sheet ?? "", issue.place.row ?? 0) }
        let files = Dictionary(issues.enumerated().map { ($1.place.file ?? "", $0) }, uniquingKeysWith: min)
        issues = issues.enumerated().sorted { left, right in
            let (one, other) = (key(left.element), key(right.element))
            if one.0 != other.0 { return (files[one.0] ?? 0) < (files[other.0] ?? 0) }
            return one.1 == other.1 ? (one.2, left.offset) < (other.2, right.offset) : left.offset < right.offset
        }.map(\.element)
        guard unlisted > 0 else { return }
        issues.append(
            Issue(
                level: .warning, code: "import.more-issues", place: FilePlace(),
                message: "只列出前\(Self.mostIssues)条，另有\(unlisted)条没有列出。处理办法：改正后再预览一次。"))
    }

    mutating func add(_ failure: Failure, file: String) {
        var place = failure.place
        place.file = place.file ?? file
        errors += 1
        issues.append(Issue(level: .error, code: failure.code, place: place, message: Failure.sentence(failure.message, failure.cure)))
    }

    mutating func add(_ issue: RowIssue, _ table: CheckedTable) {
        if issue.level == .error { errors += 1 }
        // A short table tells everything: its rows can be downloaded with what is wrong beside them.
        guard table.long == nil || issues.count < Self.mostIssues else {
            unlisted += 1
            return
        }
        issues.append(Issue(issue, table))
    }
}

extension ReadRow {
    /// The first fields, in the order of the sheet's columns.
    fileprivate func firstFields(_ sheet: SortedSheet) -> String {
        let fields = sheet.table?.layout.columns.compactMap(\.field) ?? values.keys.sorted()
        return fields.filter { $0 != "sequence" }.compactMap { text($0) }.prefix(6).joined(separator: " · ")
    }
}

extension ImportReport.Issue {
    /// With the cure behind the message.
    init(_ issue: RowIssue, _ table: CheckedTable) {
        self.init(
            level: issue.level, code: issue.code, place: table.place(issue.row, column: issue.column),
            message: Failure.sentence(issue.message, issue.cure))
    }
}
