import Imports
import Spreadsheets
import Testing
import Values

/// Which sheet of a workbook is which, and what a title says.
@Suite struct SheetSortingTests {
    private let heading = ["序号", "产品名称", "商标", "规格型号", "生产企业名称", "检验结论", "不合格项目"]

    private func list(_ title: String, _ firm: String = "甲厂", sheet: String = "Sheet1", visibility: SheetVisibility = .visible) -> Sheet {
        Sheets.sheet(sheet, [[title], heading, ["#1", "玻璃", "甲牌", "5mm", firm, "合格", ""]], visibility: visibility)
    }

    private func sort(_ sheets: Sheet..., path: String = "", choices: SheetSorting.Choices = .init()) throws -> [SortedSheet] {
        SheetSorting(vocabulary: try Vocabularies.shipped()).sort(Workbook(format: .xls, sheets: sheets), path: path, choices: choices)
    }

    @Test("a second sheet with a default name and another year or product is left over")
    func leftover() throws {
        let sheets = try sort(
            list("2015年安全玻璃产品质量市级监督抽查结果"), list("2014年食品包装材料产品质量市级监督抽查结果", "乙厂", sheet: "Sheet2"), Sheets.sheet("Sheet3", []))
        #expect(sheets.map(\.setAside?.reason) == [nil, .leftover, .empty])
        #expect(
            sheets[1].setAside?.sentence
                == "表题「2014年食品包装材料产品质量市级监督抽查结果」与本文件的名单「2015年安全玻璃产品质量市级监督抽查结果」年份不同，像是别的文件遗留的工作表；需要时可按它自己的表题另行导入。")
        #expect(sheets[2].setAside?.sentence == "工作表「Sheet3」是空的。")
        #expect(sheets[1].table?.rows.count == 1)
        var choices = SheetSorting.Choices()
        choices.taken = ["Sheet2"]
        let onPurpose = try sort(
            list("2015年安全玻璃产品质量市级监督抽查结果"), list("2014年食品包装材料产品质量市级监督抽查结果", "乙厂", sheet: "Sheet2"), choices: choices)
        #expect(onPurpose.allSatisfy { $0.isTaken })
    }

    @Test("sheets of one publication stay together")
    func together() throws {
        let named = try sort(list("2015年家具产品质量省级监督抽查结果", sheet: "家具"), list("2015年玩具产品质量省级监督抽查结果", "乙厂", sheet: "玩具"))
        #expect(named.allSatisfy { $0.isTaken })
        let series = try sort(
            list("2015年家具产品质量省级监督抽查结果"), list("2015年玩具产品质量省级监督抽查结果", "乙厂", sheet: "Sheet2"),
            list("2015年服装产品质量省级监督抽查结果", "丙厂", sheet: "Sheet3"))
        #expect(series.allSatisfy { $0.isTaken })
        let annexes = try sort(list("附件1-1 电池产品质量国家监督抽查结果"), list("附件1-2 毛巾产品质量国家监督抽查结果", "乙厂", sheet: "Sheet2"))
        #expect(annexes.allSatisfy { $0.isTaken })
        let halves = try sort(list("2018年电池产品质量省级监督抽查合格产品名单", sheet: "合格"), list("2018年电池产品质量省级监督抽查不合格产品名单", "乙厂", sheet: "不合格"))
        #expect(halves.allSatisfy { $0.isTaken })
    }

    @Test("the same table a second time is set aside, in the file and from an earlier import")
    func twice() throws {
        let title = "2015年安全玻璃产品质量市级监督抽查结果"
        let sheets = try sort(list(title), list(title, sheet: "Sheet2"))
        #expect(sheets[1].setAside?.sentence == "内容与工作表「Sheet1」完全相同。")
        var choices = SheetSorting.Choices()
        choices.seen = [sheets[0].fingerprint: "2014年别的名单"]
        #expect(try sort(list(title), choices: choices)[0].setAside?.sentence == "内容与已导入的「2014年别的名单」完全相同，只是表题不同。")
    }

    @Test("hidden sheets, summaries, measurements, lists without verdict and other tables are set aside with a sentence")
    func setAside() throws {
        #expect(try sort(list("甲", visibility: .hidden))[0].setAside?.sentence == "工作表「Sheet1」是隐藏的；需要时可按它自己的表题另行导入。")
        let summary = Sheets.sheet([
            ["2019年产品质量监督抽查结果汇总表"], ["序号", "产品名称", "抽查企业数", "抽查批次", "不合格批次", "不合格率"], ["#1", "毛巾", "#60", "#90", "#12", "#13.3"],
        ])
        #expect(try sort(summary)[0].setAside?.sentence == "工作表「Sheet1」是汇总表：各行是批次或企业的合计，不是批次名单。")
        let measured = Sheets.sheet([
            ["序号", "产品名称", "生产企业名称", "规格型号", "铅(mg/kg)", "镉(mg/kg)", "水分", "蛋白质", "灰分"],
            ["#1", "米粉", "甲厂", "500g", "#0.1", "#0.02", "#12", "#8", "#1"], ["#2", "米粉", "乙厂", "500g", "未检出", "#0.02", "#12", "#8", "#1"],
        ])
        #expect(try sort(measured)[0].setAside?.sentence == "工作表「Sheet1」是检测数据表：各栏是数值，没有检验结论。")
        let mute = Sheets.sheet([["产品名称", "生产企业名称", "商标", "规格型号"], ["毛巾", "甲厂", "甲牌", "34cm"]])
        #expect(try sort(mute).allSatisfy { !$0.isTaken || $0.kind == .enterprises })
        let text = Sheets.sheet([["会议纪要"], ["第一条"]])
        #expect(try sort(text)[0].setAside?.sentence == "工作表「Sheet1」里找不到表头：没有一行的栏目名称认得出来。")
        let bare = Sheets.sheet([heading])
        #expect(try sort(bare)[0].setAside?.sentence == "工作表「Sheet1」只有表头，没有数据。")
    }

    @Test("a list of failing products needs no verdict column")
    func failingList() throws {
        let sheet = Sheets.sheet([
            ["2019年儿童玩具产品质量国家监督抽查不合格产品及其企业名单"], ["序号", "标称生产单位", "所在地", "产品名称", "规格型号", "抽样领域", "不合格项目", "报告编号"],
            ["#1", "甲厂", "浙江", "积木", "A1", "电商", "小零件", "B01"],
        ])
        let sorted = try sort(sheet)[0]
        #expect(sorted.isTaken)
        #expect(sorted.impliedVerdict == .fail)
        #expect(sorted.reasons.contains("没有结论一栏，按表题各行均为不合格"))
    }

    @Test(
        "what a title says about time, product, level and way of sampling",
        arguments: [
            ("附件1-1 电池产品质量国家监督抽查产品及其企业名单", nil, nil, ["电池"], ListLevel.national, SamplingMethod.unstated, ListKind.results),
            ("2012年2季度产品质量省级监督检查不合格产品的后处理情况", 2012, 2, [], .province, .unstated, .followups),
            ("2015年软体家具、PP-R管材产品质量市级监督抽查不合格企业后处理结果", 2015, nil, ["软体家具", "PP-R管材"], .city, .unstated, .followups),
            ("附件16-1 电动工具（电钻、电锤）产品质量国家监督抽查产品及其企业名单", nil, nil, ["电动工具（电钻、电锤）"], .national, .unstated, .results),
            ("附件2： 近3年产品质量国家监督抽查连续两次抽查不合格生产企业名单", nil, nil, [], .national, .unstated, .failedTwice),
            ("2012年1季度省级食品监督抽查结果", 2012, 1, ["食品"], .province, .unstated, .results),
            ("2019年第三季度电热毯产品质量专项监督抽查结果", 2019, 3, ["电热毯"], .unstated, .special, .results),
            ("2020年儿童手表产品质量安全风险监测结果", 2020, nil, ["儿童手表"], .unstated, .risk, .results),
            ("2021年“双随机”电线电缆产品质量市级监督抽查不合格产品名单", 2021, nil, nil, .city, .doubleRandom, .failing),
        ] as [(String, Int?, Int?, [String]?, ListLevel, SamplingMethod, ListKind)])
    func titles(text: String, year: Int?, quarter: Int?, products: [String]?, level: ListLevel, method: SamplingMethod, kind: ListKind)
        throws
    {
        let title = ListTitle(lines: [text], words: try Vocabularies.shipped().titles)
        #expect(title.year == year)
        #expect(title.quarter == quarter)
        if let products { #expect(title.products == products) }
        #expect(title.level == level)
        #expect(title.method == method)
        #expect(title.kind == kind)
    }

    @Test("the day of publication from the names that web systems give")
    func fileNames() {
        #expect(FileNameHints(path: "201507280948555307784047.xls").publishedDay == Day("2015-07-28"))
        let annex = FileNameHints(path: "P020130829408943406799/附件 22种/附件1-1 电池产品质量国家监督抽查产品及其企业名单.xls")
        #expect(annex.publishedDay == Day("2013-08-29"))
        #expect(annex.annex == "1-1")
        let folder = "/家/2020-01-02 下载/P020130829408943406799/附件 22种/附件1-1.xls"
        #expect(FileNameHints.source(of: folder, name: "附件1-1.xls") == "P020130829408943406799/附件1-1.xls")
        #expect(FileNameHints.source(of: "/家/2020-01-02 下载/名单.xls", name: "名单.xls") == "名单.xls")
        #expect(FileNameHints(path: "国内21年1-6月20230718090903.csv").publishedDay == nil)
        #expect(FileNameHints(path: "02d2b0e1-95d9-4de2-9bcd-cd53d8007500.xls").publishedDay == nil)
        #expect(FileNameHints(path: "02d2b0e1-95d9-4de2-9bcd-cd53d8007500.xls").title == nil)
    }
}
