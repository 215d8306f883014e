package import Storage
package import Values

/// An account by which a firm sees its own dossier (企业用户).
package struct EnterpriseUser: Sendable, Equatable {
    package let id: Int64
    package let account: String
    package let enterprise: ID<Enterprise>
    /// The day it was bound.
    package let since: Day
}

/// Which accounts are which firm's.
package enum EnterpriseUserStore {
    private static let columns: SQL = "u.id, u.account, u.enterprise_id, j.day"
    private static let source: SQL = "from enterprise_user as u join journal as j on j.position = u.known_from"

    /// The firm of an account, a merged one followed; nil where nobody has bound it.
    package static func enterprise(of actor: Actor, _ session: any Session) throws -> ID<Enterprise>? {
        guard actor.role == .enterprise, let user = try user(actor.name, session) else { return nil }
        return try Survivors.load(session).of(user.enterprise)
    }

    static func user(_ account: String, _ session: any Session) throws -> EnterpriseUser? {
        try session.row("select \(columns) \(source) where u.account = \(account) and \(RecordTable.current("u"))").map(user)
    }

    /// The accounts of a firm and of those merged into it.
    package static func users(of dossier: Dossier, _ session: any Session) throws -> [EnterpriseUser] {
        let firms = ([dossier.firm] + dossier.absorbed).map { Value($0.id) }
        return try session.rows(
            "select \(columns) \(source) where u.enterprise_id in \(SQL.list(firms)) and \(RecordTable.current("u")) order by u.id"
        ).map(user)
    }

    private static func user(_ row: Row) -> EnterpriseUser {
        EnterpriseUser(id: row.integer(0), account: row.text(1), enterprise: row.id(2), since: row.day(3) ?? Day(number: 0))
    }
}

/// Binds an account to a firm, or takes it back.
package enum BindUser {
    /// Whether an account of enterprise users has a name; the slice that keeps accounts tells.
    package typealias AccountCheck = @Sendable (_ account: String, _ session: any Session) throws -> Bool

    /// - Throws: `enterprise-user.account`, `enterprise-user.bound`.
    package static func run(
        _ account: String, to id: ID<Enterprise>, isUser: @escaping AccountCheck, office: Office, actor: Actor, request: String
    ) async throws {
        try EnterpriseRights.bindUsers.require(actor)
        let account = account.lowercased()
        _ = try await office.store.actOnce(request: request, "enterprises.bind-user", by: actor) { transaction in
            let firm = try EnterpriseStore.current(Survivors.load(transaction.session).of(id), transaction.session)
            guard try isUser(account, transaction.session) else {
                throw Failure(.invalid, "enterprise-user.account", "没有名为“\(account)”的企业用户账号", cure: "请系统管理员先建立岗位为企业用户的账号")
            }
            if let user = try EnterpriseUserStore.user(account, transaction.session) {
                throw Failure(.conflict, "enterprise-user.bound", "账号“\(account)”已关联企业档案\(user.enterprise)", cure: "先在那份档案里解除关联")
            }
            let user: ID<EnterpriseUser> = try transaction.newID(.enterpriseUser)
            try transaction.open(.enterpriseUser, id: user.number, [.text(account), Value(firm.id)])
            transaction.subject = "enterprise/\(firm.id)"
            transaction.detail = ["account": account]
            return ""
        }
    }

    /// - Throws: `enterprise-user.missing`.
    package static func remove(_ account: String, from id: ID<Enterprise>, office: Office, actor: Actor, request: String) async throws {
        try EnterpriseRights.bindUsers.require(actor)
        _ = try await office.store.actOnce(request: request, "enterprises.unbind-user", by: actor) { transaction in
            let survivors = try Survivors.load(transaction.session)
            guard let user = try EnterpriseUserStore.user(account, transaction.session), survivors.of(user.enterprise) == survivors.of(id)
            else {
                throw Failure(.missing, "enterprise-user.missing", "这份档案没有关联账号“\(account)”", cure: "刷新后核对")
            }
            try transaction.close(.enterpriseUser, id: user.id)
            transaction.subject = "enterprise/\(id)"
            transaction.detail = ["account": account]
            return ""
        }
    }
}
