import Spreadsheets
import Values

/// Reads the rows of a table into typed values, and says of each row what is wrong with it.
package struct RowReading: Sendable {
    /// A field with the columns that hold it; shared, because every row walks through all of them.
    private final class Plan: Sendable {
        let field: FieldDefinition
        let columns: [TableColumn]
        /// The one column of an ordinary field; most fields have no other.
        let only: TableColumn?

        init(field: FieldDefinition, columns: [TableColumn]) {
            self.field = field
            self.columns = columns
            only = columns.count == 1 && field.type != .production ? columns.first : nil
        }
    }

    private let plans: [[Plan]]
    /// What has no field of its own and is told in the row's remark; personal data is not.
    private let others: [[TableColumn]]
    private let personal: [String]
    private let kind: KindVocabulary
    private let words: CellWords
    private let impliedVerdict: Verdict?
    private let checks: RowChecks
    /// The product that stands only in the title; nil where a column names it or the title names several.
    private let titleProduct: String?
    /// Whether only some fields are wanted, so that a row is neither whole nor checked.
    private let isPartial: Bool

    /// - Parameter fields: the only fields that are wanted; nil for all, with the checks of the row.
    package init(
        layouts: [TableLayout], vocabulary: HeadingVocabulary, title: ListTitle? = nil, impliedVerdict: Verdict? = nil,
        fields: Set<String>? = nil
    ) throws {
        guard let layout = layouts.first, let kind = vocabulary[layout.kind] else {
            throw Failure(.invalid, "import.no-heading", "没有认出表头，不能读取各行。", cure: "检查表头一行的栏目名称，或手工指定对应关系。")
        }
        self.kind = kind
        self.impliedVerdict = impliedVerdict
        words = CellWords(values: vocabulary.values)
        plans = layouts.map { layout in
            kind.fields.compactMap { field in
                let columns = layout.columns(of: field.name)
                guard !columns.isEmpty, fields?.contains(field.name) ?? true else { return nil }
                return Plan(field: field, columns: columns)
            }
        }
        let rest = layouts.map { layout in fields == nil ? layout.columns.filter { $0.field == nil && !$0.heading.isEmpty } : [] }
        others = rest.map { columns in columns.filter { !vocabulary.isPersonal($0.heading) } }
        personal = Set(rest.joined().map(\.heading).filter(vocabulary.isPersonal)).sorted()
        isPartial = fields != nil
        checks = RowChecks(kind: kind, layouts: layouts, words: words)
        let namesProduct = layouts.contains { $0.has("product") }
        titleProduct = !namesProduct && title?.products.count == 1 ? title?.products.first : nil
    }

    /// The reading of a sorted sheet.
    package init(sheet: SortedSheet, vocabulary: HeadingVocabulary) throws {
        try self.init(
            layouts: sheet.table?.layouts ?? [], vocabulary: vocabulary, title: sheet.title, impliedVerdict: sheet.impliedVerdict)
    }

    package func read(_ row: DataRow) -> ReadRow {
        var result = ReadRow(number: row.number, values: [:], others: [:], doubts: [], issues: [])
        let plans = plans[min(row.block, plans.count - 1)]
        result.values.reserveCapacity(plans.count)
        for plan in plans { read(plan, row, &result) }
        for column in others[min(row.block, others.count - 1)] {
            let text = words.clean(row[column.number])
            if !text.isEmpty { result.others[column.heading] = text }
        }
        if let titleProduct, kind.kind != .enterprises { result.values["product"] = .text(titleProduct) }
        if kind.kind == .results { settleVerdict(row, &result) }
        if kind.kind == .enterprises { splitNumbers(&result) }
        if !isPartial { checks.check(row, &result) }
        return result
    }

    /// All rows, duplicates marked.
    package func read(_ rows: [DataRow]) -> [ReadRow] {
        var result = rows.map(read)
        if kind.kind == .results { Duplicates.mark(&result) }
        if !personal.isEmpty, kind.kind != .enterprises, !result.isEmpty { result[0].issues.append(.personalColumns(personal)) }
        return result
    }

    // MARK: Cells

    private func read(_ plan: Plan, _ row: DataRow, _ result: inout ReadRow) {
        if let column = plan.only { return read(column, plan.field, row, &result) }
        let columns = plan.columns.contains(where: \.isTwin) ? firstFilled(plan.columns, row) : plan.columns
        guard let heading = columns.first else { return }
        if plan.field.type == .production {
            let cells = columns.map { (cell: row[$0.number], isBatchOnly: $0.heading.contains("批") && !$0.heading.contains("期")) }
            guard let mark = ProductionReading(words: words).read(cells) else { return }
            result.values[plan.field.name] = .production(mark)
            return
        }
        for column in columns {
            if case .error(let shown) = row[column.number] {
                result.issues.append(.cellError(row.number, column.heading, shown))
            }
        }
        let texts = columns.map { words.clean(row[$0.number]) }.filter { !$0.isEmpty }
        if plan.field.type == .name, texts.contains(where: words.isMasked), plan.field.name != "legal_person" {
            result.doubts.append(.masked)
        }
        let told = texts.filter { !words.isNothing($0) || plan.field.type == .verdict || plan.field.type == .name && words.isMasked($0) }
        guard !told.isEmpty else { return }
        let text = told.joined(separator: plan.field.joint ?? " ")
        put(text, plan.field, heading, row, &result)
    }

    /// A field with one column, without the lists that several columns need.
    private func read(_ column: TableColumn, _ field: FieldDefinition, _ row: DataRow, _ result: inout ReadRow) {
        let cell = row[column.number]
        if case .empty = cell { return }
        if case .error(let shown) = cell { result.issues.append(.cellError(row.number, column.heading, shown)) }
        let text = words.clean(cell)
        guard !text.isEmpty else { return }
        let isMasked = field.type == .name && words.isMasked(text)
        if isMasked, field.name != "legal_person" { result.doubts.append(.masked) }
        if words.isNothing(text), field.type != .verdict, !isMasked { return }
        put(text, field, column, row, &result)
    }

    private func firstFilled(_ columns: [TableColumn], _ row: DataRow) -> [TableColumn] {
        columns.first { !words.isNothing(words.clean(row[$0.number])) }.map { [$0] } ?? Array(columns.prefix(1))
    }

    private func put(_ text: String, _ field: FieldDefinition, _ column: TableColumn, _ row: DataRow, _ result: inout ReadRow) {
        switch field.type {
        case .text, .region, .phone, .production: result.values[field.name] = .text(text)
        case .name, .address: result.values[field.name] = .text(text)
        case .items: if !words.isNoItem(text) { result.values[field.name] = .text(text) }
        case .verdict: putVerdict(text, field, column, row, &result)
        case .day: putDay(text, field, column, row, &result)
        case .amount: result.values[field.name] = .amount(text, unit: column.unit ?? field.unit)
        case .count:
            if let count = Int(HeadingText.halfWidth(text).filter { $0.isNumber || $0 == "-" }) {
                result.values[field.name] = .count(count)
            } else {
                result.issues.append(.notACount(row.number, column.heading, text))
            }
        case .code: putCode(text, field, column, row, &result)
        case .flag:
            if let flag = words.flag(text) { result.values[field.name] = .flag(flag) } else { result.values[field.name] = .text(text) }
        }
    }

    private func putVerdict(_ text: String, _ field: FieldDefinition, _ column: TableColumn, _ row: DataRow, _ result: inout ReadRow) {
        guard !words.isNothing(text) else { return }
        if let verdict = words.verdict(text) {
            result.values[field.name] = .verdict(verdict)
        } else {
            result.issues.append(.verdictUnknown(row.number, column.heading, text))
        }
    }

    private func putDay(_ text: String, _ field: FieldDefinition, _ column: TableColumn, _ row: DataRow, _ result: inout ReadRow) {
        if case .day(let day, _) = row[column.number] {
            result.values[field.name] = .day(PartialDay(day))
        } else if let day = Day(text), let partial = PartialDay(year: day.year, month: day.month, day: day.parts.day) {
            result.values[field.name] = .day(partial)
        } else if let scan = DayScan(HeadingText.halfWidth(text)) {
            result.values[field.name] = .day(scan.day)
        } else if let day = LooseDay.inNumerals(text) {
            result.values[field.name] = .day(day)
        } else if let day = LooseDay.serial(text) {
            result.values[field.name] = .day(day)
            result.issues.append(.dayBySerial(row.number, column.heading, text, day))
        } else {
            result.issues.append(.notADay(row.number, column.heading, text))
        }
    }

    /// Codes are text: a spreadsheet keeps only 15 digits of a number, so longer ones have lost their end.
    private func putCode(_ text: String, _ field: FieldDefinition, _ column: TableColumn, _ row: DataRow, _ result: inout ReadRow) {
        if case .number(let number) = row[column.number], number.magnitude >= 1e15 {
            result.issues.append(.codeAsNumber(row.number, column.heading))
            return
        }
        if text.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) }) {
            result.values[field.name] = .text(text)
            return
        }
        let folded = HeadingText.halfWidth(text).uppercased().filter { !$0.isWhitespace && $0 != "'" && $0 != "-" }
        result.values[field.name] = .text(folded)
    }

    // MARK: Rules between cells

    /// The verdict of a row whose own cell is empty: by the section or title that says it for all, or by 拒检 among the items.
    private func settleVerdict(_ row: DataRow, _ result: inout ReadRow) {
        guard result.values["verdict"] == nil, !result.issues.contains(where: { $0.code == "import.verdict-unknown" }) else { return }
        if let items = result.text("failed_items") ?? result.text("remark"), let verdict = words.verdict(items),
            verdict == .refused || verdict == .notSampled
        {
            result.values["verdict"] = .verdict(verdict)
            return
        }
        guard !plans[min(row.block, plans.count - 1)].contains(where: { $0.field.name == "verdict" }) else { return }
        if let section = row.section, section.contains("合格"), let verdict = words.verdict(section) {
            result.values["verdict"] = .verdict(verdict)
        } else if let impliedVerdict {
            result.values["verdict"] = .verdict(impliedVerdict)
        }
    }

    /// A column 注册号/统一社会信用代码 holds either.
    private func splitNumbers(_ result: inout ReadRow) {
        guard let code = result.text("code"), result.values["registration_no"] == nil else { return }
        if code.count != 18, code.count >= 13, code.count <= 15, code.allSatisfy(\.isNumber) {
            result.values["registration_no"] = .text(code)
            result.values["code"] = nil
        }
    }
}

extension RowIssue {
    /// Said once for a sheet.
    fileprivate static func personalColumns(_ headings: [String]) -> RowIssue {
        RowIssue(
            .warning, "import.personal-columns", row: nil, column: nil,
            message: "「\(headings.joined(separator: "」「"))」是个人信息，没有采用，也不写进备注。",
            cure: "不必处理；原件按哈希留存，不应留存的可在原件页抹去。")
    }
}
