import Testing
import Values

@testable import Spreadsheets

@Suite("Reading .xlsx")
struct XlsxReaderTests {
    private func book(_ name: String) throws -> Workbook { try SheetReading.workbook(path: SheetFixtures.path(name)) }

    /// A workbook of one sheet from its XML.
    private func sheet(_ rows: String, strings: String = "", workbook: String = "") throws -> Sheet {
        let folder = try ScratchFolder()
        let path = folder.file("a.xlsx")
        try HandMade.workbook(rows: rows, strings: strings, properties: workbook, to: path)
        return try SheetReading.workbook(path: path).sheets[0]
    }

    @Test(
        "sheets, visibility, dates, truth values, errors and merged cells", .enabled(if: SheetFixtures.isPresent, "\(SheetFixtures.hint)"))
    func fixture() throws {
        let book = try book("book.xlsx")
        #expect(book.sheets.map(\.name) == ["名单", "旧表", "宏表", "空表"])
        #expect(book.sheets.map(\.visibility) == [.visible, .hidden, .veryHidden, .visible])
        let sheet = book.sheets[0]
        #expect(sheet.mergedRanges == [CellRange("A1:D1")].compactMap { $0 })
        #expect(Array(sheet.texts[1...4]) == SheetFixtures.list)
        #expect(sheet.rows.map(\.number) == [1, 2, 3, 4, 5, 7])
        let last = sheet.rows[5]
        #expect(last[column: 0] == Day(year: 2006, month: 9, day: 15).map { .day($0, serial: 38975) })
        #expect(last[column: 1] == Day(year: 2012, month: 6, day: 1).map { .day($0, serial: 41061.5) })
        #expect(last[column: 2] == .boolean(true))
        #expect(last[column: 3] == .error("公式未计算"))
        #expect(last[column: 4] == .error("#N/A"))
        #expect(last[column: 5].text == "0.3")
        #expect(last[column: 6] == .text("第一行\n第二行"))
        #expect(last[column: 99] == .empty)
    }

