import Accounts
import Hummingbird
import Storage
import Values
package import WebSupport

/// Addresses of tokens and of the record of outside queries: `/tokens…`, `/account/tokens…`.
package enum TokenRoutes {
    private static let pageLength = 100

    /// - Parameter mayIssue: false with demonstration accounts, whose tokens would outlive them.
    package static func table(_ office: TokenOffice, mayIssue: Bool = true) -> RouteTable {
        var table = RouteTable()
        table.get("/tokens", may: InterfaceRights.readTokens) { context in .page(try await page(office, mayIssue, context)) }
        table.get("/tokens/queries", may: InterfaceRights.readQueries) { context in
            let place = QueryPlace(text: context.query["after"])
            let token = context.query["token"].flatMap { Int64($0) }
            let found = try await office.store.read { try TokenStore.queries(of: token, after: place, limit: pageLength + 1, $0) }
            return .page(TokenPages.queries(found, shown: pageLength, address: context.address))
        }
        if mayIssue { addActs(office, to: &table) }
        return table
    }

    private static func addActs(_ office: TokenOffice, to table: inout RouteTable) {
        table.post("/tokens", may: InterfaceRights.manageTokens) { context, form in try await issue(office, context, form) }
        table.post("/tokens/{token}/revoke", may: InterfaceRights.manageTokens) { context, form in
            try await RevokeToken(context.id("token")).perform(on: office, by: context.actor, request: FormReading(form).requestID())
            return .seeOther(Address("tokens"))
        }
        table.get("/account/tokens", may: .ownAccount) { context in .page(try await ownPage(office, context)) }
        table.post("/account/tokens", may: .ownAccount) { context, form in try await issueOwn(office, context, form) }
        table.post("/account/tokens/{token}/revoke", may: .ownAccount) { context, form in
            try await RevokeToken(context.id("token")).perform(
                on: office, by: context.actor, person: person(context), request: FormReading(form).requestID())
            return .seeOther(Address("account", "tokens"))
        }
    }

    private static func person(_ context: WebContext) throws -> ID<Person> {
        guard let number = context.account else {
            throw Failure(.refused, "access.sign-in", "请先登录。", cure: "登录后再试；如已登录，登录可能已到期。")
        }
        return ID(number)
    }

    private static func page(
        _ office: TokenOffice, _ mayIssue: Bool, _ context: WebContext, _ reading: FormReading? = nil, _ notices: [Notice] = []
    ) async throws -> Page {
        let places = office.places
        let (tokens, towns) = try await office.store.read { (try TokenStore.all($0), try places($0).towns) }
        let seal = mayIssue && InterfaceRights.manageTokens.isHeld(by: context.actor) ? context.formSeal() : nil
        let fields = TokenPages.fields(AccessToken.grantable(to: Actor(name: "", role: .outsideSystem)), towns: towns)
        return TokenPages.list(
            tokens, at: Address("tokens"), today: office.clock.today, seal: seal, fields: reading?.marked(fields) ?? fields,
            notices: notices)
    }

    private static func ownPage(
        _ office: TokenOffice, _ context: WebContext, _ reading: FormReading? = nil, _ notices: [Notice] = []
    ) async throws -> Page {
        let id = try person(context)
        let tokens = try await office.store.read { try TokenStore.all(of: id.number, $0) }
        let fields = TokenPages.fields(AccessToken.grantable(to: context.actor), towns: [])
        return TokenPages.list(
            tokens, at: Address("account", "tokens"), today: office.clock.today, seal: context.formSeal(),
            fields: reading?.marked(fields) ?? fields, notices: notices)
    }

    /// The token that the form describes; nil where something in it is wrong.
    private static func draft(_ reading: inout FormReading) -> IssueToken? {
        let title = reading.text("title", atMost: 60)
        let purpose = reading.text("purpose", atMost: 200)
        let rights = reading.form.all("right").filter { !$0.isEmpty }
        if rights.isEmpty { reading.refuse("right", TokenWords.chooseRights) }
        let region = reading.optionalNumber("region").map { Int64($0) }
        let days = reading.number("days", in: 1...AccessToken.mostDays)
        guard reading.isGood, let days else { return nil }
        return IssueToken(title: title, purpose: purpose, rights: rights, region: region, days: days)
    }

    private static func issue(_ office: TokenOffice, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        var reading = FormReading(form)
        guard let draft = draft(&reading) else { return .formAgain(try await page(office, true, context, reading)) }
        do {
            let token = try await draft.forSystem(office, by: context.actor, request: reading.requestID())
            return shown(token, Address("tokens"))
        } catch let failure as Failure where failure.kind == .invalid {
            return .formAgain(try await page(office, true, context, reading, [TokenPages.notice(failure)]))
        }
    }

    private static func issueOwn(_ office: TokenOffice, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        var reading = FormReading(form)
        guard let draft = draft(&reading) else { return .formAgain(try await ownPage(office, context, reading)) }
        do {
            let token = try await draft.forOneself(office, person: person(context), by: context.actor, request: reading.requestID())
            return shown(token, Address("account", "tokens"))
        } catch let failure as Failure where failure.kind == .invalid {
            return .formAgain(try await ownPage(office, context, reading, [TokenPages.notice(failure)]))
        }
    }

    private static func shown(_ token: String?, _ list: Address) -> Reply {
        token.map { .page(TokenPages.token($0, list)) } ?? .seeOther(list)
    }
}
