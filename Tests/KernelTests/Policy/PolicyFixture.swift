import Foundation
import Policy
import Values

/// A small programme in memory, of which a test changes one thing.
enum PolicyFixture {
    static let head = """
        id: demo
        title: 演示方案
        source: { kind: plan, document: 演示方案, text: demo.txt, issuer: 演示区政府, date: 2020-01-01, clause: 题 }
        region: { code: "440605", name: 演示区 }
        clauses:
          - { id: 题, begins: "演示方案", title: 题, summary: 题目。 }
          - { id: 一, begins: "一、目标", title: 目标, summary: 目标。 }
        organisations:
          - { id: office, name: 演示局, role: owner, clause: 一 }

        """

    static let rule = """
        decides: enterprise.class
        label: 企业分类
        source: { document: demo, clause: 一 }
        hit: unique
        inputs:
          sales: { metric: enterprise.sales, unit: 万元 }
        rules:
          - { id: A, when: { sales: ">= 100" } }
          - { id: B, when: { sales: "< 100" } }

        """

    /// The programme with more text at the end and more files.
    static func read(_ more: String = "", head: String = head, files: [String: String] = [:], budget: YamlBudget = YamlBudget()) throws
        -> ProgrammeFolder
    {
        var all = files
        all["programme.yaml"] = head + more
        return try ReadProgrammeFolder.read("demo", files: all.map { PolicyFile(name: $0.key, bytes: Data($0.value.utf8)) }, budget: budget)
    }

    /// What is wrong with it; empty where nothing is.
    static func failures(_ more: String = "", head: String = head, files: [String: String] = [:], budget: YamlBudget = YamlBudget()) throws
        -> [Failure]
    {
        do {
            _ = try read(more, head: head, files: files, budget: budget)
            return []
        } catch let failures as PolicyFailures {
            return failures.all
        }
    }

    /// Descriptions of what is wrong.
    static func sentences(_ more: String = "", head: String = head, files: [String: String] = [:], budget: YamlBudget = YamlBudget()) throws
        -> [String]
    {
        try failures(more, head: head, files: files, budget: budget).map(\.description)
    }

    static func target(_ keys: String) -> String {
        "targets:\n  - { id: t, title: 目标, clause: 一, text: 目标, owner: office, \(keys) }\n"
    }
}
