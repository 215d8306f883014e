import Enterprises
import Foundation
import Hummingbird
import Programmes
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@testable import Interface

@Suite("The interface for other systems")
struct OperationTests {
    private static let office = Actor(name: "local", role: .programmeOffice)

    @Test("The document names exactly the addresses that are routed, each once, with words in both languages")
    func document() async throws {
        try await InterfaceBench.with { bench in
            let document = try await bench.ask("/api/v1/openapi.json").json()
            #expect(document["openapi"] as? String == "3.1.0")
            let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
            let routed = bench.routes.routes.filter { $0.path.hasPrefix("/api/v1") }
            #expect(Set(paths.keys) == Set(routed.map(\.path)))
            for route in routed {
                let operation = try #require(paths[route.path]?["get"])
                #expect(route.method == .get && paths[route.path]?.count == 1, "the interface only reads")
                #expect(operation["x-right"] as? String == route.may.name)
                let parameters = try #require(operation["parameters"] as? [[String: Any]])
                let inPath = parameters.filter { $0["in"] as? String == "path" }.compactMap { $0["name"] as? String }
                #expect(inPath.sorted() == route.path.matches(of: /\{([a-z]+)\}/).map { String($0.output.1) }.sorted(), "\(route.path)")
            }
            #expect(Set(OperationTable.all.map(\.id)).count == OperationTable.all.count)
            for operation in OperationTable.all {
                let words = [operation.title, operation.about] + operation.parameters.map(\.about)
                #expect(words.allSatisfy { $0.english != nil }, "\(operation.id)")
            }
            let page = try await bench.ask("/api")
            #expect(page.status == 200 && OperationTable.all.allSatisfy { page.text.contains($0.path) })
        }
    }

    /// An address of each operation; the test below fails where one is missing.
    private static let examples: [String: [String]] = [
        "openAPI": ["/api/v1/openapi.json"], "listFacts": ["/api/v1/facts"],
        "askQuestion": [
            "/api/v1/questions/enterprise?by=region", "/api/v1/questions/enterprise?by=region&structure=now",
            "/api/v1/questions/account?metric=sales&by=year",
            "/api/v1/questions/spotcheck.result?metric=batch-pass-rate&where=verdict%3Dfail&on=2026-01-01",
        ],
        "listRows": ["/api/v1/questions/enterprise/rows?limit=2", "/api/v1/questions/account/rows"],
        "downloadRows": ["/api/v1/bulk/enterprise", "/api/v1/bulk/enterprise?format=csv"],
        "listEnterprises": [
            "/api/v1/enterprises", "/api/v1/enterprises?q=%E7%A4%BA%E4%BE%8B&limit=1",
            "/api/v1/enterprises?region=%E9%BE%99%E6%B9%BE%E5%8C%BA&status=active",
        ], "getEnterprise": ["/api/v1/enterprises/1", "/api/v1/enterprises/3?known=2026-03-02"],
        "listPublications": ["/api/v1/publications"],
        "listTargets": ["/api/v1/targets", "/api/v1/targets?programme=longwan-2006&on=2007-01-01"],
        "listProgrammes": ["/api/v1/programmes"], "getProgramme": ["/api/v1/programmes/longwan-2006"],
        "listClasses": ["/api/v1/programmes/longwan-2006/classes"],
        "listClassMembers": ["/api/v1/programmes/longwan-2006/classes/enterprise.class?limit=1"],
        "listJournal": ["/api/v1/journal?limit=1", "/api/v1/journal?subject=token/1"], "listChanges": ["/api/v1/changes?after=1"],
        "getPublication": [], "listResults": [],
    ]

    @Test("Every operation answers what its declaration says", arguments: TestEngine.available)
    func shapes(_ engine: TestEngine) async throws {
        try await InterfaceBench.with(engine) { bench in
            try await AdoptProgramme(bench.desk.programmes).adopt("longwan-2006", by: Self.office, request: "adopt")
            #expect(Set(Self.examples.keys) == Set(OperationTable.all.map(\.id)))
            for operation in OperationTable.all {
                for example in Self.examples[operation.id] ?? [] {
                    let answer = try await bench.ask(example, as: Self.office)
                    #expect(answer.status == 200, "\(example): \(answer.text.prefix(300))")
                    guard case .json(let shape) = operation.answer, answer.status == 200 else { continue }
                    #expect(answer.header("Content-Type") == "application/json; charset=utf-8" && answer.header("ETag") != nil)
                    let fault = try shape.fault(in: answer.json())
                    #expect(fault == nil, "\(example)")
                }
            }
        }
    }

