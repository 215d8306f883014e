/// The cells of one worksheet of an `.xls`. Records of a sheet may come in any order, so the rows are gathered first.
struct BiffSheet {
    private let globals: BiffGlobals
    private(set) var mergedRanges: [CellRange] = []
    /// By row, then by column, both counted from 0.
    private(set) var rows: [[Cell]] = []
    /// The cell whose text result follows in the next record.
    private var awaitsText: (row: Int, column: Int)?

    private init(_ globals: BiffGlobals) { self.globals = globals }

    /// Throws `CompoundFile.Flaw` where the sheet's records break off.
    static func read(_ globals: BiffGlobals, _ entry: BiffGlobals.SheetEntry) throws -> BiffSheet {
        var sheet = BiffSheet(globals)
        try globals.records.substream(from: entry.offset) { record in sheet.take(record) }
        return sheet
    }

    private mutating func take(_ record: BiffRecords.Record) {
        let stream = globals.records.stream
        let start = record.offset
        let row = Int(stream.u16(start))
        let column = Int(stream.u16(start + 2))
        switch record.type {
        case BiffRecords.Kind.sharedText:
            let index = Int(stream.u32(start + 6))
            if globals.strings.indices.contains(index) { set(row, column, globals.strings[index]) }
        case BiffRecords.Kind.number: setNumber(row, column, stream.double(start + 6), format: stream.u16(start + 4))
        case BiffRecords.Kind.rk: setNumber(row, column, BiffSheet.number(rk: stream.u32(start + 6)), format: stream.u16(start + 4))
        case BiffRecords.Kind.multipleRK:
            for index in 0..<max(0, (record.length - 6) / 6) {
                let cell = start + 4 + index * 6
                setNumber(row, column + index, BiffSheet.number(rk: stream.u32(cell + 2)), format: stream.u16(cell))
            }
        case BiffRecords.Kind.text, BiffRecords.Kind.richText: set(row, column, Cell(text: globals.text(record, skipping: 6)))
        case BiffRecords.Kind.boolOrError:
            let value = stream.u8(start + 6)
            set(row, column, stream.u8(start + 7) == 0 ? .boolean(value != 0) : .error(BiffSheet.errorText(value)))
        case BiffRecords.Kind.formula: formula(row, column, start)
        case BiffRecords.Kind.formulaText:
            if let place = awaitsText { set(place.row, place.column, Cell(text: globals.text(record, skipping: 0))) }
            awaitsText = nil
        case BiffRecords.Kind.mergedCells: merged(record)
        default: break
        }
    }

    /// A formula's stored result: a number, or 0xFFFF and a tag for text (in the next record), truth value, error, nothing.
    private mutating func formula(_ row: Int, _ column: Int, _ start: Int) {
        let stream = globals.records.stream
        guard stream.u16(start + 12) == 0xFFFF else {
            return setNumber(row, column, stream.double(start + 6), format: stream.u16(start + 4))
        }
        switch stream.u8(start + 6) {
        case 0: awaitsText = (row, column)
        case 1: set(row, column, .boolean(stream.u8(start + 8) != 0))
        case 2: set(row, column, .error(BiffSheet.errorText(stream.u8(start + 8))))
        default: break
        }
    }

    private mutating func merged(_ record: BiffRecords.Record) {
        let stream = globals.records.stream
        for index in 0..<min(Int(stream.u16(record.offset)), max(0, (record.length - 2) / 8)) {
            let start = record.offset + 2 + index * 8
            mergedRanges.append(
                CellRange(
                    firstRow: Int(stream.u16(start)) + 1, lastRow: Int(stream.u16(start + 2)) + 1,
                    firstColumn: Int(stream.u16(start + 4)) + 1, lastColumn: Int(stream.u16(start + 6)) + 1))
        }
    }

    private mutating func setNumber(_ row: Int, _ column: Int, _ number: Double, format: UInt16) {
        let isDate = globals.isDate(cellFormat: Int(format))
        set(row, column, isDate ? SerialDate.cell(number, uses1904: globals.uses1904) : .number(number))
    }

    private mutating func set(_ row: Int, _ column: Int, _ cell: Cell) {
        // The format ends at 256 columns; a greater number is rubbish.
        guard column < 256, !cell.isEmpty else { return }
        while rows.count <= row { rows.append([]) }
        while rows[row].count < column { rows[row].append(.empty) }
        if rows[row].count > column { rows[row][column] = cell } else { rows[row].append(cell) }
    }

    /// A number packed into 30 bits: an integer or the upper bits of a double, perhaps a hundred times too large (MS-XLS 2.5.217).
    static func number(rk: UInt32) -> Double {
        let isInteger = rk & 2 != 0
        let value = isInteger ? Double(Int32(bitPattern: rk) >> 2) : Double(bitPattern: UInt64(rk & 0xFFFF_FFFC) << 32)
        return rk & 1 != 0 ? value / 100 : value
    }

    /// Error codes as the spreadsheet shows them (MS-XLS 2.5.10).
    static func errorText(_ code: UInt8) -> String {
        switch code {
        case 0x00: "#NULL!"
        case 0x07: "#DIV/0!"
        case 0x0F: "#VALUE!"
        case 0x17: "#REF!"
        case 0x1D: "#NAME?"
        case 0x24: "#NUM!"
        case 0x2A: "#N/A"
        default: "#错误"
        }
    }
}

extension [UInt8] {
    /// A little-endian double; 0 outside the array.
    func double(_ offset: Int) -> Double { Double(bitPattern: UInt64(u32(offset)) | UInt64(u32(offset + 4)) << 32) }
}
