package import Values

/// One cell of a decision table: simple unary tests of S-FEEL, the cell language of DMN, as written and as understood.
///
/// `-` any value · `>= 5000` · `[1000..5000]`, `(a..b)`, `]a..b[` · lists `1, 2, > 5` · `not(…)` · `"A"` · `true` · `date("2006-09-05")`;
/// numbers may be arithmetic over literals (`5000 * 1.1`). Source: DMN 1.5, clause 7 (unary tests) and 9 (S-FEEL).
package struct TableCell: Sendable, Hashable {
    /// As written in the file.
    package let text: String
    package let test: CellTest

    /// The cell that any value satisfies, also unknown.
    package static let any = TableCell(test: .any)

    /// Reads a cell. Throws a `Failure` of kind invalid whose code begins with `cell.`, naming the character where reading stopped.
    package init(parsing text: String, at place: FilePlace = FilePlace()) throws(Failure) {
        var parser = CellParser(text, at: place)
        self.test = try parser.parse()
        self.text = text
    }

    /// A cell made by the program; its text is the canonical one.
    package init(test: CellTest) {
        self.test = test
        self.text = test.canonical
    }

    /// Whether the value satisfies the cell: unknown satisfies only `-`, and of every other cell one cannot tell.
    package func match(_ value: FactValue) -> Match {
        switch (test, value) {
        case (.any, _): .yes
        case (_, .unknown): .unknown
        case (.oneOf(let intervals), _): intervals.contains { $0.contains(value) } ? .yes : .no
        case (.noneOf(let intervals), _): intervals.contains { $0.contains(value) } ? .no : .yes
        }
    }
}

/// The answer of a cell or a rule to a fact: three-valued.
package enum Match: String, Sendable, Hashable {
    case yes
    case no
    case unknown
}

/// What a cell demands.
package enum CellTest: Sendable, Hashable {
    /// `-`
    case any
    /// A list: one of them must hold.
    case oneOf([ValueInterval])
    /// `not(…)`: none of them may hold.
    case noneOf([ValueInterval])

    /// The intervals or single values that the cell names.
    package var intervals: [ValueInterval] {
        switch self {
        case .any: []
        case .oneOf(let intervals), .noneOf(let intervals): intervals
        }
    }

    /// One spelling for equal tests: single blanks, plain decimals, exclusive ends as round brackets.
    package var canonical: String {
        switch self {
        case .any: "-"
        case .oneOf(let intervals): intervals.map(\.canonical).joined(separator: ", ")
        case .noneOf(let intervals): "not(" + intervals.map(\.canonical).joined(separator: ", ") + ")"
        }
    }
}

/// One end of an interval.
package struct Bound: Sendable, Hashable {
    package var value: FactValue
    /// Whether the value itself belongs to the interval (以上、以下 with the number, or 超过、不满 without).
    package var isIncluded: Bool

    package init(_ value: FactValue, isIncluded: Bool) {
        self.value = value
        self.isIncluded = isIncluded
    }
}

/// A stretch of values; a missing end is unbounded, a single value has equal included ends.
package struct ValueInterval: Sendable, Hashable {
    package var lower: Bound?
    package var upper: Bound?

    package init(lower: Bound?, upper: Bound?) {
        self.lower = lower
        self.upper = upper
    }

    /// Exactly one value.
    package init(only value: FactValue) {
        self.init(lower: Bound(value, isIncluded: true), upper: Bound(value, isIncluded: true))
    }

    /// The one value, where the interval is a single included value.
    package var single: FactValue? {
        guard let lower, let upper, lower == upper, lower.isIncluded else { return nil }
        return lower.value
    }

    /// The kind of its ends.
    package var kind: InputKind? { lower?.value.kind ?? upper?.value.kind }

    /// Whether the value lies within; a value of another kind never does.
    package func contains(_ value: FactValue) -> Bool {
        if let lower {
            guard let below = value.isBefore(lower.value) else { return false }
            if below || (value == lower.value && !lower.isIncluded) { return false }
        }
        if let upper {
            guard let above = upper.value.isBefore(value) else { return false }
            if above || (value == upper.value && !upper.isIncluded) { return false }
        }
        return true
    }

    /// `5000`, `>= 5000`, `[1000..5000)`.
    package var canonical: String {
        if let single { return single.literal }
        switch (lower, upper) {
        case (let lower?, let upper?):
            return (lower.isIncluded ? "[" : "(") + lower.value.literal + ".." + upper.value.literal + (upper.isIncluded ? "]" : ")")
        case (let lower?, nil): return (lower.isIncluded ? ">= " : "> ") + lower.value.literal
        case (nil, let upper?): return (upper.isIncluded ? "<= " : "< ") + upper.value.literal
        case (nil, nil): return "-"
        }
    }
}
