import Hummingbird
import Values
import WebSupport

/// To the provider and back.
enum ProviderRoutes {
    static func table(_ office: AccountOffice, base: String) -> RouteTable {
        let returning = base + "/sign-in/provider/return"
        var table = RouteTable()
        table.get("/sign-in/provider", may: .anyone) { context in
            guard let provider = office.provider else { throw missing }
            let round = ProviderRound(
                secret: provider.secret, session: context.session.id, back: context.query["back"] ?? "",
                random: office.random(16), at: office.now)
            let entrance = try await provider.entrance(round, returning: returning)
            return Reply.bytes([], type: "text/plain; charset=utf-8", status: .seeOther).with("Location", entrance)
        }
        table.get("/sign-in/provider/return", may: .anyone) { context in
            guard let provider = office.provider else { throw missing }
            guard
                let round = ProviderRound(
                    returned: context.query["state"] ?? "", secret: provider.secret, session: context.session.id, at: office.now)
            else { throw foreign }
            guard context.query["error"] == nil, let code = context.query["code"], code.utf8.count <= 4096 else { throw denied }
            let identity = try await provider.identity(code: code, round, returning: returning)
            let opened = try await ProviderSignIn(office: office, settings: provider.settings, browser: context.browser).enter(identity)
            return SignInRoutes.going(opened, round.back)
        }
        return table
    }

    private static let missing = Failure(.missing, "sign-in.no-provider", "没有设置统一身份认证。", cure: "用账号和密码登录。")
    private static let denied = Failure(.refused, "sign-in.provider-denied", "统一身份认证系统没有同意这次登录。", cure: "重新登录，或用账号和密码登录。")
    private static let foreign = Failure(
        .refused, "sign-in.provider-state", "这次登录不是从这个浏览器开始的，或已超过 10 分钟。", cure: "回到登录页重新开始；如仍失败，请允许本站的 Cookie。")
}
