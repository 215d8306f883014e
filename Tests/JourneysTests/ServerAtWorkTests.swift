import Foundation
import Storage
import TestSupport
import Testing

/// Several real processes on one PostgreSQL store, while people write.
@Suite("several processes on PostgreSQL", .blocking, .serialized)
struct ServerAtWorkTests {
    private static let load = Duration.seconds(WritingClerks.isDeep ? 120 : 3)

    /// A register that a command imports while the pages are written to.
    private static func register(_ folder: URL, _ number: Int, firms: Int) throws -> String {
        let file = folder.appendingPathComponent("名册\(number).csv")
        let rows = (1...firms).map { "温州市龙湾演示第\(number)批\($0)号鞋业有限公司,温州市龙湾区" }
        try Data((["企业名称,地址"] + rows).joined(separator: "\n").utf8).write(to: file)
        return file.path
    }

    private static func firms(_ client: PlainRequest) -> String? {
        client.get("/api/v1/questions/enterprise")?.text.firstMatch(of: /"value":([0-9]+)/).map { String($0.output.1) }
    }

    @Test(
        "four start at once on an empty store, take writes and imports, and agree right after each; nothing is lost or there twice",
        .enabled(if: TestEngine.postgresAddress != nil))
    func four() async throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await TestStores.withAddress(.postgres) { address in
            let clerks = try await WritingClerks(4, on: address)
            defer { clerks.stop() }
            try await clerks.write(8) {
                // Counters held in memory before another process writes.
                for port in clerks.ports { #expect(Self.firms(clerks.client(port)) == "0") }
                for number in 1...2 {
                    let file = try Self.register(folder, number, firms: 120)
                    #expect(try HallmarkCommand.run(["import", "enterprises", file, "--commit", "all", "--store", address]).code == 0)
                    for port in clerks.ports { #expect(Self.firms(clerks.client(port)) == String(120 * number), "process at \(port)") }
                }
                try await Task.sleep(for: Self.load)
            }
            #expect(clerks.acknowledged > 20)
            try await clerks.check()
            print("four processes: \(clerks.acknowledged) writes acknowledged, \(clerks.unanswered) without an answer")
        }
    }

    @Test(
        "the server is stopped and started again, gently and at once: what was acknowledged is there, and writing goes on by itself",
        .enabled(if: PostgresServer.isAvailable))
    func restarted() async throws {
        let server = try PostgresServer()
        defer { server.remove() }
        let clerks = try await WritingClerks(2, on: "postgres://hallmark@127.0.0.1:\(server.port)/postgres")
        defer { clerks.stop() }
        var waits: [Duration] = []
        try await clerks.write(4) {
            for round in 0..<(WritingClerks.isDeep ? 20 : 2) {
                _ = try await clerks.untilAcknowledged()
                try await Task.sleep(for: .milliseconds(300))
                try server.stop(round % 2 == 0 ? "fast" : "immediate")
                try server.start()
                waits.append(try await clerks.untilAcknowledged())
            }
            try await Task.sleep(for: .milliseconds(500))
        }
        #expect(waits.allSatisfy { $0 < .seconds(10) }, "\(waits)")
        #expect(clerks.unanswered > 0, "nothing was under way")
        try await clerks.check()
        print("restarted: \(clerks.acknowledged) writes acknowledged, \(clerks.unanswered) cut off, again after \(waits)")
    }

    @Test(
        "the primary is killed and its replica takes its place: nothing acknowledged is lost, the processes go on with it",
        .enabled(if: PostgresServer.isAvailable))
    func replaced() async throws {
        let primary = try PostgresServer()
        defer { primary.remove() }
        let replica = try PostgresServer(replicaOf: primary)
        defer { replica.remove() }
        for setting in ["synchronous_commit = 'remote_apply'", "synchronous_standby_names = 'replica'"] {
            try primary.ask("alter system set \(setting)")
        }
        try primary.ask("select pg_reload_conf()")
        for _ in 0..<100 where try primary.ask("select sync_state from pg_stat_replication") != "sync" {
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(try primary.ask("select sync_state from pg_stat_replication") == "sync")
        let hosts = "127.0.0.1:\(primary.port),127.0.0.1:\(replica.port)"
        let clerks = try await WritingClerks(2, on: "postgres://hallmark@\(hosts)/postgres?target_session_attrs=read-write")
        defer { clerks.stop() }
        var took = Duration.zero
        try await clerks.write(4) {
            _ = try await clerks.untilAcknowledged()
            try await Task.sleep(for: Self.load / 2)
            try primary.kill()
            try replica.promote()
            took = try await clerks.untilAcknowledged()
            try await Task.sleep(for: .seconds(1))
        }
        #expect(took < .seconds(10), "\(took)")
        #expect(clerks.unanswered > 0, "nothing was under way")
        try await clerks.check()
        print("replaced: \(clerks.acknowledged) writes acknowledged, \(clerks.unanswered) cut off, again after \(took)")
    }
}
