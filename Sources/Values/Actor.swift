/// Who does something or asks something: a named account, or the program itself on somebody's order.
package struct Actor: Sendable, Hashable {
    /// The account's name as the journal records it.
    package let name: String
    package let role: Role
    /// The region whose rows the actor may see and change; nil for the whole store.
    package let region: Int64?

    package init(name: String, role: Role, region: Int64? = nil) {
        self.name = name
        self.role = role
        self.region = region
    }

    /// The operator at this machine: the command line, and pages with demonstration accounts.
    package static let local = Actor(name: "local", role: .programmeOffice)
    /// Somebody who has not signed in.
    package static let stranger = Actor(name: "", role: .visitor)
}
