package import DecisionTables
import Synchronization
package import Values

/// Cells of decision tables as an officer reads them; the files and the command line keep the spelling of the DMN standard.
package enum RuleText {
    /// `≥ 1000且≤ 5000`, `不限`.
    package static func word(_ cell: TableCell) -> Word {
        switch cell.test {
        case .any: Word("不限", "any")
        case .oneOf(let intervals): joined(intervals)
        case .noneOf(let intervals): Word("除外：" + joined(intervals).chinese, "none of: " + joined(intervals).text(.english))
        }
    }

    /// How many rules may apply at once.
    package static func word(_ hit: HitPolicy) -> Word {
        switch hit {
        case .unique: Word("至多一条规则适用", "at most one rule applies")
        case .any: Word("几条适用时结果应相同", "rules that apply must agree")
        case .priority: Word("按结果的先后取一个", "the first in the order of results")
        case .first: Word("取先适用的一条", "the first rule that applies")
        case .ruleOrder: Word("适用的都列出，按规则顺序", "all that apply, in the order of rules")
        case .outputOrder: Word("适用的都列出，按结果顺序", "all that apply, in the order of results")
        case .collect: Word("适用的都列出", "all that apply")
        case .collectSum: Word("适用的相加", "the sum of all that apply")
        case .collectMin: Word("适用的取最小", "the least of all that apply")
        case .collectMax: Word("适用的取最大", "the greatest of all that apply")
        case .collectCount: Word("适用的条数", "how many apply")
        }
    }

    /// A composed sentence with its cells, which stand in 「」, as an officer reads them.
    static func sentence(_ text: String) -> Word {
        var result = ""
        var rest = text.unicodeScalars[...]
        while let open = rest.firstIndex(of: "「"), let close = rest[open...].firstIndex(of: "」") {
            result += String(rest[...open])
            let inside = String(rest[rest.index(after: open)..<close])
            result += shown(inside) ?? inside
            rest = rest[close...]
        }
        return result.isEmpty ? Word(text) : Word(result + String(rest))
    }

    /// Only what begins as a comparison or an interval: names of rules stand in 「」 too.
    private static func shown(_ inside: String) -> String? {
        guard let first = inside.unicodeScalars.first, "<>=[]()".unicodeScalars.contains(first) else { return nil }
        if let known = shownCells.withLock({ $0[inside] }) { return known }
        let shown = (try? TableCell(parsing: inside)).map { word($0).chinese }
        shownCells.withLock { known in
            if known.count >= mostCells { known.removeAll() }
            known.updateValue(shown, forKey: inside)
        }
        return shown
    }

    /// What cells are shown as: the same few of the tables in force stand on every dossier, and reading one costs more than the rest of its line.
    private static let shownCells = Mutex<[String: String?]>([:])
    private static let mostCells = 4096

    private static func joined(_ intervals: [ValueInterval]) -> Word {
        let words = intervals.map(word)
        return Word(words.map(\.chinese).joined(separator: " 或 "), words.map { $0.text(.english) }.joined(separator: " or "))
    }

    private static func word(_ interval: ValueInterval) -> Word {
        if let single = interval.single { return Word(single.description) }
        let lower = interval.lower.map { ($0.isIncluded ? "≥ " : "> ") + $0.value.description }
        let upper = interval.upper.map { ($0.isIncluded ? "≤ " : "< ") + $0.value.description }
        switch (lower, upper) {
        case (let lower?, let upper?): return Word("\(lower)且\(upper)", "\(lower) and \(upper)")
        case (let only?, nil), (nil, let only?): return Word(only)
        case (nil, nil): return Word("不限", "any")
        }
    }
}
