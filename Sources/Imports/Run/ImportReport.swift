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

    package var read = 0
    package var new = 0
    package var changed = 0
    package var unchanged = 0
    package var rejected = 0
    package var setAside: [SetAside] = []
    package var issues: [Issue] = []
    /// The entry under which it was committed; nil where nothing was written.
    package var position: Int64?

    package init() {}

    package var hasErrors: Bool { issues.contains { $0.level == .error } }

    mutating func add(_ table: CheckedTable, _ plan: [PlannedRow]) {
        for (row, planned) in zip(table.rows, plan) {
            read += 1
            switch planned.outcome {
            case .new: new += 1
            case .changed: changed += 1
            case .unchanged: unchanged += 1
            case .rejected: rejected += 1
            }
            for issue in row.issues + planned.issues { add(issue, table) }
        }
        for issue in table.sheet.table?.issues ?? [] { add(issue, table) }
    }

    mutating func add(_ failure: Failure, file: String) {
        var place = failure.place
        place.file = place.file ?? file
        let sentence = failure.message.hasSuffix("。") ? failure.message : failure.message + "。"
        let message = failure.cure.map { sentence + "处理办法：" + $0 } ?? failure.message
        issues.append(Issue(level: .error, code: failure.code, place: place, message: message))
    }

    private mutating func add(_ issue: RowIssue, _ table: CheckedTable) {
        let message = issue.message + (issue.cure.isEmpty ? "" : "处理办法：" + issue.cure)
        issues.append(Issue(level: issue.level, code: issue.code, place: table.place(issue.row, column: issue.column), message: message))
    }
}
