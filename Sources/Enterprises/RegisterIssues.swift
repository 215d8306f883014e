import Imports
import Values

/// What comparing a register with the store and with itself can find.
extension RowIssue {
    static func duplicateCode(_ code: String, _ other: String, _ row: Int, _ column: String?, names: Bool) -> RowIssue {
        RowIssue(
            .error, "enterprise.duplicate-code", row: row, column: column, message: "代码 \(code) 与\(other)相同而企业名称不同。",
            cure: "对照营业执照改正其中一行的代码。")
    }

    static func duplicateRow(_ first: Int, _ row: Int, _ column: String?, hasCode: Bool) -> RowIssue {
        RowIssue(
            .error, "enterprise.duplicate-row", row: row, column: column,
            message: "与第\(first)行是同一家企业（\(hasCode ? "代码" : "名称")相同），又没有别的年度、产品或证照。",
            cure: "删去重复的一行；不是同一家的，补上各自的统一社会信用代码。")
    }

    static func figureTwice(_ figure: AccountFigure, _ year: Int, _ other: Int, _ row: Int, _ column: String?) -> RowIssue {
        let label = EnterpriseWords.figures[figure]?.chinese ?? figure.rawValue
        return RowIssue(
            .error, "enterprise.figure-twice", row: row, column: column, message: "同一家企业\(year)年的\(label)与第\(other)行写的不同。",
            cure: "核实后只留一个数。")
    }

    static func twoDossiers(_ first: String, _ second: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .error, "enterprise.two-dossiers", row: row, column: column, message: "代码属于“\(first)”，注册号属于“\(second)”，是两份档案。",
            cure: "核对两个号码；确是同一家的，先并档再导入。")
    }

    static func several(_ by: String, _ firms: [Enterprise], _ row: Int, _ column: String?) -> RowIssue {
        let list = firms.prefix(5).map { "\($0.name)（\($0.code ?? $0.registrationNumber ?? "无代码")）" }.joined(separator: "、")
        return RowIssue(
            .error, "enterprise.several", row: row, column: column, message: "\(by)对应\(firms.count)家企业：\(list)，不能确定是哪一家。",
            cure: "补上统一社会信用代码后重新导入；确是同一家的，先并档。")
    }

    static func otherCode(_ by: String, _ name: String, _ code: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .error, "enterprise.other-code", row: row, column: column, message: "按\(by)是“\(name)”，但档案里的代码是 \(code)。",
            cure: "核对代码；换发过代码的，在档案里更正后再导入。")
    }

    static func sameNameOtherCode(_ name: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .warning, "enterprise.same-name-other-code", row: row, column: column, message: "已有同名企业“\(name)”而代码不同，按另一家建档。",
            cure: "确是同一家的，核对代码后并档。")
    }

    static func nameMissing(_ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .error, "enterprise.name-missing", row: row, column: column, message: "这一行没有企业名称，按代码也找不到已有档案。", cure: "补上企业名称后重新导入。")
    }

    static func placeConflict(_ sentence: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .warning, "enterprise.place-conflict", row: row, column: column, message: "\(sentence)，地区只记到两者共同的一级。",
            cure: "核实后在名册里改正，或在档案里更正地区。")
    }

    static func townUnknown(_ name: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .warning, "enterprise.town-unknown", row: row, column: column, message: "本辖区没有叫“\(name)”的镇街，或不止一个，地区没有记到镇街。",
            cure: "核对镇街名称；在别处的企业，补上所在的市和区县。")
    }

    static func industryUnknown(_ code: String, _ version: Int, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .warning, "enterprise.industry-unknown", row: row, column: column, message: "国民经济行业分类\(version)年版没有代码“\(code)”，照录。",
            cure: "核对代码和版本。")
    }
}
