import Hummingbird
package import Values

/// All addresses of the program with who may use them; each slice adds its own, a test can walk them all.
///
/// What is not in the table does not exist, and a route without a role cannot be written.
package struct RouteTable: Sendable {
    package private(set) var routes: [Route] = []

    package init() {}

    /// A page, figure or download. `{name}` in the path is a part that the handler asks the context for.
    package mutating func get(
        _ path: String, may: Access, _ handler: @escaping @Sendable (WebContext) async throws -> Reply
    ) {
        routes.append(Route(method: .get, path: path, may: may, answer: .question(handler)))
    }

    /// An action. The form is read, limited and its token checked before the handler runs.
    package mutating func post(
        _ path: String, may: Access, limits: FormLimits = FormLimits(),
        _ handler: @escaping @Sendable (WebContext, FormBody) async throws -> Reply
    ) {
        routes.append(Route(method: .post, path: path, may: may, answer: .action(limits, handler)))
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
    package let may: Access
    let answer: Answer

    /// Who may → read the form → act → answer.
    func respond(to request: Request, context: WebContext) async throws -> Response {
        guard may.roles.contains(context.actor.role) else {
            throw Failure(.refused, "access.role", "您的岗位无权使用此功能。", cure: "如确需使用，请联系质强办开通。")
        }
        let reply: Reply
        switch answer {
        case .question(let handler):
            reply = try await handler(context)
        case .action(let limits, let handler):
            let form = try await FormReader(limits: limits, context: context).read(request)
            reply = try await handler(context, form)
        }
        return try await reply.response(context: context)
    }
}

/// The roles that may use a route.
package struct Access: Sendable, Hashable {
    package let roles: Set<Role>

    /// At least one role; the first is apart so that the list cannot be empty.
    package static func roles(_ first: Role, _ others: Role...) -> Access { Access(roles: Set(others).union([first])) }

    /// Everybody, the public included.
    package static let anyone = Access(roles: Set(Role.allCases))
    /// Every officer of the government, but not the public.
    package static let officers = Access(roles: Set(Role.allCases).subtracting([.visitor]))
    /// The programme office alone.
    package static let programmeOffice = Access(roles: [.programmeOffice])
}
