import Foundation
import Hummingbird
import HummingbirdTesting
import Testing
import Values

@testable import WebSupport

@Suite("Files made for a reader")
struct MadeFileTests {
    /// Serves one file that it makes, and tells where such files lie.
    private func site(_ body: @escaping @Sendable (any TestClientProtocol, URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("made-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = DemoSite.configuration(publicFolder: WebProbe.publicFolder)
        configuration.uploadFolder = folder
        var routes = RouteTable()
        routes.get("/file", may: .anyone) { context in
            let file = try context.newFile()
            try Data("内容".utf8).write(to: file.url)
            return .download(Download(name: "a.csv", kind: .csv, file: file))
        }
        let application = try WebServer.build(routes: routes, configuration: configuration)
        try await application.test(.router) { client in try await body(client, folder) }
    }

    private func left(_ folder: URL) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path) }

    @Test("are sent and gone; asked for the head alone they are gone too")
    func gone() async throws {
        try await site { client, folder in
            let sent = try await client.execute(uri: "/file", method: .get)
            #expect(String(buffer: sent.body) == "内容")
            #expect(sent.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(sent.headers[.cacheControl] == "no-store")
            #expect(try left(folder) == [])
            let head = try await client.execute(uri: "/file", method: .head)
            #expect(head.status == .ok && head.body.readableBytes == 0)
            #expect(try left(folder) == [])
        }
    }

    @Test("can be read by this account alone, in a folder that nobody else looks into")
    func modes() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("made-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        func mode(_ path: String) throws -> Int {
            try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
        }
        var file: MadeFile? = try MadeFile(folder: folder, name: "1")
        let path = try #require(file?.path)
        #expect(try mode(folder.path) == 0o700)
        #expect(try mode(path) == 0o600)
        let handle = try #require(fopen(path, "we"))
        fclose(handle)
        #expect(try mode(path) == 0o600)
        file = nil
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("that came with a form lie in such a folder, too")
    func uploads() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("made-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let spool = try FileSpool(folder: folder, name: "1", limit: 10)
        #expect(try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int == 0o700)
        _ = spool
    }
}

@Suite("A proxy that was not declared")
struct UndeclaredProxyTests {
    @Test(
        "is refused by the headers that it adds, whatever name it calls the server by",
        arguments: ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Host", "X-Forwarded-Proto"])
    func refused(_ header: String) async throws {
        try await WebProbe.site { site in
            let plain = try await site.get("/")
            #expect(plain.status == 200)
            let answer = try await site.get("/", [header: "10.1.2.3"])
            #expect(answer.status == 403 && answer.text.contains("启动时没有声明代理"))
        }
    }

    @Test("that was declared is not")
    func declared() async throws {
        try await WebProbe.site {
            $0.origin = PublicOrigin("https://a.example")
            $0.doorkeeper = Accounted()
        } _: { site in
            let answer = try await site.get("/", ["X-Forwarded-For": "10.1.2.3"])
            #expect(!answer.text.contains("没有声明代理"))
        }
    }

    private struct Accounted: Doorkeeper {
        var entrance: Address? { nil }
        var knowsAccounts: Bool { true }
        func visitor(session token: String) -> Visitor { Visitor(actor: .local) }
    }
}
