import Testing
import Values

@testable import Spreadsheets

@Suite("Reading .xls", .enabled(if: SheetFixtures.isPresent, "\(SheetFixtures.hint)"))
struct XlsReaderTests {
    private func book(_ name: String) throws -> Workbook { try SheetReading.workbook(path: SheetFixtures.path(name)) }

    @Test("hidden and very hidden sheets are seen as such")
    func visibility() throws {
        let book = try book("hidden.xls")
        #expect(book.format == .xls)
        #expect(book.sheets.map(\.name) == ["名单", "360Qex", "隐藏更深", "Sheet3"])
        #expect(book.sheets.map(\.visibility) == [.visible, .hidden, .veryHidden, .visible])
        #expect(book.sheets[0].texts == SheetFixtures.list)
    }

    @Test("dates of both systems come as the same days, with their time in the serial", arguments: ["dates-1900.xls", "dates-1904.xls"])
    func dates(name: String) throws {
        let cells = try book(name).sheets[0].rows[0].cells
        #expect(cells.map(\.text) == ["2013-03-18", "2006-09-15", "2012-06-01", "0.5", "1234.5", "20130318", "2013-05-01"])
        #expect(cells[2] == Day(year: 2012, month: 6, day: 1).map { .day($0, serial: 41061.5) })
        #expect(cells[5] == .number(20_130_318))
    }

    @Test("numbers, text numbers, truth values, errors and line breaks keep their kinds; formatted blanks are nothing")
    func kinds() throws {
        let sheet = try book("mixed.xls").sheets[0]
        #expect(sheet.rows.map(\.number) == [1, 3, 4])
        #expect(
            sheet.rows[1].cells == [
                .empty, .text("330300000012345"), .number(12), .number(12.75), .boolean(true), .error("#N/A"), .text("第一行\n第二行"),
                .number(-3),
                .text("龘靐齉𠮷"),
            ])
        #expect(Set(sheet.mergedRanges) == Set([CellRange("A1:D1"), CellRange("A4:A5")].compactMap { $0 }))
    }

    @Test("256 columns are read to the last")
    func wide() throws {
        let cells = try book("wide.xls").sheets[0].rows[0].cells
        #expect(cells.count == 256)
        #expect(cells.last == .text("列256"))
    }

    @Test("shared strings that run over many CONTINUE records stay whole")
    func longStrings() throws {
        let rows = try book("long-strings.xls").sheets[0].rows
        #expect(rows.count == 3000)
        for (index, row) in rows.enumerated() {
            let first = "第\(index)行" + String(repeating: "检验项目不合格", count: index % 40)
            let second = "ascii \(index) " + String(repeating: "x", count: index % 97)
            #expect(row.cells == [.text(first), .text(second)])
        }
    }

    @Test("an .xls is told by its content, whatever its name says")
    func misnamed() throws { #expect(try book("xls-inside.xlsx").format == .xls) }

    @Test("a file cut off anywhere is refused, never half read", arguments: ["truncated-late.xls", "truncated-early.xls"])
    func truncated(name: String) throws {
        let failure = readFailure(SheetFixtures.path(name))
        #expect(failure?.code == "import.file-damaged")
        #expect(failure?.message == "文件不完整或已损坏（内容在中途断开）。")
    }

    @Test("no damage to a file can do more than refuse it")
    func fuzzed() throws {
        let folder = try ScratchFolder()
        let original = try SourceFile(path: SheetFixtures.path("mixed.xls"), limits: ReadLimits()).all()
        var random = FixedGenerator(state: 20_170_905)
        for round in 0..<300 {
            var bytes = original
            for _ in 0..<(1 + round % 8) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let path = try folder.write("fuzz.xls", bytes)
            do { _ = try SheetReading.workbook(path: path) } catch { #expect(error is Failure) }
        }
    }
}

/// A generator that gives the same numbers every time.
struct FixedGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}

@Suite("Records of .xls")
struct BiffRecordsTests {
    @Test("packed numbers unfold: integers, hundredths, upper halves of doubles")
    func packedNumbers() {
        #expect(BiffSheet.number(rk: 0x0000_000A) == 2)
        #expect(BiffSheet.number(rk: UInt32(bitPattern: -12 << 2 | 2)) == -12)
        #expect(BiffSheet.number(rk: UInt32(1275 << 2 | 3)) == 12.75)
        #expect(BiffSheet.number(rk: 0x3FF0_0000) == 1)
        #expect(BiffSheet.number(rk: 0x3FF0_0001) == 0.01)
    }

    @Test("a bare sheet without a workbook, as old web exporters write it, is read; its bytes are UTF-8 or GBK")
    func bareSheet() throws {
        func words(_ numbers: [UInt16]) -> [UInt8] { numbers.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
        var bytes = words([0x0809, 8, 0, 0x10, 0, 0])
        bytes += words([0x0203, 14, 0, 0, 0]) + [0, 0, 0, 0, 0, 0, 0xF0, 0x3F]
        bytes += words([0x0204, 10, 0, 1, 0, 2]) + [0xBC, 0xD7]
        bytes += words([0x0204, 11, 0, 2, 0, 3]) + Array("乙".utf8)
        bytes += words([0x000A, 0])
        let folder = try ScratchFolder()
        let book = try SheetReading.workbook(path: try folder.write("a.xls", bytes))
        #expect(book.sheets[0].rows == [SheetRow(number: 1, cells: [.number(1), .text("甲"), .text("乙")])])
    }
}
