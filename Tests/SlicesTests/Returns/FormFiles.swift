import Foundation
import Spreadsheets

/// Blank forms as a superior office sends them: made part by part, so that a test knows every byte that must not change.
enum FormFiles {
    struct Row {
        var cells: [(column: String, xml: String)]

        /// Texts, blanks (`""`) and formulas (`=…`) from column A on.
        init(_ texts: [String], styles: [Int] = []) {
            cells = texts.enumerated().map { index, text in
                let style = styles.indices.contains(index) ? styles[index] : 0
                let column = ["A", "B", "C", "D", "E"][index]
                if text.isEmpty { return (column, "<c r=\"\(column)ROW\" s=\"\(style)\"/>") }
                if text.hasPrefix("=") { return (column, "<c r=\"\(column)ROW\" s=\"\(style)\"><f>\(text.dropFirst())</f><v>99</v></c>") }
                return (column, "<c r=\"\(column)ROW\" s=\"\(style)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>")
            }
        }
    }

    /// Title, who fills it, headings in two rows, indicators, a sum, a section by town.
    static func quarter(
        _ quarter: String = "三", extra: [String] = [], rename: [String: String] = [:], without: String? = nil, twice: String? = nil
    ) -> [Row] {
        let look = [1, 2, 3, 4]
        var rows = [
            Row(["2026年第\(quarter)季度质量工作统计表", "", "", ""], styles: [5, 5, 5, 5]), Row(["编制单位", "", "期别", ""], styles: look),
            Row(["项目", "计量单位", "完成情况", ""], styles: look), Row(["", "", "本期", "占比"], styles: look),
        ]
        var items = extra.map { ($0, "件") } + [("在册企业数", "家"), ("销售额", "万元"), ("自主品牌占比", "%"), ("质量培训人次", "人次")]
        if let twice { items.append((twice, "家")) }
        for (index, item) in items.enumerated() where item.0 != without {
            rows.append(Row(["\(index + 1).\(rename[item.0] ?? item.0)", item.1, "", ""], styles: look))
        }
        let (first, last) = (5, rows.count)
        rows.append(Row(["合计", "", "=SUM(C\(first):C\(last))", "=C\(last + 1)*2"], styles: look))
        rows.append(Row(["分镇街情况", "", "", ""], styles: [5, 5, 5, 5]))
        for town in ["永中街道", "状元街道"] { rows.append(Row([town, "家", "", ""], styles: look)) }
        return rows
    }

    /// The workbook's bytes: a second sheet, a chain of computing, formats, widths, merged cells, and a rule beside the data.
    static func workbook(_ rows: [Row], sheet name: String = "表1") throws -> [UInt8] {
        let across = rows.indices.filter { $0 == 0 || rows[$0].cells[0].xml.contains("分镇街") }.map {
            "<mergeCell ref=\"A\($0 + 1):D\($0 + 1)\"/>"
        }
        let merges = across + ["<mergeCell ref=\"A3:A4\"/>", "<mergeCell ref=\"B3:B4\"/>", "<mergeCell ref=\"C3:D3\"/>"]
        let data = rows.enumerated().map { index, row in
            "<row r=\"\(index + 1)\" ht=\"\(20 + index)\" customHeight=\"1\">"
                + row.cells.map { $0.xml.replacing("ROW", with: String(index + 1)) }.joined() + "</row>"
        }
        let sum = rows.indices.first { rows[$0].cells[0].xml.contains("合计") }.map { "C\($0 + 1)" } ?? "C9"
        let sheet = """
            <?xml version="1.0" encoding="UTF-8"?>
            <worksheet xmlns="\(main)"><cols><col min="1" max="1" width="30.5" customWidth="1"/><col min="2" max="4" width="14" customWidth="1"/></cols>\
            <sheetData>\(data.joined())</sheetData><mergeCells count="\(merges.count)">\(merges.joined())</mergeCells>\
            <pageMargins left="0.5" right="0.5" top="1" bottom="1" header="0.3" footer="0.3"/></worksheet>
            """
        let other = """
            <?xml version="1.0" encoding="UTF-8"?>
            <worksheet xmlns="\(main)"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>填表说明：按季报送 &amp; 盖章</t></is></c></row></sheetData></worksheet>
            """
        return try pack([
            ("[Content_Types].xml", types), ("_rels/.rels", rootLinks), ("xl/workbook.xml", book(name)),
            ("xl/_rels/workbook.xml.rels", links),
            ("xl/styles.xml", styles), ("xl/worksheets/sheet1.xml", sheet), ("xl/worksheets/sheet2.xml", other),
            (
                "xl/calcChain.xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<calcChain xmlns=\"\(main)\"><c r=\"\(sum)\" i=\"1\"/></calcChain>"
            ),
        ])
    }

    static func pack(_ parts: [(String, String)]) throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("form-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: path) }
        try FileBundle.write(parts.map { (name: $0.0, bytes: Array($0.1.utf8)) }, to: path.path)
        return [UInt8](try Data(contentsOf: path))
    }

    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    private static let types = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Types xmlns="\(package)/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
        <Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="\(kind).sheet.main+xml"/>\
        <Override PartName="/xl/worksheets/sheet1.xml" ContentType="\(kind).worksheet+xml"/>\
        <Override PartName="/xl/worksheets/sheet2.xml" ContentType="\(kind).worksheet+xml"/>\
        <Override PartName="/xl/styles.xml" ContentType="\(kind).styles+xml"/>\
        <Override PartName="/xl/calcChain.xml" ContentType="\(kind).calcChain+xml"/></Types>
        """
    private static let rootLinks = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Relationships xmlns="\(package)/relationships"><Relationship Id="rId1" Type="\(office)/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """
    private static let links = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Relationships xmlns="\(package)/relationships"><Relationship Id="rId1" Type="\(office)/worksheet" Target="worksheets/sheet1.xml"/>\
        <Relationship Id="rId2" Type="\(office)/worksheet" Target="worksheets/sheet2.xml"/>\
        <Relationship Id="rId3" Type="\(office)/styles" Target="styles.xml"/><Relationship Id="rId4" Type="\(office)/calcChain" Target="calcChain.xml"/>\
        </Relationships>
        """

    private static func book(_ name: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <workbook xmlns="\(main)" xmlns:r="\(office)"><sheets><sheet name="\(name)" sheetId="1" r:id="rId1"/>\
        <sheet name="说明" sheetId="7" r:id="rId2"/></sheets><definedNames><definedName name="合计数">\(name)!$C$9</definedName></definedNames></workbook>
        """
    }

    private static let styles = """
        <?xml version="1.0" encoding="UTF-8"?>
        <styleSheet xmlns="\(main)"><numFmts count="1"><numFmt numFmtId="170" formatCode="0.0%"/></numFmts>\
        <fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="黑体"/></font></fonts>\
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
        <borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>\
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
        <cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
        <xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0"/>\
        <xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyAlignment="1"><alignment horizontal="center"/></xf>\
        <xf numFmtId="4" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"/>\
        <xf numFmtId="170" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"/>\
        <xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment horizontal="center"/></xf></cellXfs></styleSheet>
        """
}
