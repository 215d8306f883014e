import Enterprises
import Evidence
import Foundation
import Hummingbird
import HummingbirdTesting
import Imports
import Logging
import Places
import Policy
import Programmes
import SpotChecks
import Spreadsheets
import Storage
import Synchronization
import TestSupport
import Testing
import Values
import WebSupport

@testable import Published
@testable import Targets

/// An office with the Longwan programme, two lists and two figures, of each of which the public may read one.
struct PublicOffice: Sendable {
    static let schema: Schema = .kernel + .imports + .enterprises + .spotChecks + .programmes + .targets
    static let today = Day(number: 13_603)  // 2007-03-31
    static let programme = "longwan-2006"

    let office: Office
    let desk: ProgrammeDesk

    init(_ store: Store) async throws {
        office = Office(
            store: store, regions: try SpotCheckOffice.regions.get(), vocabulary: try SpotCheckOffice.vocabulary.get(),
            root: ProjectFiles.root)
        let catalogue = FactCatalogue(EnterpriseFacts.all + SpotCheckFacts.all + ProgrammeFacts.all)
        desk = ProgrammeDesk(office: office, catalogue: catalogue, targetMetrics: MetricQuestions.names(in: catalogue))
    }

    static func with(_ engine: TestEngine, _ body: @escaping @Sendable (PublicOffice) async throws -> Void) async throws {
        try await TestStores.with(engine, schema: schema, clock: TestClock("2007-03-31")) { store in
            let office = try await PublicOffice(store)
            try await AdoptProgramme(office.desk).adopt(programme, by: .local, request: "adopt")
            try await body(office)
        }
    }

    @discardableResult
    func take(_ name: String, _ rows: [[String]]) async throws -> ImportReport {
        let run = ImportRun(vocabulary: office.vocabulary, targets: [ResultsImport(office)])
        let bytes = Array((name + rows.joined().joined()).utf8)
        var choices = SheetSorting.Choices()
        choices.seen = try await office.store.read { try ImportRun.seenSheets($0) }
        let opened = OpenedFile(name: name, bytes: bytes, sha256: sha256(bytes), workbook: SpotCheckOffice.workbook(rows))
        let (file, _) = try run.check(opened, kind: .results, choices: choices)
        return try await run.commit([file], into: office.store, mode: .all, by: .local, report: ImportReport())
    }

    static func list(_ year: Int, _ firms: [(name: String, verdict: String, unit: String)]) -> [[String]] {
        [["\(year)年皮鞋产品质量国家监督抽查结果"], ["序号", "生产企业名称", "被抽样单位", "产品名称", "规格型号", "生产日期/批号", "检验结论", "备注"]]
            + firms.enumerated().map { index, firm in
                ["\(index + 1)", firm.name, firm.unit, "皮鞋", "M\(index)", "2006-0\(index + 1)", firm.verdict, "内部备注"]
            }
    }

    func open(_ list: Int64, sampled: Bool = false) async throws {
        try await OpenList.open(
            list, source: "示例公告2007年第1号", showsSampled: sampled, office: office, actor: .local, request: UUID().uuidString)
    }

    /// Records a figure and takes it as far as wished.
    func figure(_ value: String, _ period: String, released: Bool) async throws {
        let target = try #require(try await desk.office.store.read { try desk.adopted(Self.programme, $0) }?.programme.targets.first)
        let number = try #require(Millionths(text: value))
        let id = try await RecordFigure(
            FigureDraft(
                programme: Self.programme, target: target.id, source: .department, reporter: "示例经贸局", document: "示例〔2007〕1号",
                period: FigurePeriod(period), value: number, unit: target.unit ?? "")
        ).perform(on: office.store, by: .local, request: UUID().uuidString, programmes: desk)
        guard released else { return }
        try await ReviewFigure(id).perform(on: office.store, by: .local, request: UUID().uuidString)
        try await ReleaseFigure(id).perform(
            on: office.store, by: .local, request: UUID().uuidString, catalogue: desk.catalogue, regions: office.regions)
    }

    /// The pages over the router, as the server answers them.
    func browse(isOpen: Bool = true, perMinute: Int = 10_000, _ steps: @escaping @Sendable (any TestClientProtocol) async throws -> Void)
        async throws
    {
        var configuration = WebConfiguration(
            publicFolder: ProjectFiles.url("public"), uploadFolder: FileManager.default.temporaryDirectory, clock: office.clock,
            logger: Logger(label: "test"),
            frame: { context in Frame(navigation: [], programmes: [], on: try context.on(), actor: Word("测试")) })
        configuration.hasOpenPages = isOpen
        var table = SpotCheckRoutes.table(office)
        if isOpen {
            table.add(PublicRoutes.table(PublicSite(store: office.store, programmes: desk, perMinute: perMinute, searches: perMinute)))
        }
        try await WebServer.build(routes: table, configuration: configuration).test(.router) { try await steps($0) }
    }

