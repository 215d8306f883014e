import Testing
import Values

@testable import Spreadsheets

@Suite("Writing tables")
struct WorkbookWriterTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test("typed columns come back as they were written")
    func typed() throws {
        let day = try #require(Day(year: 2006, month: 9, day: 15))
        let path = folder.file("a.xlsx")
        let writer = try WorkbookWriter(path: path)
        try writer.beginSheet(
            "企业",
            columns: [
                SheetColumn("代码"), SheetColumn("人数", .integer), SheetColumn("销售额（万元）", .amount(decimals: 2)), SheetColumn("登记日期", .day),
                SheetColumn("占比", .share(decimals: 1)),
            ], notes: ["单位：万元"])
        try writer.append([.text("0123"), .number(12), .number(1234.5), .day(day, serial: 38975), .number(0.25)])
        try writer.append(contentsOf: [[.text("=1+1"), .empty, .empty, .day(day, serial: 38975.5), .boolean(true)], [.text("_x0041_\n乙")]])
        try writer.beginSheet("企业", columns: [SheetColumn("甲")])
        try writer.finish()
        let book = try SheetReading.workbook(path: path)
        #expect(book.sheets.map(\.name) == ["企业", "企业(2)"])
        let rows = book.sheets[0].rows
        #expect(rows[0].cells == [.text("单位：万元")])
        #expect(rows[1].cells.map(\.text) == ["代码", "人数", "销售额（万元）", "登记日期", "占比"])
        #expect(rows[2].cells == [.text("0123"), .number(12), .number(1234.5), .day(day, serial: 38975), .number(0.25)])
        #expect(rows[3].cells == [.text("=1+1"), .empty, .empty, .day(day, serial: 38975.5), .boolean(true)])
        #expect(rows[4].cells == [.text("_x0041_\n乙")])
    }

    @Test("drop-downs: short lists stand in the cell rule, long ones in a hidden sheet")
    func choices() throws {
        let path = folder.file("a.xlsx")
        let towns = (1...80).map { "第\($0)镇街道办事处" }
        let writer = try WorkbookWriter(path: path)
        try writer.beginSheet("填报", columns: [SheetColumn("结果", choices: ["合格", "不合格"]), SheetColumn("镇街", choices: towns)])
        try writer.append([.empty, .text(towns[0])])
        try writer.finish()
        let book = try SheetReading.workbook(path: path)
        #expect(book.sheets.map(\.visibility) == [.visible, .hidden])
        #expect(book.sheets[1].texts == towns.map { [$0] })
    }

    @Test("sheet names that Excel refuses are mended and kept apart")
    func sheetNames() {
        var names = SheetNames()
        #expect(names.unique("a/b:[c]*?") == "abc")
        #expect(names.unique("ABC") == "ABC(2)")
        #expect(names.unique("") == "Sheet")
        let long = names.unique(String(repeating: "镇", count: 40))
        #expect(long.count == 31)
        #expect(names.unique(String(repeating: "镇", count: 40)) == String(repeating: "镇", count: 28) + "(2)")
        #expect(names.unique("'引'") == "引")
    }

    @Test("many rows come back in their order, also where a sheet follows")
    func manyRows() throws {
        let path = folder.file("a.xlsx")
        let writer = try WorkbookWriter(path: path)
        for count in [1000, 256, 3] {
            try writer.beginSheet("\(count)", columns: [SheetColumn("行"), SheetColumn("数", .integer)])
            for row in 0..<count { try writer.append([.text("第\(row)行"), .number(Double(row))]) }
        }
        try writer.finish()
        let book = try SheetReading.workbook(path: path)
        for (sheet, count) in zip(book.sheets, [1000, 256, 3]) {
            #expect(sheet.rows.dropFirst().map(\.cells) == (0..<count).map { [.text("第\($0)行"), .number(Double($0))] })
        }
    }

    @Test("text too long for Excel is an error with its cell")
    func tooLong() throws {
        let writer = try WorkbookWriter(path: folder.file("a.xlsx"))
        try writer.beginSheet("a", columns: [SheetColumn("a")])
        let failure = #expect(throws: Failure.self) { try writer.append([.text(String(repeating: "字", count: 32_768))]) }
        #expect(failure?.code == "export.cell-too-long")
        #expect(failure?.message == "单元格文字超过 Excel 的上限 32767 字，无法写入。")
        #expect(failure?.place.row == 2)
        #expect(failure?.cure == "请改为导出 .csv，或缩短该单元格的文字。")
    }

    @Test("a place that cannot be written is said")
    func cannotWrite() {
        let failure = #expect(throws: Failure.self) {
            let writer = try WorkbookWriter(path: "/nowhere/a.xlsx")
            try writer.beginSheet("a", columns: [SheetColumn("a")])
            try writer.finish()
        }
        #expect(failure?.description == "/nowhere/a.xlsx：无法写入文件。处理办法：请检查磁盘空间和目录权限后重试。")
        #expect(#expect(throws: Failure.self) { try CsvFileWriter(path: "/nowhere/a.csv") }?.code == "export.cannot-write")
    }

    @Test("Chinese headings get room for their width")
    func widths() {
        #expect(TextWidth.of("企业名称") == 8)
        #expect(TextWidth.of("ab\n企业") == 4)
        #expect(SheetColumn("企业名称").shownWidth == 12)
        #expect(SheetColumn("号", width: 30).shownWidth == 30)
        #expect(SheetColumn(String(repeating: "长", count: 50)).shownWidth == 60)
    }

    @Test("CSV: mark, CR LF, quotes, and no cell that runs as a formula")
    func csv() throws {
        let path = folder.file("a.csv")
        let writer = try CsvFileWriter(path: path)
        try writer.append([.text("名称"), .text("说\"明\""), .text("甲,乙"), .text("行\n行")])
        try writer.append(contentsOf: [
            [.text("=1+1"), .text("+1"), .text("-"), .text("@a"), .text("\t=1"), .text("\r=1"), .number(-5), .empty]
        ])
        try writer.finish()
        let bytes = try SourceFile(path: path, limits: ReadLimits()).all()
        #expect(bytes.prefix(3) == [0xEF, 0xBB, 0xBF])
        #expect(
            String(decoding: bytes.dropFirst(3), as: UTF8.self)
                == "名称,\"说\"\"明\"\"\",\"甲,乙\",\"行\n行\"\r\n\"'=1+1\",\"'+1\",\"'-\",\"'@a\",\"'\t=1\",\"'\r=1\",-5,\r\n")
        #expect(try SheetReading.workbook(path: path).sheets[0].rows[1][column: 0] == .text("'=1+1"))
    }

    @Test("the sender's file comes back with a column 错误信息, rows and hidden sheets in their places")
    func errorWorkbook() throws {
        let path = folder.file("a.xlsx")
        let rows = [
            SheetRow(number: 1, cells: [.text("名单")]), SheetRow(number: 3, cells: [.text("代码"), .text("名称")]),
            SheetRow(number: 4, cells: [.text("1"), .text("=甲")]), SheetRow(number: 6, cells: [.number(2)]),
        ]
        let sheets = [
            Sheet(name: "名单", rows: rows, mergedRanges: [CellRange("A1:B1"), CellRange("A4:A5")].compactMap { $0 }),
            Sheet(name: "旧", visibility: .hidden, rows: [SheetRow(number: 1, cells: [.text("x")])]),
        ]
        try ErrorWorkbook.write(sheets, errors: ["名单": [4: ["代码不对", "名称为空"], 6: ["缺名称"]]], headingRows: ["名单": 3], to: path)
        let book = try SheetReading.workbook(path: path)
        #expect(book.sheets.map(\.visibility) == [.visible, .hidden])
        #expect(book.sheets[0].rows.map(\.number) == [1, 3, 4, 6])
        #expect(book.sheets[0].texts == [["名单"], ["代码", "名称", "错误信息"], ["1", "=甲", "代码不对；名称为空"], ["2", "", "缺名称"]])
        #expect(book.sheets[0].rows[3].cells[0] == .number(2))
        #expect(book.sheets[0].mergedRanges == [CellRange("A1:B1")].compactMap { $0 })
        #expect(book.sheets[1].texts == [["x"]])
    }
}
