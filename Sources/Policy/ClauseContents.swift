import DecisionTables
package import Values

/// An element of a programme that cites a clause: what the clause runs, in one line with the way to it.
package struct ClauseElement: Sendable, Hashable {
    /// What sort of element it is.
    package enum Kind: String, Sendable, CaseIterable {
        case source, organisation, phase, work, duration, target, duty, rule, amount, figure, list
        case openPoint = "open-point"
        case missingPaper = "missing-paper"

        /// As the programme's page names it.
        package var word: Word {
            switch self {
            case .source: Word("来历", "source")
            case .organisation: Word("机构", "organisation")
            case .phase: Word("阶段", "phase")
            case .work: Word("工作", "work")
            case .duration: Word("期限", "length")
            case .target: Word("目标", "target")
            case .duty: Word("措施", "duty")
            case .rule: Word("决策表", "decision table")
            case .amount: Word("金额", "amount")
            case .figure: Word("报告的数字", "reported figure")
            case .list: Word("名单", "list of names")
            case .openPoint: Word("待明确", "open")
            case .missingPaper: Word("待补文件", "missing paper")
            }
        }
    }

    package let kind: Kind
    /// Unique among its kind; for a rule file its name.
    package let id: String
    package let title: String
    /// Relative to the programme.
    package let file: String
    /// 1-based line of the file, where known.
    package let line: Int?
    /// The parts of the system that run it; empty for what is only said.
    package let runs: [RunningPart]
    package let legal: LegalStanding?
}

extension ProgrammeFolder {
    /// What cites this clause, in the order of the kinds; nothing means that the clause holds nothing to be run.
    package func contents(of clause: String) -> [ClauseElement] { (who + what + said).filter { $0.0 == clause }.map(\.1) }

    private typealias Cited = (String, ClauseElement)

    private func cite(
        _ clause: String, _ kind: ClauseElement.Kind, _ id: String, _ title: String, line: Int?, file: String = "programme.yaml",
        runs: [RunningPart] = [], legal: LegalStanding? = nil
    ) -> Cited {
        (clause, ClauseElement(kind: kind, id: id, title: title, file: file, line: line, runs: runs, legal: legal))
    }

    private var who: [Cited] {
        [cite(programme.source.clause, .source, programme.id, programme.source.document, line: programme.source.line)]
            + programme.organisations.map { cite($0.clause, .organisation, $0.id, $0.name, line: $0.line) }
            + programme.phases.map { cite($0.clause, .phase, $0.id, $0.label, line: $0.line, runs: [.programmes]) }
            + programme.phases.flatMap(\.work).map { cite($0.clause, .work, $0.id, $0.text, line: $0.line, runs: [.followThrough]) }
            + programme.durations.map { cite($0.clause, .duration, $0.id, $0.label, line: $0.line) }
    }

    private var what: [Cited] {
        programme.targets.map { cite($0.clause, .target, $0.id, $0.title, line: $0.line, runs: [.targets], legal: $0.legal) }
            + programme.duties.map { cite($0.clause, .duty, $0.id, $0.title, line: $0.line, runs: $0.runs, legal: $0.legal) }
            + rules.map { cite($0.table.clause, .rule, $0.file, $0.table.label, line: nil, file: $0.file, runs: [.programmes]) }
            + programme.amounts.map { cite($0.clause, .amount, $0.id, $0.title, line: $0.line, runs: [.incentives]) }
    }

    private var said: [Cited] {
        reported.flatMap(\.figures).map { cite($0.clause, .figure, $0.id, $0.label, line: $0.line, file: $0.file) }
            + reported.flatMap(\.lists).map { cite($0.clause, .list, $0.id, $0.label, line: $0.line, file: $0.file) }
            + programme.openPoints.map { cite($0.clause, .openPoint, $0.id, $0.question, line: $0.line) }
            + programme.missingPapers.map { cite($0.clause, .missingPaper, $0.id, $0.title, line: $0.line) }
    }
}
