import Foundation
import Values

/// What many elements of a programme file share: clause, quoted numbers, dates that may be open.
extension FieldReader {
    /// The clause of the element; it has to be one of the document's.
    func requiredClause() -> String {
        guard let text = requiredText("clause") else { return "" }
        check(clause: text, line: value("clause")?.line)
        return text
    }

    func check(clause text: String, line: Int?) {
        guard let known = log.clauses, !known.contains(text) else { return }
        fail("unknown-clause", "\(name)的条款「\(text)」不在「clauses」里。", cure: "改成原文的条款编号，或先把这一条列进「clauses」。", line: line)
    }

    /// The numbers of the text that the element carries.
    func says(clause: String) -> [SaidNumber] {
        guard let found = value("says") else { return [] }
        guard let items = found.items else {
            fail("not-a-list", "\(name)的「says」应为列表，这里是\(found.chinese)。", cure: "写成 [\"5000万元以上\"]。", line: found.line)
            return []
        }
        let quoted = items.compactMap { said($0, clause: clause) }
        for item in quoted { log.claim(item, by: name) }
        return quoted
    }

    private func said(_ item: YamlNode, clause: String) -> SaidNumber? {
        var place = clause
        var text = item.text
        if text == nil {
            guard let reader = FieldReader(item, "原文的数", log: log) else { return nil }
            text = reader.requiredText("text")
            place = reader.requiredClause()
            reader.done()
        }
        guard let text else { return nil }
        if NumbersInText.find(in: text).isEmpty {
            fail("says-without-number", "\(name)的 says 写了「\(text)」，里面没有数。", cure: "照抄原文里含那个数的几个字。", line: item.line)
        }
        return SaidNumber(text: text, clause: place, line: item.line)
    }

    /// The id of an organisation that the document names.
    func organisation(_ id: String, _ key: String) -> String {
        if !log.organisations.contains(id) {
            fail(
                "unknown-organisation", "\(name)的「\(key)」写了「\(id)」，organisations 里没有这个机构。", cure: "改正 id，或先把原文点名的机构列进 organisations。",
                line: value(key)?.line)
        }
        return id
    }

    /// A date of which the text may say only the year or the month; `open` where it says nothing.
    func date(_ key: String, _ edge: DateEdge) -> Stated<Day>? {
        guard let text = text(key) else { return nil }
        if text == "open" { return .open }
        if let day = edge.day(text) { return .said(day) }
        fail("not-a-date", "\(name)的「\(key)」写了「\(text)」，不是日期。", cure: "写成 2006-09-05、2006-09、2006 或 open。", line: value(key)?.line)
        return nil
    }

    func requiredDate(_ key: String, _ edge: DateEdge) -> Stated<Day>? { required(key) == nil ? nil : date(key, edge) }

    /// The explanation that every `open` needs; reports its absence where something is open.
    func openNote(needed: Bool) -> String? {
        let note = text("open")
        if needed, note == nil, !has("open") {
            fail("open-unexplained", "\(name)里写了 open，没有说明原文哪里没有定。", cure: "加上「open: 说明」，一句话。")
        }
        return note
    }

    /// A number that the file types must be one that the element quotes.
    func check(_ number: Decimal?, _ key: String, isSaidIn says: [SaidNumber]) {
        guard let number, !says.isEmpty, !says.contains(where: { $0.carries(number) }) else { return }
        let quoted = says.map { "「\($0.text)」" }.joined()
        fail(
            "value-not-said", "\(name)的「\(key)」是 \(number)，而 says 里的\(quoted)没有这个数。", cure: "两处改成一致，以原文为准。", line: value(key)?.line)
    }
}

/// Which end of a year or month is meant where only these are given.
enum DateEdge {
    case first
    case last

    func day(_ text: String) -> Day? {
        if let day = Day(text) { return day }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first, first.count == 4, let year = Int(first) else { return nil }
        if parts.count == 1 { return self == .first ? Day(year: year, month: 1, day: 1) : Day(year: year, month: 12, day: 31) }
        guard parts.count == 2, parts[1].count == 2, let month = Int(parts[1]) else { return nil }
        let start = Day(year: year, month: month, day: 1)
        return self == .first ? start : start?.endOfMonth
    }
}
