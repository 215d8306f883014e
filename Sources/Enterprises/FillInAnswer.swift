import Evidence
package import Storage
package import Values

/// What a firm itself answers to one field of a request to fill in (企业补报), until its town, the department that answers for the field or the office accepts it.
package struct FillInAnswer: Sendable, Equatable {
    package let id: ID<FillInAnswer>
    package let fillIn: ID<FillIn>
    package let enterprise: ID<Enterprise>
    /// Who answered.
    package var account: String
    package let field: FillInField
    /// As it is kept: money in fen.
    package var value: String
    package var state: CorrectionRequest.State
    /// What was said to it.
    package var remark: String?
    /// When it was answered, or decided where it was.
    package let changed: Day
    /// The position of its version, for noticing that it was changed after it was shown.
    package var version: Int64 = 0

    var row: [Value] {
        [
            Value(fillIn), Value(enterprise), .text(account), .text(field.rawValue), .text(value), .text(state.rawValue), Value(remark),
        ]
    }
}

extension FillInField {
    package var label: Word { EnterpriseWords.fillInFieldNames[self] ?? Word(rawValue) }

    /// The column that a department must answer for to decide.
    package var column: DossierColumn {
        switch self {
        case .sales, .brandSales, .exports, .research, .tax: figure?.column ?? .sales
        case .code: .identity
        case .address: .place
        case .industryCode: .industry
        }
    }

    /// The field of the dossier itself; nil for a yearly figure.
    var request: RequestField? { figure == nil ? RequestField(rawValue: rawValue) : nil }

    /// What a firm wrote, as it is kept.
    ///
    /// - Throws: `fill-in.value`.
    package func read(_ text: String, for firm: Enterprise) throws -> String {
        guard let request else {
            guard case .fen(let fen) = Amount.read(text, unit: .tenThousandYuan), fen.number >= 0 else {
                throw Failure(.invalid, "fill-in.value", "“\(text.prefix(40))”不是「\(label.chinese)」的数", cure: "填写万元数，如 4293.04；没有的写 0")
            }
            return String(fen.number)
        }
        guard text.count <= request.most else {
            throw Failure(.invalid, "fill-in.value", "「\(label.chinese)」不超过\(request.most)个字", cure: "写短一些")
        }
        return request.value(of: try request.laid(text, over: firm)) ?? text
    }

    /// A kept value as people read it.
    func shown(_ value: String) -> Word {
        guard figure != nil, let number = Int64(value) else { return Word(name: value) }
        let (amount, unit) = (Fen(number).tenThousandYuan, EnterpriseWords.tenThousand)
        return Word("\(amount) \(unit.chinese)", "\(amount) \(unit.text(.english))")
    }

    /// What the dossier says; nil where it is not known.
    func known(_ dossier: Dossier, year: Int) -> String? {
        guard let figure else { return request?.value(of: dossier.firm) }
        return dossier.accounts.first { $0.year == year }?.figures[figure].map { String($0.number) }
    }
}

