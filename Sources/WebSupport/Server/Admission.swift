import Hummingbird
import Values

/// Whether a visitor may use a route: the errand first, then the right.
struct Admission {
    let right: Right
    let context: WebContext

    /// Nil lets the visitor in; else where to go instead.
    ///
    /// - Throws: `access.role`, `access.sign-in`, `access.errand`.
    func elsewhere(_ method: Route.Method) throws -> Reply? {
        if right.holders == .everybody { return nil }
        let visitor = try context.visitor.get()
        if let errand = visitor.errand {
            if right.holders == .accounts, context.address.pathText.hasPrefix(errand.pathText) { return nil }
            guard method == .get, !context.wantsJSON else { throw Self.errandFirst }
            return .seeOther(errand)
        }
        if right.holders == .accounts ? visitor.account != nil : visitor.mayUse(right) { return nil }
        if visitor.grant != nil, right.isHeld(by: visitor.actor) { throw Self.beyondGrant }
        let entrance = visitor.account == nil && visitor.actor == .stranger ? context.environment.configuration.doorkeeper.entrance : nil
        if context.address.pathText == "/", method == .get, entrance == nil,
            let home = context.environment.configuration.home(visitor.actor),
            home != Address()
        {
            return .seeOther(home)
        }
        guard let entrance else { throw Right.refusal }
        guard method == .get, !context.wantsJSON else { throw Self.signInFirst }
        return .seeOther(context.address == Address() ? entrance : entrance.with("back", context.address.description))
    }

    static let signInCode = "access.sign-in"
    static let tokenCode = "access.token"
    static let badToken = Failure(.refused, tokenCode, "令牌无效、已到期或已撤销。", cure: "请发给令牌的人另发一个；写法是 Authorization: Bearer 令牌。")
    private static let beyondGrant = Failure(.refused, "access.grant", "这个令牌没有此项权限。", cure: "请发给令牌的人另发一个有此权限的令牌。")
    private static let signInFirst = Failure(.refused, signInCode, "请先登录。", cure: "登录后再试；如已登录，登录可能已到期。")
    private static let errandFirst = Failure(.refused, "access.errand", "登录还没有完成。", cure: "先完成页面上要求的步骤。")
}
