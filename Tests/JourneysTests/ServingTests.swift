import Foundation
import TestSupport
import Testing
import Values

/// The program as it is watched and stopped where it serves.
@Suite("serving", .blocking, .serialized)
struct ServingTests {
    private func demo(_ folder: URL) throws -> URL {
        let made = try HallmarkCommand.run(["demo", folder.path, "--only", "longwan-2006", "--enterprises", "200", "--results", "4000"])
        #expect(made.code == 0, "\(made.errors)")
        return folder.appendingPathComponent("longwan-2006.sqlite")
    }

    @Test("is watched by its addresses and a log of JSON lines, one for each request with the id that the answer bears")
    func watched() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try #require(try ServingProcess(store: try demo(folder), ["--demo-accounts", "--log", "json"]))
        let plain = PlainRequest(port: server.port, session: String(repeating: "a", count: 64))
        #expect(plain.get("/health")?.status == 200)
        let page = try #require(plain.get("/enterprises/1"))
        #expect(page.status == 200)
        let id = try #require(page.text.firstMatch(of: /X-Request-Id: ([0-9a-f]+)/)?.output.1)
        let metrics = try #require(plain.get("/metrics"))
        #expect(metrics.text.contains("Content-Type: text/plain; version=0.0.4"))
        #expect(
            metrics.text.contains(
                "hallmark_http_request_duration_seconds_count{method=\"GET\",route=\"/enterprises/{enterprise}\",status=\"200\"} 1"))
        #expect(metrics.text.contains("hallmark_store_duration_seconds_count{kind=\"read\"}"))
        #expect(metrics.text.contains(/hallmark_resident_memory_bytes [1-9][0-9]{6,}/))
        #expect(metrics.text.contains("hallmark_http_requests_running 1\n"), "the one that asks")
        server.terminate()
        #expect(server.endsWithin(seconds: 40) == 0)
        let lines = try server.said().split(separator: "\n").filter { $0.hasPrefix("{") }
        let entries = try lines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: String]) }
        let own = try #require(entries.first { $0["request"] == String(id) })
        #expect(
            own["route"] == "/enterprises/{enterprise}" && own["status"] == "200" && own["level"] == "info"
                && own["path"] == "/enterprises/1")
    }

    @Test("stops in order: what runs is finished whole, nothing new is taken on, the store is closed, the exit code is 0")
    func stops() async throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try demo(folder)
        let server = try #require(try ServingProcess(store: store))
        let port = server.port
        let plain = PlainRequest(port: port, session: String(repeating: "b", count: 64))
        let whole = try #require(plain.get("/api/v1/bulk/spotcheck.result"))
        #expect(whole.status == 200 && whole.text.hasSuffix("0\r\n\r\n"))
        let running = Task.detached { plain.get("/api/v1/bulk/spotcheck.result") }
        try await Task.sleep(for: .milliseconds(60))
        server.terminate()
        let answer = try #require(await running.value)
        #expect(answer.text.hasSuffix("0\r\n\r\n") && answer.text.count > whole.text.count / 2, "a running request is finished")
        #expect(server.endsWithin(seconds: 40) == 0)
        #expect(plain.get("/health") == nil)
        #expect(try server.said().contains("标杆已停止。"))
        let log = store.path + "-wal"
        let size = (try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int) ?? 0
        #expect(size == 0, "the log of the store is folded in")
        #expect(try HallmarkCommand.run(["verify"], store: store).code == 0)
    }

    @Test(
        "does not begin where the duties speak of a target that its programme does not have, or calls otherwise; a programme that is not there is not asked",
        arguments: [
            ("robots: { title: \"机器人应用\"", "robot: { title: \"机器人应用\"", "suzhou-2017/robot”和方案文件对不上：方案里没有这个目标"),
            ("title: \"机器人应用\"", "title: \"机器人\"", "suzhou-2017/robots”和方案文件对不上：方案里它叫“机器人应用”"),
            ("suzhou-2017/robots: { title: \"机器人应用\"", "elsewhere/robots: { title: \"机器人应用\"", nil),
        ] as [(String, String, String?)])
    func dutiesOfTargets(_ change: (from: String, to: String, says: String?)) throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let root = folder.appendingPathComponent("root")
        let duties = root.appendingPathComponent("regulations/duties/departments.yaml")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        for name in ["programmes", "public", "texts", "forms"] {
            try FileManager.default.createSymbolicLink(at: root.appendingPathComponent(name), withDestinationURL: ProjectFiles.url(name))
        }
        try FileManager.default.copyItem(at: ProjectFiles.url("regulations"), to: root.appendingPathComponent("regulations"))
        let text = try String(contentsOf: duties, encoding: .utf8)
        #expect(text.contains(change.from))
        try text.replacing(change.from, with: change.to).write(to: duties, atomically: true, encoding: .utf8)
        let server = try ServingProcess(store: folder.appendingPathComponent("own.sqlite"), ["--root", root.path])
        server?.terminate()
        #expect((server == nil) == (change.says != nil))
        #expect(server.map { $0.endsWithin(seconds: 40) == 0 } ?? true)
        let log = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first { $0.hasSuffix(".log") })
        let said = try String(contentsOf: folder.appendingPathComponent(log), encoding: .utf8)
        #expect(said.contains(change.says ?? "提供服务"), "\(said)")
        #expect(said.contains("regulations/duties/departments.yaml") == (change.says != nil))
    }

    @Test("tokens for other systems are issued, used and revoked from the command line, on a server with real accounts")
    func tokens() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try demo(folder)
        let made = try HallmarkCommand.run(
            ["token", "create", "--name", "征信平台", "--purpose", "核对", "--right", "questions.ask", "--days", "5"], store: store)
        #expect(made.code == 0, "\(made.errors)")
        let token = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(token.wholeMatch(of: /hmk_[0-9a-f]{64}/) != nil)
        let wrong = try HallmarkCommand.run(
            ["token", "create", "--name", "x", "--purpose", "y", "--right", "accounts.manage"], store: store)
        #expect(wrong.code == 2 && wrong.errors.contains("没有选权限，或选了不能给的权限"))
        let server = try #require(try ServingProcess(store: store, []))
        defer { server.terminate() }
        let plain = PlainRequest(port: server.port, session: String(repeating: "c", count: 64))
        #expect(plain.get("/api/v1/facts")?.status == 401)
        #expect(plain.get("/api/v1/facts", bearing: token)?.status == 200)
        #expect(plain.get("/api/v1/enterprises", bearing: token)?.status == 403)
        #expect(try HallmarkCommand.run(["token", "list"], store: store).output.contains("征信平台"))
        #expect(try HallmarkCommand.run(["token", "revoke", "1"], store: store).code == 0)
        #expect(plain.get("/api/v1/facts", bearing: token)?.status == 401, "another process revoked it")
    }
}
