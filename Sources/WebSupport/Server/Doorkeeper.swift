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
    /// What a token limits its bearer to; nil for those who have none.
    package let grant: Grant?

    package init(actor: Actor, name: String? = nil, account: Int64? = nil, errand: Address? = nil, grant: Grant? = nil) {
        self.actor = actor
        self.name = name
        self.account = account
        self.errand = errand
        self.grant = grant
    }

    /// Whether the visitor may use a right: by role and region, and within what the token was made for.
    package func mayUse(_ right: Right) -> Bool {
        right.isHeld(by: actor) && (grant?.rights.contains(right.name) ?? true)
    }

    package static let stranger = Visitor(actor: .stranger)
}

/// What a token of the interface was made for (授权范围).
package struct Grant: Sendable, Hashable {
    /// The token's number.
    package let token: Int64
    /// The names of the rights it may use; a right that is not named is denied.
    package let rights: Set<String>
    /// What it is used for, as declared when it was made.
    package let purpose: String

    package init(token: Int64, rights: Set<String>, purpose: String) {
        self.token = token
        self.rights = rights
        self.purpose = purpose
    }
}

/// Tells who bears a token of the interface, and keeps what they ask; the slice that makes tokens supplies it.
package protocol TokenKeeper: Sendable {
    /// - Throws: `access.token` where it is none, has expired or was revoked.
    func visitor(bearing token: String) async throws -> Visitor
    /// Returns when the query is kept; what cannot be kept is not answered.
    func record(_ query: OutsideQuery) async throws
}

/// A server without tokens.
package struct NoTokens: TokenKeeper {
    package init() {}

    package func visitor(bearing token: String) throws -> Visitor { throw Admission.badToken }
    package func record(_ query: OutsideQuery) {}
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
