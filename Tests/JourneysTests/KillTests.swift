import Accounts
import Enterprises
import Foundation
import Imports
import Interface
import Jobs
import Panels
import Programmes
import Questions
import Returns
import SpotChecks
import Storage
import Synchronization
import Targets
import TestSupport
import Testing
import Values

/// The program is ended in the middle of whatever it does, over and over, on the same store.
///
/// `HALLMARK_KILLS` says how often (10, in a deep run 300), `HALLMARK_SEED` at which moments.
@Suite("killed at any moment", .blocking, .serialized)
struct KillTests {
    static let environment = ProcessInfo.processInfo.environment
    static let rounds = environment["HALLMARK_KILLS"].flatMap { Int($0) } ?? (environment["HALLMARK_DEEP"] == nil ? 10 : 300)
    static let seed = environment["HALLMARK_SEED"].flatMap { UInt64($0) } ?? 20_260_302

    @Test("no acknowledged write is lost, no import is half, the journal holds, the server starts again", arguments: TestEngine.available)
    func killed(_ engine: TestEngine) async throws {
        var (done, acknowledged, killed, unanswered) = (0, 0, 0, 0)
        // A fresh store from time to time: every row is checked after every kill.
        while done < Self.rounds {
            let here = min(30, Self.rounds - done)
            try await TestStores.withAddress(engine) { address in
                var desk = try KilledDesk(engine: engine, address: address, seed: Self.seed &+ UInt64(done))
                defer { desk.cleanUp() }
                for round in 1...here {
                    if round % 3 == 0 { try await desk.importAndKill(round) } else { try await desk.serveAndKill(round) }
                    try await desk.check(round)
                }
                unanswered += desk.unanswered
                try await desk.finish()
                acknowledged += desk.acknowledged
                killed += desk.killed
            }
            done += here
        }
        if Self.rounds != 10 {
            print("\(engine): \(done) rounds, \(killed) kills, \(acknowledged) writes acknowledged, \(unanswered) cut off")
        }
        // Nothing is proven where nothing was under way.
        #expect(
            acknowledged > done && killed > done / 2 && unanswered > done / 4,
            "\(acknowledged) writes, \(killed) kills, \(unanswered) cut off")
    }
}

/// One store, those who write to it through the real program, and what they were told.
private struct KilledDesk {
    private static let schema: Schema =
        .kernel + .imports + .importRuns + .enterprises + .spotChecks + .programmes + .targets + .questions + .returns + .accounts
        + .interface
        + .jobs + .panels
    private static let session = String(repeating: "ab", count: 32)
    private static let firmsOfImport = 150

    /// A saved question that somebody asked to be kept.
    private struct Wish: Sendable {
        let title: String
        let request: String
        var isAcknowledged = false
    }

    private let engine: TestEngine
    private let address: String
    private let folder: URL
    private var random: SeededRandom
    private var wishes: [Wish] = []
    private var imports: [(prefix: String, isAcknowledged: Bool)] = []
    private var head = JournalHead(position: 0, hash: JournalEntry.origin)
    private(set) var killed = 0
    /// How long a whole import took here last: moments follow the machine, so that a slow one is ended in the middle of its work too.
    private var importTook = 1.1

    var acknowledged: Int { wishes.count(where: \.isAcknowledged) + imports.count(where: \.isAcknowledged) }

    /// Writes that had no answer when the program was ended.
    var unanswered: Int { wishes.count { !$0.isAcknowledged } + imports.count { !$0.isAcknowledged } }

    init(engine: TestEngine, address: String, seed: UInt64) throws {
        self.engine = engine
        self.address = address
        random = SeededRandom(seed)
        folder = try HallmarkCommand.temporaryFolder()
    }

    func cleanUp() { try? FileManager.default.removeItem(at: folder) }

