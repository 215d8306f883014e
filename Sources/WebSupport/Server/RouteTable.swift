import Hummingbird
package import Values

/// All addresses of the program with the right that each needs; each slice adds its own, a test can walk them all.
///
/// What is not in the table does not exist, and a route without a right cannot be written.
package struct RouteTable: Sendable {
    package private(set) var routes: [Route] = []

    package init() {}

    /// A page, figure or download. `{name}` in the path is a part that the handler asks the context for.
    package mutating func get(
        _ path: String, may: Right, _ handler: @escaping @Sendable (WebContext) async throws -> Reply
    ) {
        routes.append(Route(method: .get, path: path, may: may, answer: .question(handler)))
    }

    /// An action. The form is read, limited and its token checked before the handler runs; one that anybody may send brings no file.
    package mutating func post(
        _ path: String, may: Right, limits: FormLimits? = nil,
        _ handler: @escaping @Sendable (WebContext, FormBody) async throws -> Reply
    ) {
        let usual = [Right.anyone, .ownAccount].contains(may) ? FormLimits.stranger : FormLimits()
        routes.append(Route(method: .post, path: path, may: may, answer: .action(limits ?? usual, handler)))
    }

    /// The right that each page without parts in its address needs, by its path.
    package var rights: [String: Right] {
        Dictionary(routes.filter { $0.method == .get && !$0.path.contains("{") }.map { ($0.path, $0.may) }) { first, _ in first }
    }

    /// Some of the routes.
    package func only(_ keep: (Route) -> Bool) -> RouteTable {
        var table = RouteTable()
        table.routes = routes.filter(keep)
        return table
    }

    /// Adds the routes of a slice.
    package mutating func add(_ other: RouteTable) { routes += other.routes }

    /// - Throws: `routes.twice` where two routes answer the same address, which would hide one of them.
    func checked() throws -> RouteTable {
        var seen: Set<String> = []
        for route in routes {
            let shape = route.path.split(separator: "/").map { $0.hasPrefix("{") ? "{}" : $0 }.joined(separator: "/")
            guard route.path.hasPrefix("/"), seen.insert("\(route.method.rawValue) \(shape)").inserted else {
                throw Failure(.internal, "routes.twice", "地址 \(route.method.rawValue) \(route.path) 登记了两次或写法不对。")
            }
        }
        return self
    }
}

/// One address, how it is asked, and who may.
package struct Route: Sendable {
    /// Questions are GET and change nothing; actions are POST.
    package enum Method: String, Sendable { case get = "GET", post = "POST" }

    enum Answer: Sendable {
        case question(@Sendable (WebContext) async throws -> Reply)
        case action(FormLimits, @Sendable (WebContext, FormBody) async throws -> Reply)
    }

    package let method: Method
    package let path: String
    package let may: Right
    let answer: Answer

    /// Who may → read the form → act → answer.
    func respond(to request: Request, context: WebContext) async throws -> Response {
        if let elsewhere = try Admission(right: may, context: context).elsewhere(method) {
            return try await elsewhere.response(context: context)
        }
        let reply: Reply
        switch answer {
        case .question(let handler):
            reply = try await handler(context)
        case .action(let limits, let handler):
            let form = try await FormReader(limits: limits, context: context).read(request)
            reply = try await handler(context, form)
        }
        if reply.isNoted { context.environment.configuration.noteReading(context) }
        return try await reply.response(context: context)
    }
}

extension Right {
    /// Pages that tell nothing of the store: sign-in, language, styles.
    package static let anyone = Right("web.anyone", Word("人人可用", "Everybody"), holders: .everybody)
    /// What concerns the visitor's own account.
    package static let ownAccount = Right("web.own-account", Word("自己的账号", "One's own account"), holders: .accounts)
}
