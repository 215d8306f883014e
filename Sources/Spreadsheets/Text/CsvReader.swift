import Values

/// Reads text with separators: finds encoding and separator, then streams the records. All cells are text; nothing is taken for a number.
struct CsvReader {
    let file: SourceFile
    let events: LimitedEvents
    let limits: ReadLimits

    func read() throws {
        let (encoding, mark) = try self.encoding()
        let decoder = try TextDecoder(encoding, place: file.place)
        var parser: CsvParser?
        try events.begin(.csv(encoding))
        try events.beginSheet(CsvReader.sheetName(file.place.file ?? ""), .visible, isOnly: true)
        var skip = mark
        try file.chunks { chunk, isLast in
            let piece = skip > 0 ? Array(chunk.dropFirst(skip)) : chunk
            skip = 0
            let text = try decoder.decode(piece, isLast: isLast)
            if parser == nil {
                try refuseBinary(text)
                parser = CsvParser(separator: Separator.of(text))
            }
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

    /// The encoding and the length of its byte order mark: mark, else valid UTF-8, else valid GB18030.
    private func encoding() throws -> (TextEncoding, mark: Int) {
        let head = try file.bytes(from: 0, count: min(4, file.size))
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        let (utf8Progress, utf8Flaw) = try attempt(.utf8)
        guard let utf8Flaw else { return (.utf8, 0) }
        let (gbProgress, gbFlaw) = try attempt(.gb18030)
        guard let gbFlaw else { return (.gb18030, 0) }
        // The encoding that came further is the one that was meant.
        throw utf8Progress > gbProgress ? utf8Flaw : gbFlaw
    }

    private func attempt(_ encoding: TextEncoding) throws -> (progress: Int, flaw: Failure?) {
        let decoder = try TextDecoder(encoding, place: file.place)
        do {
            try file.chunks { chunk, isLast in
                _ = try decoder.decode(chunk, isLast: isLast)
                try events.checkTime()
            }
            return (decoder.progress, nil)
        } catch let failure as Failure where failure.code == "import.undecodable" {
            return (decoder.progress, failure)
        }
    }

    private func refuseBinary(_ text: [UInt8]) throws {
        let controls = text.prefix(4096).count { $0 < 32 && $0 != 9 && $0 != 10 && $0 != 13 && $0 != 0 }
        let zeros = text.prefix(4096).count { $0 == 0 }
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
    /// Comma, semicolon or tab: the one that cuts most records into the same number of fields; a comma where none does.
    static func of(_ text: [UInt8]) -> UInt8 {
        let sample = Array(text.prefix(65_536))
        let scored = [UInt8(ascii: ","), 9, UInt8(ascii: ";")].map { (separator: $0, score: score(sample, $0)) }
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
