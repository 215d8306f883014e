import Foundation
import Imports
import Spreadsheets
import TestSupport
import Testing
import Values

/// Files as offices save them, from bytes to typed rows.
@Suite struct AnyFileTests {
    private func rows(_ name: String, _ bytes: [UInt8]) throws -> [ReadRow] {
        let folder = NSTemporaryDirectory() + "/hallmark-any-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return try rows(of: try SheetReading.workbook(path: path), name)
    }

    private func rows(of book: Workbook, _ name: String) throws -> [ReadRow] {
        let vocabulary = try Vocabularies.shipped()
        let sheets = SheetSorting(vocabulary: vocabulary).sort(book, path: name)
        let sheet = try #require(sheets.first { $0.isTaken }, "\(sheets.map { $0.setAside?.sentence ?? "" })")
        return try RowReading(sheet: sheet, vocabulary: vocabulary).read(sheet.table?.rows ?? [])
    }

    private static let register = """
        <html><head><meta charset="gbk"></head><body><table border=1>
        <tr><td colspan=5>2013年规模以上企业名册</td></tr><tr><td colspan=5>单位：万元</td></tr>
        <tr><th rowspan=2>企业名称</th><th colspan=2>登记</th><th rowspan=2>注册资本</th><th rowspan=2>年销售额（元）</th></tr>
        <tr><th>统一社会信用代码</th><th>成立日期</th></tr>
        <tr><td>示例鞋业有限公司</td><td>９１330304ma29abcd1x</td><td>二〇〇六年九月十五日</td><td>50</td><td>壹万伍仟元整</td></tr>
        <tr><td>示例阀门厂</td><td>91330304MA29ABCD2X</td><td>2006.9.15</td><td>20万元</td><td>3000</td></tr>
        <tr><td>示例电器厂</td><td>91330304MA29ABCD3X</td><td>20060915</td><td>300000元</td><td></td></tr>
        <tr><td>示例服装厂</td><td>91330304MA29ABCD4X</td><td>38975</td><td></td><td></td></tr>
        </table></body></html>
        """

    @Test("a web page named .xls: two heading rows, merged cells, the unit in a note, days and sums in every spelling")
    func webPage() throws {
        let rows = try rows("导出.xls", Array(Self.register.utf8))
        #expect(rows.map { $0.text("name") } == ["示例鞋业有限公司", "示例阀门厂", "示例电器厂", "示例服装厂"])
        #expect(rows[0].text("code") == "91330304MA29ABCD1X")
        #expect(rows.allSatisfy { $0.day("registered_day")?.description == "2006-09-15" })
        #expect(
            rows.prefix(3).map { $0.values["capital"] } == [
                .amount("50", unit: "万元"), .amount("20万元", unit: "万元"), .amount("300000元", unit: "万元"),
            ])
        #expect(rows[0].values["sales"] == .amount("壹万伍仟元整", unit: "元"))
        #expect(rows[3].issues.map(\.message) == ["数字“38975”按表格的日期序号读作 2006-09-15。"])
        #expect(rows.allSatisfy { $0.isGood })
    }

    @Test("the same list as UTF-16 without a mark, GB18030, tabs, CR only and .csv named .xls gives the same rows")
    func encodings() throws {
        let text = ["2013年皮鞋产品质量监督抽查结果", "", ",序号,企业名称,产品名称,抽查结果", ",1,示例鞋厂,皮鞋,合格", ",2,示例阀门厂,阀门,不合格", ",,,,"].joined(separator: "\r\n")
        // 名单 in GB18030 is long; the short ASCII-only rest shows the separators.
        let variants: [(String, [UInt8])] = [
            ("a.csv", Array(text.utf8)), ("cr.xls", Array(text.replacing("\r\n", with: "\r").utf8)),
            ("tab.txt", Array(text.replacing(",", with: "\t").utf8)), ("semicolon.csv", Array(text.replacing(",", with: ";").utf8)),
            ("le.csv", text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
            ("be.csv", [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }),
        ]
        for (name, bytes) in variants {
            let rows = try rows(name, bytes)
            #expect(rows.map { $0.text("producer") } == ["示例鞋厂", "示例阀门厂"], "\(name)")
            #expect(rows.map(\.verdict) == [.pass, .fail], "\(name)")
        }
    }

    @Test("XML-Spreadsheet 2003 named .xls is read like any other list")
    func xmlSpreadsheet() throws {
        func row(_ cells: [String]) -> String {
            "<Row>" + cells.map { "<Cell><Data ss:Type=\"String\">\($0)</Data></Cell>" }.joined() + "</Row>"
        }
        let text =
            "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
            + "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"Sheet1\"><Table>"
            + row(["企业名称", "产品名称", "抽查结果"])
            + row(["示例鞋厂", "皮鞋", "合格"]) + "</Table></Worksheet></Workbook>"
        #expect(try rows("导出.xls", Array(text.utf8)).map { $0.text("product") } == ["皮鞋"])
    }

    @Test("the unit of the table is no firm's name, and a heading's own unit counts first")
    func units() throws {
        let vocabulary = try Vocabularies.shipped()
        let reader = TableReader(vocabulary: vocabulary)
        func units(_ note: String) throws -> [String?] {
            let table = try #require(
                reader.read(Sheets.sheet([[note], ["企业名称", "统一社会信用代码", "注册资本", "年销售额（亿元）"], ["甲厂", "91330304MA29ABCD1X", "5", "6"]])))
            return table.layout.columns.suffix(2).map(\.unit)
        }
        #expect(try units("单位：万元") == ["万元", "亿元"])
        #expect(try units("填报单位：示例局　　　金额单位：人民币千元") == ["千元", "亿元"])
        #expect(try units("单位：万元宝贸易公司") == [nil, "亿元"])
        #expect(try units("单位：家") == [nil, "亿元"])
    }

    @Test(
        "every real file beside the checkout is read or refused with a sentence",
        .enabled(if: SharedData.isPresent, "the shared lists are not beside the checkout"))
    func realFiles() throws {
        let sorting = SheetSorting(vocabulary: try Vocabularies.shipped())
        var read = 0
        for folder in [
            "import-files", "bulletins", "spot-check-food", "spot-check-fluids", "complaints", "enterprises", "header-aliases",
            "sampling-plans",
        ] {
            let url = try #require(SharedData.url("data/" + folder))
            for name in try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() {
                do {
                    let book = try SheetReading.workbook(path: url.appendingPathComponent(name).path)
                    for sheet in sorting.sort(book, path: name) {
                        #expect(sheet.isTaken || sheet.setAside?.sentence.isEmpty == false, "\(name)")
                    }
                    read += 1
                } catch {
                    let failure = try #require(error as? Failure, "\(name)")
                    #expect(failure.place.file == name && failure.cure != nil, "\(name)")
                }
            }
        }
        #expect(read >= 20)
    }
}
