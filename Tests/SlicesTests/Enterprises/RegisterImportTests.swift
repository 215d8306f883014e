import Enterprises
import Evidence
import Foundation
import Imports
import Storage
import TestSupport
import Testing
import Values

@Suite struct RegisterImportTests {
    private static let heading = "企业名称,统一社会信用代码,注册号,曾用名,地址,注册资本（万元）,年度,年销售额（万元）,产品名称,商标,证照种类,证书编号,有效期至"
    private static let first = "示例甲鞋业有限公司,91330303MA0TE5T082,,示例甲皮鞋厂,浙江省温州市龙湾区永中街道示例路1号,100,2006,4820,女皮鞋,示例牌,生产许可证,XK01,2010-01-01"

    @Test(arguments: TestEngine.available) func `a register makes dossiers, and the same register again changes nothing`(
        _ engine: TestEngine
    ) async throws {
        try await RegisterOffice.with(engine) { office in
            let told = try await office.take(Self.heading, Self.first, "示例乙机械厂,,330303000000016,,,,2006,1000,,,,,")
            #expect(told.outcomes == ["new", "new"])
            let again = try await office.take(Self.heading, Self.first, "示例乙机械厂,,330303000000016,,,,2006,1000,,,,,")
            #expect(again.outcomes == ["unchanged", "unchanged"])
            let found = try await office.find("甲鞋")
            let firm = try #require(found.first)
            #expect(found.count == 1)
            #expect(office.office.regions.name(of: firm.region ?? 0) == "永中街道")
            let dossier = try await office.dossier(firm.id)
            #expect(dossier.accounts.first?.figures[.sales] == Fen(4_820_000_000))
            #expect(dossier.products.map(\.brand) == ["示例牌"])
            #expect(dossier.holdings.map(\.to) == [Day("2010-01-01")])
            #expect(dossier.names.map(\.name) == ["示例甲鞋业有限公司", "示例甲皮鞋厂"])
            #expect(try await office.find("甲皮鞋厂").map(\.id) == [firm.id])
            #expect(try await office.find("91330303MA0TE5T082").map(\.id) == [firm.id])
            #expect(try await office.find("鞋甲").isEmpty)
            #expect(try await office.office.store.verify().findings.isEmpty)
        }
    }

    @Test(arguments: TestEngine.available) func `a register of the own district names its towns alone; what is no town of it is told`(
        _ engine: TestEngine
    ) async throws {
        try await RegisterOffice.with(engine) { office in
            let lines = ["企业名称,所属镇街,地址", "甲鞋厂,永中街道,", "乙鞋厂,永中,", "丙鞋厂,乌有镇,", "丁鞋厂,永中街道,浙江省温州市鹿城区示例路1号", "温州市戊鞋厂,状元街道,"]
            func take() async throws -> RegisterOffice.Told {
                try await office.take(lines[0], lines[1], lines[2], lines[3], lines[4], lines[5])
            }
            func regions() async throws -> [String?] {
                try await office.find("鞋厂").sorted { $0.id < $1.id }.map { $0.region.flatMap(office.office.regions.name) }
            }
            #expect(try await take().message("enterprise.town-unknown") == nil)
            #expect(try await regions() == [nil, nil, nil, "鹿城区", "温州市"], "nobody has said yet whose store this is")
            try await office.office.store.act("test.government", by: .local) { try Settings.set(Office.governmentSetting, "330303", $0) }
            let told = try await take()
            #expect(told.message("enterprise.town-unknown")?.contains("本辖区没有叫“乌有镇”的镇街") == true)
            #expect(try await regions() == ["永中街道", "永中街道", nil, "鹿城区", "状元街道"], "an address elsewhere is not overruled")
            #expect(try await take().outcomes == Array(repeating: "unchanged", count: 5))
        }
    }

