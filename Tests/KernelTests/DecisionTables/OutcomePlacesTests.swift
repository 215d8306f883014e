import DecisionTables
import Foundation
import TestSupport
import Testing
import Values

@Suite("A table ready for whole numbers")
struct OutcomePlacesTests {
    @Test("It says of every subject what the table says, at the boundaries, between them, outside the domain and unknown")
    func sameAsTheTable() throws {
        let inputs = [
            DecisionTable.Input("x", label: "甲", kind: .number, allowed: [">= 0"]), DecisionTable.Input("y", label: "乙", kind: .number),
            DecisionTable.Input("z", label: "丙", kind: .open),
        ]
        let table = try smallTable(
            inputs: inputs, .init("1", when: ["x": ">= 5000", "y": "-"]), .init("2", when: ["x": "[1000.5..5000]", "y": "> -3"]),
            .init("3", when: ["x": "<= 1000.25", "y": "not(7, 8.5)"]))
        var places = OutcomePlaces(table, decimals: [2, 0, 0])
        let firsts: [Int64] = [
            OutcomePlaces.unknown, -1, 0, 99_999, 100_024, 100_025, 100_026, 100_049, 100_050, 499_999, 500_000, 500_001, 1 << 50,
        ]
        let seconds: [Int64] = [OutcomePlaces.unknown, -4, -3, -2, 6, 7, 8, 9]
        for x in firsts {
            for y in seconds {
                var facts: [String: FactValue] = [:]
                if x != OutcomePlaces.unknown { facts["x"] = .number(Decimal(x) / 100) }
                if y != OutcomePlaces.unknown { facts["y"] = .number(Decimal(y)) }
                let place = places.place([x, y, 12])
                #expect(places.outcomes[place] == table.outcome(facts), "x \(x) y \(y)")
            }
        }
    }

    @Test("Rules have the first places, and the sentence of a firm is that of its decision")
    func places() throws {
        let table = try LongwanTable.table()
        var places = OutcomePlaces(table, decimals: table.inputs.map { _ in 6 })
        let facts: [Int64] = table.inputs.map { $0.name == "sales" ? 600_000_000_000 : OutcomePlaces.unknown }
        #expect(places.place(facts) == 0)
        #expect(places.outcomes[0].matchingRules == [table.rules[0].id])
        for sales in ["6000", "5000", "1000", "10"] {
            let facts = LongwanTable.sales(sales)
            #expect(table.sentence(facts) == table.decide(facts).sentence)
            if let sentence = DecidedSentence(table, table.outcome(facts)) {
                #expect(sentence.text { facts[table.inputs[$0].name].map { "\($0)" } } == table.sentence(facts))
            }
        }
        #expect(DecidedSentence(table, table.outcome(LongwanTable.sales("6000"))) != nil)
        #expect(DecidedSentence(table, table.outcome([:])) == nil)
        #expect(table.sentence([:]) == table.decide([:]).sentence)
    }

    @Test("A table of more combinations than are laid out at once is remembered as they occur")
    func manyCombinations() throws {
        let names = (0..<9).map { "i\($0)" }
        let inputs = names.map { DecisionTable.Input($0, label: $0, kind: .number) }
        func all(_ id: String, _ test: String) throws -> DecisionTable.Rule {
            DecisionTable.Rule(
                id: id, label: id, cells: Dictionary(try names.map { ($0, try TableCell(parsing: test)) }) { first, _ in first })
        }
        let table = DecisionTable(
            id: "t", label: "表", clause: "一", hit: .unique, inputs: inputs, rules: [try all("1", "> 3"), try all("2", "<= 3")])
        var places = OutcomePlaces(table, decimals: [])
        var random = SeededRandom(5)
        for _ in 0..<300 {
            let facts = names.map { _ in Int64.random(in: 2...4, using: &random) }
            let named = Dictionary(zip(names, facts.map { FactValue.number(Decimal($0)) })) { first, _ in first }
            let place = places.place(facts)
            #expect(places.outcomes[place] == table.outcome(named))
        }
    }
}
