import Foundation
import TestSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Exploring a question over a socket, as a browser does it: narrow down, break down, map, keep, put on the desk.
@Suite("exploring a demonstration store", .blocking, .serialized)
struct ExploreJourneyTests {
    @Test("ends with a map, a saved view and a chart on the desk, in both languages")
    func explore() async throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try HallmarkCommand.run(["demo", folder.path, "--only", "longwan-2006", "--enterprises", "200", "--results", "240"])
        #expect(made.code == 0, "\(made.output) \(made.errors)")
        let server = try #require(try HallmarkServer(store: folder.appendingPathComponent("longwan-2006.sqlite")))
        defer { server.stop() }
        let result = "/questions/spotcheck.result"
        let pages = [
            ("\(result)?by=region&by=verdict&as=cross", "行列互换", "Swap rows and columns"), ("\(result)?as=trend", "polyline", "polyline"),
            ("\(result)?where=verdict%3Dfail&as=table", "检验结论：不合格", "Verdict: Fail"),
            ("\(result)?as=map", "还没有装入地图", "No map has been loaded"),
            ("\(result)/values?dimension=producer", "用所选的值", "Use what is ticked"), ("/questions", "可以这样问", "Try"),
            ("/questions/views", "还没有常用查询", "No saved views yet"), ("/questions/maps", "装入边界文件", "Load a file of boundaries"),
        ]
        for (path, chinese, english) in pages {
            let page = try await server.get(path)
            #expect(page.status == 200 && page.text.contains(chinese), "\(path) lacks \(chinese)")
            #expect(page.text.utf8.count < 100_000, "\(path): \(page.text.utf8.count)")
            let other = try await FormSender.text(server, path, cookie: "hallmark_language=en")
            #expect(other.contains(english), "\(path) lacks \(english)")
        }
        let square = "[[[120.7,27.9],[120.9,27.9],[120.9,28.0],[120.7,27.9]]]"
        let map =
            #"{"type":"FeatureCollection","features":[{"properties":{"adcode":330303,"name":"龙湾区"},"geometry":{"type":"Polygon","coordinates":\#(square)}}]}"#
        let browser = try await FormSender(server, page: "/questions/maps")
        #expect(try await browser.send("/questions/maps", [("title", "龙湾"), ("source", "测试")], file: map) == 200)
        #expect(try await server.get("/questions/maps/1").text.contains("1个区域，对上1个"))
        #expect(try await server.get("\(result)?as=map").text.contains("aria-label=\"龙湾区："))
        let keeping = try await FormSender(server, page: "\(result)?as=trend")
        let fields = [("title", "趋势"), ("fact", "spotcheck.result"), ("as", "trend"), ("desk", "yes")]
        #expect(try await keeping.send("/questions/views", fields) == 200)
        #expect(try await server.get("/").text.contains("polyline"))
        #expect(try await server.get("/questions/views/1/manage").text.contains("从工作台取下"))
        for (path, more) in [
            ("views/1/rename", [("title", "批次趋势")]), ("views/1/desk", [("desk", "no")]), ("views/1/drop", []), ("maps/1/withdraw", []),
        ] {
            let page = path.hasPrefix("maps") ? "/questions/maps/1" : "/questions/views/1/manage"
            #expect(try await FormSender(server, page: page).send("/questions/" + path, more) == 200, "\(path)")
        }
        #expect(try await server.get("/questions/views/1").status == 404)
        #expect(try await server.get("/journal").text.contains("撤下地图边界"))
    }
}

/// Sends a form with the hidden fields and the session of the page that holds it.
private struct FormSender {
    private let server: HallmarkServer
    private let session: String
    private let hidden: [(String, String)]

    init(_ server: HallmarkServer, page: String) async throws {
        self.server = server
        session = "hallmark_session=" + String(repeating: "ab", count: 32)
        let text = try await Self.text(server, page, cookie: session)
        hidden = ["_token", "_request", "_version"].compactMap { name in
            text.range(of: "name=\"\(name)\" value=\"").map { (name, String(text[$0.upperBound...].prefix { $0 != "\"" })) }
        }
    }

    /// Keeps no cookies of its own, which would take the place of those that a request names.
    private static let plain: URLSession = {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        return URLSession(configuration: configuration)
    }()

    /// A page as a browser with one cookie of its own gets it.
    static func text(_ server: HallmarkServer, _ path: String, cookie: String) async throws -> String {
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(server.port)\(path)")), timeoutInterval: 20)
        request.setValue(cookie, forHTTPHeaderField: "Cookie")
        return String(decoding: try await plain.data(for: request).0, as: UTF8.self)
    }

    /// The status of the page that the answer leads to.
    func send(_ path: String, _ fields: [(String, String)], file: String? = nil) async throws -> Int {
        let boundary = "----journey"
        var body = ""
        for (name, value) in hidden + fields {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        if let file {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n\(file)\r\n"
        }
        body += "--\(boundary)--\r\n"
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(server.port)\(path)")), timeoutInterval: 20)
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        request.setValue("multipart/form-data; boundary=\(boundary)", forHTTPHeaderField: "Content-Type")
        request.setValue(session, forHTTPHeaderField: "Cookie")
        let (_, response) = try await Self.plain.data(for: request)
        return (response as? HTTPURLResponse)?.statusCode ?? 0
    }
}
