import Values

/// Reads text with separators: finds encoding and separator, then streams the records. All cells are text; nothing is taken for a number.
struct CsvReader {
    let file: SourceFile
    let events: LimitedEvents
    let limits: ReadLimits

    func read() throws {
        try refuseBinary()
        do {
            let answer = try EncodingGuess(file: file, events: events).answer()
            try read(answer)
        } catch let stop as EncodingGuess.Stop {
            throw try located(stop)
        }
    }

    private func read(_ answer: EncodingGuess.Answer) throws {
        let decoder = try TextDecoder(answer.encoding, place: file.place)
        var parser: CsvParser?
        try events.begin(.csv(answer.encoding))
        try events.beginSheet(CsvReader.sheetName(file.place.file ?? ""), .visible, isOnly: true)
        var skip = answer.mark
        try file.chunks { chunk, isLast in
            let piece = skip > 0 ? Array(chunk.dropFirst(skip)) : chunk
            skip = 0
            let text = try decode(piece, isLast: isLast, decoder, answer)
            if parser == nil { parser = CsvParser(separator: Separator.of(text)) }
            try parser?.feed(text) { try events.row($0, $1) }
            if let parser {
                try events.checkText(parser.pendingBytes, row: parser.number, column: parser.pendingColumns + 1)
                try events.checkColumn(parser.pendingColumns, row: parser.number)
            }
        }
        if let parser, parser.isInsideQuotes {
            throw ReadFailure.openQuote(FilePlace(file: file.place.file, line: parser.quoteLine))
        }
        try parser?.finish { try events.row($0, $1) }
        try events.endSheet()
    }

    /// A marked file is not tried before it is read, so that its flaws are met here.
    private func decode(
        _ piece: [UInt8], isLast: Bool, _ decoder: TextDecoder, _ answer: EncodingGuess.Answer
    ) throws -> [UInt8] {
        do { return try decoder.decode(piece, isLast: isLast) } catch let failure as Failure where failure.code == "import.undecodable" {
            throw EncodingGuess.Stop(answer: answer, progress: decoder.progress, failure: failure)
        }
    }

    /// The flaw with the row and the column of the cell it stands in: what comes before it decodes and is parsed once more.
    private func located(_ stop: EncodingGuess.Stop) throws -> Failure {
        let decoder = try TextDecoder(stop.answer.encoding, place: file.place)
        var parser: CsvParser?
        var left = stop.progress
        var skip = stop.answer.mark
        try file.chunks { chunk, _ in
            let piece = Array(chunk.dropFirst(skip).prefix(left))
            skip = 0
            guard left > 0, !piece.isEmpty else { return }
            left -= piece.count
            let text = try decoder.decode(piece, isLast: false)
            if parser == nil { parser = CsvParser(separator: Separator.of(text)) }
            parser?.feed(text) { _, _ in }
        }
        let row = parser?.number ?? 1
        let column = (parser?.pendingColumns ?? 0) + 1
        let place = FilePlace(file: file.place.file, row: row, column: ColumnLetters.of(column))
        return Failure(stop.failure.kind, stop.failure.code, stop.failure.message, at: place, cure: stop.failure.cure)
    }

    /// Told before any decoding: whatever the encoding, a text has no control characters, and zeros only as halves of UTF-16.
    private func refuseBinary() throws {
        let head = try file.bytes(from: 0, count: min(4096, file.size))
        let isWide = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) || EncodingGuess.unmarkedUTF16(head) != nil
        guard !isWide else { return }
        // The end mark of DOS may stand last.
        let controls = head.dropLast(head.last == 26 ? 1 : 0).count { $0 < 32 && $0 != 9 && $0 != 10 && $0 != 13 && $0 != 0 }
        let zeros = head.count { $0 == 0 }
        if controls > 0 || zeros > 8 { throw ReadFailure.notATable("无法识别的二进制文件", file.place) }
    }

    /// The file's name without its ending, as Excel names the sheet of a text file.
    static func sheetName(_ file: String) -> String {
        guard let dot = file.lastIndex(of: "."), dot > file.startIndex else { return file }
        return String(file[..<dot])
    }
}

/// Finds out what separates the fields.
enum Separator {
    /// Comma, semicolon, tab or bar: the one that cuts most records into the same number of fields; a comma where none does.
    static func of(_ text: [UInt8]) -> UInt8 {
        let sample = Array(text.prefix(65_536))
        let scored = [UInt8(ascii: ","), 9, UInt8(ascii: ";"), UInt8(ascii: "|")].map { (separator: $0, score: score(sample, $0)) }
        return scored.max { $0.score < $1.score }.flatMap { $0.score > 0 ? $0.separator : nil } ?? UInt8(ascii: ",")
    }

    private static func score(_ sample: [UInt8], _ separator: UInt8) -> Int {
        var widths: [Int: Int] = [:]
        var parser = CsvParser(separator: separator)
        parser.feed(sample) { number, cells in
            if number <= 200, cells.count > 1 { widths[cells.count, default: 0] += 1 }
        }
        parser.finish { _, cells in if cells.count > 1 { widths[cells.count, default: 0] += 1 } }
        // Agreement counts first, then width.
        return widths.map { $0.value * 1000 + min($0.key, 999) }.max() ?? 0
    }
}