    static func expect(_ status: HTTPResponse.Status, _ uri: String, _ client: any TestClientProtocol) async throws {
        let answer = try await client.execute(uri: uri, method: .get)
        #expect(answer.status == status, "\(uri)")
    }

    /// Every public page that links lead to, by address.
    static func everything(_ client: any TestClientProtocol) async throws -> [String: String] {
        var pages: [String: String] = [:]
        var waiting = ["/published", "/published?language=en", "/published/lists?q=%E7%A4%BA%E4%BE%8B"]
        while let address = waiting.popLast() {
            guard pages[address] == nil, pages.count < 200 else { continue }
            let answer = try await client.execute(uri: address, method: .get)
            #expect(answer.status == .ok, "\(address)")
            let text = String(buffer: answer.body)
            pages[address] = text
            for match in text.matches(of: /href="(\/published[^"#]*)/) {
                waiting.append(String(match.output.1).replacing("&amp;", with: "&"))
            }
        }
        return pages
    }
}

@Suite("Pages for the public")
struct PublicPagesTests {
    private static let first = [
        ("示例甲鞋厂", "合格", "示例张三鞋店"), ("示例乙鞋厂", "不合格", "示例李四鞋店"), ("示例丙鞋厂", "合格", "示例王五鞋店"),
    ].map { (name: $0.0, verdict: $0.1, unit: $0.2) }
    private static let second = [("示例丁鞋厂", "不合格", "示例赵六鞋店")].map { (name: $0.0, verdict: $0.1, unit: $0.2) }

    @Test(
        "show what was released and opened; a figure on its way and a list that is not open stand on no page",
        arguments: TestEngine.available)
    func onlyPublished(_ engine: TestEngine) async throws {
        try await PublicOffice.with(engine) { site in
            try await site.take("一.xlsx", PublicOffice.list(2006, Self.first))
            try await site.take("二.xlsx", PublicOffice.list(2005, Self.second))
            try await site.open(1)
            try await site.figure("4711.5", "2005年", released: true)
            try await site.figure("8642.25", "2006年", released: false)
            try await site.browse { client in
                let pages = try await PublicOffice.everything(client)
                let all = pages.values.joined()
                #expect(pages.count > 8)
                #expect(all.contains("4,711.5") && all.contains("示例〔2007〕1号"))
                #expect(!all.contains("8,642") && !all.contains("8642"), "the figure is not released")
                #expect(all.contains("示例乙鞋厂") && all.contains("示例公告2007年第1号") && all.contains("2006年皮鞋产品质量国家监督抽查结果"))
                #expect(!all.contains("示例丁鞋厂") && !all.contains("2005年皮鞋产品"), "the list is not open")
                #expect(!all.contains("李四") && !all.contains("内部备注"), "opened without the sampled units; remarks never")
                #expect(!all.contains("/enterprises") && !all.contains("/publications") && !all.contains("_token"))
                try await PublicOffice.expect(.notFound, "/published/lists/2", client)
                try await PublicOffice.expect(.notFound, "/published/programmes/nanhai-2017", client)
            }
        }
    }

    @Test("rows that a later file adds to an open list wait until the list is opened again", arguments: TestEngine.available)
    func laterRows(_ engine: TestEngine) async throws {
        try await PublicOffice.with(engine) { site in
            try await site.take("一.xlsx", PublicOffice.list(2006, Self.first))
            try await site.open(1)
            try await site.take("补.xlsx", PublicOffice.list(2006, Self.first + Self.second))
            let count = try await site.office.store.read {
                try $0.integer("select count(*) from result where publication_id = 1 and known_to = 9223372036854775807")
            }
            #expect(count == 4, "the later file belongs to the same list")
            func page() async throws -> String {
                let text = Mutex("")
                try await site.browse { client in
                    let answer = try await client.execute(uri: "/published/lists/1", method: .get)
                    text.withLock { $0 = String(buffer: answer.body) }
                }
                return text.withLock { $0 }
            }
            let before = try await page()
            #expect(before.contains("示例乙鞋厂") && !before.contains("示例丁鞋厂"))
            try await OpenList.close(1, office: site.office, actor: .local, reason: "有补充", request: "close")
            try await site.open(1)
            #expect(try await page().contains("示例丁鞋厂"))
        }
    }

