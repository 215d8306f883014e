import DecisionTables
import Testing

@Suite("Who would change class")
struct TableChangesTests {
    @Test("Equal answers by other rules and still-missing facts are no change; new answers, holes and holds are")
    func changes() throws {
        let before = try smallTable(
            .init("1", when: ["x": "< 5"], output: ["o": "a"]), .init("2", when: ["x": "[5..9]"], output: ["o": "b"]))
        let after = try smallTable(
            .init("new", when: ["x": "<= 5"], output: ["o": "a"]), .init("2", when: ["x": "(5..8]"], output: ["o": "b"]))
        let facts: [(Int, [String: FactValue])] = [4, 5, 6, 9].map { ($0, ["x": numberFact("\($0)")]) } + [(0, [:])]
        let changes = DecisionTable.changes(from: before, to: after, facts: facts)
        #expect(changes.map(\.subject) == [5, 9])
        #expect(changes[0].before == .decided(rules: ["2"], answer: .one(["o": "b"])))
        #expect(changes[0].after == .decided(rules: ["new"], answer: .one(["o": "a"])))
        #expect(changes[1].after == .uncovered)
    }
}
