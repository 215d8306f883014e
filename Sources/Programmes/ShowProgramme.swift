import DecisionTables
package import Policy
import Values

extension ProgrammeFolder {
    /// A programme clause by clause with what each runs, as lines of text for a terminal.
    package var shownLines: [String] {
        let source = programme.source
        var lines = [
            programme.title,
            [source.kind.word.chinese, source.issuer.value ?? "发文单位待明确", source.number.value, source.date.value?.description ?? "日期待明确"]
                .compactMap { $0 }.joined(separator: " · "),
        ]
        for clause in programme.clauses {
            lines.append("\(clause.id)　\(clause.title)：\(clause.summary)")
            for element in contents(of: clause.id) {
                let runs = element.runs.filter { $0 != .none }.map(\.word.chinese).joined(separator: "、")
                let legal = element.legal.map { "【\($0.standing.word.chinese)】" } ?? ""
                lines.append("  - \(element.kind.word.chinese)：\(element.title)\(runs.isEmpty ? "" : "（\(runs)）")\(legal)")
            }
        }
        return lines
    }
}
