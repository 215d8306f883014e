import Enterprises
import Evidence
import Foundation
import Storage
import TestSupport
import Testing
import Values

@testable import Returns
@testable import Spreadsheets

@Suite(.blocking, .enabled(if: ImportFixture.isBuilt, "the program is not built: forms are read by its child"))
struct FillFormTests {
    @Test("a bound form fills itself for a period, every number with its question", arguments: TestEngine.available)
    func fills(_ engine: TestEngine) async throws {
        try await ReturnsFixture.with(engine) { fixture in
            let form = try await fixture.take()
            try await fixture.bindAll(form)
            let filled = try await fixture.fill(form)
            let values = Dictionary(uniqueKeysWithValues: filled.cells.map { ($0.binding.place.cell.description, $0.plain) })
            #expect(values == ["B2": "龙湾区质强办", "D2": "2026年第三季度", "C5": "3", "C6": "1600", "D7": "50", "C9": "1603"])
            let sales = try #require(filled.cells.first { $0.binding.place.cell.description == "C6" })
            #expect(sales.n == 3 && sales.unit == "万元")
            #expect(sales.source.chinese == "年度数据 · 销售额 · 地区：龙湾区 · 年度：2026")
            #expect(filled.waiting.isEmpty && filled.missing.isEmpty)
            #expect(try await fixture.office.store.verify().findings == [])
        }
    }

