import DecisionTables
package import Foundation
import Values

/// One programme's folder, read and checked: the programme, its tables, figures and cases, and the hash of every file.
package struct ProgrammeFolder: Sendable {
    package let programme: Programme
    package let rules: [RuleFile]
    package let reported: [ReportedFile]
    package let cases: [RuleCases]
    /// What its files account for in the text.
    package let claims: [NumberClaim]
    /// Every file that was read, in the order of names.
    package let files: [PolicyFile]
    /// SHA-256 over names and hashes of all files, lower case hexadecimal: changes when any file changes.
    package let digest: String

    /// The rule file that decides this: `enterprise.class`.
    package func rule(deciding id: String) -> RuleFile? { rules.first { $0.table.id == id } }

    /// The cases of a rule file, each tried on it.
    package func runCases() -> [RuleCases.Verdict] {
        cases.flatMap { file in rules.first { $0.file == file.table }.map { file.run(on: $0.table) } ?? [] }
    }

    /// Statements of the text that do not agree.
    package func discrepancies() -> [Discrepancy] { FindDiscrepancies(programme, reported: reported).run() }

    /// Compares the text's numbers with what the files account for.
    package func matchNumbers(in text: String) -> MatchNumbers.Outcome {
        MatchNumbers.compare(text, clauses: programme.clauses, claims: claims)
    }
}

/// A file of a programme as bytes, named relative to the programme's folder.
package struct PolicyFile: Sendable, Hashable {
    /// `rules/enterprise-class.yaml`
    package let name: String
    package let bytes: Data
    /// Lower case hexadecimal SHA-256 of the bytes.
    package let sha256: String

    /// Hashes the bytes.
    package init(name: String, bytes: Data) {
        self.name = name
        self.bytes = bytes
        self.sha256 = Digest.hexadecimal(of: bytes)
    }
}
