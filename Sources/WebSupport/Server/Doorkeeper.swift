package import Values

/// Who stands behind a request, as far as the server knows.
package struct Visitor: Sendable, Hashable {
    package let actor: Actor
    /// What the top bar calls them; nil where the frame says it.
    package let name: String?
    /// The account's number; nil for those who have none.
    package let account: Int64?
    /// What must be done before anything else: the second factor, a new password.
    package let errand: Address?

    package init(actor: Actor, name: String? = nil, account: Int64? = nil, errand: Address? = nil) {
        self.actor = actor
        self.name = name
        self.account = account
        self.errand = errand
    }

    package static let stranger = Visitor(actor: .stranger)
}

/// Tells who stands behind a session; the slice that keeps accounts supplies it.
package protocol Doorkeeper: Sendable {
    /// Where to sign in; nil where nobody has to.
    var entrance: Address? { get }
    /// Whether every visitor but a stranger has an account of the store.
    var knowsAccounts: Bool { get }
    /// The visitor of a session's token; a stranger where it is none or has ended.
    func visitor(session token: String) async throws -> Visitor
}

/// One operator at this machine, without accounts: for tests and for a server that nobody else can reach.
package struct LocalOperator: Doorkeeper {
    package init() {}

    package var entrance: Address? { nil }
    package var knowsAccounts: Bool { false }
    package func visitor(session token: String) -> Visitor { Visitor(actor: .local) }
}
