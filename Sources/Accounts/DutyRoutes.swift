import Storage
import Values
package import WebSupport

/// The address of the division of duties: `/duties`, for everybody who works with the registers.
package enum DutyRoutes {
    package static func table(_ office: AccountOffice) -> RouteTable {
        var table = RouteTable()
        table.get("/duties", may: AccountRights.readDuties) { context in
            let day = office.store.clock.today
            let (tree, bindings) = try await office.store.read { (try OrganisationStore.tree($0), try DutyStore.bindings($0)) }
            var bound: [String: [String]] = [:]
            for one in tree.all where one.exists(on: day) {
                if let code = bindings[one.id] { bound[code, default: []].append(one.name) }
            }
            return .page(page(office.duties, bound: bound, own: context.actor))
        }
        return table
    }

    /// - Parameter bound: the organisations that are a department, by its code.
    private static func page(_ duties: DutyTable, bound: [String: [String]], own actor: Actor) -> Page {
        let isDepartment = actor.role == .departmentOfficer
        let notices = isDepartment && actor.duties?.codes.isEmpty ?? true ? [Notice(.caution, AccountWords.noDuty)] : []
        return Page(AccountWords.duties, lead: AccountWords.dutiesLead, notices: notices) { html in
            html.add(
                WebSupport.Sheet(AccountWords.dutyColumns, note: AccountWords.dutiesNote) { html in
                    html.add(lines(duties, actor, isDepartment: isDepartment))
                })
            html.add(WebSupport.Sheet(AccountWords.dutyDepartments) { html in html.add(departments(duties, bound)) })
        }
    }

    private static func lines(_ duties: DutyTable, _ actor: Actor, isDepartment: Bool) -> Table<DutyTable.Line> {
        let codes = isDepartment ? actor.duties?.codes ?? [] : []
        return Table(
            caption: AccountWords.dutyColumns, rows: duties.lines,
            columns: [
                .text(AccountWords.dutyColumn, label),
                Column(AccountWords.dutyOwner) { html, line in
                    html.add(duties.names(line.owners))
                    guard !codes.isDisjoint(with: line.owners) else { return }
                    html.add(" ")
                    html.add(Badge(.good, AccountWords.ownDuty))
                },
                .text(AccountWords.dutyBasis) { $0.basis.isFromClause ? AccountWords.dutyFromClause : AccountWords.chosen },
                .text(AccountWords.dutySays) { Word(name: "“" + $0.basis.says + "”") },
                Column(AccountWords.dutyClause) { html, line in
                    html.add(Link(line.basis.document + " " + line.basis.clause, Address("programmes", line.basis.document)))
                },
            ])
    }

    private static func label(_ line: DutyTable.Line) -> Word {
        if line.isTarget { return Word("目标：" + line.label, "Target: " + line.label) }
        return line.words.isEmpty ? Word(name: line.label) : Word("资质与称号：" + line.label, "Holdings: " + line.label)
    }

    private static func departments(_ duties: DutyTable, _ bound: [String: [String]]) -> Table<DutyTable.Department> {
        Table(
            caption: AccountWords.dutyDepartments, rows: duties.departments,
            columns: [
                .text(AccountWords.dutyDepartment) { Word(name: $0.name) },
                .text(AccountWords.dutyCode) { Word(name: $0.code) },
                .text(AccountWords.dutyBound) { bound[$0.code].map { Word(name: $0.joined(separator: "、")) } },
            ])
    }
}