    @Test("the 1904 date system gives the same day", .enabled(if: SheetFixtures.isPresent, "\(SheetFixtures.hint)"))
    func dates1904() throws { #expect(try book("dates-1904.xlsx").sheets[0].rows[0].cells[0].text == "2013-03-18") }

    @Test("300 columns are read; an .xlsx is told by its content", .enabled(if: SheetFixtures.isPresent, "\(SheetFixtures.hint)"))
    func wideAndMisnamed() throws {
        #expect(try book("wide.xlsx").sheets[0].rows[0].cells.count == 300)
        #expect(try book("xlsx-inside.xls").format == .xlsx)
    }

    @Test("a million formatted rows without content are passed over")
    func formattedRows() throws {
        let blank = (3...1_000_000).map { "<row r=\"\($0)\" s=\"1\"/>" }.joined()
        let sheet = try sheet("<row r=\"1\"><c><v>1</v></c></row>" + blank + "<row r=\"1000001\"><c><v>2</v></c></row>")
        #expect(sheet.texts == [["1"], ["2"]])
        #expect(sheet.rows.last?.number == 1_000_001)
    }

    @Test("rich text is joined and its phonetic guide left out")
    func richText() throws {
        let strings = """
            <si><r><rPr><b/></rPr><t>皮鞋</t></r><r><t xml:space="preserve"> 不合格</t></r><rPh sb="0" eb="1"><t>ピ</t></rPh></si>
            <si><t>甲&amp;乙</t></si><si><t>第一_x000D_\n第二_x005F_x0041_</t></si>
            """
        let sheet = try sheet(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c></row>", strings: strings)
        #expect(sheet.texts == [["皮鞋 不合格", "甲&乙", "第一\n第二_x0041_"]])
    }

    @Test("sparse cells find their column; cells and rows without a place follow the one before")
    func sparse() throws {
        let sheet = try sheet(
            "<row r=\"3\"><c r=\"C3\"><v>1</v></c><c><v>2</v></c><c r=\"AB3\" t=\"inlineStr\"><is><t>远</t></is></c></row><row><c><v>3</v></c></row>"
        )
        #expect(sheet.rows.map(\.number) == [3, 4])
        #expect(sheet.rows[0].cells.count == 28)
        #expect(sheet.rows[0][column: 2] == .number(1))
        #expect(sheet.rows[0][column: 3] == .number(2))
        #expect(sheet.rows[0][column: 27] == .text("远"))
        #expect(sheet.rows[1].cells == [.number(3)])
    }

    @Test("a formula gives its saved result, and says when it has none")
    func formulas() throws {
        let sheet = try sheet(
            "<row r=\"1\"><c r=\"A1\" t=\"str\"><f>B1</f><v>合格</v></c><c r=\"B1\"><f>1+1</f><v>2</v></c><c r=\"C1\"><f>1+1</f></c>"
                + "<c r=\"D1\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"E1\" t=\"e\"><v>#DIV/0!</v></c><c r=\"F1\" t=\"b\"><v>0</v></c>"
                + "<c r=\"G1\" t=\"d\"><v>2006-09-15T00:00:00</v></c></row>")
        let day = Day(year: 2006, month: 9, day: 15)
        #expect(
            sheet.rows[0].cells == [
                .text("合格"), .number(2), .error("公式未计算"), .empty, .error("#DIV/0!"), .boolean(false),
                day.map { .day($0, serial: 38975) } ?? .empty,
            ])
    }

    @Test("a shared string that is not there is empty, and a broken number is text")
    func broken() throws {
        let sheet = try sheet("<row r=\"1\"><c t=\"s\"><v>99</v></c><c t=\"s\"><v>-1</v></c><c><v>十</v></c></row>")
        #expect(sheet.texts == [["", "", "十"]])
    }

    @Test("XML-Spreadsheet 2003 under the name .xls is read, with its hidden sheets and merged cells")
    func xmlSpreadsheet() throws {
        let folder = try ScratchFolder()
        let path = try folder.write("导出.xls", HandMade.xmlSpreadsheet)
        let book = try SheetReading.workbook(path: path)
        #expect(book.format == .xmlSpreadsheet)
        #expect(book.sheets.map(\.visibility) == [.visible, .hidden])
        #expect(book.sheets[0].texts == [["名单"], ["1", "", "2006-09-15"], ["甲\n乙", "TRUE"], ["公式未计算", "", "1"]])
        #expect(book.sheets[0].rows.map(\.number) == [1, 3, 4, 5])
        #expect(book.sheets[0].mergedRanges == [CellRange("A1:C1")].compactMap { $0 })
    }
}

/// Files written out by hand, for what no writer at hand produces.
enum HandMade {
    static let xmlSpreadsheet = """
        <?xml version="1.0" encoding="UTF-8"?>
        <?mso-application progid="Excel.Sheet"?>
        <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
        <Worksheet ss:Name="名单"><Table>
        <Row><Cell ss:MergeAcross="2"><Data ss:Type="String">名单</Data></Cell></Row>
        <Row ss:Index="3"><Cell><Data ss:Type="Number">1</Data></Cell><Cell ss:Index="3"><Data ss:Type="DateTime">2006-09-15T00:00:00.000</Data></Cell></Row>
        <Row><Cell><Data ss:Type="String">甲&#10;乙</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
        <Row><Cell ss:Formula="=1+1"/><Cell><Comment><ss:Data>批注</ss:Data></Comment></Cell><Cell ss:Formula="=1"><Data ss:Type="Number">1</Data></Cell></Row>
        </Table></Worksheet>
        <Worksheet ss:Name="旧"><Table/><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
        </Workbook>
        """

    static func workbook(rows: String, strings: String = "", properties: String = "", to path: String) throws {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let packages = "http://schemas.openxmlformats.org/package/2006/relationships"
        try zip(
            [
                (
                    "_rels/.rels",
                    "<Relationships xmlns=\"\(packages)\"><Relationship Id=\"r\" Type=\"\(office)/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>"
                ),
                (
                    "xl/workbook.xml",
                    "<x:workbook xmlns:x=\"\(main)\" xmlns:r=\"\(office)\">\(properties)<x:sheets><x:sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></x:sheets></x:workbook>"
                ),
                (
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships xmlns=\"\(packages)\"><Relationship Id=\"rId1\" Type=\"\(office)/worksheet\" Target=\"worksheets/s.xml\"/></Relationships>"
                ), ("xl/worksheets/s.xml", "<worksheet xmlns=\"\(main)\"><sheetData>\(rows)</sheetData></worksheet>"),
                ("xl/sharedStrings.xml", "<sst xmlns=\"\(main)\">\(strings)</sst>"),
            ], to: path)
    }

    static func zip(_ parts: [(String, String)], to path: String) throws {
        try ZipFile.write(parts.map { (name: $0.0, text: $0.1) }, to: path)
    }
}
