/// Who does something or asks something: a named account, or the program itself on somebody's order.
///
/// Until sign-in exists the server is bound to loopback and every act is the local operator's (`Actor.local`).
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

    /// The operator at this machine, before accounts exist.
    package static let local = Actor(name: "local", role: .programmeOffice)
}

/// What an actor is in the programme (角色).
package enum Role: String, Sendable, CaseIterable {
    /// 质强办
    case programmeOffice = "programme-office"
    /// 部门
    case departmentOfficer = "department-officer"
    /// 镇街
    case townOfficer = "town-officer"
    /// 抽查
    case spotCheckOfficer = "spot-check-officer"
    /// 领导
    case leader
    /// 公众
    case visitor = "public"
}
