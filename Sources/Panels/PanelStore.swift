package import Accounts
package import Storage
package import Values

/// A panel (评审组) as it is on a day, with its people and what they declared.
package struct Panel: Sendable {
    package let organisation: Organisation
    package let members: [Person]
    package let interests: [Interest]
}

/// Reads panels and declared interests.
package enum PanelStore {
    /// Every panel that exists on a day.
    package static func panels(on day: Day, _ session: any Session) throws -> [Panel] {
        let tree = try OrganisationStore.tree(session)
        let people = try PersonStore.all(session).filter { $0.role == .assessor }
        let interests = try interests(session)
        return tree.listed(on: day).map(\.organisation).filter { $0.kind == .panel }.map { organisation in
            // Whoever belonged to what this panel took the place of belongs to it.
            let members = people.filter { $0.isEnabled && $0.organisation.map { tree.standing(for: $0, on: day) } == organisation.id }
            let accounts = Set(members.map(\.account))
            return Panel(organisation: organisation, members: members, interests: interests.filter { accounts.contains($0.account) })
        }
    }

    /// The panels that an account belongs to.
    package static func panels(of account: String, on day: Day, _ session: any Session) throws -> [Panel] {
        try panels(on: day, session).filter { $0.members.contains { $0.account == account } }
    }

    /// What has been declared and not been taken back, the latest last.
    package static func interests(of account: String? = nil, _ session: any Session) throws -> [Interest] {
        var condition = RecordTable.current("i")
        if let account { condition += " and i.account = \(account)" }
        return try session.rows(
            "select i.id, i.account, i.enterprise, i.ground, i.reason, i.declared_on from interest as i where \(condition) order by i.id"
        ).map(interest)
    }

    static func interest(_ id: ID<Interest>, _ session: any Session) throws -> Interest? {
        try session.row(
            """
            select i.id, i.account, i.enterprise, i.ground, i.reason, i.declared_on from interest as i
            where i.id = \(id) and \(RecordTable.current("i"))
            """
        ).map(interest)
    }

    static func hasDeclared(_ account: String, _ folded: String, _ session: any Session) throws -> Bool {
        try session.integer(
            "select count(*) from interest as i where i.account = \(account) and i.folded = \(folded) and \(RecordTable.current("i"))") > 0
    }

    private static func interest(_ row: Row) -> Interest {
        Interest(
            id: row.id(0), account: row.text(1), enterprise: row.text(2), ground: Interest.Ground(rawValue: row.text(3)) ?? .other,
            reason: row.text(4), declaredOn: row.day(5) ?? Day(number: 0))
    }
}
