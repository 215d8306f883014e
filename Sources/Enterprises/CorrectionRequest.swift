package import Storage
package import Values

/// A firm's wish that its dossier be corrected (申请更正).
package struct CorrectionRequest: Sendable, Equatable {
    package enum State: String, Sendable {
        case open
        case accepted
        case declined
    }

    package let id: ID<CorrectionRequest>
    package let enterprise: ID<Enterprise>
    /// Who asked.
    package let account: String
    package let field: RequestField
    package let value: String
    package let reason: String
    package var state: State
    /// What the office answered.
    package var answer: String?
    /// When it was asked, and decided where it was.
    package let asked: Day
    package let changed: Day

    var row: [Value] {
        [
            Value(enterprise), .text(account), .text(field.rawValue), .text(value), .text(reason), .text(state.rawValue), Value(answer),
        ]
    }
}

/// The fields of its dossier that a firm can ask to be corrected.
package enum RequestField: String, Sendable, CaseIterable {
    case name
    case code
    case registration
    case address
    case kind
    case registered
    case industryCode = "industry-code"
    case industry
    case scope

    package var label: Word {
        switch self {
        case .name: EnterpriseWords.name
        case .code: EnterpriseWords.code
        case .registration: EnterpriseWords.registration
        case .address: EnterpriseWords.address
        case .kind: EnterpriseWords.kind
        case .registered: EnterpriseWords.registeredDay
        case .industryCode: EnterpriseWords.industryCode
        case .industry: EnterpriseWords.industry
        case .scope: EnterpriseWords.scope
        }
    }

    /// The column that a department must answer for to decide.
    package var column: DossierColumn {
        switch self {
        case .name, .code, .registration: .identity
        case .address: .place
        case .kind, .registered, .scope: .registration
        case .industryCode, .industry: .industry
        }
    }

    package func value(of firm: Enterprise) -> String? {
        switch self {
        case .name: firm.name
        case .code: firm.code
        case .registration: firm.registrationNumber
        case .address: firm.address
        case .kind: firm.kind
        case .registered: firm.registeredDay?.description
        case .industryCode: firm.industryCode
        case .industry: firm.industry
        case .scope: firm.scope
        }
    }

    /// The dossier with the value in the field's place.
    ///
    /// - Throws: `correction-request.value`.
    package func laid(_ text: String, over firm: Enterprise) throws -> Enterprise {
        var after = firm
        switch self {
        case .name: after.name = text
        case .code:
            guard case .creditCode(let code, _) = CodeReading(text) else { throw wrong(text) }
            after.code = code.text
        case .registration:
            guard case .registration(let number, _) = CodeReading(text) else { throw wrong(text) }
            after.registrationNumber = number.text
        case .address: after.address = text
        case .kind: after.kind = text
        case .registered:
            guard let day = Day(text) else { throw wrong(text) }
            after.registeredDay = day
        case .industryCode: after.industryCode = text
        case .industry: after.industry = text
        case .scope: after.scope = text
        }
        return after
    }

    /// So many characters a value of the field may have.
    var most: Int {
        switch self {
        case .name: 200
        case .code, .registration: 30
        case .address: 300
        case .kind, .industry: 100
        case .registered: 10
        case .industryCode: 5
        case .scope: 900
        }
    }

    private func wrong(_ text: String) -> Failure {
        Failure(.invalid, "correction-request.value", "“\(text)”写不进「\(label.chinese)」", cure: "日期写成 2006-09-05；代码照营业执照填写")
    }
}

