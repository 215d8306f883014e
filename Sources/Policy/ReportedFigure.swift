package import Foundation
package import Values

/// A figure that a text reports (上级通报数、工作总结的数): what was counted, when, and where it says so.
package struct ReportedFigure: Sendable, Hashable {
    /// How exact the text is.
    package enum Qualifier: String, Sendable, CaseIterable {
        case about
        case over
        case atLeast = "at-least"
        case upTo = "up-to"

        package var word: Word {
            switch self {
            case .about: Word("左右", "about")
            case .over: Word("多", "over")
            case .atLeast: Word("不少于", "at least")
            case .upTo: Word("至多", "up to")
            }
        }
    }

    /// When the figure holds.
    package enum Time: Sendable, Hashable {
        case on(Day)
        case period(from: Day, to: Day)
        /// The text does not say.
        case open
    }

    package let id: String
    package let label: String
    /// What is measured; only equal measures are compared.
    package let measure: String
    /// What is counted: 产品, 企业, 金额.
    package let counted: String
    package let value: Decimal
    package let unit: String
    package let time: Time
    /// Code of the region; the programme's where the file names none.
    package let region: String
    package let qualifier: Qualifier?
    package let clause: String
    package let says: [SaidNumber]
    /// In own words.
    package let asSaid: String?
    package let growth: Growth?
    /// The figure of which this is a part.
    package let partOf: String?
    /// The list whose names it counts.
    package let countsList: String?
    /// The figure of which this is a later state.
    package let laterThan: String?
    package let open: String?
    package let file: String
    package let line: Int

    /// How much the figure grew since a year.
    package struct Growth: Sendable, Hashable {
        package let percent: Decimal
        package let since: String
    }
}

/// Names that a text lists.
package struct NameList: Sendable, Hashable {
    package let id: String
    package let label: String
    package let clause: String
    /// In the text's order, doubles included.
    package let names: [String]
    /// Lists in which none of these names may stand as well.
    package let excludes: [String]
    package let counted: String?
    package let file: String
    package let line: Int
}

/// What follows from a reported figure by arithmetic; shown as derived (推算), never as a fact.
package struct DerivedFigure: Sendable, Hashable {
    /// The reported figure it follows from.
    package let from: String
    package let label: String
    /// The year of the base.
    package let year: String
    /// The value divided by one plus the growth rate, rounded half up to two decimals.
    package let value: Decimal
    package let unit: String
    package let clause: String
    /// `1353.23÷(1+88.99%)`
    package let working: String

    /// The base that a growth rate implies; nil where the figure carries none, or a rate of −100 %.
    package init?(_ figure: ReportedFigure) {
        guard let growth = figure.growth, growth.percent > -100 else { return nil }
        var quotient = figure.value / (1 + growth.percent / 100)
        var rounded = Decimal()
        NSDecimalRound(&rounded, &quotient, 2, .plain)
        from = figure.id
        label = "\(figure.label)（\(growth.since)年，推算的基数）"
        year = growth.since
        value = rounded
        unit = figure.unit
        clause = figure.clause
        working = "\(figure.value)÷(1+\(growth.percent)%)"
    }
}

/// A `reported/*.yaml` file.
package struct ReportedFile: Sendable, Hashable {
    package let file: String
    package let figures: [ReportedFigure]
    package let lists: [NameList]

    /// What the growth rates imply.
    package var derived: [DerivedFigure] { figures.compactMap(DerivedFigure.init) }
}
