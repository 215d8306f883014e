/// The checks of a row once its values are read.
struct RowChecks: Sendable {
    let kind: KindVocabulary
    let layouts: [TableLayout]
    let words: CellWords

    func check(_ row: DataRow, _ result: inout ReadRow) {
        checkIdentity(row, &result)
        if kind.kind == .results { checkVerdict(row, &result) }
        if kind.kind != .enterprises { noticeCounterfeit(&result) }
        if result.doubts.contains(.masked) {
            result.issues.append(
                RowIssue(
                    .warning, "import.name-masked", row: row.number, column: heading("producer", row) ?? heading("firm", row),
                    message: "名称被隐去（\(firm(result) ?? "")），不能对应到企业。", cure: "向发布单位核实全称后改正；不改则不记到任何企业名下。"))
        }
    }

    private func firm(_ result: ReadRow) -> String? { (kind.needs.first ?? []).lazy.compactMap { result.text($0) }.first }

    private func heading(_ field: String, _ row: DataRow) -> String? {
        layouts[min(row.block, layouts.count - 1)].columns(of: field).first?.heading
    }

    private func checkIdentity(_ row: DataRow, _ result: inout ReadRow) {
        guard firm(result) == nil else { return }
        let name = kind.needs.first?.first ?? "name"
        result.issues.append(
            RowIssue(
                .error, "import.firm-missing", row: row.number, column: heading(name, row),
                message: "这一行没有\(kind[name]?.label ?? "企业名称")。", cure: "补上企业名称后重新导入；不是数据的行请删去。"))
    }

    private func checkVerdict(_ row: DataRow, _ result: inout ReadRow) {
        let items = result.text("failed_items")
        let column = heading("verdict", row)
        switch result.verdict {
        case nil where result.issues.contains { $0.code == "import.verdict-unknown" }: break
        case nil where items != nil:
            result.issues.append(
                RowIssue(
                    .error, "import.verdict-missing-with-items", row: row.number, column: column, message: "结论为空而有不合格项目。",
                    cure: "对照公布的原件填上结论，程序不代为判断。"))
        case nil:
            result.issues.append(
                RowIssue(
                    .error, "import.verdict-missing", row: row.number, column: column, message: "这一行没有结论。",
                    cure: "对照公布的原件填上合格、不合格、拒检或未抽样。"))
        case .pass where items != nil:
            result.issues.append(
                RowIssue(
                    .warning, "import.items-with-pass", row: row.number, column: heading("failed_items", row),
                    message: "结论为合格而写有不合格项目：\(items ?? "")。", cure: "核对原件；结论照原件计。"))
        case .fail where items == nil && result.values["test_item"] == nil && heading("failed_items", row) != nil:
            result.issues.append(
                RowIssue(
                    .warning, "import.items-missing", row: row.number, column: heading("failed_items", row),
                    message: "结论为不合格而没有写不合格项目。", cure: "对照原件补上不合格项目。"))
        default: break
        }
    }

    /// Any text of the row may say that the maker denies the product; a flag column says it outright.
    private func noticeCounterfeit(_ result: inout ReadRow) {
        var found: String?
        switch result.values["counterfeit"] {
        case .flag(true): found = "涉嫌假冒"
        case .text(let text): found = words.counterfeitDoubt(text)
        default: break
        }
        for field in ["remark", "failed_items", "producer", "firm", "product", "rectification"] where found == nil {
            found = result.text(field).flatMap(words.counterfeitDoubt)
        }
        if found == nil { found = result.others.values.lazy.compactMap(words.counterfeitDoubt).first }
        guard let found else { return }
        result.doubts.append(.counterfeit(words: found))
        result.issues.append(
            RowIssue(
                .warning, "import.counterfeit", row: result.number, column: nil, message: "样品涉嫌假冒或标称企业否认生产（“\(found)”），不计入标称企业的不合格。",
                cure: "有结论后在记录上更正。"))
    }
}

extension RowIssue {
    static func cellError(_ row: Int, _ column: String, _ shown: String) -> RowIssue {
        RowIssue(.error, "import.cell-error", row: row, column: column, message: "单元格是错误值 \(shown)。", cure: "在原表中改正公式或改填数值。")
    }

    static func notACount(_ row: Int, _ column: String, _ text: String) -> RowIssue {
        RowIssue(.warning, "import.not-a-count", row: row, column: column, message: "“\(text)”不是整数，这一格没有采用。", cure: "改填整数。")
    }

    static func notADay(_ row: Int, _ column: String, _ text: String) -> RowIssue {
        RowIssue(
            .warning, "import.not-a-day", row: row, column: column, message: "“\(text)”不是日期，这一格没有采用。", cure: "写成 2006-09-05 或 2006年9月5日。")
    }

    static func dayBySerial(_ row: Int, _ column: String, _ text: String, _ day: PartialDay) -> RowIssue {
        RowIssue(
            .warning, "import.day-by-serial", row: row, column: column, message: "数字“\(text)”按表格的日期序号读作 \(day)。",
            cure: "请核对；原表用 1904 日期系统的，把这一列设为日期格式后重新保存。")
    }

    static func codeAsNumber(_ row: Int, _ column: String) -> RowIssue {
        RowIssue(
            .error, "import.code-as-number", row: row, column: column, message: "代码在表格里按数字存放，第15位以后的数字已经丢失。",
            cure: "把这一列设为文本，从原系统重新导出。")
    }

    static func verdictUnknown(_ row: Int, _ column: String, _ text: String) -> RowIssue {
        RowIssue(
            .error, "import.verdict-unknown", row: row, column: column, message: "看不懂的结论“\(text)”。",
            cure: "改成合格、不合格、拒检或未抽样；常见的新说法可加进 regulations/headings/values.yaml。")
    }
}
