import Imports
import Values

/// What the heading of a register says: spellings for messages, units, the year, and the columns that are not stored.
struct RegisterHeadings {
    private let byField: [String: TableColumn]
    /// The year that a heading of a figure or the title names.
    let year: Int?

    init(_ table: CheckedTable) {
        var byField: [String: TableColumn] = [:]
        for layout in table.sheet.table?.layouts ?? [] {
            for column in layout.columns {
                if let field = column.field, byField[field] == nil { byField[field] = column }
            }
        }
        self.byField = byField
        let headings = AccountFigure.allCases.compactMap { byField[$0.field]?.heading }
        year =
            headings.lazy.compactMap { $0.firstMatch(of: /((?:19|20)[0-9]{2})\s*年/).flatMap { Int($0.1) } }.first ?? table.sheet.title.year
    }

    /// The heading of a field as printed.
    subscript(field: String) -> String? { byField[field]?.heading }

    func namesUnit(_ field: String) -> Bool { byField[field]?.unit != nil }

    private func printed(_ fields: [String]) -> [String] { fields.compactMap { self[$0] } }

    /// One warning for personal columns, one for columns that a dossier has no place for.
    var notStored: [RowIssue] {
        let personal = printed(["legal_person", "contact", "phone"])
        let other = printed(["registrar", "supervisor", "employees"])
        return (personal.isEmpty ? [] : [.personalColumns(personal)]) + (other.isEmpty ? [] : [.columnsNotStored(other)])
    }
}

extension RowIssue {
    static func personalColumns(_ headings: [String]) -> RowIssue {
        RowIssue(
            .warning, "enterprise.personal-columns", row: nil, column: nil, message: "「\(headings.joined(separator: "」「"))」是个人信息，不入企业档案。",
            cure: "不必处理；原件按哈希留存，如不应留存请删去这些列后再导入。")
    }

    static func columnsNotStored(_ headings: [String]) -> RowIssue {
        RowIssue(
            .warning, "enterprise.columns-not-stored", row: nil, column: nil,
            message: "「\(headings.joined(separator: "」「"))」没有对应的档案栏目，没有采用。",
            cure: "不必处理。")
    }

    static func unitAssumed(_ headings: [String]) -> RowIssue {
        RowIssue(
            .warning, "enterprise.unit-assumed", row: nil, column: nil, message: "「\(headings.joined(separator: "」「"))」没有写明单位，按元读取。",
            cure: "单位是万元的，把栏目名写成“\(headings.first ?? "")（万元）”后重新导入。")
    }

    static let yearMissing = RowIssue(
        .warning, "enterprise.year-missing", row: nil, column: nil, message: "表里没有写明金额是哪一年的，各行的年度金额没有采用。",
        cure: "加一列“年度”，或在标题、栏目名里写明年份，如“2006年销售额（万元）”，再导入。")

    static func versionMissing(_ column: String?) -> RowIssue {
        RowIssue(
            .warning, "enterprise.industry-version-missing", row: nil, column: column, message: "行业代码没有写明是哪一版国民经济行业分类，同一代码在各版含义不同。",
            cure: "加一列“行业分类版本”，填 2002、2011 或 2017。")
    }

    static func codeDoubtful(_ warning: CodeWarning, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(.warning, warning.code, row: row, column: column, message: warning.message + "。", cure: "核对后如有误，改正重新导入；无误不必处理。")
    }

    static func identityNumber(_ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .warning, "code.identity-number", row: row, column: column, message: "代码栏里的号码符合居民身份证号码的编排，没有采用。",
            cure: "改填统一社会信用代码。")
    }

    static func organisationOnly(_ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .warning, "enterprise.organisation-code", row: row, column: column, message: "只有9位组织机构代码，只用来查找已有档案，不作为企业代码保存。",
            cure: "补上18位统一社会信用代码。")
    }

    static func codeForm(_ reason: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(.warning, "enterprise.code-form", row: row, column: column, message: reason + "。这一格没有采用。", cure: "对照营业执照改正代码后重新导入。")
    }

    static func statusUnknown(_ text: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .warning, "enterprise.status-unknown", row: row, column: column, message: "看不懂的登记状态“\(text)”，这一格没有采用。", cure: "写成在业、存续、注销或吊销。")
    }

    static func dayIncomplete(_ text: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .warning, "enterprise.day-incomplete", row: row, column: column, message: "“\(text)”不是完整的日期，这一格没有采用。", cure: "写到日，如 2006-09-05。"
        )
    }

    static func foreignCapital(_ text: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(.warning, "enterprise.foreign-capital", row: row, column: column, message: "“\(text)”是外币，照原文保存，不折算。", cure: "不必处理。")
    }

    static func capitalText(_ reason: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(.warning, "enterprise.capital-form", row: row, column: column, message: reason + "，照原文保存。", cure: "写成数字和单位，如 105万元。")
    }

    static func foreignFigure(_ text: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(.warning, "enterprise.foreign-figure", row: row, column: column, message: "“\(text)”是外币，程序不折算，这一格没有采用。", cure: "改填人民币金额。")
    }

    static func amountForm(_ reason: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(.warning, "enterprise.amount-form", row: row, column: column, message: reason + "，这一格没有采用。", cure: "写成数字，单位写在栏目名里。")
    }

    static func yearForm(_ year: Int, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .warning, "enterprise.year-form", row: row, column: column, message: "年度“\(year)”不是年份，这一行的年度金额没有采用。", cure: "年度写成四位数字，如 2006。")
    }
}
