package import Hummingbird
package import Logging
package import Values

/// What a handler knows about the request: who asks, in which language, when, and what was asked for.
package struct WebContext: RequestContext {
    /// What a context is made from.
    package typealias Source = WebContextSource

    package var coreContext: CoreRequestContextStorage
    /// The language of the answer, from the reader's cookie.
    package let language: Language
    package let session: Session
    /// Who stands behind the session, or why that cannot be told.
    let visitor: Result<Visitor, any Error>
    /// Who asks; a stranger until the session says otherwise.
    package let actor: Actor
    /// What the browser calls itself, shortened.
    package let browser: String
    /// Names this request in the log and on error pages.
    package let requestID: String
    /// The address that was asked for, query included.
    package let address: Address
    package let query: Query
    /// Whether the answer should be JSON: the API's addresses, or a caller that accepts JSON and not HTML.
    package let wantsJSON: Bool
    /// Whether the address is one of the interface's, where tokens are taken and failures are told by RFC 9457.
    package let isInterface: Bool
    /// Whether the address is one of the pages for the public, where everybody is a stranger and nothing hangs on a cookie.
    package let isOpenPage: Bool
    /// Where the request came from, for allowances: the client's address, as the declared proxy tells it where there is one.
    package let caller: String
    private let headers: HTTPFields
    let environment: WebEnvironment

    package init(source: WebContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        language = source.language
        session = source.session
        visitor = source.visitor
        actor = (try? source.visitor.get())?.actor ?? .stranger
        browser = source.browser
        requestID = source.requestID
        address = source.address
        query = Query(source.query)
        wantsJSON = source.wantsJSON
        isInterface = source.isInterface
        isOpenPage = source.isOpenPage
        caller = source.caller
        headers = source.headers
        environment = source.environment
    }

    /// Whether there are pages for the public.
    package var hasOpenPages: Bool { environment.configuration.hasOpenPages }
    /// A header of the request; nil where it is missing.
    package func header(_ name: String) -> String? { HTTPFields.Element.Name(name).flatMap { headers[$0] } }
    /// What a token limits the visitor to; nil for those who have none.
    package var grant: Grant? { (try? visitor.get())?.grant }
    /// Whether the visitor may use a right.
    package func may(_ right: Right) -> Bool { (try? visitor.get())?.mayUse(right) ?? false }
    /// Whether others than this machine reach the server, through a proxy or over TLS.
    package var isBehindProxy: Bool { environment.configuration.origin != nil }
    /// Whether a link may lead there: the start page, which sends everybody to their own, what is no page of a slice, and what the visitor may read.
    func opens(_ path: String) -> Bool {
        guard path != "/", path != address.pathText, let right = environment.methods.right(of: path) else { return true }
        return switch right.holders {
        case .everybody: true
        case .accounts: account != nil
        case .roles: may(right)
        }
    }

    /// A sentence that was composed in Chinese, in the language of the answer.
    package func phrase(_ chinese: String) -> String {
        language == .chinese ? chinese : environment.configuration.phrases.english(chinese) ?? chinese
    }

    /// The account behind the session; nil for a stranger.
    package var account: Int64? { (try? visitor.get())?.account }
    /// What the visitor is called, where an account says so.
    package var visitorName: String? { (try? visitor.get())?.name }
    /// Whether sign-in is complete, or not needed.
    package var isAdmitted: Bool { (try? visitor.get()).map { $0.errand == nil && $0.actor != .stranger } ?? false }
    /// Where secrets come from.
    package var chance: Chance { environment.configuration.chance }

    package var clock: Clock { environment.configuration.clock }

    /// The largest request body in bytes.
    package var uploadLimit: Int { environment.configuration.uploadLimit }

    /// The day the question is about (`?on=`), today where none is given.
    ///
    /// - Throws: `query.day` where it is no day.
    package func on() throws -> Day { try day("on") ?? clock.today }

    /// A day of the query, or nil where it is not given.
    package func day(_ name: String) throws -> Day? {
        guard let text = query[name] else { return nil }
        guard let day = Day(text) else {
            throw Failure(.invalid, "query.day", "地址中的日期“\(text.prefix(20))”不是有效日期。", cure: "日期写成 2007-03-31 的形式。")
        }
        return day
    }

    /// What the store is to be asked at (`?known=`): a day, a journal position, or nil for the latest.
    package func known() throws -> KnownAt? {
        guard let text = query["known"] else { return nil }
        if let day = Day(text) { return .day(day) }
        guard let position = Int64(text), position >= 0 else {
            throw Failure(
                .invalid, "query.known", "地址中的“数据截至”“\(text.prefix(20))”既不是日期也不是日志序号。", cure: "写成 2007-03-31 或日志序号，如 128。")
        }
        return .position(position)
    }

    /// The record's number in the path: `id("enterprise")` of `/enterprises/{enterprise}`.
    ///
    /// - Throws: `page.missing` where it is no number.
    package func id<Of>(_ name: String) throws -> ID<Of> {
        guard let number = Int64(try parameter(name)), number > 0 else { throw Failure.noPage }
        return ID(number)
    }

    /// A part of the path, decoded.
    package func parameter(_ name: String) throws -> String {
        guard let raw = parameters.get(name), let text = PercentCoding.text(Array(raw.utf8), plusIsSpace: false), !text.isEmpty else {
            throw Failure.noPage
        }
        return text
    }

    /// Runs work that blocks on a thread made for it and waits for its result; for anything that takes more than a few milliseconds.
    package func onWorkerThread<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await WorkerThreads.shared.run(work)
    }

    /// The fields every form must carry: the token, a request id that is used once, and the version that was read.
    package func formSeal(readVersion: Int64? = nil) -> FormSeal {
        FormSeal(
            token: environment.csrf.token(session: session.id), requestID: environment.configuration.chance.token(bytes: 16),
            readVersion: readVersion)
    }
}