    @Test func `a changed row says what changes in words, and a blank cell erases nothing`() async throws {
        try await RegisterOffice.with { office in
            try await office.take(Self.heading, Self.first)
            let told = try await office.take(
                Self.heading, "示例甲鞋业股份有限公司,91330303MA0TE5T082,,,,,2006,5000,,,,,")
            #expect(
                told.planned.map(\.outcome) == [.changed("企业名称：示例甲鞋业有限公司 → 示例甲鞋业股份有限公司；2006年销售额：4,820万元 → 5,000万元")])
            let firm = try #require(try await office.find("甲鞋业有限").first)
            let dossier = try await office.dossier(firm.id)
            #expect(firm.name == "示例甲鞋业股份有限公司")
            #expect(firm.capital == Fen(100_000_000))
            #expect(firm.address == "浙江省温州市龙湾区永中街道示例路1号")
            #expect(Set(dossier.names.map(\.name)) == ["示例甲鞋业股份有限公司", "示例甲鞋业有限公司", "示例甲皮鞋厂"])
            #expect(try await office.dossier(firm.id, at: 1).firm.name == "示例甲鞋业有限公司")
        }
    }

    @Test func `a name that several dossiers bear is an error and never a guess`() async throws {
        try await RegisterOffice.with { office in
            try await office.take("企业名称,统一社会信用代码", "示例丙厂,91330303MA0TE5T082", "示例丙厂,91440101716321555Q")
            let told = try await office.take("企业名称,年度,年销售额（万元）", "示例丙厂,2006,10")
            #expect(told.outcomes == ["rejected"])
            #expect(
                told.message("enterprise.several")
                    == "企业名称对应2家企业：示例丙厂（91330303MA0TE5T082）、示例丙厂（91440101716321555Q），不能确定是哪一家。补上统一社会信用代码后重新导入；确是同一家的，先并档。")
        }
    }

    @Test func `errors inside a file are said with both rows`() async throws {
        try await RegisterOffice.with { office in
            let told = try await office.take(
                "企业名称,统一社会信用代码,年度,年销售额（万元）", "示例甲厂,91330303MA0TE5T082,,", "示例乙厂,91330303MA0TE5T082,,", "示例丁厂,,2006,5", "示例丁厂,,2006,6",
                "示例戊厂,,,", "示例戊厂,,,")
            #expect(told.outcomes == ["rejected", "rejected", "new", "rejected", "new", "rejected"])
            let codes = told.issues.filter { $0.code == "enterprise.duplicate-code" }.map(\.message)
            #expect(codes == ["代码 91330303MA0TE5T082 与本文件后面还有一行相同而企业名称不同。", "代码 91330303MA0TE5T082 与第2行相同而企业名称不同。"])
            #expect(told.message("enterprise.figure-twice") == "同一家企业2006年的销售额与第4行写的不同。核实后只留一个数。")
            #expect(told.message("enterprise.duplicate-row") == "与第6行是同一家企业（名称相同），又没有别的年度、产品或证照。删去重复的一行；不是同一家的，补上各自的统一社会信用代码。")
        }
    }

    @Test func `doubtful codes, foreign capital, personal columns and missing years only warn`() async throws {
        try await RegisterOffice.with { office in
            let told = try await office.take(
                "企业名称,统一社会信用代码,法定代表人,注册资本,年销售额（万元）", "示例己厂,91330303MA0TE5T083,某人,73(万港元),10", "示例庚厂,12345,,,")
            #expect(told.outcomes == ["new", "new"])
            #expect(told.message("code.check-character")?.hasPrefix("代码末位校验字符不符") == true)
            #expect(told.message("enterprise.foreign-capital") == "“73(万港元)”是外币，照原文保存，不折算。不必处理。")
            #expect(told.issues.filter { $0.code == "enterprise.personal-columns" }.map(\.message) == ["「法定代表人」是个人信息，不入企业档案。"])
            #expect(told.message("enterprise.year-missing")?.hasPrefix("表里没有写明金额是哪一年的，各行的年度金额没有采用。") == true)
            #expect(told.message("enterprise.code-form")?.hasPrefix("代码“12345”有5位") == true)
            let firm = try #require(try await office.find("示例己厂").first)
            #expect(firm.capitalText == "73(万港元)")
            #expect(firm.code == "91330303MA0TE5T083")
            #expect(firm.codeState == .doubtful)
        }
    }

    @Test func `counts and sums are questions whose rows agree`() async throws {
        try await RegisterOffice.with { office in
            try await office.take(Self.heading, Self.first, "示例乙机械厂,,,,,,2006,1000,,,,,")
            let directory = office.office.regions
            try await office.office.store.read { session in
                let asking = Asking(catalogue: FactCatalogue(EnterpriseFacts.all), viewer: Viewer(.local), regions: directory)
                let count = try asking.ask(Question("enterprise"), session)
                #expect(count.figure.value == 2)
                #expect(count.isCounted)
                let sales = try asking.ask(Question("account", metric: "sales", where: [.init("year", ["2006"])]), session)
                #expect(sales.figure.value == 5_820_000_000)
                let inside = try asking.ask(Question("enterprise", where: [.init("region", ["龙湾区"])]), session)
                #expect(inside.figure.value == 1)
                #expect(try asking.rows(Question("holding", on: Day("2011-01-01")), session).rows.isEmpty)
            }
        }
    }

    @Test(.enabled(if: SharedData.isPresent, "the shared registers are missing"), arguments: [("panyu", 1001, 136), ("longwan", 532, 6)])
    func `real registers come in whole, and again unchanged`(_ name: String, _ rows: Int, _ foreign: Int) async throws {
        try await RegisterOffice.with { office in
            let file = try #require(SharedData.url("data/enterprises/\(name).csv"))
            let told = try await office.take(file: file)
            #expect(told.planned.count == rows)
            #expect(told.count("new") == rows)
            #expect(told.issues.filter { $0.code == "enterprise.foreign-capital" }.count == foreign)
            #expect(told.issues.filter { $0.code == "enterprise.personal-columns" }.count == 1)
            let again = try await office.take(file: file)
            #expect(again.count("new") == 0)
            #expect(again.count("changed") == 0)
            #expect(again.count("unchanged") == told.count("new"))
        }
    }
}
