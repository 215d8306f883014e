import Foundation
import Testing
import Values

@testable import Spreadsheets

@Suite("Web pages saved as .xls")
struct HTMLTableTests {
    private func book(_ text: String) throws -> Workbook {
        let folder = try ScratchFolder()
        return try SheetReading.workbook(path: try folder.write("导出.xls", text))
    }

    private static let page = """
        <html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
        <style>td {mso-number-format:"\\@"} <table></style><!--[if gte mso 9]><xml><x:Name>名单</x:Name></xml><![endif]--></head>
        <body><h2>2013年皮鞋产品质量监督抽查结果</h2>
        <TABLE border=1><tr><th rowspan="2">序号<th colspan=2>企业<th rowspan=2>结&nbsp;论</tr>
        <tr><td>名称</td><td>地址</td></tr>
        <tr><td>1<td x:str>甲&amp;乙<br>有限公司</td><td>甲路 1号
           二楼</td><td>含量&lt;5<b>合格</b></td></tr>
        <tr></tr><tr><td>2</td><td></td><td>&#30002;&#x8DEF;</td><td> 不合格 </td></tr>
        </TABLE></body></html>
        """

    @Test("rows, merged cells, line breaks and entities come as the page shows them, its title above")
    func page() throws {
        let book = try book(Self.page)
        #expect(book.format == .html)
        #expect(book.sheets.count == 1)
        #expect(
            book.sheets[0].texts == [
                ["2013年皮鞋产品质量监督抽查结果"], ["序号", "企业", "", "结 论"], ["", "名称", "地址"], ["1", "甲&乙\n有限公司", "甲路 1号 二楼", "含量<5合格"],
                ["2", "", "甲路", "不合格"],
            ])
        #expect(book.sheets[0].rows.map(\.number) == [1, 2, 3, 4, 6])
        #expect(Set(book.sheets[0].mergedRanges) == Set(["A2:A3", "B2:C2", "D2:D3"].compactMap { CellRange($0) }))
    }

    @Test("GBK, UTF-8 and UTF-16 pages give the same rows, whatever they declare, and however the pieces are cut")
    func encodings() throws {
        let folder = try ScratchFolder()
        let utf16 = Self.page.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let expected = try book(Self.page).sheets[0].texts
        for bytes in [[0xFF, 0xFE] + utf16, utf16, [0xEF, 0xBB, 0xBF] + Array(Self.page.utf8)] {
            #expect(try SheetReading.workbook(path: try folder.write("a.xls", bytes)).sheets[0].texts == expected)
        }
        let gb = [UInt8]("<table><tr><td>".utf8) + [0xBC, 0xD7] + Array("</table>".utf8)
        #expect(try SheetReading.workbook(path: try folder.write("gb.xls", gb)).sheets[0].texts == [["甲"]])
        let bytes = Array(Self.page.utf8)
        for size in [1, 2, 3, 7, 64] {
            var tokens = HTMLTokens()
            var texts: [UInt8] = []
            let take = { (token: HTMLToken) in if case .text(let text) = token { texts += text } }
            for start in stride(from: 0, to: bytes.count, by: size) {
                tokens.feed(Array(bytes[start..<min(bytes.count, start + size)]), take)
            }
            tokens.finish(take)
            #expect(String(decoding: texts, as: UTF8.self).contains("甲&amp;乙"))
            #expect(!String(decoding: texts, as: UTF8.self).contains("mso-number"))
        }
    }

    @Test("several tables are several sheets, and a table that only lays out the page gives way to the one inside")
    func several() throws {
        let book = try book(
            "<html><table><tr><td>导航</td><td><table><caption>名单</caption><tr><td>甲</td></tr></table></td></tr></table><table><tr><td>乙</table>"
        )
        #expect(book.sheets.map(\.texts) == [[["导航"]], [["名单"], ["甲"]], [["乙"]]])
        #expect(book.sheets.map(\.name) == ["Sheet1", "Sheet2", "Sheet3"])
    }

    @Test("a page without a table, and one cut off, are refused")
    func refused() throws {
        let folder = try ScratchFolder()
        let none = readFailure(try folder.write("导出.xls", "<html><body>登录已超时，请重新登录</body></html>"))
        #expect(none?.description == "导出.xls：这不是电子表格，而是没有表格的网页。处理办法：" + ReadFailure.saveAsXlsx)
        let cut = readFailure(try folder.write("导出.xls", "<table><tr><td>1</td></tr><tr><td>2"))
        #expect(cut?.message == "文件不完整或已损坏（表格没有结尾）。")
    }

    @Test("wide cells and cells without end are refused at the limits")
    func limits() throws {
        let folder = try ScratchFolder()
        let wide = "<table><tr><td colspan=9000>甲</td><td>乙</td></tr></table>"
        #expect(readFailure(try folder.write("a.xls", wide))?.code == "import.too-many-columns")
        let tall = "<table><tr><td rowspan=999999999 colspan=99999>甲</td></tr></table>"
        #expect(readFailure(try folder.write("a.xls", tall))?.code == "import.too-many-columns")
        let long = "<table><tr><td>" + String(repeating: "甲 ", count: 60_000)
        #expect(readFailure(try folder.write("a.xls", long))?.code == "import.cell-too-long")
    }

    @Test("no damage to a page can do more than refuse it")
    func fuzzed() throws {
        let folder = try ScratchFolder()
        var random = FixedGenerator(state: 20_260_101)
        let original = Array(Self.page.utf8)
        for round in 0..<200 {
            var bytes = original
            for _ in 0..<(1 + round % 6) {
                bytes[Int.random(in: 20..<bytes.count, using: &random)] = UInt8.random(in: 32...126, using: &random)
            }
            let path = try folder.write("fuzz.xls", bytes)
            do { _ = try SheetReading.workbook(path: path) } catch { #expect(error is Failure) }
        }
    }
}
