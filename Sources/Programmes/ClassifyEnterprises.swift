import DecisionTables
import Evidence
import Policy
package import Storage
package import Values

extension ProgrammeDesk {
    /// Proposes a class for every active firm: one question for each input, firms and answers read side by side in the order of their numbers.
    ///
    /// - Parameter known: the journal position to answer from; nil for the latest.
    package func classify(_ table: ClassTable, on day: Day, known: Int64?, by actor: Actor, _ session: any Session) throws -> ClassRun {
        let position = try known ?? JournalQuery.head(session).position
        let rulings = table.rulings.map(\.choice).joined(separator: ";")
        let key = [
            table.programme.id, table.asWritten.id, table.fileSha, rulings, String(table.year(on: day)), day.description, String(position),
            actor.role.rawValue, actor.region.map { String($0) } ?? "",
        ].joined(separator: "|")
        return try shelf.run(key) {
            let columns = try columns(table, on: day, known: known, by: actor, session)
            var counting = ClassCounting(table: table.table, columns: columns)
            try session.forEach(try ClassStore.subjects(office, actor, at: known)) { counting.add($0.integer(0)) }
            var run = counting.run(table, on: day, position: position)
            run.differences = try ClassStore.differences(run, session, at: known)
            return run
        }
    }

    /// The answers to the inputs of a table. Inputs whose metric nobody answers stay unknown; `programme check` names them.
    func columns(_ table: ClassTable, on day: Day, known: Int64?, by actor: Actor, _ session: any Session) throws -> [InputColumn] {
        let asking = asking(actor)
        return try table.asWritten.inputs.compactMap { input -> InputColumn? in
            guard let metric = table.rule.metrics[input.name], let source = inputs[metric.name] else { return nil }
            var column = InputColumn(input: input.name, source: source, unit: metric.unit)
            let question = source.question(year: table.year(on: day), on: day, known: known)
            try asking.byRecord(question, dimension: source.dimension, session) { id, figure in
                guard let value = figure.value, (column.ids.last ?? Int64.min) < id else { return }
                column.ids.append(id)
                column.values.append(value)
            }
            return column
        }
    }
}

/// Puts firms into groups, one after another in the order of their numbers.
struct ClassCounting {
    private let table: DecisionTable
    private let columns: [InputColumn]
    private var cursors: [Int]
    private var outcomes: [Outcome]
    private var counts: [Int]
    private var ids: [Int64] = []
    private var placement: [UInt16] = []
    private var single: [String: FactValue] = [:]

    init(table: DecisionTable, columns: [InputColumn]) {
        self.table = table
        self.columns = columns
        cursors = columns.map { _ in 0 }
        // Rules that nobody falls under are shown with 0; only tables with one answer have these as their own groups.
        outcomes = table.rules.map { .decided(rules: [$0.id], answer: .one(table.output(of: $0))) }
        counts = outcomes.map { _ in 0 }
    }

    /// For one firm whose facts are known already.
    init(table: DecisionTable, facts: [String: FactValue]) {
        self.init(table: table, columns: [])
        single = facts
    }

    /// The group of the one firm.
    func only() -> ClassGroup { group(table.outcome(single), 1) }

    /// Adds the next firm; numbers ascend.
    mutating func add(_ id: Int64) {
        var facts: [String: FactValue] = [:]
        for index in columns.indices {
            let column = columns[index]
            while cursors[index] < column.ids.count, column.ids[cursors[index]] < id { cursors[index] += 1 }
            if cursors[index] < column.ids.count, column.ids[cursors[index]] == id { facts[column.input] = column.fact(at: cursors[index]) }
        }
        let outcome = table.outcome(facts)
        let place: Int
        if let known = outcomes.firstIndex(of: outcome) {
            place = known
        } else {
            place = outcomes.count
            outcomes.append(outcome)
            counts.append(0)
        }
        counts[place] += 1
        ids.append(id)
        placement.append(UInt16(clamping: place))
    }

    func run(_ table: ClassTable, on day: Day, position: Int64) -> ClassRun {
        let groups = outcomes.indices.map { group(outcomes[$0], counts[$0]) }
        let order = groups.indices.sorted { rank(groups[$0].kind, $0) < rank(groups[$1].kind, $1) }
        var moved = [UInt16](repeating: 0, count: groups.count)
        for (new, old) in order.enumerated() { moved[old] = UInt16(clamping: new) }
        return ClassRun(
            table: table, on: day, year: table.year(on: day), position: position, groups: order.map { groups[$0] }, ids: ids,
            placement: placement.map { moved[Int($0)] }, columns: columns)
    }

    private func rank(_ kind: ClassGroup.Kind, _ index: Int) -> Int {
        let base =
            switch kind {
            case .decided: 0
            case .overlap: 1
            case .missing: 2
            case .uncovered: 3
            }
        return base * 100_000 + index
    }

    private func group(_ outcome: Outcome, _ count: Int) -> ClassGroup {
        func label(_ rules: [String]) -> String { rules.map { table.rule($0)?.label ?? $0 }.joined(separator: "、") }
        switch outcome {
        case .decided(let rules, _):
            let key = rules.isEmpty ? "default" : rules.joined(separator: "+")
            return ClassGroup(key: key, kind: .decided, label: rules.isEmpty ? "默认" : label(rules), outcome: outcome, count: count)
        case .held(let rules):
            let at = table.readings().first { $0.rules == rules && table.readings().filter { $0.rules == rules }.count == 1 }
            let name = at.map { "重叠：" + $0.label } ?? "重叠：" + label(rules)
            return ClassGroup(key: "overlap:" + rules.joined(separator: "+"), kind: .overlap, label: name, outcome: outcome, count: count)
        case .missing(let names):
            let what = names.map { table.input($0)?.label ?? $0 }.joined(separator: "、")
            return ClassGroup(
                key: "missing:" + names.joined(separator: "+"), kind: .missing, label: "缺数据：" + what, outcome: outcome, count: count)
        case .uncovered: return ClassGroup(key: "uncovered", kind: .uncovered, label: "空档", outcome: outcome, count: count)
        }
    }
}
