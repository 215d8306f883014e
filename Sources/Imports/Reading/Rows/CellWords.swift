import Spreadsheets

/// Reads the words that stand in cells: nothing, verdicts, masks, doubts about the maker.
package struct CellWords: Sendable {
    package let values: ValueWords
    // Every cell is asked these questions, so that words are looked for only where one of their first letters stands.
    private let longestAbsent: Int
    private let absentLetters: Set<UInt32>
    private let maskLetters: LetterSet
    private let doubtLetters: LetterSet

    package init(values: ValueWords) {
        self.values = values
        longestAbsent = (values.absent.map(\.utf8.count).max() ?? 0) + 6
        let signs = values.blanks.flatMap { $0.unicodeScalars.map(\.value) }
        absentLetters = Set(values.absent.compactMap { $0.unicodeScalars.first?.value } + signs)
        maskLetters = LetterSet(values.masked.compactMap(\.unicodeScalars.first))
        doubtLetters = LetterSet(values.counterfeit.compactMap(\.unicodeScalars.first))
    }

    /// The text of a cell on one line: line breaks and runs of spaces become one space, none at the ends.
    func clean(_ cell: Cell) -> String {
        guard case .text(let text) = cell else { return cell.text }
        return CellWords.oneLine(text)
    }

    static func oneLine(_ text: String) -> String {
        // Most cells need nothing done.
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0xC2 && $0 != 0xE3 }
        if isPlain { return text }
        var result = ""
        var gap = false
        for character in text {
            if character.isWhitespace || character == "\u{FEFF}" {
                gap = true
            } else {
                if gap, !result.isEmpty { result.append(" ") }
                gap = false
                result.append(character)
            }
        }
        return result
    }

    /// Whether a text says that there is nothing: blank, `/`, `—`, `无`.
    package func isNothing(_ text: String) -> Bool {
        guard let letter = text.unicodeScalars.first?.value else { return true }
        // An ideograph, digit or small letter is folded into nothing else, so that the first one settles it for most cells.
        let isPlain = (0x4E00...0x9FFF).contains(letter) || (48...57).contains(letter) || (97...122).contains(letter)
        if isPlain, !absentLetters.contains(letter) { return false }
        guard let first = text.first else { return true }
        if first.isWhitespace || values.blanks.contains(first), text.allSatisfy({ $0.isWhitespace || values.blanks.contains($0) }) {
            return true
        }
        return text.utf8.count <= longestAbsent && values.absent.contains(CellWords.key(text))
    }

    /// Whether a cell of failing items says that there are none; besides signs these are words like 符合本次监督检查要求.
    package func isNoItem(_ text: String) -> Bool {
        isNothing(text) || values.nothing.contains(CellWords.key(text))
    }

    /// The verdict that a text states; nil where it states none that is known.
    package func verdict(_ text: String) -> Verdict? {
        let key = CellWords.key(text)
        guard !key.isEmpty else { return nil }
        if let found = values.verdicts.first(where: { $0.exact.contains(key) }) { return found.verdict }
        guard key.count <= 40 else { return nil }
        return values.verdicts.first { entry in entry.contained.contains { key.contains($0) } }?.verdict
    }

    /// Whether a name hides its bearer: 某某公司, 李**.
    package func isMasked(_ name: String) -> Bool {
        maskLetters.isMet(by: name) && values.masked.contains { name.contains($0) }
    }

    /// The words by which a text doubts that the named maker made the product; nil where it does not.
    package func counterfeitDoubt(_ text: String) -> String? {
        guard doubtLetters.isMet(by: text), let word = values.counterfeit.first(where: { text.contains($0) })
        else { return nil }
        let cleared = values.notCounterfeit.reduce(text) { $0.replacing($1, with: "") }
        return values.counterfeit.contains { cleared.contains($0) } ? word : nil
    }

    /// Yes or no; nil where the text says neither.
    package func flag(_ text: String) -> Bool? {
        let key = CellWords.key(text)
        if values.flagsYes.contains(key) { return true }
        return values.flagsNo.contains(key) ? false : nil
    }

    package func stage(_ text: String) -> SamplingStage {
        values.stages.first { entry in entry.words.contains { text.contains($0) } }?.stage ?? .unstated
    }

    /// Folded for comparing: half width, lower case, without white space and full stops at the end.
    static func key(_ text: String) -> String {
        var result = HeadingText.halfWidth(text).lowercased().filter { !$0.isWhitespace }
        while let last = result.last, "。.;；,，".contains(last) { result.removeLast() }
        return result
    }
}
