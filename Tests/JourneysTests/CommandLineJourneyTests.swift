import Foundation
import TestSupport
import Testing

/// The command line is a contract: exit codes and sentences that others rely on.
@Suite("the command line", .blocking)
struct CommandLineJourneyTests {
    @Test(
        "wrong use exits 2",
        arguments: [["no-such-command"], ["import"], ["import", "results"], ["ask", "--by"], ["verify", "--no-such"]])
    func wrongUse(_ arguments: [String]) throws {
        #expect(try HallmarkCommand.run(arguments).code == 2)
    }

    @Test("help exits 0 and names the commands")
    func help() throws {
        let outcome = try HallmarkCommand.run(["--help"])
        #expect(outcome.code == 0)
        for name in ["serve", "import", "programme", "classify", "explain", "ask", "export", "verify", "erase", "demo"] {
            #expect(outcome.output.contains(name), "\(name)")
        }
    }

    @Test("a missing file is an error with its name, exit 1, and nothing is written")
    func missingFile() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = folder.appendingPathComponent("store.sqlite")
        let outcome = try HallmarkCommand.run(["import", "results", "/nowhere/名单.xls", "--commit", "all", "--json"], store: store)
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("名单.xls"))
        let asked = try HallmarkCommand.run(["ask", "spotcheck.result", "--json"], store: store).json()
        #expect(asked["value"] as? Int == 0)
    }

    @Test("all or nothing: one bad row keeps the whole file out; good takes the rest")
    func badRow() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = folder.appendingPathComponent("store.sqlite")
        let list = folder.appendingPathComponent("名单.csv")
        let text = """
            2024年第1季度皮鞋产品质量市级监督抽查结果
            序号,企业名称,产品名称,规格型号,抽查结果,不合格项目
            1,温州市龙湾演示甲子鞋业有限公司,女皮鞋,Y1,合格,
            2,温州市龙湾演示乙丑鞋业有限公司,女皮鞋,Y2,,耐磨性能
            3,温州市龙湾演示丙寅鞋业有限公司,男皮鞋,Y3,不合格,勾心
            """
        try Data(text.utf8).write(to: list)
        let all = try HallmarkCommand.run(["import", "results", list.path, "--commit", "all", "--json"], store: store)
        #expect(all.code == 1)
        let refused = try all.json()
        #expect(refused["new"] as? Int == 0)
        let errors = try #require(refused["errors"] as? [[String: Any]])
        #expect(errors.contains { $0["row"] as? Int == 4 && $0["level"] as? String == "error" })
        let good = try HallmarkCommand.run(["import", "results", list.path, "--commit", "good", "--json"], store: store).json()
        #expect(good["new"] as? Int == 2)
        #expect(good["rejected"] as? Int == 1)
    }

    @Test("an original is erased by its file or its hash, once, with a reason, and the store still proves itself")
    func erase() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = folder.appendingPathComponent("store.sqlite")
        let list = folder.appendingPathComponent("名单.csv")
        let text = "企业名称,产品名称,规格型号,抽查结果,联系电话\n温州市龙湾演示甲子鞋业有限公司,女皮鞋,Y1,合格,13800138000\n"
        try Data(text.utf8).write(to: list)
        _ = try HallmarkCommand.run(["import", "results", list.path, "--commit", "all"], store: store)
        #expect(try HallmarkCommand.run(["erase", "--original", list.path], store: store).code == 2)
        let erased = try HallmarkCommand.run(
            ["erase", "--original", list.path, "--reason", "名单含个人电话", "--actor", "李", "--json"], store: store)
        let said = try erased.json()
        #expect(erased.code == 0 && said["size"] as? Int == text.utf8.count)
        #expect(said["logCut"] as? Bool == true && said["reason"] as? String == "名单含个人电话" && said["actor"] as? String == "李")
        #expect(try Data(contentsOf: store).range(of: Data("13800138000".utf8)) == nil)

        let sha = try #require(said["sha256"] as? String)
        let twice = try HallmarkCommand.run(["erase", "--original", sha, "--reason", "再来", "--json"], store: store)
        let why = try twice.json()["error"] as? [String: Any]
        #expect(twice.code == 1 && why?["code"] as? String == "original.erased-already")
        let verified = try HallmarkCommand.run(["verify"], store: store)
        #expect(verified.code == 0 && verified.output.contains("抹去原件 1 份") && verified.output.contains("逐行核对无误"))
        #expect(try HallmarkCommand.run(["verify", "--json"], store: store).json()["erased"] as? Int == 1)

        let again = try HallmarkCommand.run(["import", "results", list.path, "--commit", "all", "--json"], store: store)
        #expect(try again.json()["new"] as? Int == 0)
        #expect(try HallmarkCommand.run(["verify", "--json"], store: store).json()["erased"] as? Int == 1)
    }

    @Test("the five programmes are checked and what is found is told with file, line and clause")
    func programmeCheck() throws {
        let outcome = try HallmarkCommand.run(["programme", "check", "--json"])
        let findings = try #require(try outcome.json()["findings"] as? [[String: Any]])
        func found(_ kind: String, _ programme: String) -> [[String: Any]] {
            findings.filter { $0["kind"] as? String == kind && $0["programme"] as? String == programme }
        }
        #expect(found("overlap", "longwan-2006").count == 2)
        #expect(found("discrepancy", "longwan-2006").count == 1)
        #expect(found("discrepancy", "panyu-2014").count >= 4)
        #expect(found("discrepancy", "nanhai-2017").isEmpty)
        #expect(findings.allSatisfy { $0["file"] is String && $0["clause"] is String && $0["message"] is String && $0["line"] is Int })
    }
}
