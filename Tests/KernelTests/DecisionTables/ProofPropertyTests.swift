import Foundation
import Testing
import Values

@testable import DecisionTables

/// The same numbers for the same seed on every machine (SplitMix64).
private struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("The proof against brute force")
struct ProofPropertyTests {
    private static let inputs = [
        DecisionTable.Input("n", label: "数", kind: .number), DecisionTable.Input("d", label: "日", kind: .day),
        DecisionTable.Input("k", label: "类", kind: .text), DecisionTable.Input("b", label: "真", kind: .boolean),
    ]

    /// Values on, beside and between everything that a random cell can name.
    private static let samples: [[FactValue]] = [
        (-2...14).map { .number(Decimal($0) / 2) }, (99...107).map { .day(Day(number: $0)) }, ["A", "B", "Z"].map { .text($0) },
        [.boolean(false), .boolean(true)],
    ]

    private func cell(_ kind: InputKind, _ random: inout SeededNumbers) -> String {
        if Int.random(in: 0..<3, using: &random) == 0 { return "-" }
        switch kind {
        case .text: return ["\"A\"", "\"B\"", "not(\"A\")", "\"A\", \"B\""].randomElement(using: &random) ?? "-"
        case .boolean: return Bool.random(using: &random) ? "true" : "false"
        default:
            func literal() -> String {
                let number = Int.random(in: 0...6, using: &random)
                return kind == .day ? "date(\"\(Day(number: 100 + number))\")" : String(number)
            }
            let (left, right) = (literal(), literal())
            let forms = [
                "< \(left)", "<= \(left)", "> \(left)", ">= \(left)", "[\(left)..\(right)]", "(\(left)..\(right)]", "\(left), > \(right)",
                "not(\(left))", "not([\(left)..\(right)))",
            ]
            return forms.randomElement(using: &random) ?? "-"
        }
    }

    private func randomTable(_ hit: String, _ random: inout SeededNumbers) throws -> DecisionTable {
        let rules = (0..<Int.random(in: 1...6, using: &random)).map { number in
            DecisionTable.Draft.Rule(
                id: "r\(number)", label: "r\(number)",
                cells: Self.inputs.map { .init(input: $0.name, text: cell($0.kind, &random)) },
                output: ["o": ["x", "y"].randomElement(using: &random) ?? "x"])
        }
        return try DecisionTable.Draft(
            id: "t", label: "表", clause: "一", hit: hit, inputs: Self.inputs, rules: rules,
            outputs: [DecisionTable.Output("o", values: ["x", "y"])]
        ).table()
    }

    private func everyPoint() -> [[FactValue]] {
        Self.samples.reduce([[]]) { points, values in points.flatMap { point in values.map { point + [$0] } } }
    }

    /// Which rules match, by the cells alone.
    private func matching(_ table: DecisionTable, _ point: [FactValue]) -> [Int] {
        table.rules.indices.filter { rule in
            zip(table.inputs, point).allSatisfy { table.rules[rule].cell($0).match($1) == .yes }
        }
    }

