/// What a list is imported as.
package enum ImportKind: String, Sendable, CaseIterable {
    /// 企业名册: one row is one enterprise (or one of its products or holdings).
    case enterprises
    /// 抽查结果: one row is one sampled batch.
    case results
    /// 后处理: what was done after a failure; also the lists of firms that failed twice running.
    case followups

    /// The name that a clerk sees.
    package var label: String {
        switch self {
        case .enterprises: "企业名册"
        case .results: "抽查结果"
        case .followups: "后处理"
        }
    }
}

/// How the cells of a field are read.
package enum FieldType: String, Sendable, CaseIterable {
    case text
    /// A firm's or a person's name: line breaks are dropped, masks are noticed.
    case name
    case address
    /// A place by its name, as written.
    case region
    case day
    /// 生产日期/批号: a day, a month or a batch number, or several of them in one cell.
    case production
    /// 检验结论
    case verdict
    /// 不合格项目: text in which `/`, `—`, `无` mean that there is none.
    case items
    /// Money; the text is kept with the unit that the heading names.
    case amount
    /// A whole number.
    case count
    /// A code or a number of a register: never a quantity.
    case code
    case phone
    /// Yes or no.
    case flag
}

/// One field of a kind of list, with the headings that name it; read from `regulations/headings`.
package struct FieldDefinition: Sendable, Equatable {
    /// The stable English name: `sampled_unit`.
    package var name = ""
    /// The Chinese name in the interface: `被抽样单位`.
    package var label = ""
    package var type = FieldType.text
    /// Personal data (a person's name, a telephone number), which is stored apart.
    package var isPersonal = false
    /// The unit that is meant where the heading names none: `元`.
    package var unit: String?
    /// Several columns of the field are joined by this text; nil where a second column is not the field's.
    package var joint: String?
    /// Whether the cell stands for the rows below it that leave it blank.
    package var carries = false
    /// Whether finding the field speaks for a heading row at all; names of substances do not.
    package var counts = true
    /// How much finding the field speaks for its kind of list.
    package var telling = 0
    /// Spellings that mean the field and nothing else.
    package var headings: [String] = []
    /// Vague spellings with their score.
    package var loosely: [String: Int] = [:]
    /// Words that speak for (positive) or against (negative) the field.
    package var words: [String: Int] = [:]
    /// Bare spellings that belong to the column before them: after `被抽样单位`, `地址` is the sampled unit's.
    package var bare: [String] = []
    /// Field of the column before → field meant by a bare spelling.
    package var beside: [String: String] = [:]
}