/// Reads answers of firms.
package enum FillInAnswerStore {
    private static let columns: SQL =
        "c.id, c.fill_in_id, c.enterprise_id, c.account, c.field, c.value, c.state, c.remark, j.day, c.known_from"
    private static let source: SQL = "from fill_in_answer as c join journal as j on j.position = c.known_from"

    /// Those of a firm and of those merged into it, the latest first.
    package static func all(of dossier: Dossier, _ session: any Session) throws -> [FillInAnswer] {
        try session.rows(
            "select \(columns) \(source) where c.enterprise_id in \(SQL.list(FillInStore.numbers(dossier))) and \(RecordTable.current("c")) order by c.id desc limit 200"
        ).map(answer)
    }

    /// What waits for a decision that the actor may take, the oldest first, each with its request and the dossier as it stands.
    package static func open(
        to actor: Actor, of fillIn: ID<FillIn>? = nil, _ regions: RegionDirectory, _ session: any Session
    ) throws -> [Waiting] {
        let survivors = try Survivors.load(session)
        // What others decide about is left out before the list is cut, or a busy town would hide another one's answers.
        let fields = FillInField.allCases.filter { actor.answers(for: $0.column) }.map { Value.text($0.rawValue) }
        var condition: SQL = "c.state = 'open' and \(RecordTable.current("c")) and c.field in \(SQL.list(fields))"
        if let fillIn { condition += " and c.fill_in_id = \(fillIn)" }
        if let own = try regions.entrusted(to: actor) {
            condition += """
                 and exists (select 1 from enterprise as e where e.id = c.enterprise_id and \(RecordTable.current("e"))
                    and (e.status = 'merged' or e.region_id in \(SQL.list(own.sorted().map(Value.integer)))))
                """
        }
        let found = try session.rows("select \(columns) \(source) where \(condition) order by c.id limit 500").map(answer)
        var fillIns: [ID<FillIn>: FillIn] = [:]
        return try found.compactMap { answer in
            let dossier = try EnterpriseStore.dossier(survivors.of(answer.enterprise), at: nil, session)
            guard try EnterpriseStore.admits(dossier.firm, actor, regions) else { return nil }
            let request = try fillIns[answer.fillIn] ?? FillInStore.one(answer.fillIn, session)
            fillIns[answer.fillIn] = request
            return Waiting(answer: answer, fillIn: request, dossier: dossier)
        }
    }

    /// An answer with what it belongs to.
    package struct Waiting: Sendable {
        package let answer: FillInAnswer
        package let fillIn: FillIn
        package let dossier: Dossier
    }

    /// - Throws: `fill-in-answer.missing`, for another town's, too; `duty.not-yours`.
    static func find(_ id: ID<FillInAnswer>, for actor: Actor, _ regions: RegionDirectory, _ session: any Session) throws -> Waiting {
        let missing = Failure(.missing, "fill-in-answer.missing", "没有第\(id)号企业补报", cure: "从更正申请的列表打开")
        guard let row = try session.row("select \(columns) \(source) where c.id = \(id) and \(RecordTable.current("c"))") else {
            throw missing
        }
        let answer = answer(row)
        let dossier = try EnterpriseStore.dossier(Survivors.load(session).of(answer.enterprise), at: nil, session)
        guard try EnterpriseStore.admits(dossier.firm, actor, regions) else { throw missing }
        try actor.requireDuty(for: [answer.field.column])
        return Waiting(answer: answer, fillIn: try FillInStore.one(answer.fillIn, session), dossier: dossier)
    }

    private static func answer(_ row: Row) -> FillInAnswer {
        FillInAnswer(
            id: row.id(0), fillIn: row.id(1), enterprise: row.id(2), account: row.text(3),
            field: FillInField(rawValue: row.text(4)) ?? .address,
            value: row.text(5), state: CorrectionRequest.State(rawValue: row.text(6)) ?? .open, remark: row.optionalText(7),
            changed: row.day(8) ?? Day(number: 0), version: row.integer(9))
    }
}

extension RecordTable {
    /// What firms answer to requests to fill in.
    package static let fillInAnswer = RecordTable(
        "fill_in_answer", columns: ["fill_in_id", "enterprise_id", "account", "field", "value", "state", "remark"])
}

extension Migration {
    /// Firms answer requests to fill in for themselves.
    static let fillInAnswers = Migration(
        "enterprises-fill-in-answers-0001",
        [
            """
            create table fill_in_answer (
                id {int} not null, known_from {int} not null, known_to {int} not null, fill_in_id {int} not null, enterprise_id {int} not null,
                account {text} not null, field {text} not null, value {text} not null, state {text} not null, remark {text},
                primary key (id, known_from)
            ) {strict}
            """,
            """
            create unique index fill_in_answer_open on fill_in_answer (enterprise_id, fill_in_id, field)
            where known_to = 9223372036854775807 and state = 'open'
            """,
            "create index fill_in_answer_firm on fill_in_answer (enterprise_id) where known_to = 9223372036854775807",
            "create index fill_in_answer_state on fill_in_answer (state, id) where known_to = 9223372036854775807",
            "create index fill_in_row_firm on fill_in_row (enterprise_id)",
        ])
}
