package import Values

/// A figure of a target that somebody states: our own answer put forward for release, a department's report, or what the superior notified.
package struct TargetFigure: Sendable, Hashable {
    package let id: ID<TargetFigure>
    /// The programme's id.
    package let programme: String
    /// The target's id in the programme.
    package let target: String
    /// Whose figure it is: empty for our own region, else the body compared with (全国平均, a neighbouring district).
    package let subject: String
    package let source: FigureSource
    /// The office that reports it.
    package let reporter: String
    /// Number or title of the paper it stands in.
    package let document: String
    package let period: FigurePeriod
    package let value: Millionths
    package let unit: String
    package let state: FigureStage
    /// The question an own figure answers, as `KeptQuestion` writes it.
    package let question: String?
    package let recordedBy: String
    package let reviewedBy: String?
    package let releasedBy: String?
    package let releasedOn: Day?
    /// The journal position of the release: what was published can be read again at it. Kept when the figure is corrected later.
    package let pinnedPosition: Int64?
    package let note: String?
}

/// Where a figure comes from (数据来源).
package enum FigureSource: String, Sendable, CaseIterable {
    /// 本级数: the answer of a question of this store
    case own
    /// 上级通报数
    case superior
    /// 部门填报数
    case department

    package var word: Word {
        switch self {
        case .own: Word("本级数", "our own")
        case .superior: Word("上级通报数", "notified by the superior")
        case .department: Word("部门填报数", "reported by a department")
        }
    }
}

/// How far a figure has come on its way to the public (promise 5: 待核 → 已审核 → 已发布).
package enum FigureStage: String, Sendable, CaseIterable {
    case recorded
    case reviewed
    case released

    package var word: Word {
        switch self {
        case .recorded: Word("待核", "to be reviewed")
        case .reviewed: Word("已审核", "reviewed")
        case .released: Word("已发布", "released")
        }
    }
}

/// The time a figure is about, in the paper's words and, where these allow it, in days (both included).
package struct FigurePeriod: Sendable, Hashable {
    package let text: String
    package let from: Day?
    package let to: Day?

    package init(_ text: String, from: Day? = nil, to: Day? = nil) {
        self.text = text
        self.from = from
        self.to = to
    }

    /// A calendar year.
    package static func year(_ year: Int) -> FigurePeriod {
        FigurePeriod("\(year)年", from: Day(year: year, month: 1, day: 1), to: Day(year: year, month: 12, day: 31))
    }
}
