import Values

/// Finds the encoding of a text file: its mark, the zeros of UTF-16, else what decodes to the end, UTF-8 before GB18030.
struct EncodingGuess {
    let file: SourceFile
    let events: LimitedEvents

    /// An encoding, and the length of the byte order mark before the text.
    struct Answer {
        let encoding: TextEncoding
        let mark: Int
    }

    /// How far an encoding came, and what stopped it.
    struct Stop: Error {
        let answer: Answer
        /// Bytes before the flaw that decode well, without the mark.
        let progress: Int
        let failure: Failure
    }

    /// Throws `Stop` where no encoding fits the whole file.
    func answer() throws -> Answer {
        let head = try file.bytes(from: 0, count: min(4096, file.size))
        if let marked = EncodingGuess.marked(head) { return marked }
        if let wide = EncodingGuess.unmarkedUTF16(head) { return Answer(encoding: wide, mark: 0) }
        guard let utf8 = try attempt(.utf8) else { return Answer(encoding: .utf8, mark: 0) }
        guard let gb = try attempt(.gb18030) else { return Answer(encoding: .gb18030, mark: 0) }
        // The encoding that came further is the one that was meant.
        throw utf8.progress > gb.progress ? utf8 : gb
    }

    private static func marked(_ head: [UInt8]) -> Answer? {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return Answer(encoding: .utf8, mark: 3) }
        if head.starts(with: [0xFF, 0xFE]) { return Answer(encoding: .utf16LittleEndian, mark: 2) }
        if head.starts(with: [0xFE, 0xFF]) { return Answer(encoding: .utf16BigEndian, mark: 2) }
        return nil
    }

    /// UTF-16 without its mark: separators, digits and line ends have a zero on always the same side, and the rest is Chinese.
    static func unmarkedUTF16(_ head: [UInt8]) -> TextEncoding? {
        let units = head.count / 2
        guard units >= 2 else { return nil }
        var zeros = [0, 0]
        for index in 0..<(units * 2) where head[index] == 0 { zeros[index % 2] += 1 }
        // 一 and 阀 end in a zero themselves, so that the wrong side need not be empty.
        let isLittle = zeros[1] > zeros[0]
        guard max(zeros[0], zeros[1]) > 4 * min(zeros[0], zeros[1]), zeros[0] + zeros[1] >= max(1, units / 64) else { return nil }
        var likely = 0
        for index in 0..<units {
            let pair = (low: head[index * 2 + (isLittle ? 0 : 1)], high: head[index * 2 + (isLittle ? 1 : 0)])
            switch UInt16(pair.high) << 8 | UInt16(pair.low) {
            case 9, 10, 13, 0x20...0x7E, 0xA0...0xFF, 0x2000...0x2FFF, 0x3000...0x33FF, 0x4E00...0x9FFF, 0xFF00...0xFFEF: likely += 1
            case 0..<0x20: return nil
            default: break
            }
        }
        guard likely * 10 >= units * 9 else { return nil }
        return isLittle ? .utf16LittleEndian : .utf16BigEndian
    }

    /// Nil where the encoding fits the whole file.
    private func attempt(_ encoding: TextEncoding) throws -> Stop? {
        let decoder = try TextDecoder(encoding, place: file.place)
        do {
            try file.chunks { chunk, isLast in
                _ = try decoder.decode(chunk, isLast: isLast)
                try events.checkTime()
            }
            return nil
        } catch let failure as Failure where failure.code == "import.undecodable" {
            return Stop(answer: Answer(encoding: encoding, mark: 0), progress: decoder.progress, failure: failure)
        }
    }
}
