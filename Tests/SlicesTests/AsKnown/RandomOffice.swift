import Foundation
import Imports
import TestSupport
import Values

@testable import Enterprises
@testable import Programmes
@testable import SpotChecks
@testable import Storage
@testable import Targets

/// Writes at random what an office writes over the years: registers, lists, corrections, mergings and their taking back, classes, figures.
struct RandomOffice {
    let office: Office
    var random: SeededRandom
    /// A district with its neighbours and its province.
    let regions: [Int64]
    /// The files that came in, to come in again.
    var files: [RandomFile] = []
    /// Kinds of acts that are still to come before any comes again, so that none is missing.
    private var deck: [Int] = []

    static let words = ["女皮鞋", "皮鞋", "阀门", "童皮鞋"]

    mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }
    mutating func pick<Element>(_ list: [Element]) -> Element? { list.randomElement(using: &random) }
    mutating func number(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &random) }
    mutating func place() -> Value { chance(0.12) ? .null : Value(pick(regions)) }

    private static func row(_ table: RecordTable, _ values: [String: Value]) -> [Value] { table.columns.map { values[$0.name] ?? .null } }

    func current(_ table: RecordTable) async throws -> [(id: Int64, row: [Value])] {
        try await office.store.read { session in
            let columns = table.columns.map(\.sql).joined(", ")
            return try session.rows("select id, \(columns) from \(table.name) as t where \(RecordTable.current("t")) order by id").map {
                ($0.integer(0), Array($0.values.dropFirst()))
            }
        }
    }

    func write(_ action: String, _ body: @escaping @Sendable (Transaction) throws -> Void) async throws {
        try await office.store.act(action, by: .local, reason: "试", body)
    }

    init(office: Office, random: SeededRandom, regions: [Int64]) {
        (self.office, self.random, self.regions) = (office, random, regions)
    }

    /// One random act.
    mutating func act() async throws {
        if deck.isEmpty { deck = Array(0..<21).shuffled(using: &random) }
        switch deck.removeLast() {
        case 0: try await addFirms()
        case 1: try await correctFirm()
        case 2, 3: try await merge()
        case 4: try await addList()
        case 5, 6: try await changeResults()
        case 7: try await addAccounts()
        case 8: try await addOwned(.product, product())
        case 9: try await addOwned(.holding, holding())
        case 10: try await classify()
        case 11: try await figures()
        case 12, 13: try await takeFile()
        case 14: try await takeFileAgain()
        case 15: try await eraseOriginal()
        case 16: try await settle()
        case 17: try await publishOwn()
        case 18: try await publishStated()
        case 19: try await linkAndAccept()
        default: try await renameList()
        }
    }

    // MARK: Firms

    mutating func addFirms() async throws {
        var firms: [(firm: Enterprise, former: [String])] = []
        for _ in 0..<3 {
            var firm = Enterprise(
                id: ID(0), name: "示例\(number(1...9999))号鞋厂", status: pick([.active, .active, .active, .candidate, .closed]) ?? .active)
            firm.region = place().integer
            firm.industryCode = pick(["1921", "3252", nil]) ?? nil
            firm.registrationNumber = chance(0.3) ? "33030300\(number(1_000_000...9_999_999))" : nil
            firms.append((firm, chance(0.3) ? ["旧\(number(1...99))鞋厂"] : []))
        }
        let wanted = firms
        try await write("enterprises.add") { _ = try WriteEnterprises.open(wanted, $0) }
    }

    mutating func firm() async throws -> Int64 {
        let firms = try await current(.enterprise)
        if let firm = pick(firms) { return firm.id }
        try await addFirms()
        return 1
    }

    private mutating func correctFirm() async throws {
        let id: ID<Enterprise> = ID(try await firm())
        let dossier = try await office.store.read { try EnterpriseStore.dossier(id, at: nil, $0) }
        var after = dossier.firm
        if chance(0.5) { after.name = "改名\(number(1...9999))号鞋厂" }
        if chance(0.6) { after.region = place().integer }
        if chance(0.3) { after.industryCode = pick(["1921", "1922"]) ?? nil }
        if chance(0.2), after.status != .merged { after.status = pick([.active, .closed]) ?? .active }
        try await CorrectEnterprise.run(
            after, readVersion: dossier.version, request: UUID().uuidString, office: office, actor: .local, reason: "核对执照")
    }

    private mutating func merge() async throws {
        let firms = try await current(.enterprise)
        let action = MergeDossiers(office, with: DossierTable.spotChecks)
        let merged = firms.filter { $0.row[14].text == "merged" }
        do {
            if chance(0.4), let gone = pick(merged) {
                try await action.undo(ID(gone.id), by: .local, reason: "并错了")
            } else if let first = pick(firms), let second = pick(firms), first.id != second.id {
                try await action.merge(ID(first.id), into: ID(second.id), by: .local, reason: "同一家")
            }
        } catch let failure as Failure where failure.kind == .conflict {
            // A random pair may be merged already, or changed since; the store is as before.
        }
    }

    // MARK: Lists

    mutating func addList() async throws {
        let firm = try await firm()
        let lists = try await current(.publication).count
        let title = "第\(lists + 1)份皮鞋监督抽查结果"
        let list = Self.row(
            .publication,
            [
                "title": .text(title), "folded": .text(title), "level": .text(pick(["national", "provincial"]) ?? ""),
                "year": .integer(number(2006...2008)), "method": .text("random"), "stage": .text("production"), "kind": .text("results"),
                "file": .text("a.xls"), "sheet": .text("1"), "original": .text("x"),
            ])
        var results: [SampleResult] = []
        for place in 1...Int(number(2...8)) { results.append(result(row: place, firm: firm)) }
        var followUps: [FollowUp] = []
        for place in 1...2 { followUps.append(followUp(row: place, firm: firm)) }
        let (first, second) = (results, followUps)
        try await write("spotchecks.import") { transaction in
            let id: ID<Publication> = try transaction.newID(.publication)
            try transaction.open(.publication, id: id.number, list)
            for var result in first {
                result.publication = id.number
                let number: ID<SampleResult> = try transaction.newID(.result)
                try transaction.open(.result, id: number.number, result.values)
            }
            for var followUp in second {
                followUp.publication = id.number
                let number: ID<FollowUp> = try transaction.newID(.followUp)
                try transaction.open(.followUp, id: number.number, followUp.values)
            }
        }
    }

    private mutating func result(row: Int, firm: Int64) -> SampleResult {
        var result = SampleResult()
        result.row = row
        result.producer = chance(0.1) ? nil : "示例\(number(1...6))号鞋厂"
        result.sampledUnit = chance(0.5) ? "百货\(number(1...3))店" : nil
        result.region = place().integer
        result.enterprise = chance(0.4) ? firm : nil
        result.productKind = pick(Self.words)
        result.verdict = pick([.pass, .pass, .fail, .fail, .refused]) ?? .pass
        result.method = pick([.doubleRandom, .doubleRandom, .risk, .unstated]) ?? .unstated
        result.level = pick([.national, .province]) ?? .unstated
        result.year = chance(0.1) ? nil : Int(number(2006...2008))
        result.doubt = chance(0.1) ? .counterfeit : nil
        result.isRated = result.doubt == nil && chance(0.9)
        result.followUp = result.verdict == .fail && chance(0.3) ? number(1...5) : nil
        return result
    }

    private mutating func followUp(row: Int, firm: Int64) -> FollowUp {
        var followUp = FollowUp()
        followUp.row = row
        followUp.firm = "示例\(number(1...6))号鞋厂"
        followUp.enterprise = chance(0.5) ? firm : nil
        followUp.region = place().integer
        followUp.recheck = pick(["合格", "不合格", nil]) ?? nil
        followUp.result = chance(0.4) ? number(1...9) : nil
        return followUp
    }

    private mutating func changeResults() async throws {
        let firm = try await firm()
        let rows = try await current(.result)
        var changes: [(Int64, [Value]?)] = []
        for (id, row) in rows.shuffled(using: &random).prefix(3) {
            guard !chance(0.15) else {
                changes.append((id, nil))
                continue
            }
            var next = result(row: 1, firm: firm)
            next.publication = row[0].integer ?? 0
            changes.append((id, next.values))
        }
        let wanted = changes
        try await write("spotchecks.correct") { transaction in
            for (id, row) in wanted {
                if let row { try transaction.replace(.result, id: id, row) } else { try transaction.close(.result, id: id) }
            }
        }
    }

    private mutating func renameList() async throws {
        guard let (id, row) = pick(try await current(.publication)) else { return }
        var after = row
        after[0] = .text("更正后的第\(number(1...99))份皮鞋监督抽查结果")
        let wanted = after
        try await write("spotchecks.rename") { try $0.replace(.publication, id: id, wanted) }
    }

    // MARK: What firms have

    private mutating func product() -> [String: Value] {
        ["name": Value(pick(Self.words)), "brand": Value(pick(["甲牌", "乙牌", nil]) ?? nil), "region_id": place()]
    }

    private mutating func holding() -> [String: Value] {
        [
            "kind": Value(pick(["名牌", "驰名商标", "体系认证"])), "name": .text("证\(number(1...99))"),
            "from_day": .text("2006-0\(number(1...9))-01"),
            "to_day": chance(0.5) ? .null : .text("2007-0\(number(1...9))-01"), "region_id": place(),
        ]
    }

    private mutating func addOwned(_ table: RecordTable, _ values: [String: Value]) async throws {
        var values = values
        values["enterprise_id"] = .integer(try await firm())
        let row = Self.row(table, values)
        let closing = chance(0.4) ? pick(try await current(table))?.id : nil
        try await write("enterprises.own") { transaction in
            let id: ID<Enterprise> = try transaction.newID(table)
            try transaction.open(table, id: id.number, row)
            if let closing { try transaction.close(table, id: closing) }
        }
    }

    private mutating func addAccounts() async throws {
        let firm = try await firm()
        let year = number(2005...2007)
        func money(_ share: Double) -> Value { chance(share) ? .null : .integer(number(1...9) * 1_000_000_000) }
        let row = Self.row(
            .account,
            [
                "enterprise_id": .integer(firm), "year": .integer(year), "sales_fen": money(0.2), "brand_sales_fen": money(0.3),
                "tax_fen": money(0.5), "region_id": place(),
            ])
        let stored = try await current(.account).first { $0.row[0].integer == firm && $0.row[1].integer == year }
        try await write("enterprises.report") { transaction in
            if let stored { return try transaction.replace(.account, id: stored.id, row) }
            let id: ID<Account> = try transaction.newID(.account)
            try transaction.open(.account, id: id.number, row)
        }
    }

    // MARK: Programmes

    private mutating func classify() async throws {
        let firm = try await firm()
        let label = pick(["A类", "B类", "C类"]) ?? "A类"
        let row = Self.row(
            .enterpriseClass,
            [
                "enterprise_id": .integer(firm), "programme": .text("longwan-2006"), "table_id": .text("enterprise.class"),
                "rule": .text(label), "label": .text(label), "proposed": .text(label), "basis": .text("{}"),
                "document_number": .text("示例〔2007〕1号"), "exception_reason": chance(0.2) ? .text("另有依据") : .null,
                "confirmed_day": .text("2007-01-0\(number(1...9))"), "region_id": place(),
            ])
        let stored = try await current(.enterpriseClass).first { $0.row[0].integer == firm }
        try await write("programmes.confirm") { transaction in
            if let stored { return try transaction.replace(.enterpriseClass, id: stored.id, row) }
            let id: ID<ConfirmedClass> = try transaction.newID(.enterpriseClass)
            try transaction.open(.enterpriseClass, id: id.number, row)
        }
    }

    private mutating func figures() async throws {
        let target = pick(["national-pass-rate", "brand-sales-share", "brands"]) ?? ""
        let year = number(2005...2007)
        let row = Self.row(
            .figure,
            [
                "programme": .text("longwan-2006"), "target": .text(target), "subject": .text(chance(0.3) ? "全省平均" : ""),
                "source": .text("own"), "reporter": .text("质监分局"), "document": .text(""), "period": .text("\(year)年"),
                "from_day": .text("\(year)-01-01"), "to_day": .text("\(year)-12-31"), "value": .integer(number(1...99) * 1_000_000),
                "unit": .text("%"), "state": .text("recorded"), "recorded_by": .text("甲"),
            ])
        let stored = try await current(.figure).first { old in
            old.row[1] == row[1] && old.row[2] == row[2] && old.row[3] == row[3] && old.row[6] == row[6]
        }
        try await write("targets.record") { transaction in
            if let stored { return try transaction.replace(.figure, id: stored.id, row) }
            let id: ID<Transaction> = try transaction.newID(.figure)
            try transaction.open(.figure, id: id.number, row)
        }
    }
}
