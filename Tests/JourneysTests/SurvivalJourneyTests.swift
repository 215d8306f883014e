import Foundation
import TestSupport
import Testing

/// Backup, restoring, moving and the journal's head, as they are typed.
@Suite("backup, restore, move and head by the command", .blocking, .serialized)
struct SurvivalJourneyTests {
    private static func register(_ folder: URL, _ count: Int = 3) throws -> String {
        let file = folder.appendingPathComponent("名册.csv")
        let rows = (1...count).map { "温州市龙湾演示\($0)号鞋业有限公司,温州市龙湾区" }
        try Data((["企业名称,地址"] + rows).joined(separator: "\n").utf8).write(to: file)
        return file.path
    }

    private static func run(_ arguments: String...) throws -> HallmarkCommand.Outcome { try HallmarkCommand.run(arguments) }

    @Test(
        "a store is backed up while it is served, restored, and proves itself; the sentences say what was checked",
        arguments: TestEngine.available)
    func backup(_ engine: TestEngine) async throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await TestStores.withAddress(engine) { store in
            #expect(try Self.run("import", "enterprises", Self.register(folder), "--commit", "all", "--store", store).code == 0)
            let (heads, port) = (folder.appendingPathComponent("heads.txt").path, HallmarkServer.freePort())
            let server = try KillableProcess(["serve", "--demo-accounts", "--port", String(port), "--store", store, "--head-file", heads])
            defer { server.kill() }
            let client = PlainRequest(port: port, session: String(repeating: "ab", count: 32))
            for _ in 0..<200 where client.get("/")?.status != 200 { try await Task.sleep(for: .milliseconds(50)) }

            let copy = folder.appendingPathComponent("backup").path
            let made = try Self.run("backup", store, copy)
            #expect(made.code == 0, "\(made.errors)")
            let lines = made.output.split(separator: "\n").map(String.init)
            #expect(lines.first?.contains(/^已备份到 .*backup：共[0-9]+行，日志头 1 [0-9a-f]{64}$/) == true, "\(made.output)")
            #expect(lines.last?.contains(/^核对了校验和、行数和日志头，并逐行核对无误：日志1条，记录[0-9]+行，计数[0-9]+格。$/) == true, "\(made.output)")
            #expect(client.get("/enterprises")?.status == 200)
            #expect(
                try String(contentsOfFile: heads, encoding: .utf8).contains(/^1 [0-9a-f]{64} .*\n$/), "the server writes the day's head")
            server.kill()

