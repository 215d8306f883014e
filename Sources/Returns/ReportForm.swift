package import Values

/// A form that a superior office sends down to be filled every period (上级下发的空表).
package struct ReportForm: Sendable, Hashable {
    package let id: ID<ReportForm>
    package var title: String
    /// The office that asks for it.
    package var superior: String
    package var cadence: Cadence
    /// SHA-256 of the blank workbook that is filled now.
    package var blank: String
    package var fileName: String
    /// From which change a value that differs is shown, in per cent (差异提示线).
    package var threshold: Int
    /// The journal position since which it is so; a page that was read at another one is stale.
    package let version: Int64

    package init(
        id: ID<ReportForm>, title: String, superior: String, cadence: Cadence, blank: String, fileName: String, threshold: Int,
        version: Int64 = 0
    ) {
        self.id = id
        self.title = title
        self.superior = superior
        self.cadence = cadence
        self.blank = blank
        self.fileName = fileName
        self.threshold = threshold
        self.version = version
    }
}

/// What a cell of a form is bound to (绑定).
package enum BindingKind: String, Sendable, CaseIterable {
    /// 取数: the answer to a question.
    case figure
    /// 固定文字
    case text
    /// 保留公式
    case formula
    /// 下发镇街
    case town

    package var word: Word {
        switch self {
        case .figure: Word("取数", "figure")
        case .text: Word("固定文字", "text")
        case .formula: Word("保留公式", "formula")
        case .town: Word("镇街填", "by towns")
        }
    }
}

/// Whether a binding knows its cell in the form that is filled now.
package enum Placement: String, Sendable, CaseIterable {
    case placed
    /// Several cells carry its labels.
    case ambiguous
    /// No cell carries its labels any more.
    case gone

    package var word: Word {
        switch self {
        case .placed: Word("已对上", "found")
        case .ambiguous: Word("有几处同名，待确认", "several such cells")
        case .gone: Word("表样里找不到了", "not in the form")
        }
    }
}

/// One cell of a form and what fills it, held by the labels around it (行标题、列标题), not by its address alone.
package struct CellBinding: Sendable, Hashable {
    package let id: ID<CellBinding>
    package let form: ID<ReportForm>
    package var anchor: CellAnchor
    /// Where it stands in the form now; the place where it last stood while `placement` is not `placed`.
    package var place: CellPlaceOnSheet
    package var placement: Placement
    package var kind: BindingKind
    /// The question of a figure, or of what the registers know of a town's cell.
    package var question: QuestionTemplate?
    /// The text of a constant; may hold `{year}` and the like.
    package var text: String
    /// 元, 万元, 亿元, %, 家 …; empty where the metric's own unit is meant.
    package var unit: String
    package var decimals: Int
    /// The town that alone fills this cell, where the row is one town's.
    package var town: Int64?

    package init(
        id: ID<CellBinding> = ID(0), form: ID<ReportForm>, anchor: CellAnchor, place: CellPlaceOnSheet, placement: Placement = .placed,
        kind: BindingKind, question: QuestionTemplate? = nil, text: String = "", unit: String = "", decimals: Int = 0, town: Int64? = nil
    ) {
        self.id = id
        self.form = form
        self.anchor = anchor
        self.place = place
        self.placement = placement
        self.kind = kind
        self.question = question
        self.text = text
        self.unit = unit
        self.decimals = decimals
        self.town = town
    }
}
