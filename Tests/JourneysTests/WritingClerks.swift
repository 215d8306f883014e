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

/// Several real processes on one store, and clerks who write to them without pause, remembering what they were told.
final class WritingClerks: Sendable {
    static let schema: Schema =
        .kernel + .imports + .importRuns + .enterprises + .spotChecks + .programmes + .targets + .questions + .returns + .accounts
        + .interface
        + .jobs + .panels
    static let session = String(repeating: "ab", count: 32)
    /// How long a part of a journey lasts.
    static let isDeep = ProcessInfo.processInfo.environment["HALLMARK_DEEP"] != nil

    /// A saved question that somebody asked to be kept.
    struct Wish: Sendable {
        let title: String
        let request: String
        var isAcknowledged = false
        /// The process had no answer, or could not say what became of it.
        var isOpen = false
    }

    private struct State {
        var wishes: [Wish] = []
        var isOver = false
        var lastAcknowledged = ContinuousClock.now
    }

    let address: String
    let ports: [Int]
    private let processes: [KillableProcess]
    private let state = Mutex(State())

    /// Starts the processes at once, on a store that may be empty, and waits until each answers.
    init(_ count: Int, on address: String) async throws {
        self.address = address
        ports = (0..<count).map { _ in HallmarkServer.freePort() }
        processes = try ports.map { try KillableProcess(["serve", "--demo-accounts", "--port", String($0), "--store", address]) }
        for port in ports {
            let began = ContinuousClock.now
            while client(port).get("/questions")?.status != 200 {
                guard ContinuousClock.now - began < .seconds(60) else { throw CocoaError(.fileReadUnknown) }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    func client(_ port: Int) -> PlainRequest { PlainRequest(port: port, session: Self.session) }

    var acknowledged: Int { state.withLock { $0.wishes.count(where: \.isAcknowledged) } }
    var unanswered: Int { state.withLock { $0.wishes.count(where: \.isOpen) } }

    /// Waits until somebody has been told that a write was kept, and answers how long that took.
    func untilAcknowledged(atMost limit: Duration = .seconds(30)) async throws -> Duration {
        let began = ContinuousClock.now
        while state.withLock({ $0.lastAcknowledged }) < began {
            guard ContinuousClock.now - began < limit else { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        return ContinuousClock.now - began
    }

    /// Clerks write through their processes while the body runs; every tenth form is sent through two processes at once.
    func write(_ clerks: Int, _ body: () async throws -> Void) async throws {
        let work = (0..<clerks).map { clerk in Task { await self.work(clerk) } }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        state.withLock { $0.isOver = true }
        for task in work { await task.value }
        try outcome.get()
    }

    private func work(_ clerk: Int) async {
        await withCheckedContinuation { done in
            DispatchQueue.global().async {
                let own = self.client(self.ports[clerk % self.ports.count])
                let other = self.client(self.ports[(clerk + 1) % self.ports.count])
                var token: String?
                var number = 0
                while !self.state.withLock({ $0.isOver }) {
                    guard let known = token else {
                        token = Self.token(own)
                        if token == nil { Thread.sleep(forTimeInterval: 0.02) }
                        continue
                    }
                    number += 1
                    var wish = Wish(title: "查询\(clerk)-\(number)", request: String(format: "%016d%016d", clerk, number))
                    let twin = wish
                    let second = number % 10 == 0 ? Twin { Self.save(twin, other, known) } : nil
                    let status = Self.save(wish, own, known)
                    wish.isAcknowledged = status == 303 || second?.status == 303
                    wish.isOpen = !wish.isAcknowledged
                    self.state.withLock { state in
                        state.wishes.append(wish)
                        if wish.isAcknowledged { state.lastAcknowledged = .now }
                    }
                    if wish.isOpen { Thread.sleep(forTimeInterval: 0.02) }
                }
                done.resume()
            }
        }
    }

    /// The same form sent by another way at the same time.
    private final class Twin: @unchecked Sendable {
        private let done = DispatchSemaphore(value: 0)
        private var answer: Int?

        init(_ send: @escaping @Sendable () -> Int?) {
            DispatchQueue.global().async {
                self.answer = send()
                self.done.signal()
            }
        }

        var status: Int? {
            done.wait()
            return answer
        }
    }

    private static func token(_ client: PlainRequest) -> String? {
        client.get("/imports/new")?.text.firstMatch(of: /name="_token" value="([0-9a-f]+)"/).map { String($0.output.1) }
    }

    private static func save(_ wish: Wish, _ client: PlainRequest, _ token: String) -> Int? {
        client.post(
            "/questions/views",
            [("_token", token), ("_request", wish.request), ("title", wish.title), ("fact", "enterprise"), ("as", "bars")])?.status
    }

    /// Those who had no answer send the same form again, through any process; then all that was acknowledged is there, nothing is there twice,
    /// and every row, counter and entry fits.
    func check() async throws {
        let sent = client(ports[0])
        let known = try #require(Self.token(sent))
        for wish in state.withLock({ $0.wishes }) where wish.isOpen {
            #expect(Self.save(wish, sent, known) == 303, "\(wish.title) sent again")
        }
        let database = try PostgresDatabase(address: address, readers: 1)
        let store = try await Store(database, schema: Self.schema, clock: TestClock().clock, patience: .seconds(60))
        #expect(try await store.verify().findings == [])
        let titles = try await store.read { try $0.rows("select title from saved_view order by id").map { $0.text(0) } }
        await database.close()
        #expect(Set(titles).count == titles.count, "written twice")
        let lost = state.withLock { $0.wishes.map(\.title) }.filter { !Set(titles).contains($0) }
        #expect(lost == [], "lost")
        #expect(titles.count == state.withLock { $0.wishes.count })
    }

    func stop() { for process in processes { process.kill() } }
}
