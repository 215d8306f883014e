import Foundation
import TestSupport
import Testing
import Values
import XMLReading

@testable import Spreadsheets

/// Attacks on everything that can be read, over the whole table of routes: a new route is attacked without being named here.
@Suite("attacks by address", .blocking, .serialized)
struct AttackPagesTests {
    @Test("no parameter of any page takes SQL, script or a header line, and every private page says that it must not be kept")
    func parameters() async throws {
        try await AttackSite.open { site in
            let addresses = try site.addresses()
            #expect(addresses.count > 60 && AttackSite.parameters.count > 30)
            #expect(addresses.count { !$0.hasSuffix("/1") } > 50)
            let targets = addresses.flatMap { address in
                AttackSite.parameters.map { address + (address.contains("?") ? "&" : "?") + $0 + "=" + AttackSite.encoded }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for share in 0..<4 {
                    group.addTask {
                        for index in stride(from: share, to: targets.count, by: 4) {
                            try Self.expectHarmless(site.get(targets[index]), targets[index])
                        }
                    }
                }
                try await group.waitForAll()
            }
            // What the attack was aimed at is still there.
            let list = try site.get("/enterprises")
            #expect(list.status == 200)
        }
    }

    @Test("names that came by a file run nowhere: not on a page, in a .csv, an .xlsx or a .docx")
    func stored() async throws {
        try await AttackSite.open { site in
            var shown = 0
            var kinds: Set<String> = []
            for address in try site.addresses() {
                let answer = try site.get(address)
                try Self.expectHarmless(answer, address)
                if answer.text.contains("{{{7*7}}}") { shown += 1 }
                let type = answer.header("Content-Type") ?? ""
                if type.contains("openxmlformats"), answer.status == 200 {
                    kinds.insert(String(type.suffix(8)))
                    try Self.expectNoFormula(answer.body)
                }
            }
            #expect(shown > 2, "the hostile name must be on some pages, or nothing was tried")
            #expect(kinds.count == 2, "a workbook and a document")
            for fact in ["enterprise", "account"] {
                let csv = try site.get("/questions/\(fact)/export?format=csv")
                #expect(csv.status == 200 && csv.text.contains("'=cmd|") && !csv.text.contains("\"=cmd|") && !csv.text.contains("\n=cmd|"))
                let book = try site.get("/questions/\(fact)/export?format=xlsx")
                let cells = try Self.expectNoFormula(book.body)
                #expect(cells.contains("=cmd|"), "the text stands in the workbook as a text")
            }
        }
    }