/// The point of the store's knowledge a question is asked at.
package enum KnownAt: Sendable, Hashable {
    /// The end of that day in Asia/Shanghai.
    case day(Day)
    /// The journal position.
    case position(Int64)
}

/// The reader's session: a random name in a cookie. What it stands for is the doorkeeper's matter.
package struct Session: Sendable, Hashable {
    package let id: String
    /// Whether the request came without a valid session cookie, so that the answer must set it.
    package let isNew: Bool

    /// 64 hexadecimal digits (256 bits), more than the 128 that ASVS 5.0 7.2.3 asks for.
    static func isWellFormed(_ id: String) -> Bool { id.utf8.count == 64 && Hexadecimal.bytes(id) != nil }
}

/// Where a `WebContext` comes from: the request, read once.
package struct WebContextSource: RequestContextSource {
    package let logger: Logger
    let language: Language
    let session: Session
    let visitor: Result<Visitor, any Error>
    let browser: String
    let requestID: String
    let address: Address
    let query: String
    let wantsJSON: Bool
    let isInterface: Bool
    let isOpenPage: Bool
    let caller: String
    let headers: HTTPFields
    let environment: WebEnvironment

    init(request: Request, remote: String?, logger: Logger, environment: WebEnvironment) async {
        let chance = environment.configuration.chance
        let cookies = RequestCookies(request.headers[values: .cookie])
        let names = environment.cookies
        let sent = cookies[names.sessionName].flatMap { Session.isWellFormed($0) ? $0 : nil }
        requestID = chance.token(bytes: 6)
        session = Session(id: sent ?? chance.token(bytes: 32), isNew: sent == nil)
        isInterface = request.uri.path.hasPrefix("/api/")
        isOpenPage = environment.configuration.hasOpenPages && OpenPages.holds(request.uri.path)
        caller = OpenPages.caller(request.headers, remote: remote, environment.configuration)
        headers = request.headers
        let chosen = cookies[names.languageName].flatMap(Language.init(rawValue:))
        let asked = isOpenPage ? Query(request.uri.query ?? "")["language"].flatMap(Language.init(rawValue:)) : chosen
        language = (isInterface ? Self.language(request.headers[.acceptLanguage]) : asked) ?? .chinese
        browser = String((request.headers[.userAgent] ?? "").prefix(200))
        let mayBearToken = isInterface || request.uri.path == "/metrics"
        if isOpenPage {
            visitor = .success(.stranger)
        } else if mayBearToken, let authorization = request.headers[.authorization] {
            visitor = await Self.bearer(authorization, environment.configuration.tokens)
        } else {
            visitor = await Self.visitor(session, request.uri.path, environment.configuration.doorkeeper)
        }
        query = request.uri.query ?? ""
        address = Address(requestPath: request.uri.path, items: Query(query).items)
        let accept = request.headers[.accept] ?? ""
        wantsJSON = isInterface || (accept.contains("application/json") && !accept.contains("text/html"))
        var logger = logger
        logger[metadataKey: "request"] = .string(requestID)
        self.logger = logger
        self.environment = environment
    }
}

extension WebContextSource {
    /// Where a request brings a token, its cookie counts for nothing (RFC 6750, 2.1).
    private static func bearer(_ authorization: String, _ keeper: any TokenKeeper) async -> Result<Visitor, any Error> {
        let parts = authorization.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return .failure(Admission.badToken) }
        do { return .success(try await keeper.visitor(bearing: String(parts[1]))) } catch { return .failure(error) }
    }

    /// The first language that a caller of the interface names, where it is one of ours.
    private static func language(_ accepted: String?) -> Language? {
        accepted.flatMap { Language(rawValue: String($0.lowercased().prefix(2))) }
    }

    /// A session that has just been made is nobody's, and styles are everybody's: neither is asked about.
    private static func visitor(_ session: Session, _ path: String, _ doorkeeper: any Doorkeeper) async -> Result<Visitor, any Error> {
        if doorkeeper.entrance != nil, session.isNew || PublicFiles.holds(path) { return .success(.stranger) }
        do { return .success(try await doorkeeper.visitor(session: session.id)) } catch { return .failure(error) }
    }
}
