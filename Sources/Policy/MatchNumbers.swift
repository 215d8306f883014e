/// Compares the numbers of a document with what a programme's files claim to carry.
///
/// Every number is claimed once, in its clause; a claim names a literal that stands there. Longer literals choose first, so that
/// `1000万—5000万元` is not torn apart by `5000万元`.
package struct MatchNumbers {
    /// A number with the one who carries it.
    package struct Carried: Sendable, Hashable {
        package let number: NumberInText
        package let clause: String
        package let carrier: String
        package let isCommitment: Bool
    }

    /// A number that nobody carries.
    package struct Uncarried: Sendable, Hashable, CustomStringConvertible {
        package let number: NumberInText
        package let clause: String

        /// `四(三)2：「5000万」（…年销售额5000万元以上…）没有元素认领`
        package var description: String { "\(clause)：「\(number.text)」（…\(number.context)…）没有元素认领" }
    }

    /// A claim that the document does not bear out.
    package struct Unfounded: Sendable, Hashable, CustomStringConvertible {
        package let claim: NumberClaim

        package var description: String {
            "\(claim.file)第\(claim.said.line)行：\(claim.carrier)写了「\(claim.said.text)」，条款\(claim.said.clause)里没有，或已被别处认领"
        }
    }

    /// What came of the comparison.
    package struct Outcome: Sendable {
        package fileprivate(set) var carried: [Carried] = []
        package fileprivate(set) var uncarried: [Uncarried] = []
        package fileprivate(set) var unfounded: [Unfounded] = []
        /// Clauses whose beginning is not found in the document, in order.
        package fileprivate(set) var missingClauses: [String] = []

        package var isComplete: Bool { uncarried.isEmpty && unfounded.isEmpty && missingClauses.isEmpty }
    }

    private let characters: [Character]
    private let numbers: [NumberInText]
    private var clauses: [(id: String, range: Range<Int>, enumeratorEnd: Int)] = []
    private var owners: [Int: Int] = [:]
    private var outcome = Outcome()

    /// The document's text, the programme's clauses and all that its files claim.
    package static func compare(_ text: String, clauses: [Clause], claims: [NumberClaim]) -> Outcome {
        var match = MatchNumbers(text)
        match.locate(clauses)
        match.carryEnumerators()
        match.settle(claims)
        match.listRest()
        return match.outcome
    }

    private init(_ text: String) {
        // Windows line ends would be one character and shift nothing, but the anchors are written without them.
        characters = Array(text.replacing("\r\n", with: "\n"))
        numbers = NumbersInText.find(in: String(characters))
    }

    // MARK: Clauses

    private mutating func locate(_ entries: [Clause]) {
        var starts: [(id: String, start: Int, begins: String)] = []
        var from = 0
        for entry in entries {
            guard let start = find(Array(entry.begins), in: from..<characters.count) else {
                outcome.missingClauses.append(entry.id)
                continue
            }
            starts.append((entry.id, start, entry.begins))
            from = start + entry.begins.count
        }
        for (index, item) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1].start : characters.count
            let enumerator = item.start + MatchNumbers.enumeratorLength(item.begins)
            clauses.append((item.id, (index == 0 ? 0 : item.start)..<end, enumerator))
        }
    }

    /// The length of `三、`, `(二)`, `1、` at the beginning, or zero.
    static func enumeratorLength(_ begins: String) -> Int {
        let characters = Array(begins)
        var index = characters.first == "(" || characters.first == "（" ? 1 : 0
        let start = index
        while index < characters.count, "0123456789一二三四五六七八九十".contains(characters[index]) { index += 1 }
        guard index > start, index < characters.count, "、)）.．".contains(characters[index]) else { return 0 }
        return index + 1
    }

    private mutating func carryEnumerators() {
        for clause in clauses {
            for (index, number) in numbers.enumerated()
            where number.offset >= clause.enumeratorEnd - 6 && number.end <= clause.enumeratorEnd && clause.range.contains(number.offset) {
                guard owners[index] == nil else { continue }
                owners[index] = -1
                carry(number, clause.id, "条款编号", isCommitment: false)
            }
        }
    }

    private mutating func carry(_ number: NumberInText, _ clause: String, _ carrier: String, isCommitment: Bool) {
        outcome.carried.append(Carried(number: number, clause: clause, carrier: carrier, isCommitment: isCommitment))
    }

    // MARK: Claims

    private mutating func settle(_ claims: [NumberClaim]) {
        let order = claims.indices.sorted { (-claims[$0].said.text.count, $0) < (-claims[$1].said.text.count, $1) }
        for index in order where !settle(claims[index], index) {
            outcome.unfounded.append(Unfounded(claim: claims[index]))
        }
    }

    private mutating func settle(_ claim: NumberClaim, _ index: Int) -> Bool {
        guard let clause = clauses.first(where: { $0.id == claim.said.clause }) else { return false }
        let literal = Array(claim.said.text)
        var from = clause.range.lowerBound
        while let start = find(literal, in: from..<clause.range.upperBound) {
            let end = start + literal.count
            let inside = numbers.indices.filter { numbers[$0].offset < end && numbers[$0].end > start }
            let isWhole = inside.allSatisfy { numbers[$0].offset >= start && numbers[$0].end <= end && owners[$0] == nil }
            if !inside.isEmpty, isWhole {
                for number in inside {
                    owners[number] = index
                    carry(numbers[number], clause.id, claim.carrier, isCommitment: claim.isCommitment)
                }
                return true
            }
            from = start + 1
        }
        return false
    }

    private mutating func listRest() {
        for (index, number) in numbers.enumerated() where owners[index] == nil {
            let clause = clauses.last { $0.range.contains(number.offset) }?.id ?? "？"
            outcome.uncarried.append(Uncarried(number: number, clause: clause))
        }
    }

    private func find(_ literal: [Character], in range: Range<Int>) -> Int? {
        guard let first = literal.first, range.count >= literal.count else { return nil }
        for start in range.lowerBound...(range.upperBound - literal.count) where characters[start] == first {
            if characters[start..<(start + literal.count)].elementsEqual(literal) { return start }
        }
        return nil
    }
}
