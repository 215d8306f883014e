import Foundation
import TestSupport
import Testing

@Suite("hallmark rules", .blocking)
struct RulesCommandTests {
    private static let rule = ProjectFiles.url("programmes/longwan-2006/rules/enterprise-class.yaml").path

    private func inFolder(_ work: (URL) throws -> Void) throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try work(folder)
    }

    @Test("a rule file is exported, asked as a model, and imported again")
    func wayRound() throws {
        try inFolder { folder in
            let model = folder.appendingPathComponent("分类.dmn").path
            let input = folder.appendingPathComponent("一家.json")
            #expect(try HallmarkCommand.run(["rules", "export", Self.rule, "--out", model]).code == 0)
            func ask(_ text: String, _ more: String...) throws -> HallmarkCommand.Outcome {
                try Data(text.utf8).write(to: input)
                return try HallmarkCommand.run(["rules", "evaluate", model, "--decision", "皮鞋企业分类", "--input", input.path] + more)
            }
            let decided = try ask("{\"sales\": 4999.999999}", "--json")
            #expect(decided.code == 0)
            #expect(
                decided.output
                    == "{\"decision\":\"皮鞋企业分类\",\"value\":\"B\",\"tables\":[{\"decision\":\"皮鞋企业分类\",\"standing\":\"decided\",\"matching\":[\"B\"],\"missing\":[]}],\"remarks\":[]}\n"
            )
            #expect(try ask("{\"sales\": 5001}").output == "决策：皮鞋企业分类\n结果：A\n「皮鞋企业分类」符合规则：A\n")
            let held = try ask("{\"sales\": 5000}")
            #expect(held.code == 1)
            #expect(held.output.contains("说明：「皮鞋企业分类」同时符合规则A、B，命中方式不允许，没有结果。"))
            #expect(try ask("{\"sales\": null}").output.contains("说明：「皮鞋企业分类」缺数据：年销售额；补上后结果可能不同。"))
            let imported = try HallmarkCommand.run(["rules", "import", model, "--decision", "皮鞋企业分类"])
            #expect(imported.code == 0)
            #expect(imported.output.contains("decides: enterprise.class\nlabel: 皮鞋企业分类\n"))
            #expect(imported.output.contains("when: { sales: '[1000..5000]' }"))
        }
    }

    @Test("what is wrong is told with file, place and cure, exit 2")
    func errors() throws {
        try inFolder { folder in
            let model = folder.appendingPathComponent("分类.dmn").path
            _ = try HallmarkCommand.run(["rules", "export", Self.rule, "--out", model])
            let unknown = try HallmarkCommand.run(["rules", "evaluate", model, "--decision", "别的", "--json"])
            #expect(unknown.code == 2)
            let error = try #require(try unknown.json()["error"] as? [String: Any])
            #expect(error["code"] as? String == "dmn.unknown-decision")
            #expect(error["cure"] as? String == "可用的决策：皮鞋企业分类。")
            let missing = try HallmarkCommand.run(["rules", "evaluate", model, "--decision", "皮鞋企业分类"])
            #expect(missing.code == 2)
            #expect(missing.errors == "错误：「sales」列：没有给出输入「sales」（数值）。处理办法：补上它；不知道的写 null。\n")
            let none = try HallmarkCommand.run(["rules", "evaluate", "/nowhere/甲.dmn", "--decision", "甲"])
            #expect(none.code == 2)
            #expect(none.errors.contains("/nowhere/甲.dmn：读不出这个文件。"))
            #expect(try HallmarkCommand.run(["rules", "evaluate", Self.rule, "--decision", "甲"]).errors.contains("XML 不合格式"))
            #expect(try HallmarkCommand.run(["rules", "export", model]).code == 2)
            #expect(try HallmarkCommand.run(["rules"]).output.contains("evaluate"))
        }
    }
}