    @Test("say what a released figure was before; a correction that nobody released changes nothing", arguments: TestEngine.available)
    func corrections(_ engine: TestEngine) async throws {
        try await PublicOffice.with(engine) { site in
            try await site.figure("4711.5", "2005年", released: true)
            try await site.figure("4712.5", "2005年", released: false)
            try await site.browse { client in
                let page = String(buffer: try await client.execute(uri: "/published/figures", method: .get).body)
                #expect(page.contains("4,711.5") && !page.contains("4,712.5"))
            }
            let id: ID<TargetFigure> = ID(1)
            try await ReviewFigure(id).perform(on: site.office.store, by: .local, request: "r")
            try await ReleaseFigure(id).perform(
                on: site.office.store, by: .local, request: "s", catalogue: site.desk.catalogue, regions: site.office.regions)
            try await site.browse { client in
                let page = String(buffer: try await client.execute(uri: "/published/figures", method: .get).body)
                #expect(page.contains("4,712.5") && page.contains("更正：2007-03-31 发布的是 4,711.5"))
            }
        }
    }

    @Test("set no cookie, may be cached and are told apart by their content", arguments: TestEngine.available)
    func caching(_ engine: TestEngine) async throws {
        try await PublicOffice.with(engine) { site in
            try await site.browse { client in
                let page = try await client.execute(uri: "/published", method: .get)
                #expect(page.headers[.setCookie] == nil && page.headers[.cacheControl] == "public, max-age=300")
                let tag = try #require(page.headers[.eTag])
                let again = try await client.execute(uri: "/published", method: .get, headers: [.ifNoneMatch: tag])
                #expect(again.status == .notModified && again.body.readableBytes == 0)
                let cookie = "hallmark_session=\(String(repeating: "a", count: 64)); hallmark_language=en"
                let other = try await client.execute(uri: "/published", method: .get, headers: [.cookie: cookie])
                #expect(other.headers[.eTag] == tag, "the same bytes for everybody")
                let english = try await client.execute(uri: "/published?language=en", method: .get)
                #expect(english.headers[.eTag] != tag && String(buffer: english.body).contains("lang=\"en\""))
                let missing = try await client.execute(uri: "/published/lists/77", method: .get)
                #expect(missing.status == .notFound && missing.headers[.cacheControl] == "no-store" && missing.headers[.setCookie] == nil)
                let inside = try await client.execute(uri: "/publications", method: .get)
                #expect(inside.headers[.cacheControl] == "no-store")
            }
            try await site.browse(perMinute: 3) { client in
                // Some come back while it is asked, on a slow machine; asked faster than that it ends.
                var statuses: [HTTPResponse.Status] = []
                while !statuses.contains(.tooManyRequests), statuses.count < 500 {
                    statuses.append(try await client.execute(uri: "/published", method: .get).status)
                }
                #expect(statuses.prefix(3) == [.ok, .ok, .ok] && statuses.last == .tooManyRequests)
            }
        }
    }

    @Test("are not there where nobody switched them on, and no page tells of them")
    func off() async throws {
        try await PublicOffice.with(.sqlite) { site in
            try await site.take("一.xlsx", PublicOffice.list(2006, Self.first))
            try await site.browse(isOpen: false) { client in
                for path in ["/published", "/published/lists", "/published/figures", "/published/lists/1", "/publications/1/opening"] {
                    let answer = try await client.execute(uri: path, method: .get)
                    #expect(answer.status == .notFound && !String(buffer: answer.body).contains("公众"), "\(path)")
                }
                let list = String(buffer: try await client.execute(uri: "/publications/1?region=330303", method: .get).body)
                #expect(list.contains("示例甲鞋厂") || list.contains("名单"))
                #expect(!list.contains("公众"))
            }
        }
    }
}

@Suite("A list that is open to the public")
struct OpenListTests {
    private static let rows = [("示例甲鞋厂", "合格", "示例张三鞋店"), ("示例乙鞋厂", "不合格", "示例李四鞋店")].map { (name: $0.0, verdict: $0.1, unit: $0.2) }

