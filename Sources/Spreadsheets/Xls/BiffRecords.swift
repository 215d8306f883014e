/// A stream of BIFF records (MS-XLS 2.1): type, length, data. Offsets come from outside; reading beyond the end is `truncated`.
struct BiffRecords {
    let stream: [UInt8]

    struct Record {
        let type: Int
        /// Where its data begins in the stream.
        let offset: Int
        let length: Int
        var end: Int { offset + length }
    }

    enum Kind {
        static let formula = 0x0006, end = 0x000A, dateMode = 0x0022, filePass = 0x002F, continuation = 0x003C, codePage = 0x0042
        static let boundSheet = 0x0085, multipleRK = 0x00BD, richText = 0x00D6, extendedFormat = 0x00E0, mergedCells = 0x00E5
        static let sharedStrings = 0x00FC, sharedText = 0x00FD, number = 0x0203, text = 0x0204, boolOrError = 0x0205
        static let formulaText = 0x0207, rk = 0x027E, format = 0x041E, begin = 0x0809
    }

    /// Goes through one substream from its BOF to its EOF; embedded charts have their own pair inside and are passed over.
    func substream(from start: Int, _ take: (Record) throws -> Void) throws {
        var offset = start
        var depth = 0
        guard start >= 0, Int(stream.u16(start)) == Kind.begin else { throw CompoundFile.Flaw.malformed }
        while true {
            guard let record = record(at: offset) else { throw CompoundFile.Flaw.truncated }
            if record.type == Kind.begin { depth += 1 }
            if record.type == Kind.end { depth -= 1 }
            if depth == 0 { return }
            if depth == 1 { try take(record) }
            offset = record.end
        }
    }

    func record(at offset: Int) -> Record? {
        guard offset >= 0, offset + 4 <= stream.count else { return nil }
        let record = Record(type: Int(stream.u16(offset)), offset: offset + 4, length: Int(stream.u16(offset + 2)))
        return record.end <= stream.count ? record : nil
    }

    /// The data of a record and of the CONTINUE records behind it.
    func segments(_ record: Record) -> [Range<Int>] {
        var result = [record.offset..<record.end]
        var next = record.end
        while let more = self.record(at: next), more.type == Kind.continuation {
            result.append(more.offset..<more.end)
            next = more.end
        }
        return result
    }
}

/// Reads the strings of BIFF8 (MS-XLS 2.5.293, 2.5.294), which may run on in CONTINUE records, each beginning with its own width flag.
struct BiffStringCursor {
    private let stream: [UInt8]
    private var segments: ArraySlice<Range<Int>>
    private var position: Int
    private var end: Int

    init(_ records: BiffRecords, _ record: BiffRecords.Record, skipping count: Int = 0) {
        stream = records.stream
        segments = records.segments(record)[...]
        let first = segments.popFirst() ?? 0..<0
        position = min(first.upperBound, first.lowerBound + count)
        end = first.upperBound
    }

    var isAtEnd: Bool { position >= end && segments.allSatisfy(\.isEmpty) }

    /// A string with a count of two bytes (or one), its flags, and where they say so its formatting runs and phonetic data.
    mutating func string(shortCount: Bool = false) -> String {
        let count = shortCount ? Int(byte()) : Int(byte()) | Int(byte()) << 8
        let flags = byte()
        let runs = flags & 8 != 0 ? Int(byte()) | Int(byte()) << 8 : 0
        let extra = flags & 4 != 0 ? (0..<4).reduce(0) { sum, index in sum | Int(byte()) << (8 * index) } : 0
        let text = characters(count, isWide: flags & 1 != 0)
        skip(runs * 4 + extra)
        return text
    }

    private mutating func characters(_ count: Int, isWide: Bool) -> String {
        var isWide = isWide
        var units: [UInt16] = []
        while units.count < count {
            if position >= end {
                guard nextSegment() else { break }
                isWide = byte() & 1 != 0
            }
            let width = isWide ? 2 : 1
            let fit = min(count - units.count, (end - position) / width)
            if fit == 0 { position = end }
            for _ in 0..<fit {
                units.append(isWide ? stream.u16(position) : UInt16(stream.u8(position)))
                position += width
            }
        }
        return String(decoding: units, as: UTF16.self)
    }

    private mutating func byte() -> UInt8 {
        while position >= end { guard nextSegment() else { return 0 } }
        defer { position += 1 }
        return stream.u8(position)
    }

    private mutating func skip(_ count: Int) {
        var rest = count
        while rest > end - position {
            rest -= end - position
            guard nextSegment() else { return }
        }
        position += rest
    }

    private mutating func nextSegment() -> Bool {
        guard let next = segments.popFirst() else {
            position = end
            return false
        }
        position = next.lowerBound
        end = next.upperBound
        return true
    }
}
