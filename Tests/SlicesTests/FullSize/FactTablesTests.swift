import TestSupport
import Testing
import Values

@testable import Enterprises
@testable import Evidence
@testable import Programmes
@testable import SpotChecks
@testable import Storage

/// An answer is kept until one of the fact's tables changes; so a fact must name every table that its SQL reads.
@Suite struct FactTablesTests {
    @Test(
        "every table that a fact's joins and expressions read is one it names",
        arguments: EnterpriseFacts.all + SpotCheckFacts.all + ProgrammeFacts.all)
    func tables(_ fact: Fact) throws {
        let texts =
            [fact.joins.text] + fact.dimensions.map(\.expression.text) + fact.dimensions.compactMap { $0.join?.text }
            + fact.columns.map(\.expression.text) + (fact.condition.map { [$0.text] } ?? [])
        let named = try fact.tables(Question(fact.name))
        for text in texts {
            for match in text.matches(of: /\b(?:from|join)\s+([a-z_]+)/) {
                #expect(named.contains { $0.name == String(match.1) }, "\(fact.name): \(match.1)")
            }
        }
    }

    @Test("a breakdown by records also depends on where their names stand")
    func titles() throws {
        let tables = try SpotCheckFacts.result.tables(Question("spotcheck.result", by: ["publication"]))
        #expect(tables.map(\.name).sorted() == ["publication", "result"])
    }
}
