import Imports
import Spreadsheets
import Testing
import Values

/// Cells as typed values, and what is said about rows.
@Suite struct RowReadingTests {
    private let heading = ["序号", "产品名称", "规格", "型号", "生产日期/批号", "标称生产企业", "抽查结果", "不合格项目", "备注"]

    private func read(_ rows: [[String]], heading: [String]? = nil) throws -> [ReadRow] {
        let vocabulary = try Vocabularies.shipped()
        let table = try #require(TableReader(vocabulary: vocabulary).read(Sheets.sheet([heading ?? self.heading] + rows)))
        return try RowReading(layouts: table.layouts, vocabulary: vocabulary).read(table.rows)
    }

    private func row(_ verdict: String, _ items: String = "", made: String = "2013-03/201303", firm: String = "甲厂", remark: String = "")
        -> [String]
    {
        ["#1", "砂轮", "400mm", "#41", made, firm, verdict, items, remark]
    }

    @Test("numbers in text columns are written without decimals, several columns joined")
    func joined() throws {
        let read = try read([row("合格")])[0]
        #expect(read.text("model") == "400mm 41")
        #expect(read.text("sequence") == "1")
    }

    @Test(
        "verdict words",
        arguments: [
            ("合格", Verdict.pass), ("符合", .pass), ("未发现问题", .pass), ("所检项目符合", .pass), ("conforming", .pass), (" 合 格 ", .pass),
            ("不合格", .fail),
            ("不符合", .fail), ("nonconforming", .fail), ("拒检", .refused), ("未抽样", .notSampled), ("所检项目合格。", .pass), ("未发现不合格项目", .pass),
            ("检验中", .pending), ("未见不合格", .pass), ("未检出问题", .pass), ("未发现不符合", .pass),
        ])
    func verdicts(word: String, verdict: Verdict) throws {
        #expect(try read([row(word)])[0].verdict == verdict)
    }

    @Test("columns with people's names and telephones are left out of the remark, and that is said once")
    func personal() throws {
        let rows = try read(
            [
                ["1", "皮鞋", "甲厂", "合格", "13800138000", "张某", "330303196001010000"],
                ["2", "皮鞋", "乙厂", "合格", "13900139000", "李某", "330303196001010000"],
            ],
            heading: ["序号", "产品名称", "标称生产企业", "抽查结果", "企业联系电话", "联系人", "身份证号"])
        #expect(rows.map(\.others) == [[:], [:]])
        #expect(rows[0].issues.map(\.message) == ["「企业联系电话」「联系人」「身份证号」是个人信息，没有采用，也不写进备注。"])
        #expect(rows[0].isGood && rows[1].issues.isEmpty)
    }

    @Test("an empty or unknown verdict is an error, never a guess")
    func noVerdict() throws {
        let rows = try read([row("", "色牢度"), row("—"), row("ABC"), row("/", "拒检")])
        #expect(rows.map(\.isGood) == [false, false, false, true])
        #expect(rows[0].issues.map(\.message) == ["结论为空而有不合格项目。"])
        #expect(rows[0].issues.map(\.cure) == ["对照公布的原件填上结论，程序不代为判断。"])
        #expect(rows[1].issues.map(\.message) == ["这一行没有结论。"])
        #expect(rows[2].issues.map(\.message) == ["看不懂的结论“ABC”。"])
        #expect(rows[2].issues.first?.column == "抽查结果")
        #expect(rows[3].verdict == .refused)
    }

    @Test("signs and words for no nonconformity are nothing", arguments: ["/", "无", "-", "—", "--", "---", "——", "----", "符合本次监督检查要求", ""])
    func nothing(word: String) throws {
        let read = try read([row("合格", word)])[0]
        #expect(read.values["failed_items"] == nil)
        #expect(read.issues.isEmpty)
    }

    @Test(
        "production marks",
        arguments: [
            ("2013-03/201303", "2013-03", "201303"), ("2016-09-18\\YE3B1K808", "2016-09-18", "YE3B1K808"), ("20130318", "2013-03-18", nil),
            ("#20120703", "2012-07-03", nil), ("2011年12月28日", "2011-12-28", nil), ("2012-07", "2012-07", nil),
            ("2013-2-21", "2013-02-21", nil),
            ("2024/08/11/-", "2024-08-11", nil), ("-/20211009", nil, "20211009"), ("2014年4月/-", "2014-04", nil),
            ("货号：81231", nil, "货号：81231"),
            ("20130318A", nil, "20130318A"), ("202405-17/2024051753W", "2024-05-17", "2024051753W"), ("—\\—", nil, nil),
            ("2016-09-18\\—", "2016-09-18", nil),
            ("2010-08/货号：5-1-597", "2010-08", "货号：5-1-597"), ("2021-02-30", nil, nil),
            ("2013-03-03/B13-03-0128", "2013-03-03", "B13-03-0128"),
            ("2021-05-01 00:00:00", "2021-05-01", nil),
        ] as [(String, String?, String?)])
    func production(raw: String, made: String?, batch: String?) throws {
        let mark = try read([row("合格", made: raw)])[0].production
        // 30 February is no day: only its month is believed.
        if raw == "2021-02-30" {
            #expect(mark?.made?.day == nil)
            return
        }
        #expect(mark?.made?.description == made)
        #expect(mark?.batch == batch)
    }

