package import Spreadsheets
import Values

/// The template a town gets: who is asked, what is known, and empty cells for the rest. Returned, it is imported as a register.
package struct FillInWorkbook: Sendable {
    private let fillIn: FillIn
    private let town: String?

    /// - Parameter town: the town's name; nil for firms whose place is not known.
    package init(_ fillIn: FillIn, town: String?) {
        self.fillIn = fillIn
        self.town = town
    }

    /// `2006年销售额补报-状元街道.xlsx`
    package var name: String { "\(fillIn.title)-\(town ?? "地区不详").xlsx" }

    /// The columns; their headings are those that the register import knows.
    package var columns: [SheetColumn] {
        [
            SheetColumn("统一社会信用代码", width: 22), SheetColumn("企业名称", width: 36), SheetColumn("镇街", width: 14),
            SheetColumn("年度", .text, width: 8),
        ] + fillIn.fields.flatMap(columns) + [SheetColumn("登记状态", width: 12, choices: ["在业", "注销"])]
    }

    private func columns(_ field: FillInField) -> [SheetColumn] {
        switch field {
        case .sales: [SheetColumn("年销售额（万元）", .amount(decimals: 2), width: 18)]
        case .brandSales: [SheetColumn("自主品牌销售额（万元）", .amount(decimals: 2), width: 24)]
        case .exports: [SheetColumn("出口额（万元）", .amount(decimals: 2), width: 16)]
        case .research: [SheetColumn("研发投入（万元）", .amount(decimals: 2), width: 18)]
        case .tax: [SheetColumn("纳税额（万元）", .amount(decimals: 2), width: 16)]
        case .code: []
        case .address: [SheetColumn("地址", width: 40)]
        case .industryCode:
            [SheetColumn("行业代码", width: 12), SheetColumn("行业分类版本", width: 14, choices: ["2017", "2011", "2002"])]
        }
    }

    /// One row a firm, what is known filled in.
    package func row(_ firm: Enterprise, _ account: Account?) -> [Cell] {
        func text(_ value: String?) -> Cell { value.map(Cell.text) ?? .empty }
        let known: [Cell] = fillIn.fields.flatMap { field -> [Cell] in
            if let figure = field.figure {
                return [account?.figures[figure].map { .number(Double($0.number) / Double(Fen.perTenThousandYuan)) } ?? .empty]
            }
            switch field {
            case .address: return [text(firm.address)]
            case .industryCode: return [text(firm.industryCode), text(firm.industryVersion)]
            default: return []
            }
        }
        return [text(firm.code), .text(firm.name), text(town), .text(String(fillIn.year))] + known
    }

    /// Writes the file.
    package func write(_ firms: [(firm: Enterprise, account: Account?)], to path: String) throws {
        let book = try WorkbookWriter(path: path)
        try book.beginSheet("补报", columns: columns, notes: [fillIn.title], rowsExpected: max(1, firms.count))
        for (firm, account) in firms { try book.append(row(firm, account)) }
        try book.finish()
    }
}
