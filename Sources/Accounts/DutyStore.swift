package import Storage
package import Values

/// Which department of the duties' file an organisation is: kept beside the organisation, so that both have their own history.
package enum DutyStore {
    /// The codes by organisation, as known now.
    package static func bindings(_ session: any Session) throws -> [ID<Organisation>: String] {
        let rows = try session.rows(
            "select organisation_id, department from organisation_duty as d where \(RecordTable.current("d")) order by id")
        return Dictionary(rows.map { (ID($0.integer(0)), $0.text(1)) }, uniquingKeysWith: { _, last in last })
    }

    /// What a person's organisation is bound to, the nearest above it where it is not; after a merger what stands in its place,
    /// with what its predecessors were bound to.
    package static func departments(of person: Person, on day: Day, _ session: any Session) throws -> Set<String> {
        guard person.role == .departmentOfficer, let own = person.organisation else { return [] }
        return try departments(of: own, OrganisationStore.tree(session), bindings(session), on: day)
    }

    static func departments(
        of own: ID<Organisation>, _ tree: OrganisationTree, _ bindings: [ID<Organisation>: String], on day: Day
    ) -> Set<String> {
        var codes: Set<String> = []
        for organisation in tree.successors(of: own, on: day) {
            var next: Organisation? = organisation
            var steps = 0
            while let here = next, steps < tree.all.count {
                // What took several departments' place answers for what they did.
                let own = tree.withPredecessors(here.id, on: day).compactMap { bindings[$0] }
                if !own.isEmpty {
                    codes.formUnion(own)
                    break
                }
                next = tree.parent(of: here, on: day).flatMap(tree.organisation)
                steps += 1
            }
        }
        return codes
    }

    /// Binds an organisation to a department, or to none.
    static func bind(_ id: ID<Organisation>, to code: String?, _ transaction: Transaction) throws {
        let row = try transaction.session.row(
            "select id, department from organisation_duty as d where organisation_id = \(id) and \(RecordTable.current("d"))")
        if let row {
            if let code {
                if row.text(1) != code { try transaction.replace(.organisationDuty, id: row.integer(0), [Value(id), .text(code)]) }
            } else {
                try transaction.close(.organisationDuty, id: row.integer(0))
            }
        } else if let code {
            let number: ID<DutyTable> = try transaction.newID(.organisationDuty)
            try transaction.open(.organisationDuty, id: number.number, [Value(id), .text(code)])
        }
    }

    static let migration = Migration(
        "accounts-0004",
        [
            """
            create table organisation_duty (
                id {int} not null, known_from {int} not null, known_to {int} not null, organisation_id {int} not null, department {text} not null,
                primary key (id, known_from)
            ) {strict}
            """,
            "create unique index organisation_duty_current on organisation_duty (organisation_id) where known_to = 9223372036854775807",
        ])
}

extension RecordTable {
    /// Organisations that are departments of the duties' file.
    package static let organisationDuty = RecordTable("organisation_duty", columns: ["organisation_id", "department"])
}

extension Person {
    /// The person as an actor, with what their department answers for, or which town they are of that day.
    package func actor(_ duties: DutyTable, on day: Day, _ session: any Session) throws -> Actor {
        if role == .townOfficer { return townActor(try OrganisationStore.tree(session), on: day) }
        guard role == .departmentOfficer else { return actor }
        return Actor(
            name: account, role: role, region: region,
            duties: DepartmentDuties(try DutyStore.departments(of: self, on: day, session), of: duties))
    }
}
