package import Foundation
package import Values

/// A target (目标) of one of seven kinds.
package struct Target: Sendable, Hashable {
    package let id: String
    package let title: String
    package let kind: TargetKind
    package let clause: String
    /// In own words.
    package let text: String
    package let metric: TargetMetric
    /// Other metrics that the wording may mean; shown beside the first.
    package let otherReadings: [String]
    /// Limits of the metric: dimension and value.
    package let filters: [String: String]
    /// The responsible organisation's id.
    package let owner: Stated<String>
    package let comparison: Comparison?
    package let goal: Decimal?
    package let unit: String?
    package let from: Stated<Day>?
    package let due: Stated<Day>?
    /// The date in the text's words.
    package let dueLabel: String?
    package let period: Stated<TargetPeriod>?
    /// With whom it is compared (`against`), or among whom it ranks.
    package let against: [String]
    package let rank: Int?
    package let among: String?
    package let baseline: Baseline?
    package let path: [Milestone]
    package let says: [SaidNumber]
    package let legal: LegalStanding?
    /// What the text leaves open here.
    package let open: String?
    package let line: Int
}

/// The seven kinds of target.
package enum TargetKind: String, Sendable, CaseIterable {
    /// 到某日达到
    case reach
    /// 每一期都保持: one bad period fails
    case hold
    /// 新增: gross additions
    case additions
    /// 存量: net of what expired
    case stock
    /// 每年增长
    case growth
    /// 比较或位次
    case compare
    /// 没有数
    case qualitative

    package var word: Word {
        switch self {
        case .reach: Word("到期达到", "reach by a date")
        case .hold: Word("每期保持", "hold in every period")
        case .additions: Word("新增", "gross additions")
        case .stock: Word("存量", "stock net of expiry")
        case .growth: Word("年增长", "growth a year")
        case .compare: Word("比较位次", "compare or rank")
        case .qualitative: Word("定性", "qualitative")
        }
    }
}

/// How the number of a target is found.
package enum TargetMetric: Sendable, Hashable {
    /// A metric of the evidence engine.
    case named(String)
    /// No register yet: the owner reports it with date and paper.
    case reported
    /// The text does not define it (待明确).
    case open
    /// A qualitative target has none.
    case none

    init(written: String) {
        switch written {
        case "reported": self = .reported
        case "open": self = .open
        case "none": self = .none
        default: self = .named(written)
        }
    }

    /// The name, where there is one.
    package var name: String? {
        if case .named(let name) = self { return name }
        return nil
    }
}

/// The test of a value against a goal; 突破 and 高于 are strict.
package enum Comparison: String, Sendable, CaseIterable {
    case atLeast = ">="
    case above = ">"
    case equal = "="
    case atMost = "<="
    case below = "<"

    /// Whether the value passes.
    package func holds(_ value: Decimal, _ goal: Decimal) -> Bool {
        switch self {
        case .atLeast: value >= goal
        case .above: value > goal
        case .equal: value == goal
        case .atMost: value <= goal
        case .below: value < goal
        }
    }

    package var word: Word {
        switch self {
        case .atLeast: Word("不低于", "at least")
        case .above: Word("高于（不含本数）", "above")
        case .equal: Word("等于", "equal to")
        case .atMost: Word("不高于", "at most")
        case .below: Word("低于（不含本数）", "below")
        }
    }
}

/// The period of a target that has to hold in every one.
package enum TargetPeriod: String, Sendable, CaseIterable {
    case year = "年"
    case quarter = "季"
    case month = "月"
}

/// Where a target starts from.
package enum Baseline: Sendable, Hashable {
    case said(value: Decimal, date: Stated<Day>, clause: String)
    case open
}

/// A step on the way that the text itself names.
package struct Milestone: Sendable, Hashable {
    package let on: Day
    package let value: Decimal
    package let clause: String
    package let line: Int
}

/// What today's law says about an element of an older text.
package struct LegalStanding: Sendable, Hashable {
    /// What may still be done with it.
    package enum Standing: String, Sendable, CaseIterable {
        /// 不得执行
        case barred
        /// 只作历史记录
        case history

        package var word: Word {
            switch self {
            case .barred: Word("不得执行", "not to be executed")
            case .history: Word("历史记录", "history only")
            }
        }
    }

    package let standing: Standing
    package let basis: Stated<String>
    package let reason: String
}

/// A duty (措施): something to be done, by whom, for whom, and which part of the system runs it.
package struct Duty: Sendable, Hashable {
    package let id: String
    package let title: String
    package let clause: String
    package let text: String
    /// Ids of the responsible organisations; empty where the text names nobody.
    package let owners: [String]
    package let addressees: [String]
    package let runs: [RunningPart]
    package let says: [SaidNumber]
    package let legal: LegalStanding?
    package let open: String?
    package let line: Int
}

/// The part of the system that runs a duty.
package enum RunningPart: String, Sendable, CaseIterable {
    case enterprises, programmes, targets, cultivation, incentives, credit, casework, facilities, disclosure, promotion, none
    case spotChecks = "spot-checks"
    case followThrough = "follow-through"

    package var word: Word {
        switch self {
        case .enterprises: Word("企业档案", "dossiers")
        case .programmes: Word("分类与阶段", "classes and phases")
        case .targets: Word("目标", "targets")
        case .cultivation: Word("名牌培育", "cultivation")
        case .incentives: Word("奖励资助", "incentives")
        case .credit: Word("质量信用", "credit")
        case .casework: Word("任务与帮扶", "casework")
        case .facilities: Word("检测与平台", "facilities")
        case .disclosure: Word("公示公告", "disclosure")
        case .promotion: Word("宣传", "promotion")
        case .none: Word("系统不执行", "not run by the system")
        case .spotChecks: Word("监督抽查", "spot checks")
        case .followThrough: Word("督办", "follow-through")
        }
    }
}