    /// Three write through the pages from the moment the server answers. It is ended within a second of its first acknowledged write,
    /// every fourth time within a second of its own start.
    mutating func serveAndKill(_ round: Int) async throws {
        let port = HallmarkServer.freePort()
        let moment = Double.random(in: 0.01...1, using: &random)
        let inItsStart = round % 4 == 0
        let server = try KillableProcess(["serve", "--demo-accounts", "--port", String(port), "--store", address])
        let answered = FirstAnswer()
        let written = await withTaskGroup(of: [Wish].self) { group in
            for writer in 1...3 { group.addTask { await Self.write(round, writer, port, server, answered) } }
            group.addTask {
                if !inItsStart { await answered.wait(atMost: .seconds(60)) }
                try? await Task.sleep(for: .seconds(moment))
                return server.kill() ? [Wish(title: "", request: "")] : []
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        killed += written.count { $0.title.isEmpty }
        wishes += written.filter { !$0.title.isEmpty }
    }

    private static func write(_ round: Int, _ writer: Int, _ port: Int, _ server: KillableProcess, _ answered: FirstAnswer) async
        -> [Wish]
    {
        await withCheckedContinuation { done in
            DispatchQueue.global().async {
                let client = PlainRequest(port: port, session: session)
                var (wishes, token) = ([Wish](), String?.none)
                while server.isRunning {
                    guard let known = token else {
                        token = Self.token(client)
                        if token == nil { Thread.sleep(forTimeInterval: 0.01) }
                        continue
                    }
                    var wish = Wish(
                        title: "查询\(round)-\(writer)-\(wishes.count)", request: String(format: "%08d%04d%020d", round, writer, wishes.count)
                    )
                    wish.isAcknowledged = Self.save(wish, client, known)
                    if wish.isAcknowledged { answered.note() }
                    wishes.append(wish)
                }
                done.resume(returning: wishes)
            }
        }
    }

    private static func token(_ client: PlainRequest) -> String? {
        client.get("/imports/new")?.text.firstMatch(of: /name="_token" value="([0-9a-f]+)"/).map { String($0.output.1) }
    }

    private static func save(_ wish: Wish, _ client: PlainRequest, _ token: String) -> Bool {
        client.post(
            "/questions/views",
            [("_token", token), ("_request", wish.request), ("title", wish.title), ("fact", "enterprise"), ("as", "bars")])?.status == 303
    }

    /// A register goes in by the command: the first one whole, the others ended somewhere before the end that the last whole one had.
    mutating func importAndKill(_ round: Int) async throws {
        let file = folder.appendingPathComponent("名册\(round).csv")
        let prefix = "温州市龙湾演示第\(round)批"
        let rows = (1...Self.firmsOfImport).map { "\(prefix)\($0)号鞋业有限公司,温州市龙湾区" }
        try Data((["企业名称,地址"] + rows).joined(separator: "\n").utf8).write(to: file)
        let share = Double.random(in: 0.05...1, using: &random)
        let moment = imports.isEmpty ? 60 : share * importTook
        let command = try KillableProcess(["import", "enterprises", file.path, "--commit", "all", "--store", address])
        let began = Date()
        while command.isRunning, Date().timeIntervalSince(began) < moment { try await Task.sleep(for: .milliseconds(2)) }
        let wasKilled = command.kill()
        killed += wasKilled ? 1 : 0
        let isWhole = !wasKilled && command.endsWell()
        if isWhole { importTook = Date().timeIntervalSince(began) }
        imports.append((prefix, isWhole))
    }

    /// What the store holds now, read without the program.
    mutating func check(_ round: Int) async throws {
        let database: any Database =
            engine == .sqlite ? try SQLiteDatabase(path: address) : try PostgresDatabase(address: address, readers: 1)
        let store = try await Store(database, schema: Self.schema, clock: TestClock().clock, patience: .seconds(60))
        let found = try await store.verify(kept: head)
        #expect(found.findings == [], "after kill \(round), seed \(KillTests.seed)")
        head = found.head
        let (titles, names) = try await store.read { session in
            (
                try session.rows("select title from saved_view order by id").map { $0.text(0) },
                try session.rows("select name from enterprise_name order by id").map { $0.text(0) }
            )
        }
        #expect(Set(titles).count == titles.count, "twice after kill \(round)")
        let kept = Set(titles)
        let lost = wishes.filter { $0.isAcknowledged && !kept.contains($0.title) }.map(\.title)
        #expect(lost == [], "lost after kill \(round), seed \(KillTests.seed)")
        for one in imports {
            let count = names.count { $0.hasPrefix(one.prefix) }
            #expect(count == Self.firmsOfImport || (count == 0 && !one.isAcknowledged), "\(count) of \(one.prefix), seed \(KillTests.seed)")
        }
        await database.close()
    }

    /// The server starts once more, and those who got no answer send the same form again: nothing is there twice.
    mutating func finish() async throws {
        let port = HallmarkServer.freePort()
        let server = try KillableProcess(["serve", "--demo-accounts", "--port", String(port), "--store", address])
        defer { server.kill() }
        let client = PlainRequest(port: port, session: Self.session)
        var token: String?
        for _ in 0..<400 where token == nil {
            token = Self.token(client)
            if token == nil { try await Task.sleep(for: .milliseconds(50)) }
        }
        let known = try #require(token, "the server does not start again")
        for place in wishes.indices where !wishes[place].isAcknowledged {
            wishes[place].isAcknowledged = Self.save(wishes[place], client, known)
            #expect(wishes[place].isAcknowledged, "\(wishes[place].title) sent again")
        }
        try await check(0)
    }
}

/// Whether any writer has had an answer yet.
private final class FirstAnswer: Sendable {
    private let isThere = Mutex(false)

    func note() { isThere.withLock { $0 = true } }

    func wait(atMost limit: Duration) async {
        let began = ContinuousClock.now
        while !isThere.withLock({ $0 }), ContinuousClock.now - began < limit { try? await Task.sleep(for: .milliseconds(2)) }
    }
}
