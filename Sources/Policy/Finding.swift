package import Values

/// Something in a programme that a person has to look at: not a fault of the file, but of the text, the rule or the store.
package struct PolicyFinding: Sendable, Hashable, Codable {
    /// What sort of statement it is.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// 重叠
        case overlap
        /// 空档
        case uncovered
        /// 不可达
        case unreachable
        /// A metric that the store does not know.
        case unknownName = "unknown-name"
        /// 数据出入
        case discrepancy
        /// 待明确
        case open

        package var word: Word {
            switch self {
            case .overlap: Word("重叠", "overlap")
            case .uncovered: Word("空档", "uncovered")
            case .unreachable: Word("不可达", "unreachable")
            case .unknownName: Word("未知名称", "unknown name")
            case .discrepancy: Word("数据出入", "discrepancy")
            case .open: Word("待明确", "open")
            }
        }
    }

    package let kind: Kind
    /// Stable, dotted: `discrepancy.same-measure`.
    package let code: String
    package let programme: String
    /// Relative to the programmes folder: `longwan-2006/rules/enterprise-class.yaml`.
    package let file: String
    package let line: Int?
    package let clause: String
    /// One Chinese sentence.
    package let message: String
    /// What would settle it.
    package let cure: String?

    /// `file` is relative to the programmes folder.
    package init(
        kind: Kind, code: String, programme: String, file: String, line: Int?, clause: String, message: String, cure: String? = nil
    ) {
        self.kind = kind
        self.code = code
        self.programme = programme
        self.file = file
        self.line = line
        self.clause = clause
        self.message = message
        self.cure = cure
    }
}

/// Two statements of a text that do not agree, shown side by side (数据出入); found by comparison, never typed.
package struct Discrepancy: Sendable, Hashable, Codable {
    /// What sort of statement it is.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// 同一口径的两个数
        case sameMeasure = "same-measure"
        /// 总数与各部分之和
        case sumOfParts = "sum-of-parts"
        /// 个数与名单
        case countOfNames = "count-of-names"
        /// 同一名字在两个互斥的名单里
        case twoLists = "two-lists"
        /// 时长与起止日期
        case duration
        /// 数的不是同一种东西
        case countedDifferently = "counted-differently"

        package var word: Word {
            switch self {
            case .sameMeasure: Word("同一口径的两个数", "one measure, two figures")
            case .sumOfParts: Word("总数与各部分之和", "total and parts")
            case .countOfNames: Word("个数与名单", "count and names")
            case .twoLists: Word("同一名字在两个名单", "one name in two lists")
            case .duration: Word("时长与起止日期", "length and dates")
            case .countedDifferently: Word("计数对象不同", "counted differently")
            }
        }
    }

    /// One of the two sides.
    package struct Side: Sendable, Hashable, Codable {
        package let clause: String
        /// Short, as it was said: `省名牌产品 41个`.
        package let quote: String
        package let file: String
        package let line: Int

        /// `file` is relative to the programme.
        package init(clause: String, quote: String, file: String, line: Int) {
            self.clause = clause
            self.quote = quote
            self.file = file
            self.line = line
        }
    }

    package let kind: Kind
    /// One Chinese sentence.
    package let message: String
    package let sides: [Side]
    /// What would settle it.
    package let settle: String

    /// Made by the comparers only.
    package init(kind: Kind, message: String, sides: [Side], settle: String) {
        self.kind = kind
        self.message = message
        self.sides = sides
        self.settle = settle
    }
}
