import Foundation

/// A short literal of the document that contains a number which an element carries.
package struct SaidNumber: Sendable, Hashable {
    /// As it stands in the document: `5000万元以上`.
    package let text: String
    package let clause: String
    /// 1-based line of the programme file.
    package let line: Int

    /// `line` is that of the programme file.
    package init(text: String, clause: String, line: Int) {
        self.text = text
        self.clause = clause
        self.line = line
    }

    /// Whether one of its numbers is this one, with or without the unit written in Chinese (5000万 is 5000 and 50000000).
    func carries(_ number: Decimal) -> Bool {
        NumbersInText.find(in: text).contains { $0.value == number || $0.mantissa == number }
    }
}

/// What a text says, or leaves open (待明确).
package enum Stated<Value: Sendable & Hashable>: Sendable, Hashable {
    case said(Value)
    case open

    /// The value, where the text says one.
    package var value: Value? {
        if case .said(let value) = self { return value }
        return nil
    }

    package var isOpen: Bool { value == nil }
}

/// A claim that one place of the document is accounted for: by an element, or as no commitment.
package struct NumberClaim: Sendable, Hashable {
    package let said: SaidNumber
    package let file: String
    /// Who carries it: 目标「national-pass-rate」, or the reason why it is no commitment.
    package let carrier: String
    package let isCommitment: Bool

    /// `file` is relative to the programme.
    package init(said: SaidNumber, file: String, carrier: String, isCommitment: Bool) {
        self.said = said
        self.file = file
        self.carrier = carrier
        self.isCommitment = isCommitment
    }
}