    @Test("a day and a batch in two columns belong together")
    func twoColumns() throws {
        let heading = ["产品名称", "生产日期", "生产批号", "生产企业名称", "抽查结果"]
        let mark = try read([["酱油", "2012-01-12", "A7", "甲厂", "合格"]], heading: heading)[0]
        #expect(mark.production?.made?.description == "2012-01-12")
        #expect(mark.production?.batch ?? mark.text("batch_number") == "A7")
    }

    @Test("a suspected counterfeit does not count against the named maker")
    func counterfeit() throws {
        let rows = try read([row("不合格", "强度", remark: "标称生产企业否认生产"), row("不合格", "强度", remark: "经核实未发现假冒"), row("不合格", "强度")])
        #expect(rows.map(\.countsAgainstMaker) == [false, true, true])
        #expect(rows[0].issues.first?.message.contains("不计入标称企业的不合格") == true)
        let heading = [
            "manufacturer", "product_name", "inspection_outcome", "inspection_suspected_counterfeit", "nonconforming_items_source_reported",
        ]
        #expect(
            try read([["甲厂", "油", "nonconforming", "True", "水分"], ["乙厂", "油", "conforming", "False", ""]], heading: heading).map(
                \.countsAgainstMaker) == [false, true])
    }

    @Test("masked names are kept and flagged", arguments: ["某某公司", "李**", "***", "××厂"])
    func masked(name: String) throws {
        let read = try read([row("合格", firm: name)])[0]
        #expect(read.doubts == [.masked])
        #expect(read.issues.map(\.message) == ["名称被隐去（\(name)），不能对应到企业。"])
        #expect(read.isGood)
    }

    @Test("a row without a firm is an error")
    func noFirm() throws {
        #expect(try read([row("合格", firm: "/")])[0].issues.map(\.message) == ["这一行没有生产者。"])
    }

    @Test("the same batch twice is a warning with the other row")
    func duplicates() throws {
        let rows = try read([row("合格"), row("不合格", "强度"), row("合格")])
        #expect(rows[2].issues.map(\.message) == ["与第2行的企业、产品、规格型号、批号和结论都相同，可能重复。"])
        #expect(rows[1].issues.isEmpty)
    }

    @Test("a failing row without items and a passing row with items are warnings")
    func contradictions() throws {
        let rows = try read([row("不合格"), row("合格", "标志")])
        #expect(rows[0].issues.map(\.message) == ["结论为不合格而没有写不合格项目。"])
        #expect(rows[1].issues.map(\.message) == ["结论为合格而写有不合格项目：标志。"])
        #expect(rows.allSatisfy { $0.isGood })
    }

    @Test("codes: folded, told from registration numbers, refused where a number lost its end")
    func codes() throws {
        let heading = ["企业名称", "注册号/统一社会信用代码", "成立日期", "注册资本（万元）"]
        let rows = try read(
            [
                ["甲厂", "９１330100704665967j", "2006年9月5日", "42"], ["乙厂", "330100000044760", "bad", ""],
                ["丙厂", "#913301007046659670", "", ""],
            ], heading: heading)
        #expect(rows[0].text("code") == "91330100704665967J")
        #expect(rows[0].day("registered_day")?.day == Day("2006-09-05"))
        #expect(rows[0].values["capital"] == .amount("42", unit: "万元"))
        #expect(rows[1].text("registration_no") == "330100000044760")
        #expect(rows[1].issues.map(\.message) == ["“bad”不是日期，这一格没有采用。"])
        #expect(rows[2].issues.map(\.message) == ["代码在表格里按数字存放，第15位以后的数字已经丢失。"])
    }

    @Test("a product that stands only in the title is every row's")
    func titleProduct() throws {
        let vocabulary = try Vocabularies.shipped()
        let sheet = Sheets.sheet([["自行车产品质量国家监督抽查产品及其企业名单"], ["序号", "企业名称", "所在地", "商标", "抽查结果"], ["#1", "甲厂", "天津市", "/", "合格"]])
        let sorted = SheetSorting(vocabulary: vocabulary).sort(Sheets.workbook(sheet))[0]
        let rows = try RowReading(sheet: sorted, vocabulary: vocabulary).read(sorted.table?.rows ?? [])
        #expect(rows.first?.text("product") == "自行车")
        #expect(rows.first?.text("brand") == nil)
    }
}