    @Test("no part of a path leads out of its folder")
    func paths() async throws {
        try await AttackSite.open { site in
            let ways = [
                "..%2f..%2f..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5c..%5cetc%5cpasswd", "%00", "%ff", "-1",
                AttackSite.encoded,
            ]
            for route in site.routes("GET", for: "programme-office") where route.path.contains("{") {
                for way in ways {
                    let answer = try site.get(route.path.replacing(/\{[^}]*\}/, with: way))
                    #expect(answer.status >= 300 && answer.status < 500, "\(route.path) \(way): \(answer.status)")
                    try Self.expectHarmless(answer, route.path)
                }
            }
            for path in [
                "/../../etc/passwd", "/styles/../../Package.swift", "/styles/..%2f..%2fPackage.swift", "//etc/passwd",
                "/%2e%2e/Package.swift",
            ] {
                let answer = try site.get(path)
                #expect(answer.status >= 400 && !answer.text.contains("swift-tools-version") && !answer.text.contains("root:"), "\(path)")
            }
        }
    }

    @Test("no other name than this machine's is answered, nor what a proxy passed on that was not declared")
    func names() async throws {
        try await AttackSite.open { site in
            for route in site.routes where route.method == "GET" {
                let path = route.path.replacing(/\{[^}]*\}/, with: "1")
                for host in ["evil.example", "127.0.0.1.evil.example:\(site.port)", "localhost:1", "127.0.0.1:\(site.port)@evil.example"] {
                    let answer = try site.get(path, headers: [("Host", host)])
                    #expect([400, 403].contains(answer.status), "\(path) as \(host): \(answer.status)")
                    #expect(!answer.text.contains("_token"), "\(path)")
                }
                #expect(try site.get(path, headers: [("X-Forwarded-For", "10.0.0.1")]).status == 403, "\(path)")
            }
        }
    }

    @Test("whatever number a town officer writes into an address, no other town's firm is named")
    func towns() async throws {
        try await AttackSite.open { site in
            func names(_ session: String) throws -> Set<String> {
                let text = try site.get("/api/v1/questions/enterprise/rows?limit=500", session: session).text
                return Set(text.matches(of: /"name":"((?:[^"\\]|\\.)*)"/).map { String($0.output.1) })
            }
            let own = try names(AttackSite.town)
            let others = try names(AttackSite.office).subtracting(own).filter { !$0.contains("x7") }
            #expect(others.count > 3)
            var answered = 0
            // What was published names firms of every place, and is everybody's.
            for route in site.routes("GET", for: "town-officer") where route.right != "public.read" {
                for number in route.path.contains("{") ? (1...22).map(String.init) + ["account", "enterprise", "none"] : ["1"] {
                    let path = route.path.replacing(/\{[^}]*\}/, with: number)
                    for query in ["", "?where=enterprise%3D\(number)", "?known=1", "?region=none"] {
                        let answer = try site.get(path + query, session: AttackSite.town)
                        #expect(answer.status < 500, "\(path)\(query)")
                        answered += answer.status == 200 ? 1 : 0
                        for name in others where answer.text.contains(name) { Issue.record("\(path)\(query) names \(name)") }
                    }
                }
            }
            #expect(answered > 50)
        }
    }

    @Test("who opens a dossier or takes data away stands in the record that auditors read, and nobody else does")
    func readings() async throws {
        try await AttackSite.open { site in
            let auditor = String(repeating: "5", count: 64)
            try site.choose(5, session: auditor)
            for path in [
                "/enterprises/1?tab=accounts", "/questions/account/export?format=csv&purpose=annual", "/questions/account?metric=sales",
                "/programmes",
            ] {
                let answer = try site.get(path, session: AttackSite.office)
                #expect(answer.status == 200, "\(path)")
            }
            try await Task.sleep(for: .seconds(2))
            let page = try site.get("/readings", session: auditor).text
            for path in [
                "/enterprises/1?tab=accounts", "/questions/account/export?format=csv&amp;purpose=annual", "/questions/account?metric=sales",
            ] {
                #expect(page.contains("<code>\(path)</code>"), "\(path)")
            }
            #expect(!page.contains("<code>/programmes</code>") && page.contains("annual"))
            for session in [AttackSite.office, AttackSite.town] { #expect(try site.get("/readings", session: session).status == 403) }
        }
    }

    /// No fault of the program, nothing of the engine's words, no tag of the attacker's, no header of theirs, no way out, not to be kept.
    private static func expectHarmless(_ answer: RawExchange, _ path: String) throws {
        #expect(answer.status < 500 && answer.status >= 200, "\(path): \(answer.status)")
        #expect(answer.header("X-Injected") == nil, "\(path)")
        // What other systems fetch carries a mark of its state, which they keep for themselves and ask about again.
        let mayBeMarked = path.hasPrefix("/api/") && answer.header("ETag") != nil
        // What is everybody's may be kept by caches; it brings no cookie.
        let isOpen = path.hasPrefix("/published") && answer.status == 200
        if isOpen {
            #expect(answer.header("Cache-Control") == "public, max-age=300" && answer.header("Set-Cookie") == nil, "\(path)")
            #expect(!answer.text.contains("_token"), "\(path)")
        } else {
            #expect(answer.header("Cache-Control") == (mayBeMarked ? "private, no-cache" : "no-store"), "\(path)")
        }
        #expect(answer.header("X-Content-Type-Options") == "nosniff", "\(path)")
        #expect(answer.header("Content-Security-Policy")?.contains("default-src 'none'") == true, "\(path)")
        if let location = answer.header("Location") {
            #expect(location.hasPrefix("/") && !location.hasPrefix("//") && !location.hasPrefix("/\\"), "\(path) → \(location)")
        }
        let type = answer.header("Content-Type") ?? ""
        if type.contains("text/html") {
            #expect(!answer.text.contains("<script>x7"), "\(path)")
            for word in ["sqlite", "syntax error", "libpq", "near \""] {
                #expect(!answer.text.lowercased().contains(word), "\(path): \(word)")
            }
        } else if answer.status == 200 {
            // What is not a page must never be taken for one.
            #expect(!type.contains("html") && !type.isEmpty, "\(path): \(type)")
        }
    }

    /// Reads every sheet or the text of a document; answers its texts.
    @discardableResult
    private static func expectNoFormula(_ bytes: [UInt8]) throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("attack-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes).write(to: file)
        let package = try ZipPackage(file.path, place: .init(), limits: ReadLimits())
        let tags = TagCollector()
        for part in ["word/document.xml", "xl/sharedStrings.xml"] + (1...4).map({ "xl/worksheets/sheet\($0).xml" })
        where package.contains(part) {
            try package.parse(part, tags)
        }
        #expect(!tags.names.contains("f") && !tags.names.contains("injected") && !tags.names.contains("script"))
        return tags.written
    }

    private final class TagCollector: XMLHandler {
        var names: Set<String> = []
        var written = ""
        func start(_ name: String, _ attributes: XMLAttributes) { names.insert(name) }
        func end(_ name: String) {}
        func text(_ bytes: UnsafeBufferPointer<UInt8>) { written += String(decoding: bytes, as: UTF8.self) }
    }
}
