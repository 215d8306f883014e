package import Accounts
import Storage
package import Values

/// Makes a token: by people for themselves within their own rights, by an administrator for another system within what such systems may.
package struct IssueToken: Sendable {
    let title: String
    let purpose: String
    let rights: [String]
    let region: Int64?
    let days: Int

    package init(title: String, purpose: String, rights: [String], region: Int64? = nil, days: Int) {
        self.title = title
        self.purpose = purpose
        self.rights = rights
        self.region = region
        self.days = days
    }

    /// For another system.
    ///
    /// - Returns: the token, which nobody sees again; nil where the request is repeated.
    package func forSystem(_ office: TokenOffice, by actor: Actor, request: String) async throws -> String? {
        try InterfaceRights.manageTokens.require(actor)
        return try await issue(
            .system, of: nil, holding: AccessToken.grantable(to: Actor(name: "", role: .outsideSystem)), office, by: actor, request)
    }

    /// For somebody's own use; it never reaches further than they do.
    package func forOneself(_ office: TokenOffice, person: ID<Person>, by actor: Actor, request: String) async throws -> String? {
        try await issue(.person, of: person.number, holding: AccessToken.grantable(to: actor), office, by: actor, request)
    }

    private func issue(
        _ kind: AccessToken.Kind, of person: Int64?, holding held: [Right], _ office: TokenOffice, by actor: Actor, _ request: String
    ) async throws -> String? {
        let token = AccessToken.prefix + hexadecimal(office.random(32))
        let digest = TokenOffice.digest(token)
        let (copy, today, places) = (try checked(held), office.clock.today, office.places)
        let lastDay = Day(number: today.number + copy.days)
        let answer = try await office.store.actOnce(request: request, "interface.issue-token", by: actor) { transaction in
            if let region = copy.region, try !places(transaction.session).towns.contains(where: { $0.id == region }) {
                throw Failure(.invalid, "token.region", "本辖区没有这个镇街", cure: "重新选择镇街，或不选")
            }
            let id: ID<AccessToken> = try transaction.newID(.accessToken)
            let made = AccessToken(
                id: id, kind: kind, title: copy.title, purpose: copy.purpose, person: person, rights: copy.rights, region: copy.region,
                lastDay: lastDay, isRevoked: false)
            try transaction.open(.accessToken, id: id.number, made.row)
            try TokenStore.keep(digest: digest, of: id, transaction.session)
            transaction.subject = "token/\(id)"
            transaction.detail = ["kind": kind.rawValue, "rights": copy.rights.joined(separator: " "), "last-day": lastDay.description]
            return String(id.number)
        }
        let kept = try await office.store.read { try TokenStore.find(digest: digest, $0)?.id.number }
        return String(kept ?? 0) == answer ? token : nil
    }

    private func checked(_ held: [Right]) throws -> IssueToken {
        guard !title.isEmpty, title.count <= 60 else { throw Failure(.invalid, "token.title", "名称要写，不超过 60 个字", cure: "写系统的名称") }
        guard !purpose.isEmpty, purpose.count <= 200 else {
            throw Failure(.invalid, "token.purpose", "用途要写，不超过 200 个字", cure: "写明查询做什么用，每次查询都记下它")
        }
        let names = Set(held.map(\.name))
        guard !rights.isEmpty, rights.allSatisfy(names.contains) else {
            throw Failure(.refused, "token.rights", "没有选权限，或选了不能给的权限", cure: "只选列出的权限")
        }
        guard (1...AccessToken.mostDays).contains(days) else {
            throw Failure(.invalid, "token.days", "有效期要在 1 到 \(AccessToken.mostDays) 天之间", cure: "到期后另发")
        }
        return IssueToken(title: title, purpose: purpose, rights: Set(rights).sorted(), region: region, days: days)
    }
}
