import DecisionTables
import Evidence
import Policy
package import Storage
package import Values

extension ProgrammeDesk {
    /// Proposes a class for every active firm: one walk for each register, firms and answers side by side in the order of their numbers.
    ///
    /// A kept run of another position is brought to this one by judging again the firms that the acts between touched.
    /// - Parameter known: the journal position to answer from; nil for the latest.
    package func classify(_ table: ClassTable, on day: Day, known: Int64?, by actor: Actor, _ session: any Session) throws -> ClassRun {
        let position = try known ?? JournalQuery.head(session).position
        let judging = JudgeEnterprises(desk: self, table: table, day: day, actor: actor, known: known)
        let run = try shelf.run(judging.key, at: position) { base in
            if let base, let touched = try judging.touched(from: base.position, to: position, session) {
                return try judging.again(base, touched, at: position, session)
            }
            return try judging.all(at: position, session)
        }
        return run.on(day)
    }
}

/// What one table says about firms, read from the registers.
struct JudgeEnterprises {
    /// More touched firms than these are judged by walking through all.
    static let touchedAtMost = 50_000

    let desk: ProgrammeDesk
    let table: ClassTable
    let day: Day
    let actor: Actor
    let known: Int64?
    let columns: [InputColumn]
    /// The columns of the yearly accounts that answer the inputs; nil where another register answers one.
    private let accounts: [Identifier]?

    /// Inputs whose metric nobody answers stay unknown; `programme check` names them.
    init(desk: ProgrammeDesk, table: ClassTable, day: Day, actor: Actor, known: Int64?) {
        self.desk = desk
        self.table = table
        self.day = day
        self.actor = actor
        self.known = known
        columns = table.asWritten.inputs.compactMap { input in
            guard let metric = table.rule.metrics[input.name], let source = desk.inputs[metric.name] else { return nil }
            return InputColumn(input: input.name, source: source, unit: metric.unit)
        }
        let names = columns.compactMap { ClassStore.accountColumn($0.source) }
        accounts = names.count == columns.count ? names : nil
    }

    private var year: Int { table.year(on: day) }

    /// Everything a run depends on besides the position. Accounts are of a year; what other registers answer may change from day to day.
    var key: String {
        [
            table.programme.id, table.asWritten.id, table.fileSha, table.rulings.map(\.choice).joined(separator: ";"), String(year),
            accounts == nil ? day.description : "", actor.role.rawValue, actor.region.map { String($0) } ?? "",
            "\(actor.heldRegions.sorted())",
        ].joined(separator: "|")
    }

    /// The firms that acts between two positions touched; nil where they are too many, or the registers do not tell.
    func touched(from first: Int64, to second: Int64, _ session: any Session) throws -> [Int64]? {
        guard accounts != nil else { return nil }
        let ids = try ClassStore.touched(after: min(first, second), until: max(first, second), limit: Self.touchedAtMost + 1, session)
        return ids.count > Self.touchedAtMost ? nil : ids
    }

    /// Every firm, judged anew.
    func all(at position: Int64, _ session: any Session) throws -> ClassRun {
        var facts = try facts(among: nil, session)
        var confirmed = FactWalk(columns: [0])
        try session.forEachNumbers(try ClassStore.confirmedRules(table, session, at: known, among: nil)) { confirmed.append($0) }
        confirmed.sort()
        var firms = ClassedFirms(places, inputs: inputPlaces)
        var row = columns.map { _ in OutcomePlaces.unknown }
        try session.forEachNumbers(try ClassStore.subjects(desk.office, actor, at: known, among: nil)) { subject in
            for walk in facts.indices { facts[walk].take(subject[0], into: &row) }
            firms.append(subject[0], facts: row, confirmed: confirmed.next(subject[0]) ?? 0)
        }
        return ClassRun(table, on: day, position: position, columns: columns, firms: firms)
    }

    /// A run of another position with the touched firms judged again.
    func again(_ base: ClassRun, _ touched: [Int64], at position: Int64, _ session: any Session) throws -> ClassRun {
        var firms = base.firms
        var rest = touched[...]
        while !rest.isEmpty {
            try put(Array(rest.prefix(400)), into: &firms, session)
            rest = rest.dropFirst(400)
        }
        return ClassRun(table, on: day, position: position, columns: columns, firms: firms)
    }

