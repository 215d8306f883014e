import Storage
import TestSupport
import Testing
import Values

@testable import Enterprises

/// The list of dossiers page by page: complete, each firm once, and never counted further than it is worth.
@Suite struct EnterpriseListTests {
    /// Firms in three regions, some renamed: 示例甲鞋业有限公司, 示例乙皮鞋厂 …
    private static func firms(_ count: Int) -> [String] {
        let places = ["浙江省温州市龙湾区示例路1号", "广东省佛山市南海区示例路1号", ""]
        return ["企业名称,曾用名,地址"]
            + (1...count).map { number in
                let kind = number % 3 == 0 ? "皮鞋厂" : "鞋业有限公司"
                let former = number % 5 == 0 ? "示例第\(number)鞋业旧有限公司" : ""
                return "示例第\(number)\(kind),\(former),\(places[number % 3])"
            }
    }

    private static func take(_ office: RegisterOffice, _ count: Int) async throws {
        try await office.take(Self.firms(count).joined(separator: "\r\n"))
    }

    private static func filter(_ text: String?, region: String? = nil, _ office: RegisterOffice) throws -> EnterpriseFilter {
        var filter = EnterpriseFilter()
        filter.text = text
        filter.regions = try region.map(office.office.regions.within)
        return filter
    }

    /// All pages of three firms, one after another.
    private static func walk(_ asked: EnterpriseFilter, among: Int?, _ office: RegisterOffice) async throws -> [Int64] {
        try await office.office.store.read { session in
            var filter = asked
            var seen: [Int64] = []
            while true {
                let (lines, next) = try EnterpriseStore.list(filter, among: among, limit: 3, session)
                #expect(lines.count <= 3)
                seen += lines.map(\.firm.id.number)
                guard let next else { return seen }
                filter.after = next
            }
        }
    }

    @Test(arguments: TestEngine.available) func `the pages together hold every firm once, whatever the search and the filter`(
        _ engine: TestEngine
    ) async throws {
        try await RegisterOffice.with(engine) { office in
            try await Self.take(office, 40)
            let all = try await office.office.store.read { session in
                try session.rows("select e.id, e.name, e.region_id from enterprise as e order by e.id").map {
                    (id: $0.integer(0), name: $0.text(1), region: $0.optionalInteger(2))
                }
            }
            let names = try await office.office.store.read { session in
                try session.rows("select n.enterprise_id, n.name from enterprise_name as n").map { (id: $0.integer(0), name: $0.text(1)) }
            }
            for text in [nil, "公司", "有限", "皮鞋", "鞋业 有限", "旧有限公司", "第1", "业", "没有"] as [String?] {
                for region in [nil, "330303", "440605", "110000"] as [String?] {
                    let filter = try Self.filter(text, region: region, office)
                    let wanted = all.filter { firm in
                        let own = names.filter { $0.id == firm.id }.map(\.name)
                        let pieces = text?.split(separator: " ").map(String.init) ?? []
                        let isNamed = text == nil || own.contains { name in pieces.allSatisfy { name.contains($0) } }
                        return isNamed && (filter.regions.map { regions in firm.region.map { regions.contains($0) } ?? false } ?? true)
                    }
                    for among in [nil, 12] as [Int?] {
                        let seen = try await Self.walk(filter, among: among, office)
                        #expect(seen.sorted() == wanted.map(\.id), "\(text ?? "") in \(region ?? "")")
                    }
                    let total = try await office.office.store.read { try EnterpriseStore.total(filter, $0) }
                    #expect(total == .exactly(wanted.count))
                }
            }
        }
    }

    @Test(arguments: TestEngine.available) func `a search that meets more than a thousand names says at least so many`(_ engine: TestEngine)
        async throws
    {
        try await RegisterOffice.with(engine) { office in
            try await Self.take(office, 1_100)
            let found = try await office.office.store.read { session in
                (
                    try EnterpriseStore.total(try Self.filter("示例", office), session),
                    try EnterpriseStore.total(try Self.filter("示例", region: "330303", office), among: 6_000, session),
                    try EnterpriseStore.total(try Self.filter("皮鞋", office), session),
                    try EnterpriseStore.total(try Self.filter(nil, office), among: 1_100, session)
                )
            }
            guard case .atLeast(let all) = found.0, case .atLeast(let some) = found.1 else {
                Issue.record("the first thousand candidates are not the whole")
                return
            }
            // A former name is a candidate too, and its firm is counted once.
            #expect((800...1_024).contains(all))
            #expect((250...350).contains(some))
            #expect(found.2 == .exactly(366))
            #expect(found.3 == .exactly(1_100))
        }
    }

    @Test func `a code finds its firm, also under a filter that lets it stand`() async throws {
        try await RegisterOffice.with { office in
            try await office.take(
                "企业名称,统一社会信用代码,地址", "示例甲鞋厂,91330303MA0TE5T082,浙江省温州市龙湾区示例路1号",
                "示例乙鞋厂,,广东省佛山市南海区示例路1号")
            #expect(try await Self.walk(try Self.filter("91330303ma0te5t082", office), among: nil, office) == [1])
            #expect(try await Self.walk(try Self.filter("91330303MA0TE5T082", region: "440605", office), among: 1, office).isEmpty)
        }
    }

    @Test func `no query of the list walks through the register`() async throws {
        try await RegisterOffice.with { office in
            try await Self.take(office, 30)
            let plans = try await office.office.store.read { session in
                let frequent = NameFolding.query("公司")
                let statements: [SQL] = [
                    NameSearch.hits(frequent, try Self.filter("公司", office), limit: 51, dialect: .sqlite),
                    NameSearch.candidates(frequent, limit: 51, dialect: .sqlite),
                    EnterpriseStore.bearers(of: "91330303MA0TE5T082", at: nil),
                    "select e.id from enterprise as e where e.merged_into = \(Int64(3)) and \(RecordTable.current("e"))",
                ]
                return try statements.map { sql in try session.rows("explain query plan " + sql).map { $0.text(3) } }
            }
            for plan in plans { #expect(!plan.contains { $0.hasPrefix("SCAN e") || $0.hasPrefix("SCAN n") }, "\(plan)") }
        }
    }
}

/// What is kept until what it is made from changes.
@Suite struct PositionCacheTests {
    @Test func `an answer is kept until what it is made from changes, and never taken from another position`() {
        let cache = PositionCache<String, Int>(limit: 2)
        #expect(cache.answer("a", at: 1) { 10 } == 10)
        #expect(cache.answer("a", at: 1) { 11 } == 10)
        #expect(cache.answer("a", at: 2) { 20 } == 20)
        #expect(cache.answer("a", at: 1) { 12 } == 12)
        #expect(cache.answer("a", at: 2) { 21 } == 20)
        #expect(cache.answer("b", at: 2) { 22 } == 22)
        #expect(cache.answer("c", at: 2) { 23 } == 23)
        #expect(cache.answer("a", at: 2) { 24 } == 24)
        #expect(
            cache.answer("d", at: 2, keeping: { $0 < 40 }) { 40 } == 40 && cache.answer("c", at: 2) { 26 } == 23, "too large to be held")
        #expect(cache.answer("c", at: 3) { 30 } == 30 && cache.answer("a", at: 2) { 25 } == 24, "each has a position of its own")
    }
}
