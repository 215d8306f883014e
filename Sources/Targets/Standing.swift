package import Evidence
package import Foundation
package import Policy
package import Values

/// A target as it stands: what it is, what was judged from what, who answers for it, and what the superior says.
package struct Standing: Sendable {
    package let programme: String
    package let target: Target
    /// The responsible organisation's name; nil where the text names nobody.
    package let owner: String?
    package let judgement: Judgement
    /// The question behind 现值, with its journal position; nil where a stated figure or nothing stands there.
    package let question: Question?
    /// What is missing, and who should report it; nil where the target computes.
    package let missing: MissingInput?
    /// Other readings of the metric that the wording allows (按企业 beside 按批次).
    package let readings: [OtherReading]
    package let superior: SuperiorComparison?
    /// All stated figures of the target.
    package let figures: [TargetFigure]
    /// The journal position that all of this was asked at.
    package let position: Int64

    package var notes: [String] { judgement.notes }
}

/// The value by another metric that the wording may mean.
package struct OtherReading: Sendable {
    package let label: Word
    package let value: PeriodValue
    package let verdict: Verdict
}

/// The superior's notified figure beside ours (上级通报数).
package struct SuperiorComparison: Sendable {
    package let superior: TargetFigure
    /// Our value of the same period; of the latest one where that is missing.
    package let ours: PeriodValue?
    package let isSamePeriod: Bool

    /// Ours minus the superior's, in the target's unit.
    package var difference: Decimal? { ours?.value.map { $0 - superior.value.decimal } }
}
