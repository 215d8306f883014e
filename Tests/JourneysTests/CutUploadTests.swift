import Foundation
import TestSupport
import Testing

/// A sender that goes away in the middle of an upload.
@Suite("an upload cut off", .blocking, .serialized)
struct CutUploadTests {
    @Test("leaves nothing in the store or on the disk, and the server goes on answering")
    func cut() async throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try #require(try HallmarkServer(store: folder.appendingPathComponent("store.sqlite")))
        defer { server.stop() }
        let session = String(repeating: "ab", count: 32)
        let page = try await server.get("/imports/new", headers: ["Cookie": "hallmark_session=\(session)"]).text
        let token = try #require(page.firstMatch(of: /name="_token" value="([0-9a-f]+)"/)).output.1
        let form =
            "--x\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n\(token)\r\n"
            + "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.csv\"\r\n\r\n"
        let head =
            "POST /imports HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nCookie: hallmark_session=\(session)\r\n"
            + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 50000000\r\n\r\n"
        let isSpooled = try server.sendAndHangUp(Array((head + form).utf8) + [UInt8](repeating: 65, count: 300_000)) {
            Self.spooled(server.port).count == 1
        }
        #expect(isSpooled)
        for _ in 0..<100 where !Self.spooled(server.port).isEmpty { try await Task.sleep(for: .milliseconds(50)) }
        #expect(Self.spooled(server.port) == [])
        #expect(try await server.get("/imports/new").text.contains("还没有导入过"))
    }

    /// Uploads that lie on the disk.
    private static func spooled(_ port: Int) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: FileManager.default.temporaryDirectory.path)) ?? []
        return all.filter { $0.hasPrefix("hallmark-") && $0.hasSuffix("-\(port)") }.flatMap { name in
            (try? FileManager.default.contentsOfDirectory(atPath: FileManager.default.temporaryDirectory.appendingPathComponent(name).path))
                ?? []
        }
    }
}
