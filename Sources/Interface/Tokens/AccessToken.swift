import Storage
package import Values

/// A token of the interface (令牌): who may ask what, where, for what and until when. The token itself is shown once; the store keeps its digest.
package struct AccessToken: Sendable, Hashable {
    /// Made by people for themselves, or by an administrator for another system.
    package enum Kind: String, Sendable { case person, system }

    package let id: ID<AccessToken>
    package let kind: Kind
    package let title: String
    package let purpose: String
    /// Whose token it is; nil for another system's.
    package let person: Int64?
    /// The names of the rights it may use, in order.
    package let rights: [String]
    /// The region whose rows alone another system sees; nil for the whole store.
    package let region: Int64?
    /// The last day on which it is good.
    package let lastDay: Day
    package let isRevoked: Bool

    package func isGood(on day: Day) -> Bool { !isRevoked && day <= lastDay }

    /// The row as the table keeps it.
    var row: [Value] {
        [
            .text(kind.rawValue), .text(title), .text(purpose), Value(person), .text(rights.joined(separator: " ")), Value(region),
            Value(lastDay), Value(isRevoked),
        ]
    }

    var revoked: AccessToken {
        AccessToken(
            id: id, kind: kind, title: title, purpose: purpose, person: person, rights: rights, region: region, lastDay: lastDay,
            isRevoked: true)
    }

    /// The rights that a token may name: those of the operations and the metrics.
    package static let grantable: [Right] = {
        var seen: Set<String> = []
        let all = OperationTable.all.map(\.may) + [InterfaceRights.readMetrics]
        return all.filter { $0.holders != .everybody && seen.insert($0.name).inserted }
    }()

    /// Those of them that an actor holds.
    package static func grantable(to actor: Actor) -> [Right] { grantable.filter { $0.isHeld(by: actor) } }

    /// Begins every token, so that one that got lost in a file is recognised.
    static let prefix = "hmk_"
    /// The longest that a token may be good.
    package static let mostDays = 366
}

/// A token with when it was last used.
package struct ListedToken: Sendable {
    package let token: AccessToken
    package let usedAt: Moment?
    /// The account whose it is, or who issued it.
    package let holder: String
}
