import DecisionTables
import Foundation
import Values

/// Checks a programme as a whole: proofs of its tables, names of metrics, discrepancies, and what the text leaves open.
///
/// Findings are a function of the files' bytes and of the known names, so that a caller may keep them under `ProgrammeFolder.digest`.
package struct ProgrammeCheck {
    private let folder: ProgrammeFolder
    private let knownMetrics: Set<String>
    private let budget: Int

    /// `knownMetrics` are the names that the store answers; `budget` is how many cells a proof may visit.
    package init(_ folder: ProgrammeFolder, knownMetrics: Set<String>, budget: Int = 200_000) {
        self.folder = folder
        self.knownMetrics = knownMetrics
        self.budget = budget
    }

    /// Every finding, in the order of DESIGN's kinds and then of the files.
    package func findings() -> [PolicyFinding] {
        let tables = folder.rules.flatMap(findings(of:))
        return tables + unknownNames() + discrepancies() + openPoints()
    }

    // MARK: Tables

    private func findings(of rule: RuleFile) -> [PolicyFinding] {
        let whole = rule.table.prove(budget: budget)
        let measured = measuredPart(of: rule.table)
        let part = measured.rules.count == rule.table.rules.count ? whole : measured.prove(budget: budget)
        let found = (part.overlaps + whole.uncovered + part.unreachable).map { item in
            PolicyFinding(
                kind: PolicyFinding.Kind(rawValue: item.kind.rawValue) ?? .overlap, code: "table." + item.kind.rawValue,
                programme: folder.programme.id, file: path(rule.file), line: item.lines.first, clause: item.clause, message: item.message,
                cure: item.cure)
        }
        guard case .notProved = whole.coverage else { return found }
        return found + [
            finding(.open, "table.not-proved", rule.file, nil, rule.table.clause, whole.coverage.sentence, cure: "减少条件，或加大检查的格数。")
        ]
    }

    /// The table without rules that consist of open words alone: those match everything, so that they would overlap with every other
    /// rule, which is already said once as 待明确 of each condition.
    private func measuredPart(of table: DecisionTable) -> DecisionTable {
        let rules = table.rules.filter { rule in
            let isOpen = table.inputs.contains { $0.kind == .open && rule.cells[$0.name] != nil }
            return !isOpen || table.inputs.contains { $0.kind != .open && rule.cell($0).test != .any }
        }
        return DecisionTable(
            id: table.id, label: table.label, clause: table.clause, file: table.file, hit: table.hit, inputs: table.inputs, rules: rules,
            outputs: table.outputs, defaultOutput: table.defaultOutput)
    }

    private func unknownNames() -> [PolicyFinding] {
        let inputs = folder.rules.flatMap { rule in
            rule.metrics.sorted { $0.key < $1.key }.filter { !knownMetrics.contains($0.value.name) }.map { input in
                unknown(input.value.name, rule.file, input.value.line, rule.table.clause, "条件「\(input.key)」")
            }
        }
        let targets = folder.programme.targets.flatMap { target in
            ([target.metric.name].compactMap { $0 } + target.otherReadings).filter { !knownMetrics.contains($0) }.map { name in
                unknown(name, "programme.yaml", target.line, target.clause, "目标「\(target.title)」")
            }
        }
        return inputs + targets
    }

    private func unknown(_ name: String, _ file: String, _ line: Int, _ clause: String, _ who: String) -> PolicyFinding {
        let near = knownMetrics.filter { $0.split(separator: ".").first == name.split(separator: ".").first }.sorted()
        let cure = near.isEmpty ? "改成系统里有的指标名，或写 reported 由责任单位填报。" : "系统里相近的指标：\(near.joined(separator: "、"))。"
        return finding(.unknownName, "name.unknown-metric", file, line, clause, "\(who)用的指标「\(name)」系统里没有。", cure: cure)
    }

    // MARK: Discrepancies and open points

    private func discrepancies() -> [PolicyFinding] {
        folder.discrepancies().map { item in
            let clauses = item.sides.map(\.clause)
            let distinct = clauses.enumerated().filter { clauses.firstIndex(of: $0.element) == $0.offset }.map(\.element)
            return finding(
                .discrepancy, "discrepancy." + item.kind.rawValue, item.sides.first?.file ?? "programme.yaml", item.sides.first?.line,
                distinct.joined(separator: "、"), item.message, cure: item.settle)
        }
    }

    private func openPoints() -> [PolicyFinding] { openInRules() + openInProgramme() + openInFigures() + listedOpenPoints() }

    private func openInRules() -> [PolicyFinding] {
        folder.rules.flatMap { rule in
            let conditions = rule.table.openConditions.map { item in
                finding(
                    .open, "open.condition", rule.file, rule.table.input(item.input)?.line, item.clause,
                    "条件「\(item.label)」原文没有尺度，规则\(item.rules.joined(separator: "、"))不能用它分类。", cure: "由主管部门认定尺度，再改成可以统计的指标。")
            }
            let inputs = rule.openInputs.sorted { $0.key < $1.key }.map { item in
                finding(
                    .open, "open.input", rule.file, rule.table.input(item.key)?.line, rule.table.clause,
                    "条件「\(rule.table.input(item.key)?.label ?? item.key)」待明确：\(item.value)。", cure: "由主管部门认定口径。")
            }
            return conditions + inputs
        }
    }

    private func openInProgramme() -> [PolicyFinding] {
        let programme = folder.programme
        let source = programme.source
        let elements: [(String, String?, Int, String)] =
            [("文本来历", source.open, source.line, source.clause)]
            + programme.phases.map { ("阶段「\($0.label)」", $0.open, $0.line, $0.clause) }
            + programme.targets.map { ("目标「\($0.title)」", $0.open, $0.line, $0.clause) }
            + programme.duties.map { ("措施「\($0.title)」", $0.open, $0.line, $0.clause) }
            + programme.amounts.map { ("金额「\($0.title)」", $0.open, $0.line, $0.clause) }
        return elements.compactMap { who, note, line, clause in
            note.map { finding(.open, "open.element", "programme.yaml", line, clause, "\(who)待明确：\($0)。", cure: "查原文件或由主管部门认定。") }
        }
    }

    private func openInFigures() -> [PolicyFinding] {
        folder.reported.flatMap(\.figures).compactMap { figure in
            figure.open.map {
                finding(.open, "open.figure", figure.file, figure.line, figure.clause, "数字「\(figure.label)」待明确：\($0)。", cure: "由填报单位说明。")
            }
        }
    }

    private func listedOpenPoints() -> [PolicyFinding] {
        folder.programme.openPoints.map { point in
            let note = point.note.map { "（\($0)）" } ?? ""
            return finding(.open, "open.point", "programme.yaml", point.line, point.clause, point.question + note, cure: "查原文件或由主管部门认定。")
        }
            + folder.programme.missingPapers.map { paper in
                finding(
                    .open, "open.missing-paper", "programme.yaml", paper.line, paper.clause, "缺少文件《\(paper.title)》：\(paper.why)。",
                    cure: "向发文单位索取，补进方案。")
            }
    }

    private func finding(
        _ kind: PolicyFinding.Kind, _ code: String, _ file: String, _ line: Int?, _ clause: String, _ message: String, cure: String
    ) -> PolicyFinding {
        PolicyFinding(
            kind: kind, code: code, programme: folder.programme.id, file: path(file), line: line, clause: clause, message: message,
            cure: cure)
    }

    private func path(_ file: String) -> String { folder.programme.id + "/" + file }
}
