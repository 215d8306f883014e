import Foundation
import TestSupport
import Testing

/// The pages for the public as an operator switches them on and off.
@Suite("public pages", .blocking, .serialized)
struct PublicPagesJourneyTests {
    @Test("the demonstration has figures and lists to read; switched off, or with accounts and not asked for, there is nothing")
    func switched() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try HallmarkCommand.run(["demo", folder.path, "--only", "longwan-2006", "--enterprises", "40", "--results", "120"])
        #expect(made.code == 0, "\(made.errors)")
        let store = folder.appendingPathComponent("longwan-2006.sqlite")
        try Self.serving(store, ["--demo-accounts"]) { get in
            let figures = try #require(get("/published/figures"))
            #expect(figures.contains("HTTP/1.1 200") && figures.contains("2007-03-31") && figures.contains("%"))
            let lists = try #require(get("/published/lists"))
            #expect(lists.matches(of: /href="\/published\/lists\/[0-9]+"/).count == 6)
            #expect(!lists.contains("Set-Cookie") && lists.contains("Cache-Control: public"))
            #expect(get("/targets")?.contains("公众查询") == true)
        }
        try Self.serving(store, ["--demo-accounts", "--no-public-pages"]) { get in
            #expect(get("/published")?.hasPrefix("HTTP/1.1 404") == true)
            for path in ["/", "/targets", "/publications"] {
                #expect(get(path)?.contains("公众查询") == false && get(path)?.contains("/published") == false, "\(path)")
            }
        }
        let real = folder.appendingPathComponent("real.sqlite")
        try Self.serving(real, []) { get in
            #expect(get("/published")?.hasPrefix("HTTP/1.1 404") == true)
            #expect(get("/sign-in")?.contains("公众") == false)
        }
        try Self.serving(real, ["--public-pages"]) { get in
            #expect(get("/published")?.hasPrefix("HTTP/1.1 200") == true)
            #expect(get("/sign-in")?.contains("公众查询") == true)
        }
    }

    private static func serving(_ store: URL, _ arguments: [String], _ body: ((String) -> String?) throws -> Void) throws {
        let server = try #require(try ServingProcess(store: store, arguments))
        let plain = PlainRequest(port: server.port, session: String(repeating: "a", count: 64))
        let outcome = Result { try body { path in plain.get(path)?.text } }
        server.terminate()
        #expect(server.endsWithin(seconds: 40) == 0)
        try outcome.get()
    }
}
