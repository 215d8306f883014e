import Foundation
import TestSupport
import Testing

/// Accounts from the command line, and what the server refuses without them.
@Suite("accounts on the command line", .blocking)
struct AccountJourneyTests {
    @Test("are made, listed, disabled; passwords come by link alone; demonstration accounts end with the first real one")
    func life() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = folder.appendingPathComponent("office.sqlite")
        let missing = try HallmarkCommand.run(["account", "list"], store: store)
        #expect(missing.code == 2 && missing.errors.contains("数据库还不存在"))
        #expect(FileManager.default.createFile(atPath: store.path, contents: nil))
        let made = try HallmarkCommand.run(["account", "create", "Li.Si", "--name", "李四", "--role", "administrator"], store: store)
        #expect(made.code == 0 && made.output.contains(/^\/link\/[0-9a-f]{64}\n$/), "\(made.errors)")
        let again = try HallmarkCommand.run(["account", "create", "li.si", "--name", "乙", "--role", "leader", "--json"], store: store)
        #expect(again.code == 1 && again.output.contains("account.taken"))
        let wrong = try HallmarkCommand.run(["account", "create", "x1", "--name", "乙", "--role", "king"], store: store)
        #expect(wrong.code == 2)
        #expect(try HallmarkCommand.run(["account", "reset-link", "li.si"], store: store).output != made.output)
        #expect(try HallmarkCommand.run(["account", "list"], store: store).output.contains("李四"))
        let last = try HallmarkCommand.run(["account", "disable", "li.si"], store: store)
        #expect(last.code == 2 && last.errors.contains("这是最后一个能登录的系统管理员。处理办法：先让"))
        #expect(try HallmarkCommand.run(["verify"], store: store).code == 0)
        let server = try #require(try ServingProcess(store: store, []))
        defer { server.terminate() }
        let first = PlainRequest(port: server.port, session: String(repeating: "c", count: 64)).get("/")
        #expect(first?.status == 303 && first?.text.contains("Location: /sign-in\r\n") == true, "a stranger begins at the sign-in")
        let taken = try HallmarkCommand.run(["serve", "--port", String(server.port)], store: store)
        #expect(taken.code == 1 && taken.errors.contains("这个端口已被别的程序占用，没有开始服务。处理办法：") && !taken.errors.contains("提供服务，按"))
        let demo = try HallmarkCommand.run(["serve", "--demo-accounts", "--port", "1"], store: store)
        #expect(demo.code == 2 && demo.errors.contains("库里已有真实账号，不能用示范账号打开"))
    }

    @Test(
        "a server for other machines needs accounts and a proxy with TLS",
        arguments: [
            (["--host", "0.0.0.0"], "本机以外的访问要有真实账号，并由带 TLS 的代理转发"), (["--host", "0.0.0.0", "--demo-accounts"], "本机以外的访问要有真实账号"),
            (["--behind-proxy", "http://a.example"], "不能是 http"), (["--behind-proxy", "https://a.example", "--demo-accounts"], "示范账号只限本机"),
            (["--also", "x.sqlite"], "只用于示范账号"),
        ] as [([String], String)])
    func binds(_ options: [String], _ sentence: String) throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try HallmarkCommand.run(["serve"] + options, store: folder.appendingPathComponent("office.sqlite"))
        #expect(outcome.code == 2 && outcome.errors.contains(sentence), "\(outcome.errors)")
    }
}
