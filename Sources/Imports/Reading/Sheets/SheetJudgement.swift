import Spreadsheets

/// What speaks for and against a single sheet being a list of its kind.
struct SheetJudgement {
    let reader: TableReader
    let sheet: Sheet
    let table: SheetTable?
    let title: ListTitle
    let impliedVerdict: Verdict?
    /// A wide table without verdicts whose cells are numbers in this share is one of measurements.
    private static let numericShare = 0.5
    private static let wide = 8

    /// 0…1 by the distance between the best and the second kind.
    var confidence: Double {
        guard let table else { return 0 }
        let scores = table.layout.scores.values.sorted(by: >)
        guard let best = scores.first, best > 0 else { return 0 }
        let second = max(0, scores.dropFirst().first ?? 0)
        return min(1, Double(best - second) / Double(best) + 0.5)
    }

    var reasons: [String] {
        guard let table, let kind = reader.vocabulary[table.layout.kind] else { return [] }
        let telling = kind.fields.filter { $0.telling > 0 && table.layout.has($0.name) }.map(\.label)
        let known = table.layout.columns.count { $0.field != nil }
        let headed = table.layout.columns.count { !$0.heading.isEmpty }
        var result = ["\(headed)个栏目中认出\(known)个"]
        if !telling.isEmpty { result.append("有\(kind.kind.label)特有的栏目：\(telling.joined(separator: "、"))") }
        if title.kind != .unknown { result.append("表题说明是\(title.kind.label)") }
        if let impliedVerdict { result.append("没有结论一栏，按表题各行均为\(impliedVerdict.label)") }
        return result
    }

    func setAside() -> SortedSheet.SetAside? {
        guard sheet.rows.contains(where: \.holdsSomething) else { return .init(reason: .empty, sentence: "工作表「\(sheet.name)」是空的。") }
        if sheet.visibility == .hidden || sheet.visibility == .veryHidden {
            return .init(reason: .hidden, sentence: "工作表「\(sheet.name)」是隐藏的；需要时可按它自己的表题另行导入。")
        }
        if let other = foreignTable() { return other }
        guard let table else {
            return .init(reason: .noHeading, sentence: "工作表「\(sheet.name)」里找不到表头：没有一行的栏目名称认得出来。")
        }
        if table.layout.kind == .results, lacksVerdict(table) {
            if isMeasurements(table) {
                return .init(reason: .measurements, sentence: "工作表「\(sheet.name)」是检测数据表：各栏是数值，没有检验结论。")
            }
            return .init(reason: .noVerdict, sentence: "工作表「\(sheet.name)」没有检验结论一栏，表题也没有说明是合格还是不合格名单。")
        }
        if table.rows.isEmpty { return .init(reason: .noData, sentence: "工作表「\(sheet.name)」只有表头，没有数据。") }
        return nil
    }

    private func lacksVerdict(_ table: SheetTable) -> Bool {
        guard !table.layouts.contains(where: { $0.has("verdict") }), impliedVerdict == nil else { return false }
        // Two blocks under 合格 and 不合格 tell the verdict by their sections.
        return !table.rows.contains { ($0.section ?? "").contains("合格") }
    }

    /// A summary or another office's list: told by its headings.
    private func foreignTable() -> SortedSheet.SetAside? {
        let writing = reader.vocabulary.writing
        let words = reader.vocabulary.titles
        let summary = Set(words.summaryHeadings.map { HeadingText($0, writing: writing).whole })
        let other = Set(words.otherHeadings.map { HeadingText($0, writing: writing).whole })
        for row in sheet.rows.filter(\.holdsSomething).prefix(8) {
            let texts = row.cells.compactMap { cell -> HeadingText? in
                guard case .text(let text) = cell, text.count <= 30 else { return nil }
                return HeadingText(text, writing: writing)
            }
            let counts = texts.count { summary.contains($0.whole) || summary.contains($0.core) }
            if counts >= 2, !hasBatches(besides: summary) {
                return .init(reason: .summary, sentence: "工作表「\(sheet.name)」是汇总表：各行是批次或企业的合计，不是批次名单。")
            }
            if texts.count(where: { other.contains($0.whole) }) >= 2 {
                return .init(reason: .otherList, sentence: "工作表「\(sheet.name)」是行政处罚清单，不是企业名册、抽查结果或后处理。")
            }
        }
        return nil
    }

    /// A firm in each row, and a verdict or a batch beside it.
    private func hasBatches(besides summary: Set<String>) -> Bool {
        guard let layout = table?.layout else { return false }
        // 抽查企业数 is like 抽查企业, and yet a count.
        let told = layout.columns.filter { !summary.contains(HeadingText($0.heading, writing: reader.vocabulary.writing).whole) }
        let fields = Set(told.compactMap(\.field))
        return switch layout.kind {
        case .results: !fields.isDisjoint(with: ["producer", "sampled_unit"]) && !fields.isDisjoint(with: ["verdict", "batch"])
        case .followups: fields.contains("firm")
        case .enterprises: !fields.isDisjoint(with: ["code", "registration_no"])
        }
    }

    private func isMeasurements(_ table: SheetTable) -> Bool {
        let columns = table.layout.columns.filter { !$0.heading.isEmpty && ($0.field == nil || $0.field == "measured_value") }
        guard table.layout.columns.count >= SheetJudgement.wide || columns.count >= 4, !columns.isEmpty else { return false }
        var filled = 0
        var numeric = 0
        for row in table.rows.prefix(500) {
            for column in columns {
                switch row[column.number] {
                case .empty: continue
                case .number: numeric += 1
                case .text(let text) where Double(text.trimmedText.drop { "<＜≤≥>".contains($0) }) != nil || text == "未检出" || text == "ND":
                    numeric += 1
                default: break
                }
                filled += 1
            }
        }
        return filled > 0 && Double(numeric) / Double(filled) >= SheetJudgement.numericShare
    }
}
