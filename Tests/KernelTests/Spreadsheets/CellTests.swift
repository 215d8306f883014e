import Testing
import Values

@testable import Spreadsheets

@Suite("Cells and dates")
struct CellTests {
    @Test(
        "numbers print as a clerk reads them",
        arguments: [
            (20130318.0, "20130318"), (12.75, "12.75"), (0.1 + 0.2, "0.3"), (-3, "-3"), (0, "0"), (1e14, "100000000000000"),
            (123456789012345.0, "123456789012345"), (0.00001, "0.00001"), (1234.5, "1234.5"), (9.14401e17, "914401000000000000"),
            (-0.5, "-0.5"), (0.05, "0.05"), (4293.039, "4293.039"), (2.0 / 3, "0.666666666666667"), (123456789.123456, "123456789.123456"),
            (1e-12, "1e-12"), (.nan, "#NUM!"),
        ])
    func numbers(number: Double, text: String) { #expect(Cell.number(number).text == text) }

    @Test("text keeps inner line breaks and loses trailing NULs")
    func text() {
        #expect(Cell(text: "甲\n乙\0\0") == .text("甲\n乙"))
        #expect(Cell(text: "甲\r\n乙\r丙\r\r丁\n") == .text("甲\n乙\n丙\n\n丁\n"))
        #expect(Cell(text: "\0") == .empty)
        #expect(Cell(text: "") == .empty)
        #expect(Cell.boolean(true).text == "TRUE")
        #expect(Cell.error("#N/A").text == "#N/A")
    }

    @Test("serials of both date systems are the same day, and the day that never was is none")
    func serials() {
        let day = Day(year: 2013, month: 3, day: 18)
        #expect(SerialDate.day(41351) == day)
        #expect(SerialDate.cell(41351.5, uses1904: false) == day.map { .day($0, serial: 41351.5) })
        #expect(SerialDate.cell(41351 - 1462, uses1904: true) == day.map { .day($0, serial: 41351) })
        #expect(SerialDate.day(1) == Day(year: 1900, month: 1, day: 1))
        #expect(SerialDate.day(59) == Day(year: 1900, month: 2, day: 28))
        #expect(SerialDate.day(60) == nil)
        #expect(SerialDate.day(61) == Day(year: 1900, month: 3, day: 1))
        #expect(SerialDate.cell(0.5, uses1904: false) == .number(0.5))
        #expect(SerialDate.cell(3_000_000, uses1904: false) == .number(3_000_000))
        for serial in [1.0, 59, 61, 41351] { #expect(SerialDate.day(serial).map(SerialDate.serial) == serial) }
    }

    @Test(
        "formats that show a year, month or day are dates, others are not",
        arguments: [
            ("yyyy-mm-dd", true), ("yyyy\"年\"m\"月\"d\"日\"", true), ("[$-804]yyyy/m/d", true), ("m月", true), ("mm:ss", false),
            ("h:mm", false),
            ("General", false), ("G/通用格式", false), ("#,##0.00_);[Red](#,##0.00)", false), ("0.00\"day\"", false), ("0\\d", false),
            ("@", false),
            ("#,##0;yyyy", false),
        ])
    func formats(code: String, isDate: Bool) { #expect(DateFormat.isDate(code) == isDate) }

    @Test("columns are named as Excel names them")
    func columns() {
        #expect([1, 26, 27, 256, 702, 703].map(ColumnLetters.of) == ["A", "Z", "AA", "IV", "ZZ", "AAA"])
        #expect(ColumnLetters.cell("$AB$12".utf8).map { [$0.row, $0.column] } == [12, 28])
        #expect(ColumnLetters.cell("12".utf8) == nil)
        #expect(CellRange("A1:C3") == CellRange(firstRow: 1, lastRow: 3, firstColumn: 1, lastColumn: 3))
        #expect(CellRange("A1:") == nil)
    }

    @Test("limits travel to the reading process as one argument")
    func limits() {
        var limits = ReadLimits()
        limits.rows = 77
        #expect(ReadLimits(argument: limits.argument) == limits)
        #expect(ReadLimits(argument: "1,2") == nil)
        #expect(ReadLimits(argument: limits.argument + ",0") == nil)
    }
}
