/// A right (权限): what may be done or read, by which roles and how far. Each slice declares its own in one table; whoever is not named may not.
package struct Right: Sendable, Hashable {
    /// How far a role's right goes.
    package enum Reach: Sendable, Hashable {
        /// The whole store.
        case everything
        /// The rows of the actor's own town; an actor without one has no right.
        case ownTown
        /// What the token was made for: the whole store, or the rows of its region.
        case asGranted
        /// Departments that answer for a column.
        case ofDuty(String)
    }

    /// Who holds it.
    package enum Holders: Sendable, Hashable {
        /// Everybody, signed in or not: pages that tell nothing of the store.
        case everybody
        /// Whoever has an account, for the account's own sake.
        case accounts
        case roles([Role: Reach])
    }

    /// Dotted, stable: `enterprises.read`.
    package let name: String
    package let title: Word
    package let holders: Holders

    package init(_ name: String, _ title: Word, holders: Holders) {
        self.name = name
        self.title = title
        self.holders = holders
    }

    /// A right of some roles over the whole store, and of town officers over their own town.
    ///
    /// - Parameter duty: the column that a department must answer for; nil for every department.
    package init(_ name: String, _ title: Word, _ roles: Role..., ownTown: Bool = false, ofDuty duty: String? = nil) {
        var reaches = Dictionary(roles.map { ($0, Reach.everything) }, uniquingKeysWith: { first, _ in first })
        if ownTown {
            reaches[.townOfficer] = .ownTown
            if reaches[.outsideSystem] != nil { reaches[.outsideSystem] = .asGranted }
        }
        if let duty, reaches[.departmentOfficer] != nil { reaches[.departmentOfficer] = .ofDuty(duty) }
        self.init(name, title, holders: .roles(reaches))
    }

    /// How far a role's right goes; nil where it has none.
    package func reach(of role: Role) -> Reach? {
        switch holders {
        case .everybody: .everything
        case .accounts: nil
        case .roles(let reaches): reaches[role]
        }
    }

    /// The column that a department must answer for; nil where none is asked for.
    package func duty(of role: Role) -> String? { if case .ofDuty(let column) = reach(of: role) { column } else { nil } }

    package func isHeld(by actor: Actor) -> Bool {
        switch reach(of: actor.role) {
        case .everything: actor.region == nil || holders == .everybody
        case .ownTown: actor.region != nil
        case .asGranted: true
        case .ofDuty(let column): actor.region == nil && actor.answers(for: column)
        case nil: false
        }
    }

    /// - Throws: `access.role`.
    package func require(_ actor: Actor) throws {
        guard isHeld(by: actor) else { throw Self.refusal }
    }

    package static let refusal = Failure(.refused, "access.role", "您的岗位无权使用此功能。", cure: "如确需使用，请质强办提出，由系统管理员开通。")
}