/// Reads requests.
package enum CorrectionRequestStore {
    private static let columns: SQL = "c.id, c.enterprise_id, c.account, c.field, c.value, c.reason, c.state, c.answer, a.day, j.day"
    private static let source: SQL = """
        from correction_request as c join journal as j on j.position = c.known_from
        join correction_request as first on first.id = c.id and first.state = 'open' join journal as a on a.position = first.known_from
        """

    /// Those of a firm and of those merged into it, the latest first.
    package static func all(of dossier: Dossier, _ session: any Session) throws -> [CorrectionRequest] {
        let firms = ([dossier.firm] + dossier.absorbed).map { Value($0.id) }
        return try session.rows(
            "select \(columns) \(source) where c.enterprise_id in \(SQL.list(firms)) and \(RecordTable.current("c")) order by c.id desc limit 50"
        ).map(request)
    }

    /// What waits for a decision that the actor may take, the oldest first, each with the firm as it stands.
    package static func open(
        to actor: Actor, _ regions: RegionDirectory, _ session: any Session
    ) throws -> [(request: CorrectionRequest, firm: Enterprise)] {
        let survivors = try Survivors.load(session)
        return try session.rows(
            "select \(columns) \(source) where c.state = 'open' and \(RecordTable.current("c")) order by c.id limit 500"
        ).map(request).compactMap { request in
            guard actor.answers(for: request.field.column) else { return nil }
            let firm = try EnterpriseStore.current(survivors.of(request.enterprise), session)
            return try EnterpriseStore.admits(firm, actor, regions) ? (request, firm) : nil
        }
    }

    static func openCount(of firm: ID<Enterprise>, _ session: any Session) throws -> Int64 {
        try session.integer(
            "select count(*) from correction_request as c where c.enterprise_id = \(firm) and c.state = 'open' and \(RecordTable.current("c"))"
        )
    }

    /// - Throws: `correction-request.missing`, for another town's, too; `duty.not-yours`.
    static func find(
        _ id: ID<CorrectionRequest>, for actor: Actor, _ regions: RegionDirectory, _ session: any Session
    ) throws -> (request: CorrectionRequest, dossier: Dossier) {
        let missing = Failure(.missing, "correction-request.missing", "没有第\(id)号更正申请", cure: "从更正申请的列表打开")
        guard let row = try session.row("select \(columns) \(source) where c.id = \(id) and \(RecordTable.current("c"))") else {
            throw missing
        }
        let request = request(row)
        let dossier = try EnterpriseStore.dossier(Survivors.load(session).of(request.enterprise), at: nil, session)
        guard try EnterpriseStore.admits(dossier.firm, actor, regions) else { throw missing }
        try actor.requireDuty(for: [request.field.column])
        return (request, dossier)
    }

    private static func request(_ row: Row) -> CorrectionRequest {
        CorrectionRequest(
            id: row.id(0), enterprise: row.id(1), account: row.text(2), field: RequestField(rawValue: row.text(3)) ?? .name,
            value: row.text(4),
            reason: row.text(5), state: CorrectionRequest.State(rawValue: row.text(6)) ?? .open, answer: row.optionalText(7),
            asked: row.day(8) ?? Day(number: 0), changed: row.day(9) ?? Day(number: 0))
    }
}

extension RecordTable {
    /// Accounts that are a firm's own.
    package static let enterpriseUser = RecordTable("enterprise_user", columns: ["account", "enterprise_id"])
    /// Firms' wishes that their dossier be corrected.
    package static let correctionRequest = RecordTable(
        "correction_request", columns: ["enterprise_id", "account", "field", "value", "reason", "state", "answer"])
}

extension Migration {
    /// What firms themselves see and ask for.
    static let enterpriseUsers = Migration(
        "enterprises-users-0001",
        [
            """
            create table enterprise_user (
                id {int} not null, known_from {int} not null, known_to {int} not null, account {text} not null, enterprise_id {int} not null,
                primary key (id, known_from)
            ) {strict}
            """,
            "create unique index enterprise_user_account on enterprise_user (account) where known_to = 9223372036854775807",
            "create index enterprise_user_firm on enterprise_user (enterprise_id) where known_to = 9223372036854775807",
            """
            create table correction_request (
                id {int} not null, known_from {int} not null, known_to {int} not null, enterprise_id {int} not null, account {text} not null,
                field {text} not null, value {text} not null, reason {text} not null, state {text} not null, answer {text},
                primary key (id, known_from)
            ) {strict}
            """,
            "create index correction_request_firm on correction_request (enterprise_id) where known_to = 9223372036854775807",
            "create index correction_request_state on correction_request (state, id) where known_to = 9223372036854775807",
        ])
}
