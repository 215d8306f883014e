import Imports
import Spreadsheets
import Testing

/// Tables with the traps that published lists hold.
@Suite struct TableReaderTests {
    private let heading = ["序号", "企业名称", "所在地", "产品名称", "商标", "规格型号", "生产日期/批号", "抽查结果", "主要不合格项目", "承检机构"]

    private func row(_ number: String, _ firm: String, verdict: String = "合格", items: String = "") -> [String] {
        [number, firm, "江苏省", "毛巾", "甲牌", "34cm", "2013-01/B1", verdict, items, "某检验所"].map { $0 == "某检验所" ? "检验所" : $0 }
    }

    private func read(_ rows: [[String]], merged: [String] = [], corrections: HeadingCorrections = .init()) throws -> SheetTable {
        let reader = TableReader(vocabulary: try Vocabularies.shipped())
        return try #require(reader.read(Sheets.sheet(rows, merged: merged), corrections: corrections))
    }

    @Test("title, blank first column, notes and blank formatted rows are no data")
    func frame() throws {
        let rows = [
            ["", "附件1-1"], ["", "毛巾产品质量国家监督抽查结果"], ["", "单位：家"], [""] + heading, [""] + row("#1", "甲厂"), [""] + row("#2", "乙厂"),
            ["", "", "注：按行政区域排序。"], ["", "", "   "], ["", "制表人：", "", "审核人："],
        ]
        let table = try read(rows)
        #expect(table.titleLines == ["附件1-1", "毛巾产品质量国家监督抽查结果"])
        #expect(table.layout.headingRows == 4...4)
        #expect(table.rows.map(\.number) == [5, 6])
        #expect(table.notes == ["单位：家", "注：按行政区域排序。", "制表人："])
        #expect(table.layout.columns(of: "producer").first?.number == 3)
    }

