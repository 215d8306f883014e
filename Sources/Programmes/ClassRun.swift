package import DecisionTables
package import Values

/// One way in which a table ends for firms, with how many.
package struct ClassGroup: Sendable, Equatable {
    package enum Kind: String, Sendable {
        /// 归类
        case decided
        /// 重叠
        case overlap
        /// 缺数据
        case missing
        /// 空档
        case uncovered
    }

    /// Stable: the rule's id, `overlap:A+B`, `missing`, `uncovered`.
    package let key: String
    package let kind: Kind
    package let label: String
    package let outcome: Outcome
    package let count: Int
}

/// A firm whose confirmed class is not what the table proposes now.
package struct ClassDifference: Sendable, Equatable {
    package let enterprise: Int64
    /// The id of the confirmed rule; nil for one that the table no longer has.
    package let confirmedRule: String?
    /// The key of the group that it stands in now.
    package let group: String
    /// Confirmed against the proposal, with a reason (人工调整).
    package let isException: Bool
}

/// What a table says about every firm on a day: a proposal (系统建议), never stored; after an act only the touched firms are judged again.
///
/// Of each firm its number, its group and the table's facts are held; the reasons of one firm come from `decision(of:)`.
package struct ClassRun: Sendable {
    package let table: ClassTable
    package let on: Day
    package let year: Int
    /// The journal position that the facts were read at.
    package let position: Int64
    /// Rules in the order of the file, then overlaps, missing, uncovered.
    package let groups: [ClassGroup]
    let columns: [InputColumn]
    let firms: ClassedFirms
    /// The place of each group's outcome.
    private let groupPlaces: [Int]

    init(_ table: ClassTable, on day: Day, position: Int64, columns: [InputColumn], firms: ClassedFirms) {
        self.table = table
        on = day
        year = table.year(on: day)
        self.position = position
        self.columns = columns
        self.firms = firms
        let all = firms.places.outcomes.enumerated().map { (place: $0, group: ClassGroup(table, $1, count: firms.tallies[$0].count)) }
        let shown = all.filter { $0.place < table.table.rules.count || $0.group.count > 0 }.sorted { first, second in
            (first.group.kind.rank, first.place < table.table.rules.count ? first.place : Int.max, first.group.key)
                < (second.group.kind.rank, second.place < table.table.rules.count ? second.place : Int.max, second.group.key)
        }
        groups = shown.map(\.group)
        groupPlaces = shown.map(\.place)
    }

    /// The same run under another day on which the same facts hold.
    func on(_ day: Day) -> ClassRun { day == on ? self : ClassRun(table, on: day, position: position, columns: columns, firms: firms) }

    /// How many firms were looked at.
    package var total: Int { firms.count }

    package func group(_ key: String) -> ClassGroup? { groups.first { $0.key == key } }

    /// The group that a firm stands in; nil for a firm that is not among those looked at.
    package func group(of enterprise: Int64) -> ClassGroup? { firms.firm(enterprise).flatMap { group(at: $0.place) } }

    func group(at place: Int) -> ClassGroup? { groupPlaces.firstIndex(of: place).map { groups[$0] } }

    /// The numbers of a group's firms after a cursor, ascending; at most `limit`.
    package func members(of key: String, after: Int64 = 0, limit: Int = .max) -> [Int64] {
        guard let place = place(of: key) else { return [] }
        return firms.numbers(after: after, limit: limit) { at, _ in at == place }
    }

    /// Changes when a firm joins or leaves a group.
    func seal(of key: String) -> String {
        guard let place = place(of: key) else { return "" }
        let tally = firms.tallies[place]
        return [UInt64(tally.count), tally.first, tally.second].map { String($0, radix: 16) }.joined(separator: "-")
    }

    private func place(of key: String) -> Int? { groups.firstIndex { $0.key == key }.map { groupPlaces[$0] } }

    /// How many confirmed classes are not what is proposed.
    package var differenceCount: Int { firms.differing }

    /// Confirmed classes that are not what is proposed, after a cursor.
    package func differences(after: Int64 = 0, limit: Int = .max) -> [ClassDifference] {
        firms.numbers(after: after, limit: limit) { firms.differs($0, $1) }.compactMap { id in
            guard let firm = firms.firm(id), let group = group(at: firm.place) else { return nil }
            let rule = firm.confirmed / 2 - 1
            return ClassDifference(
                enterprise: id, confirmedRule: table.asWritten.rules.indices.contains(rule) ? table.asWritten.rules[rule].id : nil,
                group: group.key, isException: firm.confirmed % 2 == 1)
        }
    }

    /// The facts of a firm in the units of the table.
    package func facts(of enterprise: Int64) -> [String: FactValue] {
        let firm = firms.firm(enterprise)
        var facts: [String: FactValue] = [:]
        for (index, column) in columns.enumerated() {
            let number = firm?.facts[index] ?? OutcomePlaces.unknown
            facts[column.input] = number == OutcomePlaces.unknown ? .unknown : column.source.value(whole: number, unit: column.unit)
        }
        return facts
    }

    /// The whole decision about one firm, with every reason.
    package func decision(of enterprise: Int64) -> Decision { table.table.decide(facts(of: enterprise)) }
}

/// One input that a metric answers.
struct InputColumn: Sendable {
    let input: String
    let source: RuleInput
    let unit: String?
}

extension ClassGroup.Kind {
    fileprivate var rank: Int {
        switch self {
        case .decided: 0
        case .overlap: 1
        case .missing: 2
        case .uncovered: 3
        }
    }
}

extension ClassGroup {
    /// The group of an outcome under a table.
    init(_ table: ClassTable, _ outcome: Outcome, count: Int) {
        let decided = table.table
        func label(_ rules: [String]) -> String { rules.map { decided.rule($0)?.label ?? $0 }.joined(separator: "、") }
        switch outcome {
        case .decided(let rules, _):
            let key = rules.isEmpty ? "default" : rules.joined(separator: "+")
            self.init(key: key, kind: .decided, label: rules.isEmpty ? "默认" : label(rules), outcome: outcome, count: count)
        case .held(let rules):
            let at = table.readings.filter { $0.rules == rules }
            let name = "重叠：" + (at.count == 1 ? at[0].label : label(rules))
            self.init(key: "overlap:" + rules.joined(separator: "+"), kind: .overlap, label: name, outcome: outcome, count: count)
        case .missing(let names):
            let what = names.map { decided.input($0)?.label ?? $0 }.joined(separator: "、")
            self.init(key: "missing:" + names.joined(separator: "+"), kind: .missing, label: "缺数据：" + what, outcome: outcome, count: count)
        case .uncovered: self.init(key: "uncovered", kind: .uncovered, label: "空档", outcome: outcome, count: count)
        }
    }
}
