package import Values

/// What can be shown about a table without any facts: where rules overlap, where none speaks, which can never decide.
package struct Proof: Sendable, Equatable {
    /// Pairs of rules that match together although the hit policy does not say which holds. Exact for any number of inputs.
    package let overlaps: [Finding]
    /// Regions in which no rule matches (空档); none where the table has a default.
    package let uncovered: [Finding]
    /// Rules that can never decide.
    package let unreachable: [Finding]
    /// What the text leaves open.
    package let openConditions: [OpenCondition]
    package let coverage: Coverage
    /// Cells of the domain visited, over all searches.
    package let visited: Int

    /// How far `uncovered` and `unreachable` reach; what is listed is true in either case.
    package enum Coverage: Sendable, Equatable {
        case exact
        /// The search stopped after so many cells: more holes or unreachable rules may exist.
        case notProved(budget: Int)

        /// For the page: 已穷尽 or the budget.
        package var sentence: String {
            switch self {
            case .exact: "空档与不可达规则已穷尽检查。"
            case .notProved(let budget): "条件多于四项，检查\(budget)格后停止，空档与不可达规则未能穷尽；列出的都属实，重叠已穷尽。"
            }
        }
    }

    /// Whether nothing was found and everything was searched.
    package var isClean: Bool { overlaps.isEmpty && uncovered.isEmpty && unreachable.isEmpty && coverage == .exact }

    /// Every finding, as `programme check` lists them.
    package var findings: [Finding] { overlaps + uncovered + unreachable }

    package struct Finding: Sendable, Equatable {
        package enum Kind: String, Sendable { case overlap, uncovered, unreachable }

        package let kind: Kind
        /// The rules concerned, in the order of the file; empty for a hole.
        package let rules: [String]
        /// Their lines, where known.
        package let lines: [Int]
        package let clause: String
        package let file: String?
        /// By input name: `sales = 5000`; conditions joined by 且, empty where everything is concerned.
        package let region: String
        /// One set of facts for which it happens; open inputs are left out. Empty for a rule that no facts satisfy.
        package let witness: [String: FactValue]
        /// In Chinese, with labels and units.
        package let message: String
        package let cure: String

        /// The finding as a failure of kind invalid with code `table.overlap`, `table.uncovered` or `table.unreachable`.
        package var failure: Failure {
            Failure(.invalid, "table." + kind.rawValue, message, at: FilePlace(file: file, line: lines.first, clause: clause), cure: cure)
        }
    }
}