    @Test("numbers glued to headings, line breaks, widths and traditional characters do not matter")
    func glued() throws {
        let vocabulary = try Vocabularies.shipped()
        let matcher = HeadingMatcher(kind: try #require(vocabulary[.followups]), writing: vocabulary.writing)
        #expect(matcher.field("序号\n1") == "sequence")
        #expect(matcher.field("企业名称2") == "firm")
        #expect(matcher.field("行政处罚\n情况7") == "penalty")
        #expect(matcher.field("產品名稱") == "product")
        let firms = HeadingMatcher(kind: try #require(vocabulary[.enterprises]), writing: vocabulary.writing)
        #expect(firms.field("注册资本（万元）") == "capital")
        #expect(HeadingText("年销售额（万元）", writing: vocabulary.writing).unit == "万元")
        #expect(HeadingText("企业名称.1", writing: vocabulary.writing).whole == "企业名称")
        #expect(HeadingText("黄曲霉毒素B1", writing: vocabulary.writing).whole == "黄曲霉毒素b1")
        #expect(firms.candidates("").isEmpty)
    }

    @Test("two heading rows with merged cells are read as one")
    func twoHeadingRows() throws {
        let rows = [
            ["2019年毛巾产品质量省级监督抽查结果"],
            ["序号", "产品名称", "生产企业", "", "被抽样单位", "", "检验结论", "不合格项目"],
            ["", "", "名称", "地址", "名称", "地址", "", ""],
            ["#1", "毛巾", "甲厂", "甲路1号", "乙店", "乙路2号", "合格", ""],
        ]
        for merged in [["A1:H1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "H2:H3"], []] {
            let table = try read(rows, merged: merged)
            #expect(table.layout.headingRows == 2...3)
            #expect(
                table.layout.columns.map { $0.field ?? "" } == [
                    "sequence", "product", "producer", "producer_address", "sampled_unit", "sampled_address", "verdict", "failed_items",
                ])
            #expect(table.rows.map(\.number) == [4])
        }
    }

    @Test("totals and the heading on the next printed page are no data")
    func totalsAndPages() throws {
        let table = try read([heading, row("#1", "甲厂"), ["第1页 共2页"], heading, row("#2", "乙厂"), ["合计", "", "", "", "", "", "", "#2"]])
        #expect(table.rows.map(\.number) == [2, 5])
        #expect(table.repeatedHeadingRows == [4])
        #expect(table.totalRows == [6])
    }

    @Test("a firm whose name begins like a note or a total is data")
    func trickyNames() throws {
        let table = try read([["企业名称", "统一社会信用代码"], ["注塑制品厂", "1"], ["合计机械厂", "2"], ["打印耗材公司", "3"], ["第一机床厂", "4"]])
        #expect(table.rows.count == 4)
        #expect(table.layout.kind == .enterprises)
    }

    @Test("a continuation row takes the firm from above, merged or not, and says so")
    func carriedDown() throws {
        let heading = ["序号", "生产企业名称", "企业所在地", "抽查时间", "产品名称", "商标", "不合格项目", "不合格程度"]
        let rows = [
            ["附件2：近3年产品质量国家监督抽查连续两次抽查不合格生产企业名单"], heading,
            ["#1", "甲厂", "浙江", "2014年第1季度", "学步车", "童牌", "动态强度", "严重"],
            ["", "", "", "2015年第1季度", "学步车", "", "防撞间距", "严重"],
        ]
        for merged in [[], ["A3:A4", "B3:B4", "C3:C4"]] {
            let table = try read(rows, merged: merged)
            #expect(table.layout.kind == .followups)
            #expect(table.rows.count == 2)
            #expect(table.rows[1][2] == .text("甲厂"))
            #expect(table.rows[1][3] == .text("浙江"))
            // The blank trade mark is the row's own.
            #expect(table.rows[1][6] == .empty)
            #expect(table.issues.map(\.message).contains { $0.hasPrefix("有1行的序号、生产企业名称、企业所在地空着，按合并单元格沿用上一行的值。") })
        }
    }

    @Test("rows with only further items belong to the batch above")
    func moreItems() throws {
        let rows = [heading, row("#1", "甲厂", verdict: "不合格", items: "pH值"), ["", "", "", "", "", "", "", "", "色牢度"], row("#2", "乙厂")]
        let table = try read(rows)
        #expect(table.rows.count == 2)
        #expect(table.rows[0][9] == .text("pH值；色牢度"))
        #expect(table.issues.map(\.message) == ["有1行只有项目而没有产品和批号，并入上一行，不另计批次。"])
    }

    @Test("a heading that stands twice keeps the first filled cell")
    func twins() throws {
        let rows = [["序号", "企业名称", "产品名称", "商标", "商标", "整改情况", "复查检验结果"], ["#1", "甲厂", "保鲜膜", "", "乙牌", "完成整改", "复查合格"]]
        let table = try read(rows)
        #expect(table.issues.map(\.message) == ["栏目「商标」出现两次，“商标”取第一个不空的值。"])
        let vocabulary = try Vocabularies.shipped()
        #expect(try RowReading(layouts: table.layouts, vocabulary: vocabulary).read(table.rows[0]).text("brand") == "乙牌")
    }

    @Test("two blocks side by side are both read")
    func sideBySide() throws {
        let heading = ["序号", "企业名称", "产品名称", "抽查结果"]
        let rows = [
            ["毛巾产品质量市级监督抽查结果"], heading + [""] + heading, ["#1", "甲厂", "毛巾", "合格", "", "#3", "丙厂", "浴巾", "不合格"], ["#2", "乙厂", "毛巾", "合格"],
        ]
        let table = try read(rows)
        #expect(table.rows.count == 3)
        let vocabulary = try Vocabularies.shipped()
        let read = try RowReading(layouts: table.layouts, vocabulary: vocabulary).read(table.rows)
        #expect(read.map { $0.text("producer") } == ["甲厂", "乙厂", "丙厂"])
        #expect(read.map(\.verdict) == [.pass, .pass, .fail])
        #expect(table.issues.first?.message == "表格左右并排2栏，先读左栏再读右栏。")
    }

    @Test("a second block below with other headings is read by its own heading, its verdict by its section")
    func blocksBelow() throws {
        let rows = [
            ["2018年毛巾产品质量市级监督抽查结果"], ["一、合格产品"], ["序号", "企业名称", "产品名称", "商标", "承检机构"], ["#1", "甲厂", "毛巾", "甲牌", "检验所"],
            ["二、不合格产品"], ["序号", "企业名称", "产品名称", "不合格项目", "承检机构"], ["#1", "乙厂", "毛巾", "色牢度", "检验所"],
        ]
        let vocabulary = try Vocabularies.shipped()
        let sheet = SheetSorting(vocabulary: vocabulary).sort(Sheets.workbook(Sheets.sheet(rows)))[0]
        #expect(sheet.isTaken, "\(sheet.setAside?.sentence ?? "")")
        let table = try #require(sheet.table)
        #expect(table.layouts.count == 2)
        #expect(try RowReading(sheet: sheet, vocabulary: vocabulary).read(table.rows).map(\.verdict) == [.pass, .fail])
    }

    @Test("a clerk's corrections win over the vocabulary")
    func corrections() throws {
        let rows = [["企业名称", "甲栏", "抽查结果", "备注"], ["甲厂", "毛巾", "合格", "x"]]
        let corrections = HeadingCorrections(byColumn: [2: "product"], byHeading: ["备注": nil])
        let table = try read(rows, corrections: corrections)
        #expect(table.layout.columns[1].field == "product")
        #expect(table.layout.columns[1].isByHand)
        #expect(table.layout.columns[3].field == nil)
    }

    @Test("an address or place beside the sampled unit is the sampled unit's")
    func neighbours() throws {
        let rows = [["标称生产单位", "所在地", "被抽样单位", "所在地", "产品名称", "检验结果"], ["甲厂", "浙江", "乙店", "江苏", "毛巾", "合格"]]
        #expect(
            try read(rows).layout.columns.map { $0.field ?? "" } == [
                "producer", "region", "sampled_unit", "sampled_region", "product", "verdict",
            ])
    }

    @Test("a text without any heading is no table")
    func noTable() throws {
        let reader = TableReader(vocabulary: try Vocabularies.shipped())
        #expect(reader.read(Sheets.sheet([["今天天气很好"], ["明天也好", "后天下雨"]])) == nil)
        #expect(reader.read(Sheets.sheet([])) == nil)
    }
}