    @Test("Every refusal is a problem by RFC 9457 with its status, in the language that is asked for")
    func problems() async throws {
        try await InterfaceBench.with { bench in
            let token = try await bench.token(["questions.ask"])
            let cases: [(uri: String, token: String?, status: Int, code: String)] = [
                ("/api/v1/facts", nil, 401, "access.sign-in"), ("/api/v1/facts", "hmk_wrong", 401, "access.token"),
                ("/api/v1/enterprises", token, 403, "access.grant"), ("/api/v1/journal", token, 403, "access.role"),
                ("/api/v1/nowhere", token, 404, "page.missing"), ("/api/v1/questions/nothing", token, 404, "question.unknown-fact"),
                ("/api/v1/questions/enterprise?by=nothing", token, 422, "question.unknown-dimension"),
                ("/api/v1/questions/enterprise?colour=red", token, 422, "interface.parameter"),
                ("/api/v1/questions/enterprise?metric=a&metric=b", token, 422, "interface.parameter"),
                ("/api/v1/questions/enterprise/rows?limit=501", token, 422, "interface.parameter"),
                ("/api/v1/questions/enterprise/rows?cursor=bm8", token, 422, "interface.cursor"),
            ]
            for (uri, token, status, code) in cases {
                let answer = try await bench.ask(uri, token: token, ["Accept": "text/html"])
                #expect(answer.status == status && answer.header("Content-Type") == "application/problem+json", "\(uri): \(answer.text)")
                let problem = try answer.json()
                #expect(problem["code"] as? String == code && problem["status"] as? Int == status, "\(uri): \(answer.text)")
                #expect((problem["instance"] as? String)?.hasSuffix(answer.header("X-Request-Id") ?? "?") == true)
                #expect((answer.header("WWW-Authenticate") == "Bearer") == (status == 401))
                #expect(answer.header("Set-Cookie") == nil)
            }
            for method in [.post, .put, .delete] as [HTTPRequest.Method] {
                let answer = try await bench.ask("/api/v1/facts", token: token, method: method)
                #expect(answer.status == 405 && answer.header("Allow") == "GET, HEAD", "\(method)")
            }
            let english = try await bench.ask("/api/v1/nowhere", ["Accept-Language": "en-GB,en;q=0.9"])
            let title = try english.json()["title"] as? String
            #expect(title == "Not found")
        }
    }

    @Test(
        "Pages of a list show one journal position, whatever is written meanwhile; a cursor is good for its own query alone",
        arguments: TestEngine.available)
    func paging(_ engine: TestEngine) async throws {
        try await InterfaceBench.with(engine) { bench in
            for list in ["/api/v1/enterprises?limit=1", "/api/v1/questions/enterprise/rows?limit=1"] {
                var uri = list
                var (seen, positions) = ([Int](), Set<Int>())
                for _ in 0..<10 {
                    let page = try await bench.ask(uri, as: Self.office).json()
                    let rows = try #require((page["enterprises"] ?? page["rows"]) as? [[String: Any]])
                    seen += rows.compactMap { ($0["id"] ?? $0["record"]) as? Int }
                    positions.insert(try #require(page["position"] as? Int))
                    try await bench.register.take("企业名称,地址", "新来\(UUID().uuidString.prefix(6))厂,")
                    guard let next = page["next"] as? String else { break }
                    uri = list + "&cursor=" + next
                    #expect(try await bench.ask("/api/v1/enterprises?limit=1&q=x&cursor=" + next, as: Self.office).status == 422)
                }
                #expect(positions.count == 1 && seen.count == Set(seen).count, "\(list)")
                #expect(seen == Array(1...seen.count) && seen.count >= 3, "\(list): \(seen)")
            }
        }
    }

    @Test("An answer has a name that holds until something is written, for one caller and one query")
    func conditional() async throws {
        try await InterfaceBench.with { bench in
            let tag = try #require(try await bench.ask("/api/v1/enterprises", as: Self.office).header("ETag"))
            func status(_ uri: String, _ actor: Actor) async throws -> Int {
                try await bench.ask(uri, as: actor, ["If-None-Match": "\"other\", \(tag)"]).status
            }
            #expect(try await status("/api/v1/enterprises", Self.office) == 304)
            #expect(try await status("/api/v1/enterprises?limit=2", Self.office) == 200)
            #expect(try await status("/api/v1/enterprises", Actor(name: "x", role: .spotCheckOfficer)) == 200)
            try await bench.register.take("企业名称,地址", "新厂,")
            #expect(try await status("/api/v1/enterprises", Self.office) == 200)
        }
    }

    @Test("A bulk file holds every row once, as the pages have them", arguments: TestEngine.available)
    func bulk(_ engine: TestEngine) async throws {
        try await InterfaceBench.with(engine) { bench in
            let lines = (1...1100).map { "批量\($0)厂," }
            try await bench.register.take((["企业名称,地址"] + lines).joined(separator: "\r\n"))
            let file = try await bench.ask("/api/v1/bulk/enterprise", as: Self.office)
            #expect(file.header("Content-Type") == "application/x-ndjson" && file.header("Hallmark-Position") == "2")
            let rows = try file.text.split(separator: "\n").map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            }
            #expect(rows.compactMap { $0["record"] as? Int } == Array(1...1103))
            let first = try await bench.ask("/api/v1/questions/enterprise/rows?limit=1", as: Self.office).json()["rows"] as? [[String: Any]]
            #expect(NSDictionary(dictionary: rows[0]) == NSDictionary(dictionary: try #require(first?.first)))
            let csv = try await bench.ask("/api/v1/bulk/enterprise?format=csv", as: Self.office)
            #expect(csv.header("Content-Type") == "text/csv; charset=utf-8" && csv.text.split(separator: "\r\n").count == 1104)
        }
    }

    @Test("The change feed tells every act after a position once, in order, and where to go on")
    func changes() async throws {
        try await InterfaceBench.with { bench in
            for index in 0..<5 { try await bench.register.take("企业名称,地址", "后来\(index)厂,") }
            var (after, seen) = (0, [Int]())
            repeat {
                let page = try await bench.ask("/api/v1/changes?limit=2&after=\(after)", as: Self.office).json()
                let found = try #require(page["changes"] as? [[String: Any]]).compactMap { $0["position"] as? Int }
                seen += found
                after = try #require(page["after"] as? Int)
                #expect(page["head"] as? Int == 6)
                if found.isEmpty { break }
            } while true
            #expect(seen == Array(1...6) && after == 6)
        }
    }
}
