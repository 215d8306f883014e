package import Storage
package import Values

/// Reads people and what belongs to their accounts.
package enum PersonStore {
    static let columns: SQL = "p.id, p.account, p.name, p.organisation_id, p.role, p.region_id, p.enabled"

    /// Everybody with an account, the disabled last.
    package static func all(_ session: any Session) throws -> [Person] {
        try session.rows(
            "select \(columns) from person as p where \(RecordTable.current("p")) order by p.enabled desc, p.account, p.id"
        ).map { person($0) }
    }

    /// - Throws: `account.missing`.
    package static func person(_ id: ID<Person>, _ session: any Session) throws -> Person {
        guard let row = try session.row("select \(columns) from person as p where \(RecordTable.current("p")) and p.id = \(id)") else {
            throw Failure(.missing, "account.missing", "没有这个账号", cure: "从账号列表中打开")
        }
        return person(row)
    }

    /// The position since which the person is as they are.
    static func version(_ id: ID<Person>, _ session: any Session) throws -> Int64 {
        try session.integer("select known_from from person as p where \(RecordTable.current("p")) and p.id = \(id)")
    }

    package static func person(account: String, _ session: any Session) throws -> Person? {
        try session.row("select \(columns) from person as p where \(RecordTable.current("p")) and p.account = \(account)").map {
            person($0)
        }
    }

    /// Whether an account was ever called so: a name in the journal is one person's for good.
    static func wasUsed(_ account: String, _ session: any Session) throws -> Bool {
        try session.row("select 1 from person where account = \(account) limit 1") != nil
    }

    package static func count(_ session: any Session) throws -> Int64 { try session.integer("select count(*) from person") }

    /// Administrators who can still sign in, besides one.
    static func otherAdministrators(than id: ID<Person>, _ session: any Session) throws -> Int64 {
        try session.integer(
            """
            select count(*) from person as p join credential as c on c.person_id = p.id where \(RecordTable.current("p")) and p.enabled = 1
                and p.role = \(Role.administrator.rawValue) and p.id <> \(id)
            """)
    }

    static func person(_ row: Row, from first: Int = 0) -> Person {
        Person(
            id: row.id(first), account: row.text(first + 1), name: row.text(first + 2), organisation: row.optionalID(first + 3),
            role: Role(rawValue: row.text(first + 4)) ?? .visitor, region: row.optionalInteger(first + 5),
            isEnabled: row.integer(first + 6) == 1)
    }
}

extension Person {
    /// The row as the table keeps it.
    var row: [Value] {
        [.text(account), .text(name), Value(organisation), .text(role.rawValue), Value(region), Value(isEnabled)]
    }

    func with(role: Role? = nil, isEnabled: Bool? = nil) -> Person {
        Person(
            id: id, account: account, name: name, organisation: organisation, role: role ?? self.role, region: region,
            isEnabled: isEnabled ?? self.isEnabled)
    }
}
