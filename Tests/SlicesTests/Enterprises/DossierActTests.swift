import Enterprises
import Foundation
import Spreadsheets
import Storage
import TestSupport
import Testing
import Values

@Suite struct DossierActTests {
    @Test func `history says who changed what and why`() async throws {
        try await RegisterOffice.with { office in
            let clerk = Actor(name: "示例甲", role: .programmeOffice)
            try await office.take("企业名称,年度,年销售额（万元）", "示例甲厂,2006,10", by: clerk, reason: "年报")
            try await office.take("企业名称,年度,年销售额（万元）", "示例甲厂,2006,12", by: clerk, reason: "更正表")
            let history = try await office.office.store.read {
                try EnterpriseHistory.of(ID(1), at: nil, regions: office.office.regions, $0)
            }
            #expect(history.map(\.entry.reason) == ["更正表", "年报"])
            #expect(history.map(\.entry.actor) == ["示例甲", "示例甲"])
            #expect(history.first?.changes == ["2006年销售额：10万元 → 12万元"])
            #expect(history.last?.changes == ["建档：示例甲厂", "2006年销售额：— → 10万元"])
        }
    }

    @Test func `a correction on an old version is a conflict that shows what stands there now`() async throws {
        try await RegisterOffice.with { office in
            try await office.take("企业名称,地址", "示例甲厂,甲路1号")
            let read = try await office.dossier(ID(1))
            var mine = read.firm
            mine.address = "乙路2号"
            try await CorrectEnterprise.run(
                mine, readVersion: read.version, request: "r1", office: office.office, actor: .local, reason: "迁址")
            var late = read.firm
            late.address = "丙路3号"
            let stale = await #expect(throws: StaleEnterprise.self) {
                try await CorrectEnterprise.run(
                    late, readVersion: read.version, request: "r2", office: office.office, actor: .local, reason: "迁址")
            }
            #expect(stale?.now.address == "乙路2号")
            try await CorrectEnterprise.run(
                mine, readVersion: read.version, request: "r1", office: office.office, actor: .local, reason: "迁址")
            #expect(try await office.dossier(ID(1)).firm.address == "乙路2号")
            let empty = await #expect(throws: Failure.self) {
                try await CorrectEnterprise.run(mine, readVersion: 2, request: "r3", office: office.office, actor: .local, reason: "")
            }
            #expect(empty?.message == "没有写理由")
        }
    }

    @Test(arguments: TestEngine.available) func `merging moves the rows, and taking it back returns exactly them`(_ engine: TestEngine)
        async throws
    {
        try await RegisterOffice.with(engine) { office in
            try await office.take(
                "企业名称,统一社会信用代码,年度,年销售额（万元）,产品名称", "示例甲厂,91330303MA0TE5T082,2006,10,鞋", "示例甲鞋厂,,2005,7,靴", "示例甲鞋厂,,2006,9,")
            let merging = MergeDossiers(office.office)
            try await merging.merge(ID(2), into: ID(1), by: .local, reason: "同一家")
            let kept = try await office.dossier(ID(1))
            #expect(kept.accounts.map(\.year) == [2006, 2005])
            #expect(kept.products.map(\.name) == ["鞋", "靴"])
            #expect(try await office.find("示例").map(\.id) == [ID(1)])
            let links = try await office.office.store.read { try EnterpriseLinks.load($0) }
            #expect(links.match(name: "示例甲鞋厂") == .one(ID(1)))
            try await merging.undo(ID(2), by: .local, reason: "并错了")
            #expect(try await office.dossier(ID(1)).accounts.map(\.year) == [2006])
            #expect(try await office.dossier(ID(2)).accounts.map(\.year) == [2006, 2005])
            #expect(try await office.dossier(ID(2)).firm.status == .active)
            #expect(try await office.office.store.verify().findings.isEmpty)
            let twice = await #expect(throws: Failure.self) { try await merging.undo(ID(2), by: .local, reason: "再撤") }
            #expect(twice?.message == "“示例甲鞋厂”没有并入别的档案")
        }
    }

    @Test func `candidates become dossiers once, and a register confirms them`() async throws {
        try await RegisterOffice.with { office in
            let candidates = [
                Candidate(name: "示例甲（南海）厂", region: nil, reason: "地址在南海区"), Candidate(name: "示例甲(南海)厂", region: nil, reason: "地址在南海区"),
            ]
            let ids = try await AcceptCandidates.run(candidates, office: office.office, actor: .local, reason: "本辖区上榜")
            #expect(ids == [ID(1), ID(1)])
            #expect(try await AcceptCandidates.run(candidates, office: office.office, actor: .local, reason: "再来") == ids)
            try await office.take("企业名称,统一社会信用代码", "示例甲（南海）厂,91330303MA0TE5T082")
            #expect(try await office.dossier(ID(1)).firm.status == .active)
        }
    }

    @Test(arguments: TestEngine.available) func `a request to fill in goes out by town, comes back and counts as returned`(
        _ engine: TestEngine
    ) async throws {
        try await RegisterOffice.with(engine) { office in
            try await office.take(
                "企业名称,统一社会信用代码,地址", "示例甲厂,91330303MA0TE5T082,浙江省温州市龙湾区永中街道示例路1号", "示例乙厂,,浙江省温州市龙湾区永中街道示例路2号", "示例丙厂,,浙江省温州市龙湾区状元街道示例路3号")
            let id = try await IssueFillIn.run(
                title: "2006年补报", region: nil, year: 2006, fields: [.sales], office: office.office, actor: .local)
            let (fillIn, towns) = try await office.office.store.read { session in
                let fillIn = try FillInStore.one(id, session)
                return (fillIn, try FillInStore.towns(fillIn, session))
            }
            #expect(towns.map(\.expected) == [2, 1])
            #expect(towns.allSatisfy { $0.isUnanswered })
            let town = try #require(towns.first)
            let firms = try await office.office.store.read { try FillInStore.firms(fillIn, region: town.region, $0) }
            let book = FillInWorkbook(fillIn, town: town.region.flatMap(office.office.regions.name))
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("returned-\(UUID().uuidString).xlsx")
            defer { try? FileManager.default.removeItem(at: file) }
            let writer = try WorkbookWriter(path: file.path)
            try writer.beginSheet("补报", columns: book.columns, notes: [fillIn.title])
            for (index, (firm, account)) in firms.enumerated() {
                var row = book.row(firm, account)
                row[4] = .number(Double(index + 1) * 1000)
                try writer.append(row)
            }
            try writer.finish()
            let told = try await office.take(file: file)
            #expect(told.outcomes == ["changed", "changed"])
            let after = try await office.office.store.read { try FillInStore.towns(fillIn, $0) }
            #expect(after.map(\.answered).sorted() == [0, 2])
            #expect(after.contains { $0.region == town.region && $0.isComplete })
            #expect(try await office.dossier(ID(2)).accounts.first?.figures[.sales] == Fen(2_000_000_000))
        }
    }

    @Test func `nothing is asked for when everything is known`() async throws {
        try await RegisterOffice.with { office in
            try await office.take("企业名称,年度,年销售额（万元）", "示例甲厂,2006,10")
            let failure = await #expect(throws: Failure.self) {
                try await IssueFillIn.run(title: "补报", region: nil, year: 2006, fields: [.sales], office: office.office, actor: .local)
            }
            #expect(failure?.message == "所选地区的企业2006年这些栏目都已知道，不必补报")
        }
    }
}
