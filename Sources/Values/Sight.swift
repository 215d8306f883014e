/// What decides what somebody is shown: whoever has the same sight is shown the same, whatever the account is called.
package struct Sight: Sendable, Hashable {
    private let role: Role
    private let region: Int64?
    private let heldRegions: Set<Int64>
    private let duties: DepartmentDuties?
    /// The day since which divisions are as they are: what is entrusted to whom changes with them.
    private let divisions: Day?

    package init(of actor: Actor, divisions: Day?) {
        role = actor.role
        region = actor.region
        heldRegions = actor.heldRegions
        duties = actor.duties
        self.divisions = divisions
    }
}
