import Foundation
import Values

/// Reads the targets of a programme; every kind has its own keys, and the keys of other kinds are unknown to it.
struct ReadTargets {
    let log: FailureLog

    func read(_ readers: [FieldReader]) -> [Target] { readers.compactMap(target) }

    /// The keys that belong to one kind.
    private struct Terms {
        var comparison: Comparison?
        var goal: Decimal?
        var unit: String?
        var from: Stated<Day>?
        var due: Stated<Day>?
        var period: Stated<TargetPeriod>?
        var against: [String] = []
        var rank: Int?
        var among: String?
    }

    private func target(_ reader: FieldReader) -> Target? {
        let id = reader.requiredText("id")
        let title = reader.requiredText("title")
        let kind = reader.word("kind", TargetKind.self)
        let clause = reader.requiredClause()
        let text = reader.requiredText("text")
        let metric = reader.requiredText("metric").map(TargetMetric.init(written:))
        let owner = owner(reader)
        let says = reader.says(clause: clause)
        let terms = kind.map { self.terms($0, reader) } ?? Terms()
        reader.check(terms.goal, "goal", isSaidIn: says)
        check(metric, kind, reader)
        let readings = reader.texts("other-readings")
        let isOpen = reader.writesOpen("owner", "metric", "due", "from", "period", "per") || !readings.isEmpty
        let target = Target(
            id: id ?? "", title: title ?? "", kind: kind ?? .qualitative, clause: clause, text: text ?? "", metric: metric ?? .none,
            otherReadings: readings, filters: filters(reader), owner: owner, comparison: terms.comparison, goal: terms.goal,
            unit: terms.unit,
            from: terms.from, due: terms.due, dueLabel: reader.text("due-label"), period: terms.period, against: terms.against,
            rank: terms.rank, among: terms.among, baseline: baseline(reader), path: path(reader), says: says, legal: reader.legal(),
            open: reader.openNote(needed: isOpen), line: reader.line)
        reader.done()
        return id == nil || kind == nil ? nil : target
    }

    private func owner(_ reader: FieldReader) -> Stated<String> {
        guard let text = reader.requiredText("owner"), text != "open" else { return .open }
        return .said(reader.organisation(text, "owner"))
    }

    private func check(_ metric: TargetMetric?, _ kind: TargetKind?, _ reader: FieldReader) {
        guard let metric, let kind else { return }
        if (kind == .qualitative) != (metric == .none) {
            reader.fail(
                "metric-of-kind", "\(reader.name)的「metric」与种类不符。", cure: "定性目标写 none；其他目标写指标名、reported 或 open。",
                line: reader.value("metric")?.line)
        }
    }

    private func terms(_ kind: TargetKind, _ reader: FieldReader) -> Terms {
        var terms = Terms()
        switch kind {
        case .reach, .stock:
            quantity(reader, &terms)
            terms.due = reader.requiredDate("due", .last)
        case .hold:
            quantity(reader, &terms)
            terms.period = period(reader, "period")
            span(reader, &terms)
        case .additions:
            quantity(reader, &terms)
            terms.from = reader.requiredDate("from", .first)
            terms.due = reader.requiredDate("due", .last)
        case .growth:
            quantity(reader, &terms)
            terms.period = period(reader, "per")
            span(reader, &terms)
        case .compare: comparison(reader, &terms)
        case .qualitative: terms.due = reader.date("due", .last)
        }
        return terms
    }

    private func quantity(_ reader: FieldReader, _ terms: inout Terms) {
        terms.comparison = reader.word("comparison", Comparison.self)
        terms.goal = reader.requiredNumber("goal")
        terms.unit = reader.requiredText("unit")
    }

    private func span(_ reader: FieldReader, _ terms: inout Terms) {
        terms.from = reader.date("from", .first)
        terms.due = reader.date("due", .last)
    }

    private func period(_ reader: FieldReader, _ key: String) -> Stated<TargetPeriod>? {
        guard let text = reader.requiredText(key) else { return nil }
        if text == "open" { return .open }
        return reader.word(text, key, TargetPeriod.self, line: reader.line).map { .said($0) }
    }

    private func comparison(_ reader: FieldReader, _ terms: inout Terms) {
        terms.due = reader.date("due", .last)
        terms.against = reader.texts("against")
        if terms.against.isEmpty {
            terms.rank = reader.requiredNumber("rank").flatMap { Int("\($0)") }
            terms.among = reader.requiredText("among")
        } else {
            terms.comparison = reader.word("comparison", Comparison.self)
        }
    }

    private func filters(_ reader: FieldReader) -> [String: String] {
        guard let node = reader.value("where") else { return [:] }
        guard let entries = node.entries else {
            reader.fail("not-a-map", "\(reader.name)的「where」应为一组「键: 值」。", cure: "写成 { level: 国家 }。", line: node.line)
            return [:]
        }
        return Dictionary(entries.map { ($0.key, $0.value.text ?? "") }, uniquingKeysWith: { first, _ in first })
    }

    private func baseline(_ reader: FieldReader) -> Baseline? {
        guard let node = reader.value("baseline") else { return nil }
        if node.text == "open" { return .open }
        guard let nested = reader.map("baseline", "基数") else { return nil }
        let clause = nested.requiredClause()
        let value = nested.requiredNumber("value")
        let date = nested.requiredDate("date", .last) ?? .open
        nested.done()
        return value.map { .said(value: $0, date: date, clause: clause) }
    }

    private func path(_ reader: FieldReader) -> [Milestone] {
        reader.maps("path", "分步").compactMap { step in
            let clause = step.requiredClause()
            let value = step.requiredNumber("value")
            let on = step.requiredDate("on", .last)?.value
            step.done()
            guard let value, let on else { return nil }
            return Milestone(on: on, value: value, clause: clause, line: step.line)
        }
    }
}

extension FieldReader {
    /// What today's law says about the element.
    func legal() -> LegalStanding? {
        guard let nested = map("legal", "法律状态") else { return nil }
        let standing = nested.word("standing", LegalStanding.Standing.self)
        let basis = nested.requiredText("basis")
        let reason = nested.requiredText("reason")
        nested.done()
        guard let standing, let basis, let reason else { return nil }
        return LegalStanding(standing: standing, basis: basis == "open" ? .open : .said(basis), reason: reason)
    }
}