    private func put(_ ids: [Int64], into firms: inout ClassedFirms, _ session: any Session) throws {
        var facts = try facts(among: ids, session)
        var confirmed = FactWalk(columns: [0])
        try session.forEachNumbers(try ClassStore.confirmedRules(table, session, at: known, among: ids)) { confirmed.append($0) }
        confirmed.sort()
        var subjects: Set<Int64> = []
        try session.forEachNumbers(try ClassStore.subjects(desk.office, actor, at: known, among: ids)) { subjects.insert($0[0]) }
        var row = columns.map { _ in OutcomePlaces.unknown }
        for id in ids {
            for walk in facts.indices { facts[walk].take(id, into: &row) }
            firms.put(id, facts: subjects.contains(id) ? row : nil, confirmed: confirmed.next(id) ?? 0)
        }
    }

    /// The answers to the inputs: all accounts in one walk, else one question for each input.
    private func facts(among ids: [Int64]?, _ session: any Session) throws -> [FactWalk] {
        if let accounts {
            guard !accounts.isEmpty else { return [] }
            var walk = FactWalk(columns: Array(columns.indices))
            let sql = try ClassStore.accounts(accounts, year: year, desk.office, actor, at: known, among: ids)
            try session.forEachNumbers(sql) { walk.append($0) }
            return [walk]
        }
        let asking = desk.asking(actor)
        return try columns.enumerated().map { index, column in
            var walk = FactWalk(columns: [index])
            try asking.byRecord(column.source.question(year: year, on: day, known: known), dimension: column.source.dimension, session) {
                walk.append($0, $1.value.flatMap(RuleInput.whole))
            }
            return walk
        }
    }

    private var inputPlaces: [Int] { columns.compactMap { column in table.asWritten.inputs.firstIndex { $0.name == column.input } } }

    private var places: OutcomePlaces { table.places(columns) }
}

extension ClassTable {
    /// A table over the same inputs, ready for whole numbers as the columns hold them.
    func places(_ columns: [InputColumn], of other: DecisionTable? = nil) -> OutcomePlaces {
        OutcomePlaces(
            other ?? table,
            decimals: asWritten.inputs.map { input in
                columns.first { $0.input == input.name }.map { $0.source.decimals(unit: $0.unit) } ?? 0
            })
    }
}

/// Numbers beside firms' numbers in ascending order, read once from the front.
struct FactWalk {
    /// The columns that the numbers belong to.
    private let columns: [Int]
    private var ids: [Int64] = []
    private var numbers: [Int64] = []
    private var cursor = 0

    init(columns: [Int]) { self.columns = columns }

    /// A row: the firm's number, then a number for each column. A second row of a firm is left out.
    mutating func append(_ row: UnsafeBufferPointer<Int64>) {
        guard ids.last != row[0] else { return }
        ids.append(row[0])
        for number in row.dropFirst() { numbers.append(number.magnitude < 9_000_000_000_000_000 ? number : OutcomePlaces.unknown) }
    }

    mutating func append(_ id: Int64, _ number: Int64?) {
        guard ids.last != id else { return }
        ids.append(id)
        numbers.append(number ?? OutcomePlaces.unknown)
    }

    /// Brings rows that were not read in the order of the numbers into it; for walks of one column.
    mutating func sort() {
        guard columns.count == 1, zip(ids, ids.dropFirst()).contains(where: { $0 > $1 }) else { return }
        let order = ids.indices.sorted { ids[$0] < ids[$1] }
        (ids, numbers) = (order.map { ids[$0] }, order.map { numbers[$0] })
    }

    /// Puts a firm's numbers, or unknown, into their columns; firms are asked for in ascending order.
    mutating func take(_ id: Int64, into row: inout [Int64]) {
        let isHere = seek(id)
        for (offset, column) in columns.enumerated() {
            row[column] = isHere ? numbers[cursor * columns.count + offset] : OutcomePlaces.unknown
        }
    }

    /// The number of a walk of one column.
    mutating func next(_ id: Int64) -> Int? { seek(id) ? Int(numbers[cursor]) : nil }

    private mutating func seek(_ id: Int64) -> Bool {
        while cursor < ids.count, ids[cursor] < id { cursor += 1 }
        return cursor < ids.count && ids[cursor] == id
    }
}
