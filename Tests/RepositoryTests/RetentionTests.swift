import TestSupport
import Testing

/// What the journal vouches for is kept for ever, and so longer than the six months that logs must be kept.
@Suite struct RetentionTests {
    /// The tables whose rows the journal vouches for, and the journal itself.
    private static let kept: Set<String> = {
        let named = ProjectText.sources.flatMap { file in
            file.text.matches(of: /RecordTable\(\s*(?:appending: )?"([a-z_]+)"/).map { String($0.output.1) }
        }
        return Set(named + ["journal"])
    }()

    @Test("no statement deletes from the journal or from a table that it vouches for")
    func deletions() {
        #expect(Self.kept.count > 20 && Self.kept.contains("enterprise") && Self.kept.contains("original"))
        for file in ProjectText.sources {
            for match in file.text.matches(of: /(?i)(?:delete from|truncate|truncate table) +"?([a-z_]+)/) {
                #expect(!Self.kept.contains(String(match.output.1)), "\(file.path): \(match.output.0)")
            }
        }
    }

    @Test("only counters are deleted from by a table's variable name, to be counted anew")
    func variableNames() {
        let found = ProjectText.sources.filter { $0.text.contains(/(?i)delete from \\\(/) }
        #expect(found.map(\.path) == ["Sources/Storage/Recount.swift"])
    }

    @Test("rows are changed in two places: a version's end, and the bytes of an erased original")
    func changes() {
        let found = ProjectText.sources.flatMap { file in
            file.text.matches(of: /"update (\\\([a-z.]+\)|[a-z_]+) set ([a-z_]+)/).filter { match in
                match.output.1.hasPrefix("\\") || Self.kept.contains(String(match.output.1))
            }.map { "\(file.name): \($0.output.1) \($0.output.2)" }
        }
        #expect(
            Set(found) == [
                "Transaction.swift: \\(table.name) known_to", "OriginalErasure.swift: original bytes",
            ])
    }

    @Test("no table is dropped but what was derived from the rows: the first form of the counters, and where things stood")
    func drops() {
        let found = ProjectText.sources.flatMap { file in
            file.text.matches(of: /(?i)drop table +([a-z_]+)/).map { "\(file.name): \($0.output.1)" }
        }
        let derived = ["counter", "counter_change", "counter_thing", "counter_head"]
        #expect(Set(found) == Set(derived.map { "KernelSchema.swift: \($0)" }))
    }
}