    private static func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch { return (error as? Failure)?.code }
    }

    @Test("is opened and closed by an act with its reason in the journal, by the programme office alone", arguments: TestEngine.available)
    func acts(_ engine: TestEngine) async throws {
        try await PublicOffice.with(engine) { site in
            try await site.take("一.xlsx", PublicOffice.list(2006, Self.rows))
            let officer = Actor(name: "示例", role: .spotCheckOfficer)
            #expect(
                await Self.code {
                    try await OpenList.open(1, source: "x", showsSampled: false, office: site.office, actor: officer, request: "a")
                } == "access.role")
            #expect(
                await Self.code {
                    try await OpenList.open(1, source: " ", showsSampled: false, office: site.office, actor: .local, request: "b")
                } == "opened-list.source-missing")
            try await site.open(1, sampled: true)
            #expect(await Self.code { try await site.open(1) } == "opened-list.open-already")
            let entry = try await site.office.store.read { try JournalQuery.page($0, subject: "publication/1", limit: 1).first }
            #expect(entry?.action == "spotchecks.open-list" && entry?.reason == "示例公告2007年第1号")
            try await site.browse { client in
                let page = String(buffer: try await client.execute(uri: "/published/lists/1", method: .get).body)
                #expect(page.contains("李四"), "opened with the sampled units")
            }
            try await OpenList.close(1, office: site.office, actor: .local, reason: "已由新的通报代替", request: "c")
            try await site.browse { client in
                try await PublicOffice.expect(.notFound, "/published/lists/1", client)
            }
            #expect(
                await Self.code { try await OpenList.close(1, office: site.office, actor: .local, reason: "x", request: "d") }
                    == "opened-list.not-open")
        }
    }

    @Test(
        "shows what its authority corrected, with the day, and nothing of what the office does with a row", arguments: TestEngine.available)
    func corrected(_ engine: TestEngine) async throws {
        try await PublicOffice.with(engine) { site in
            try await site.take("一.xlsx", PublicOffice.list(2006, Self.rows))
            try await site.open(1)
            try await StateSampling.run(1, method: .special, office: site.office, actor: .local, reason: "抽查方案", request: "s")
            let before = try await site.office.store.read { session in
                try OpenedListStore.list(1, session).map { try OpenedListStore.rows(of: $0, limit: 9, session) } ?? []
            }
            #expect(before.map(\.correctedOn) == [nil, nil], "how the office reads the list is no correction of it")
            var changed = Self.rows
            changed[1].verdict = "合格"
            try await site.take("一更正.xlsx", PublicOffice.list(2006, changed))
            let after = try await site.office.store.read { session in
                try OpenedListStore.list(1, session).map { try OpenedListStore.rows(of: $0, limit: 9, session) } ?? []
            }
            #expect(after.map(\.verdict) == [.pass, .pass])
            #expect(after.map(\.correctedOn) == [nil, PublicOffice.today])
        }
    }

    @Test("is gone from the public when its original is erased, and cannot be opened then", arguments: TestEngine.available)
    func erased(_ engine: TestEngine) async throws {
        try await PublicOffice.with(engine) { site in
            try await site.take("一.xlsx", PublicOffice.list(2006, Self.rows))
            try await site.open(1)
            let sha = try await site.office.store.read { try SpotCheckStore.publication(1, $0).original }
            _ = try await EraseOriginal(sha, reason: "按来函", uses: []).perform(on: site.office.store, by: .local, request: "e")
            try await site.browse { client in
                try await PublicOffice.expect(.notFound, "/published/lists/1", client)
                let lists = String(buffer: try await client.execute(uri: "/published/lists", method: .get).body)
                #expect(!lists.contains("2006年皮鞋产品"))
            }
            try await OpenList.close(1, office: site.office, actor: .local, reason: "原件已抹去", request: "f")
            #expect(await Self.code { try await site.open(1) } == "opened-list.original-erased")
        }
    }

    @Test("is searched by parts of a maker's name, page by page", arguments: TestEngine.available)
    func searched(_ engine: TestEngine) async throws {
        try await PublicOffice.with(engine) { site in
            let many = (0..<9).map { (name: "示例\($0)号鞋厂", verdict: "合格", unit: "") }
            try await site.take("一.xlsx", PublicOffice.list(2006, many))
            try await site.take("二.xlsx", PublicOffice.list(2005, Self.rows))
            try await site.open(1)
            try await site.open(2)
            try await site.browse { client in
                func search(_ text: String) async throws -> String {
                    let encoded = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                    return String(buffer: try await client.execute(uri: "/published/lists?q=\(encoded)", method: .get).body)
                }
                let both = try await search("鞋厂")
                #expect(both.contains("示例乙鞋厂") && both.contains("示例3号鞋厂"))
                let one = try await search("乙鞋")
                #expect(one.contains("示例乙鞋厂") && !one.contains("示例甲鞋厂"))
                let (short, wild) = (try await search("鞋"), try await search("%%"))
                #expect(short.contains("请至少输入两个字"))
                #expect(wild.contains("没有查到"))
            }
        }
    }
}
