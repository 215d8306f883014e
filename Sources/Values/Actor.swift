/// Who does something or asks something: a named account, or the program itself on somebody's order.
package struct Actor: Sendable, Hashable {
    /// The account's name as the journal records it.
    package let name: String
    package let role: Role
    /// The region whose rows the actor may see and change; nil for the whole store.
    package let region: Int64?
    /// Regions of organisations that ended and whose place the actor's own took: their rows are the actor's, too.
    package let heldRegions: Set<Int64>
    /// What a department officer's department answers for; nil where it is not known, which is nothing.
    package let duties: DepartmentDuties?

    package init(name: String, role: Role, region: Int64? = nil, heldRegions: Set<Int64> = [], duties: DepartmentDuties? = nil) {
        self.name = name
        self.role = role
        self.region = region
        self.heldRegions = heldRegions
        self.duties = duties
    }

    /// The operator at this machine: the command line, and pages with demonstration accounts.
    package static let local = Actor(name: "local", role: .programmeOffice)
    /// Somebody who has not signed in.
    package static let stranger = Actor(name: "", role: .visitor)

    /// The same account in the same role, whatever its department answers for by now.
    package func isSame(as other: Actor) -> Bool { name == other.name && role == other.role && region == other.region }
}

extension Actor {
    /// Whether single firms' figures of a confidential column may be shown.
    package func sees(_ column: String) -> Bool {
        switch role {
        case .programmeOffice, .townOfficer, .spotCheckOfficer: true
        case .departmentOfficer: duties?.own(column) ?? false
        case .assessor, .leader, .auditor, .administrator, .enterprise, .outsideSystem, .visitor: false
        }
    }

    /// Whether a column is the actor's to write, once a right admits the act: departments keep to their own.
    package func answers(for column: String) -> Bool { role != .departmentOfficer || duties?.own(column) ?? false }
    package func answers(forHolding kind: String) -> Bool { role != .departmentOfficer || duties?.own(holding: kind) ?? false }

    /// Who answers for a column, in words.
    package func owners(of column: String) -> String { (duties?.table ?? .none).names(duties?.table.owners(of: column) ?? []) }
    package func owners(ofHolding kind: String) -> String {
        (duties?.table ?? .none).names(duties?.table.owners(ofHolding: kind) ?? [])
    }
}