    @Test("the workbook keeps its formats, merges, widths and other sheets byte for byte, and gets a sheet that says where values are from")
    func keeps() async throws {
        try await ReturnsFixture.with { fixture in
            let form = try await fixture.take()
            try await fixture.bindAll(form)
            let blank = try FormFiles.workbook(FormFiles.quarter())
            let bytes = try await fixture.workbook(try await fixture.fill(form))
            func part(_ bytes: [UInt8], _ name: String) throws -> String? {
                try PackageParts(bytes, name: "test").reading { try $0.bytes(name) }.map { String(decoding: $0, as: UTF8.self) }
            }
            #expect(try part(bytes, "xl/styles.xml") == part(blank, "xl/styles.xml"))
            #expect(try part(bytes, "xl/worksheets/sheet2.xml") == part(blank, "xl/worksheets/sheet2.xml"))
            #expect(try part(bytes, "xl/calcChain.xml") == nil)
            #expect(try part(bytes, "xl/_rels/workbook.xml.rels")?.contains("calcChain") == false)
            let sheet = try #require(try part(bytes, "xl/worksheets/sheet1.xml"))
            #expect(sheet.contains("<c r=\"C6\" s=\"3\"><v>1600</v></c>"))
            #expect(sheet.contains("<c r=\"D7\" s=\"4\"><v>0.5</v></c>"), "a cell shown as per cent holds the share")
            #expect(sheet.contains("<c r=\"C9\" s=\"3\"><f>SUM(C5:C8)</f><v>1603</v></c>"))
            #expect(
                sheet.contains("<c r=\"D9\" s=\"4\"><f>C9*2</f><v>3206</v></c>"),
                "a formula that nobody bound is not left with an old result")
            // All that is not a cell's content is as it was.
            let original = try #require(try part(blank, "xl/worksheets/sheet1.xml"))
            #expect(sheet.prefix { $0 != "R" }.prefix(200) == original.prefix { $0 != "R" }.prefix(200))
            #expect(sheet.suffix(400) == original.suffix(400))
            #expect(try part(bytes, "xl/workbook.xml")?.contains("fullCalcOnLoad=\"1\"") == true)
            let read = try ReturnsFixture.read(bytes)
            #expect(read.sheets.map(\.name) == ["表1", "说明", "取数说明"])
            #expect(read.text("取数说明", "A6") == "表1!C6" && read.text("取数说明", "C6") == "1600")
            #expect(read.text("取数说明", "E6").hasPrefix("/questions/account?metric=sales&where=region="))
        }
    }

    @Test("as known before, the form is filled with what was known")
    func known() async throws {
        try await ReturnsFixture.with { fixture in
            let form = try await fixture.take()
            try await fixture.bindAll(form)
            let before = try await fixture.fill(form)
            try await fixture.register.take("企业名称,镇街,注册地址", "示例丁厂,状元街道,温州市龙湾区状元街道丁路4号")
            #expect(try await fixture.fill(form).cells.first { $0.binding.place.cell.description == "C5" }?.plain == "4")
            let again = try await fixture.fill(form, known: before.position)
            #expect(again.cells.map(\.plain) == before.cells.map(\.plain))
        }
    }

    @Test("bindings follow rows that moved; labels that changed or occur twice wait for a person, and nothing is filled for them")
    func moved() async throws {
        try await ReturnsFixture.with { fixture in
            let form = try await fixture.take()
            try await fixture.bindAll(form)
            try await fixture.revise(form, FormFiles.quarter("四", extra: ["有效商标", "名牌产品"]))
            let moved = try await fixture.fill(form, "2026Q4")
            #expect(moved.waiting.isEmpty)
            let places = moved.cells.map { ($0.binding.place.cell.description) }
            #expect(Set(places) == ["B2", "D2", "C7", "C8", "D9", "C11"])
            #expect(moved.cells.first { $0.binding.place.cell.description == "C7" }?.plain == "3")

            try await fixture.revise(form, FormFiles.quarter("四", rename: ["销售额": "营业收入"], twice: "在册企业数"))
            let waiting = try await fixture.fill(form, "2026Q4")
            #expect(
                Set(waiting.waiting.map { "\($0.anchor.rowPath[0])：\($0.placement.word.chinese)" }) == [
                    "1.在册企业数：有几处同名，待确认", "2.销售额：表样里找不到了",
                ])
            #expect(waiting.cells.allSatisfy { $0.binding.place.cell.description != "C5" && $0.binding.place.cell.description != "C6" })

            let sales = try #require(waiting.waiting.first { $0.placement == .gone })
            let place = CellPlaceOnSheet(sheet: "表1", cell: CellPlace(row: 6, column: 3))
            try await PlaceBinding(sales.id, at: place).perform(in: fixture.office, by: .local, request: ReturnsFixture.request())
            #expect(try await fixture.fill(form, "2026Q4").cell(place)?.plain == "1600")
            let label = try await fixture.failure {
                try await PlaceBinding(sales.id, at: CellPlaceOnSheet(sheet: "表1", cell: CellPlace(row: 6, column: 1))).perform(
                    in: fixture.office, by: .local, request: ReturnsFixture.request())
            }
            #expect(label.message == "表样里 表1!A6 不是可以填数的格")
        }
    }

    @Test("a sheet of another name is another table until a person says so")
    func renamedSheet() async throws {
        try await ReturnsFixture.with { fixture in
            let form = try await fixture.take()
            try await fixture.bindAll(form)
            try await fixture.revise(form, FormFiles.quarter("四"), sheet: "附表")
            #expect(try await fixture.fill(form, "2026Q4").cells.isEmpty)
        }
    }

    @Test("only the programme office binds; a unit that cannot be had leaves its cell empty and says so; the same blank is not taken twice")
    func refused() async throws {
        try await ReturnsFixture.with { fixture in
            let form = try await fixture.take()
            let leader = Actor(name: "领导", role: .leader)
            let refused = try await fixture.failure { try await fixture.bind(form, "C5", ReturnsFixture.firmCount, by: leader) }
            #expect(refused.message == "报表的绑定、下发和上报只由质强办办理")
            try await fixture.bind(form, "C5", ReturnsFixture.firmCount, unit: "万元")
            #expect(try await fixture.fill(form).cells[0].whyMissing == "「企业数」的单位是家，不能按“万元”填")
            let same = try await fixture.failure { try await fixture.revise(form, FormFiles.quarter()) }
            #expect(same.message == "这就是现在用的表样，没有变化")
            let notXlsx = try await fixture.failure {
                _ = try await TakeForm(
                    title: "表", superior: "市", cadence: .year, threshold: 1, name: "表.csv", bytes: Array("甲,乙\n1,2\n".utf8)
                )
                .perform(in: fixture.office, by: .local, request: ReturnsFixture.request())
            }
            #expect(notXlsx.message == "表样要 .xlsx 格式，这个文件是 csv (UTF-8)")
            let period = try await fixture.failure { _ = try ReportPeriod.read("2026-13", for: form) }
            #expect(period.message == "“2026-13”不是季报的期别" && period.cure == "写成 2026Q3 的形式")
        }
    }

    /// Where there is openpyxl, a second reader agrees.
    private static let python = ProcessInfo.processInfo.environment["HALLMARK_PYTHON"]

    @Test(
        "openpyxl finds styles, merges, widths, heights, names and other sheets as they were",
        .enabled(if: python != nil, "HALLMARK_PYTHON is not set"))
    func secondReader() async throws {
        try await ReturnsFixture.with { fixture in
            let form = try await fixture.take()
            try await fixture.bindAll(form)
            let folder = try HallmarkCommand.temporaryFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let (blank, filled) = (folder.appendingPathComponent("blank.xlsx"), folder.appendingPathComponent("filled.xlsx"))
            try Data(try FormFiles.workbook(FormFiles.quarter())).write(to: blank)
            try Data(try await fixture.workbook(try await fixture.fill(form))).write(to: filled)
            let script = """
                import sys, openpyxl
                a, b = openpyxl.load_workbook(sys.argv[1]), openpyxl.load_workbook(sys.argv[2])
                s, t = a['表1'], b['表1']
                def look(cell): return [repr(part) for part in (cell.font, cell.border, cell.fill, cell.number_format, cell.alignment)]
                assert b.sheetnames == ['表1', '说明', '取数说明'], b.sheetnames
                assert sorted(map(str, s.merged_cells.ranges)) == sorted(map(str, t.merged_cells.ranges))
                assert {k: v.width for k, v in s.column_dimensions.items()} == {k: v.width for k, v in t.column_dimensions.items()}
                assert {k: v.height for k, v in s.row_dimensions.items()} == {k: v.height for k, v in t.row_dimensions.items()}
                for row in s.iter_rows():
                    for cell in row:
                        other = t[cell.coordinate]
                        assert look(cell) == look(other), cell.coordinate
                        if cell.value is not None: assert other.value == cell.value, cell.coordinate
                assert t['C6'].value == 1600 and t['D7'].value == 0.5 and t['D2'].value == '2026年第三季度'
                assert a['说明']['A1'].value == b['说明']['A1'].value
                assert list(b.defined_names.keys()) == ['合计数']
                """
            let process = Process()
            process.executableURL = URL(fileURLWithPath: try #require(Self.python))
            process.arguments = ["-c", script, blank.path, filled.path]
            let errors = Pipe()
            process.standardError = errors
            try process.run()
            let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(said)")
        }
    }
}
