import Foundation
import Testing
import Values

@testable import DecisionTables

/// Declared values and limited domains: the proof against every cell boundary, its neighbours and what lies between.
@Suite("The proof on declared values")
struct ProofKindsTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let inputs = [
        DecisionTable.Input("n", label: "数", kind: .number, allowed: ["[0..6]"]),
        DecisionTable.Input("d", label: "日", kind: .day, allowed: [">= date(\"1970-04-11\")", "date(\"1970-04-08\")"]),
        DecisionTable.Input("k", label: "类", kind: .text, allowed: ["A", "B", "C"]), DecisionTable.Input("b", label: "真", kind: .boolean),
    ]

    /// Every boundary that a cell can name, and a value beside each, within the domains.
    private static let points: [[FactValue]] = {
        let numbers: [FactValue] = (0...12).map { .number(Decimal($0) / 2) }
        let days: [FactValue] = ([97] + Array(100...107)).map { .day(Day(number: $0)) }
        let texts: [FactValue] = ["A", "B", "C"].map { .text($0) }
        let values = [numbers, days, texts, [.boolean(false), .boolean(true)]]
        return values.reduce([[]]) { points, values in points.flatMap { point in values.map { point + [$0] } } }
    }()

    private func cell(_ kind: InputKind, _ dice: inout Dice) -> String {
        if Int.random(in: 0..<3, using: &dice) == 0 { return "-" }
        switch kind {
        case .text: return ["\"A\"", "\"B\", \"C\"", "not(\"C\")", "\"C\""].randomElement(using: &dice) ?? "-"
        case .boolean: return Bool.random(using: &dice) ? "true" : "not(true)"
        default:
            func literal() -> String {
                let number = Int.random(in: 0...6, using: &dice)
                return kind == .day ? "date(\"\(Day(number: 100 + number))\")" : String(number)
            }
            let (left, right) = (literal(), literal())
            return ["< \(left)", ">= \(left)", "[\(left)..\(right)]", "]\(left)..\(right)[", "not(\(left), \(right))"].randomElement(
                using: &dice) ?? "-"
        }
    }

    @Test("Overlaps and holes are exactly those of the grid", arguments: 0..<60)
    func agrees(seed: Int) throws {
        var dice = Dice(state: UInt64(seed) &* 7919 &+ 5)
        let rules = (0..<Int.random(in: 1...7, using: &dice)).map { number in
            DecisionTable.Draft.Rule(
                id: "r\(number)", label: "r\(number)", cells: Self.inputs.map { .init(input: $0.name, text: cell($0.kind, &dice)) })
        }
        let table = try DecisionTable.Draft(id: "t", label: "表", clause: "一", hit: "unique", inputs: Self.inputs, rules: rules).table()
        let proof = table.prove()
        var pairs = Set<[String]>()
        var holes = 0
        for point in Self.points {
            let matched = table.rules.indices.filter { rule in
                zip(table.inputs, point).allSatisfy { table.rules[rule].cell($0).match($1) == .yes }
            }
            if matched.isEmpty { holes += 1 }
            for first in matched {
                for second in matched where first < second { pairs.insert([table.rules[first].id, table.rules[second].id]) }
            }
        }
        #expect(proof.coverage == .exact)
        #expect(Set(proof.overlaps.map(\.rules)) == pairs)
        #expect(proof.uncovered.isEmpty == (holes == 0))
        for hole in proof.uncovered { #expect(table.outcome(hole.witness) == .uncovered) }
        for overlap in proof.overlaps { #expect(Set(table.outcome(overlap.witness).matchingRules).isSuperset(of: overlap.rules)) }
    }

    @Test("Two hundred rules over eight inputs of four kinds are proved within the budget, or it is said where the search stopped")
    func wide() throws {
        var dice = Dice(state: 8)
        let kinds: [InputKind] = [.number, .day, .text, .boolean, .number, .text, .day, .number]
        let inputs = kinds.enumerated().map {
            DecisionTable.Input("x\($0)", label: "甲\($0)", kind: $1, allowed: $1 == .text ? ["A", "B", "C"] : nil)
        }
        let rules = (0..<200).map { number in
            DecisionTable.Draft.Rule(
                id: "r\(number)", label: "r\(number)", cells: inputs.map { .init(input: $0.name, text: cell($0.kind, &dice)) })
        }
        let table = try DecisionTable.Draft(id: "t", label: "表", clause: "一", hit: "unique", inputs: inputs, rules: rules).table()
        let whole = table.prove()
        #expect(whole.visited <= 200_200)
        let short = table.prove(budget: 50)
        #expect(short.coverage == .notProved(budget: 50))
        #expect(short.overlaps == whole.overlaps)
        for hole in short.uncovered.prefix(20) { #expect(table.outcome(hole.witness) == .uncovered) }
    }
}
