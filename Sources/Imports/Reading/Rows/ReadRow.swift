/// What a cell says, read by the type of its field.
package enum FieldValue: Sendable, Equatable {
    case text(String)
    case day(PartialDay)
    case production(ProductionMark)
    case verdict(Verdict)
    case count(Int)
    /// Money as written, with the unit that the heading or the vocabulary names.
    case amount(String, unit: String?)
    case flag(Bool)

    /// As a clerk reads it.
    package var text: String {
        switch self {
        case .text(let text): text
        case .day(let day): day.description
        case .production(let mark): mark.raw
        case .verdict(let verdict): verdict.label
        case .count(let count): String(count)
        case .amount(let text, _): text
        case .flag(let flag): flag ? "是" : "否"
        }
    }
}

/// What a row says about the named maker beside the verdict.
package enum MakerDoubt: Sendable, Equatable {
    /// The name is hidden: 某某公司, 李**.
    case masked
    /// The sample is suspected to be counterfeit, or the named maker denies having made it; it does not count against that maker.
    case counterfeit(words: String)
}

/// A row of data as typed values.
package struct ReadRow: Sendable, Equatable {
    /// As spreadsheets show it.
    package let number: Int
    /// Field → value; fields whose cell says nothing are left out.
    package var values: [String: FieldValue]
    /// Heading → text of the columns that are no field's; kept so that nothing is lost.
    package var others: [String: String]
    package var doubts: [MakerDoubt]
    package var issues: [RowIssue]

    package func text(_ field: String) -> String? { values[field]?.text }

    package var verdict: Verdict? {
        if case .verdict(let verdict) = values["verdict"] { verdict } else { nil }
    }

    package var production: ProductionMark? {
        if case .production(let mark) = values["batch"] { mark } else { nil }
    }

    package func day(_ field: String) -> PartialDay? {
        if case .day(let day) = values[field] { day } else { nil }
    }

    /// Whether the row may be committed.
    package var isGood: Bool { !issues.contains { $0.level == .error } }
    /// Whether the finding may count against the maker that the row names.
    package var countsAgainstMaker: Bool { doubts.isEmpty }
}
