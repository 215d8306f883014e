/// The unit of money that stands once for the whole table: `单位：万元` in a line above the heading.
enum StatedUnit {
    private static let money = ["亿元", "百万元", "万元", "千元", "万美元", "万", "元", "美元"]

    /// The unit in a line of text; nil where it names none of money (`单位：家`, `填报单位：甲局`).
    static func of(_ line: String) -> String? {
        let text = HeadingText.halfWidth(line).filter { !$0.isWhitespace }
        var rest = text[...]
        while let found = rest.firstRange(of: "单位") {
            let tail = rest[found.upperBound...]
            rest = tail
            guard tail.first == ":" || tail.first == "为" else { continue }
            let words = tail.dropFirst().drop { "人民币".contains($0) }
            guard let unit = money.first(where: { words.hasPrefix($0) }) else { continue }
            // 万 and 元 also begin firms' names.
            let next = words.dropFirst(unit.count).first
            if next.map({ ")],;。、/|".contains($0) || $0.isASCII }) ?? true { return unit }
        }
        return nil
    }

    /// The columns of money that name no unit themselves take that of the table.
    static func apply(_ unit: String, to layout: TableLayout, _ kind: KindVocabulary) -> TableLayout {
        let columns = layout.columns.map { column in
            let isMoney = column.field.flatMap { kind[$0] }?.type == .amount
            return isMoney && column.unit == nil ? column.with(unit: unit) : column
        }
        return TableLayout(kind: layout.kind, headingRows: layout.headingRows, columns: columns, scores: layout.scores)
    }
}
