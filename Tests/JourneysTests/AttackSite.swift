import Foundation
import TestSupport
import Testing

/// The running program with a demonstration store into which hostile names were brought by files, and an attacker's hands on it.
struct AttackSite: Sendable {
    struct Route: Decodable, Sendable {
        let method: String
        let path: String
        let right: String
        let everything: [String]
        let ownTown: [String]
        let accounts: Bool
    }

    let port: Int
    let routes: [Route]

    /// What a spreadsheet would run, a browser would run, a template would run, and what would be another tag of a document.
    static let hostile = #"=cmd|'/C calc'!A0"><script>x7</script>{{{7*7}}}<w:injected/>&厂"#
    /// SQL, script and another header line in one.
    static let injection = "1'\"><script>x7</script>; drop table enterprise;--%0d%0aX-Injected: 1"
    static let encoded = escaped(injection).replacing("%250d%250a", with: "%0d%0a")

    static let office = String(repeating: "0", count: 64)
    static let town = String(repeating: "8", count: 64)

    static func escaped(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }

    /// The store, made once and then copied: its file's bytes.
    private static let store = Result {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try HallmarkCommand.run(["demo", folder.path, "--only", "longwan-2006", "--enterprises", "20", "--results", "40"])
        guard made.code == 0 else { throw CocoaError(.fileReadUnknown) }
        let path = folder.appendingPathComponent("longwan-2006.sqlite")
        let quoted = "\"" + hostile.replacing("\"", with: "\"\"") + "\""
        let files = [
            ("enterprises", "企业名称,地址,年度,年销售额（万元）\n\(quoted),浙江省温州市龙湾区永中街道示例路1号,2006,10\n"),
            ("results", "产品名称,生产企业名称,规格型号,生产日期/批号,抽查结果\n皮鞋,\(quoted),250,2006-01-02,不合格\n皮鞋,示例鞋厂,250,2006-01-02,合格\n"),
        ]
        for (kind, text) in files {
            let file = folder.appendingPathComponent(kind + ".csv")
            try Data(text.utf8).write(to: file)
            let taken = try HallmarkCommand.run(["import", kind, file.path, "--commit", "good"], store: path)
            guard taken.code == 0 else { throw CocoaError(.fileReadCorruptFile) }
        }
        return try Data(contentsOf: path)
    }

    static func open(_ body: (AttackSite) async throws -> Void) async throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("store.sqlite")
        try store.get().write(to: path)
        let routes = try JSONDecoder().decode([Route].self, from: Data(try HallmarkCommand.run(["rights", "--json"]).output.utf8))
        let server = try #require(try HallmarkServer(store: path))
        let site = AttackSite(port: server.port, routes: routes)
        do {
            try site.choose(8, session: town)
            try await body(site)
        } catch {
            server.stop()
            throw error
        }
        server.stop()
        // Whatever was tried, the store is what its journal says.
        let verified = try HallmarkCommand.run(["verify"], store: path)
        #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
    }

    /// Becomes one of the demonstration's people.
    func choose(_ person: Int, session: String) throws {
        let token = try #require(try token(session))
        let body = "_token=\(token)&_request=\(String(repeating: "a", count: 32))&person=\(person)"
        #expect(try post("/demonstration", body, session: session).status == 303)
    }

    func get(_ path: String, session: String = office, headers: [(String, String)] = []) throws -> RawExchange {
        try RawExchange.send(
            "GET", path, port: port, headers: [("Cookie", "hallmark_session=\(session)"), ("Accept", "text/html")] + headers)
    }

    func post(_ path: String, _ body: String, session: String = office, headers: [(String, String)] = []) throws -> RawExchange {
        try RawExchange.send(
            "POST", path, port: port,
            headers: [("Cookie", "hallmark_session=\(session)"), ("Content-Type", "application/x-www-form-urlencoded")] + headers,
            body: Array(body.utf8))
    }

    /// The token of the session's forms.
    func token(_ session: String = office) throws -> String? {
        (try get("/targets", session: session).text.firstMatch(of: /name="_token" value="([^"]*)"/)?.output.1).map(String.init)
    }

    /// How many acts the store has seen.
    func head() throws -> String {
        String(try #require(try get("/journal").text.firstMatch(of: /\/journal\/([0-9]+)"/)).output.1)
    }

    /// Routes that a role may use; those of accounts are served only where there are accounts.
    func routes(_ method: String, for role: String) -> [Route] {
        routes.filter { route in
            route.method == method && !route.accounts && !route.right.hasPrefix("accounts.") && !route.path.hasPrefix("/sign-")
                && !route.path.hasPrefix("/link/")
                && (route.everything.contains(role) || route.ownTown.contains(role) || route.right == "web.anyone")
        }
    }

    /// One address of each page, found by following links from page to page; where none leads, the parts of the path are filled with 1.
    func addresses(session: String = office, role: String = "programme-office") throws -> [String] {
        let routes = routes("GET", for: role)
        var found: [String: String] = [:]
        var waiting = ["/", "/enterprises", "/questions", "/publications", "/returns", "/programmes", "/questions/account", "/results"]
        var seen = Set(waiting)
        while !waiting.isEmpty, seen.count < 400 {
            let path = waiting.removeFirst()
            let answer = try get(path, session: session)
            guard answer.status == 200 else { continue }
            for match in answer.text.matches(of: /href="(\/[^"#]*)"/) {
                let address = String(match.output.1).replacing("&amp;", with: "&")
                guard let route = routes.first(where: { Self.matches($0.path, address) }), found[route.path] == nil else { continue }
                found[route.path] = address
                if seen.insert(address).inserted { waiting.append(address) }
            }
        }
        return routes.map { found[$0.path] ?? $0.path.replacing(/\{[^}]*\}/, with: "1") }
    }

    private static func matches(_ pattern: String, _ address: String) -> Bool {
        let parts = pattern.split(separator: "/")
        let given = address.prefix { $0 != "?" }.split(separator: "/")
        return parts.count == given.count && zip(parts, given).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }

    /// Every name that some page reads from its address, as the sources have them.
    static let parameters: [String] = {
        var names: Set<String> = []
        for path in FileManager.default.enumerator(atPath: ProjectFiles.url("Sources").path)?.compactMap({ $0 as? String }) ?? []
        where path.hasSuffix(".swift") {
            let text = (try? String(contentsOf: ProjectFiles.url("Sources/" + path), encoding: .utf8)) ?? ""
            for match in text.matches(of: /query(?:\.all\(|\[)"([a-z-]+)"/) { names.insert(String(match.output.1)) }
        }
        return names.sorted()
    }()
}
