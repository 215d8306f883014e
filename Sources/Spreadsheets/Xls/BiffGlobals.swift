/// What stands before the sheets of an `.xls`: the list of sheets, the shared strings, the formats, the date system.
struct BiffGlobals {
    struct SheetEntry {
        let name: String
        let visibility: SheetVisibility
        /// Charts, macro sheets and code modules hold no table.
        let isWorksheet: Bool
        let offset: Int
    }

    let records: BiffRecords
    private(set) var sheets: [SheetEntry] = []
    private(set) var strings: [Cell] = []
    private(set) var uses1904 = false
    private(set) var isEncrypted = false
    /// BIFF5 and older write bytes in a code page instead of Unicode.
    let hasOldText: Bool
    private var codePage = 936
    private var formats: [Int: Bool] = [:]
    private var cellFormats: [Int] = []

    /// Throws `CompoundFile.Flaw` where the stream of records breaks off or begins wrongly.
    init(_ stream: [UInt8]) throws {
        records = BiffRecords(stream: stream)
        hasOldText = stream.u16(4) < 0x0600
        // Some exporters write one bare sheet without a workbook around it.
        if stream.u16(6) == 0x0010 {
            sheets = [SheetEntry(name: "Sheet1", visibility: .visible, isWorksheet: true, offset: 0)]
            return
        }
        var found: [BiffRecords.Record] = []
        try records.substream(from: 0) { record in found.append(record) }
        for record in found where !isEncrypted { take(record) }
    }

    /// Whether a cell format shows a date.
    func isDate(cellFormat: Int) -> Bool {
        guard cellFormats.indices.contains(cellFormat) else { return false }
        let id = cellFormats[cellFormat]
        return formats[id] ?? DateFormat.isBuiltIn(id)
    }

    /// A string with a two-byte count that stands `skipping` bytes into a record.
    func text(_ record: BiffRecords.Record, skipping: Int) -> String {
        guard hasOldText else {
            var cursor = BiffStringCursor(records, record, skipping: skipping)
            return cursor.string()
        }
        return oldText(record.offset + skipping + 2, count: Int(records.stream.u16(record.offset + skipping)), end: record.end)
    }

    private mutating func take(_ record: BiffRecords.Record) {
        let stream = records.stream
        switch record.type {
        case BiffRecords.Kind.filePass: isEncrypted = true
        case BiffRecords.Kind.dateMode: uses1904 = stream.u16(record.offset) == 1
        case BiffRecords.Kind.codePage: codePage = Int(stream.u16(record.offset))
        case BiffRecords.Kind.extendedFormat: cellFormats.append(Int(stream.u16(record.offset + 2)))
        case BiffRecords.Kind.format:
            let code = hasOldText ? shortText(record, skipping: 2) : text(record, skipping: 2)
            formats[Int(stream.u16(record.offset))] = DateFormat.isDate(code)
        case BiffRecords.Kind.boundSheet: sheets.append(entry(record))
        case BiffRecords.Kind.sharedStrings: readStrings(record)
        default: break
        }
    }

    private func entry(_ record: BiffRecords.Record) -> SheetEntry {
        let visibility: SheetVisibility =
            switch records.stream.u8(record.offset + 4) & 3 {
            case 0: .visible
            case 1: .hidden
            case 2: .veryHidden
            default: .unknown
            }
        return SheetEntry(
            name: shortText(record, skipping: 6), visibility: visibility, isWorksheet: records.stream.u8(record.offset + 5) == 0,
            offset: Int(records.stream.u32(record.offset)))
    }

    private mutating func readStrings(_ record: BiffRecords.Record) {
        let count = Int(records.stream.u32(record.offset + 4))
        var cursor = BiffStringCursor(records, record, skipping: 8)
        while strings.count < count, !cursor.isAtEnd { strings.append(Cell(text: cursor.string())) }
    }

    /// A string with a one-byte count.
    private func shortText(_ record: BiffRecords.Record, skipping: Int) -> String {
        guard hasOldText else {
            var cursor = BiffStringCursor(records, record, skipping: skipping)
            return cursor.string(shortCount: true)
        }
        return oldText(record.offset + skipping + 1, count: Int(records.stream.u8(record.offset + skipping)), end: record.end)
    }

    private func oldText(_ start: Int, count: Int, end: Int) -> String {
        guard start <= end else { return "" }
        let bytes = Array(records.stream[start..<min(end, start + count)])
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return CodePage.text(bytes, codePage) ?? String(decoding: bytes, as: UTF8.self)
    }
}