            let restored = folder.appendingPathComponent("restored.sqlite").path
            let back = try Self.run("restore", copy, restored, "--json")
            #expect(back.code == 0, "\(back.errors)")
            let said = try back.json()
            #expect(said["verified"] as? Bool == true && said["position"] as? Int == 1 && said["findings"] as? Int == 0)
            #expect(try Self.run("verify", "--head", heads, "--store", restored).output.contains("逐行核对无误。"))
            #expect(try Self.run("ask", "enterprise", "--json", "--store", restored).json()["value"] as? Int == 3)
            let quick = try Self.run("backup", restored, copy + "2", "--no-verify")
            #expect(quick.output.contains("核对了校验和、行数和日志头；没有逐行核对。"))
        }
    }

    @Test("what cannot be done says which file and what to do, exits 2, and leaves nothing")
    func refusals() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
        let store = path("store.sqlite")
        #expect(try Self.run("import", "enterprises", Self.register(folder), "--commit", "all", "--store", store).code == 0)
        #expect(try Self.run("backup", store, path("a")).code == 0)
        func refused(_ arguments: [String], _ sentence: String) throws {
            let outcome = try HallmarkCommand.run(arguments)
            #expect(outcome.code == 2 && outcome.errors.contains(sentence), "\(arguments): \(outcome.code) \(outcome.errors)")
        }
        try refused(["backup", store, path("a")], "错误：\(path("a"))：已有这个文件，不覆盖。处理办法：换一个文件名，例如带上日期")
        try refused(["backup", path("no.sqlite"), path("b")], "错误：\(path("no.sqlite"))：数据库还不存在。处理办法：检查路径")
        try refused(["backup", store, path("none/b")], "处理办法：检查路径和权限")
        try refused(["restore", path("a"), store], "错误：\(store)：那里已有数据，不能写进去；原有数据没有改动")
        try refused(["restore", path("no"), path("c.sqlite")], "错误：\(path("no"))：备份文件读不到。处理办法：检查路径和权限")
        try refused(["restore", path("名册.csv"), path("c.sqlite")], "不是完整的备份：末尾没有校验行，可能没有传完")
        var bytes = try Data(contentsOf: folder.appendingPathComponent("a"))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: folder.appendingPathComponent("damaged"))
        try refused(
            ["restore", path("damaged"), path("c.sqlite")], "错误：\(path("damaged"))：备份已损坏：内容与末尾的校验行不符。处理办法：换用另一份备份，并检查存放它的磁盘；没有恢复任何内容")
        try refused(["move-store", store, path("c.sqlite")], "错误：两边是同一种数据库。处理办法：用 hallmark backup 和 hallmark restore")
        #expect(try Self.run("journal", "head", "--store", store, "--to").code == 2)
        try refused(["journal", "head", "--store", store, "--to", path("none/heads")], "处理办法：检查路径和权限")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a", "damaged", "store.sqlite", "名册.csv"])
    }

    @Test("the head goes to a file a line a day; another store's file is refused")
    func head() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
        for store in ["a.sqlite", "b.sqlite"] {
            #expect(try Self.run("import", "enterprises", Self.register(folder), "--commit", "all", "--store", path(store)).code == 0)
        }
        let first = try Self.run("journal", "head", "--to", path("heads"), "--store", path("a.sqlite"))
        #expect(first.code == 0 && first.output.hasPrefix("已把日志头第1条追加到 \(path("heads"))："), "\(first.errors)")
        let again = try Self.run("journal", "head", "--to", path("heads"), "--store", path("a.sqlite"))
        #expect(again.code == 0 && again.output == "今天已有一行（第1条），没有再写：\(path("heads"))\n")
        let other = try Self.run("journal", "head", "--to", path("heads"), "--store", path("b.sqlite"))
        #expect(other.code == 1 && other.errors.contains("日志头文件里第1条与库里的不同：日志被改写过，或这是另一个库的文件"))
        let verified = try Self.run("verify", "--head", path("heads"), "--store", path("b.sqlite"))
        #expect(verified.code == 1 && verified.output.contains("[head-differs]"))
    }

    @Test(
        "a store moves to PostgreSQL and back, and can be searched and asked there",
        .enabled(if: TestEngine.postgresAddress != nil, "needs a PostgreSQL server"))
    func move() async throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = folder.appendingPathComponent("store.sqlite").path
        #expect(try Self.run("import", "enterprises", Self.register(folder, 40), "--commit", "all", "--store", store).code == 0)
        try await TestStores.withAddress(.postgres) { server in
            let there = try Self.run("move-store", store, server)
            #expect(there.code == 0, "\(there.errors)")
            #expect(there.output.contains(/已搬到 .*：日志1条，记录[0-9]+行，计数[0-9]+格。\n两边逐行核对无误，日志头相同：1 [0-9a-f]{64}\n/), "\(there.output)")
            #expect(try Self.run("ask", "enterprise", "--json", "--store", server).json()["value"] as? Int == 40)
            let again = try Self.run("move-store", store, server)
            #expect(again.code == 2 && again.errors.contains("那里已有数据，不能写进去；原有数据没有改动"))
            let home = folder.appendingPathComponent("home.sqlite").path
            let back = try Self.run("move-store", server, home, "--json")
            #expect(back.code == 0, "\(back.errors)")
            #expect(try back.json()["hash"] as? String == (try Self.run("verify", "--json", "--store", store).json()["hash"] as? String))
            for address in [server, home] {
                let port = HallmarkServer.freePort()
                let serving = try KillableProcess(["serve", "--demo-accounts", "--port", String(port), "--store", address])
                defer { serving.kill() }
                let client = PlainRequest(port: port, session: String(repeating: "ab", count: 32))
                let query = "/enterprises?q=" + ("演示7号".addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
                var page = client.get(query)
                for _ in 0..<200 where page?.status != 200 {
                    try await Task.sleep(for: .milliseconds(50))
                    page = client.get(query)
                }
                #expect(
                    page?.text.contains("演示7号鞋业有限公司") == true && page?.text.contains("演示17号鞋业") == false, "the search index is made anew")
            }
        }
    }
}
