/// A few letters that are looked for in every cell of a file: a table of bits, because hashing each letter of a million rows costs time.
struct LetterSet: Sendable {
    /// A bit for each code point of the basic plane.
    private var bits: [UInt64]
    /// Whether there are letters beyond it, which are then taken to stand everywhere.
    private var hasOthers = false

    init(_ letters: some Sequence<Unicode.Scalar>) {
        bits = [UInt64](repeating: 0, count: 1024)
        for letter in letters {
            if letter.value < 65_536 {
                bits[Int(letter.value >> 6)] |= 1 << UInt64(letter.value & 63)
            } else {
                hasOthers = true
            }
        }
    }

    private func contains(_ letter: Unicode.Scalar) -> Bool {
        letter.value < 65_536 ? bits[Int(letter.value >> 6)] >> UInt64(letter.value & 63) & 1 == 1 : hasOthers
    }

    /// Whether one of the letters stands in the text.
    func isMet(by text: String) -> Bool { text.unicodeScalars.contains(where: contains) }

    /// Whether the text may begin with one of the letters; white space before it leaves that open.
    func mayBegin(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        return contains(first) || !(0x4E00...0x9FFF).contains(first.value)
    }
}