    @Test(
        "Overlaps, holes and unreachable rules are those that trying every value finds", arguments: ["unique", "first", "priority", "any"])
    func proofIsRight(hit: String) throws {
        var random = SeededNumbers(state: 20_060_905)
        let points = everyPoint()
        for _ in 0..<40 {
            let table = try randomTable(hit, &random)
            let proof = table.prove()
            var pairs = Set<[String]>()
            var deciding = Set<String>()
            var search = ProofSearch(table: table, limit: nil)
            let holes = search.uncovered()
            for point in points {
                let matched = matching(table, point)
                let inHoles = holes.filter { hole in
                    table.grid.axes.indices.allSatisfy { table.grid.axes[$0].segment(of: point[$0]).map(hole[$0].contains) == true }
                }
                #expect(inHoles.count == (matched.isEmpty ? 1 : 0))
                for first in matched {
                    for second in matched where first < second {
                        if hit == "unique" || (hit == "any" && table.rules[first].output != table.rules[second].output) {
                            pairs.insert([table.rules[first].id, table.rules[second].id])
                        }
                    }
                }
                if hit == "any" { deciding.formUnion(matched.map { table.rules[$0].id }) }
                if hit == "unique", matched.count == 1 { deciding.insert(table.rules[matched[0]].id) }
                if hit == "first", let first = matched.first { deciding.insert(table.rules[first].id) }
                if hit == "priority", let best = matched.map({ table.rank($0)[0] }).min() {
                    deciding.formUnion(matched.filter { table.rank($0)[0] == best }.map { table.rules[$0].id })
                }
            }
            #expect(Set(proof.overlaps.map(\.rules)) == pairs)
            #expect(Set(proof.unreachable.flatMap(\.rules)) == Set(table.rules.map(\.id)).subtracting(deciding))
            for overlap in proof.overlaps {
                #expect(Set(table.decide(overlap.witness).outcome.matchingRules).isSuperset(of: overlap.rules))
            }
            for hole in proof.uncovered { #expect(table.outcome(hole.witness) == .uncovered) }
        }
    }

    @Test("Every ruling that a table offers can be applied and settles its boundary", arguments: 0..<40)
    func rulingsSettle(seed: Int) throws {
        var random = SeededNumbers(state: UInt64(seed))
        let table = try randomTable("unique", &random)
        for reading in table.readings() {
            #expect(reading.alternatives.count == reading.rules.count)
            for alternative in reading.alternatives {
                let left = alternative.table.readings()
                #expect(!left.contains { $0.input == reading.input && $0.value == reading.value && $0.rules == reading.rules })
            }
        }
    }

    @Test("What is called missing can still change, and what is decided cannot", arguments: 0..<20)
    func missingIsRight(seed: Int) throws {
        var random = SeededNumbers(state: UInt64(seed) &+ 1000)
        let table = try randomTable("unique", &random)
        for hidden in 0..<4 {
            for point in everyPoint().shuffled(using: &random).prefix(60) {
                var facts = Dictionary(uniqueKeysWithValues: zip(Self.inputs.map(\.name), point))
                facts[Self.inputs[hidden].name] = .unknown
                let outcome = table.outcome(facts)
                let completions = Self.samples[hidden].map { value -> Outcome in
                    facts[Self.inputs[hidden].name] = value
                    return table.outcome(facts)
                }
                if case .decided = outcome { #expect(completions.allSatisfy { $0 == outcome }) }
                if case .uncovered = outcome { #expect(completions.allSatisfy { $0 == .uncovered }) }
                if case .missing(let inputs) = outcome { #expect(inputs == [Self.inputs[hidden].name]) }
            }
        }
    }

    @Test("Two hundred rules over four inputs are proved exactly with bounded work")
    func twoHundredRules() throws {
        var random = SeededNumbers(state: 7)
        let inputs = (1...4).map { DecisionTable.Input("x\($0)", label: "甲\($0)", kind: .number, allowed: ["[0..1000]"]) }
        let rules = (0..<200).map { number in
            DecisionTable.Draft.Rule(
                id: "r\(number)", label: "r\(number)",
                cells: inputs.map { input in
                    let start = Int.random(in: 0..<900, using: &random)
                    return .init(input: input.name, text: "[\(start)..\(start + Int.random(in: 1...400, using: &random))]")
                })
        }
        let table = try DecisionTable.Draft(id: "t", label: "表", clause: "一", hit: "unique", inputs: inputs, rules: rules).table()
        let proof = table.prove()
        #expect(proof.coverage == .exact)
        // The number of cells visited is the measure of work: it does not depend on the machine.
        #expect(proof.visited < 50_000)
        for hole in proof.uncovered.prefix(50) { #expect(table.outcome(hole.witness) == .uncovered) }
    }
}
