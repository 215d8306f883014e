import DecisionTables
import Foundation
import Values

/// Longwan's classes of shoe makers, 四(三)2, as the text has them.
enum LongwanTable {
    static let draft = DecisionTable.Draft(
        id: "enterprise.class", label: "皮鞋企业分类", clause: "四(三)2", file: "rules/classes.yaml", line: 1, hit: "unique",
        inputs: [
            DecisionTable.Input("sales", label: "年销售额", kind: .number, unit: "万元"),
            DecisionTable.Input("scale", label: "有较大生产规模", kind: .open, clause: "四(三)2"),
        ],
        rules: [
            .init("A", label: "A类(重点培育)", when: ["sales": ">= 5000", "scale": "-"], line: 9),
            .init("B", label: "B类(重点帮扶)", when: ["sales": "[1000..5000]"], line: 10),
            .init("C", label: "C类(重点监管)", when: ["sales": "<= 1000"], line: 11),
        ])

    static func table() throws -> DecisionTable { try draft.table() }

    static func sales(_ text: String) -> [String: FactValue] { ["sales": numberFact(text)] }
}

func numberFact(_ text: String) -> FactValue {
    Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")).map(FactValue.number) ?? .unknown
}

func dayFact(_ text: String) -> FactValue { Day(text).map(FactValue.day) ?? .unknown }

/// A table over numbers x, y, … with the rules given as cells.
func smallTable(
    hit: String = "unique", inputs: [DecisionTable.Input] = [DecisionTable.Input("x", label: "甲", kind: .number)],
    outputs: [DecisionTable.Output] = [], default defaultOutput: [String: String]? = nil, _ rules: DecisionTable.Draft.Rule...
) throws -> DecisionTable {
    try DecisionTable.Draft(
        id: "t", label: "表", clause: "一", hit: hit, inputs: inputs, rules: rules, outputs: outputs, defaultOutput: defaultOutput
    ).table()
}
