import Foundation
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import WebSupport

/// Clients that no browser is: over sockets, against limits made short.
@Suite("slow clients", .blocking, .serialized)
struct SlowClientTests {
    /// Runs the body in a thread of its own beside a server whose limits were changed; it may block.
    private func serving(
        _ change: (inout ConnectionLimits) -> Void = { _ in }, uploads: Int = 1 << 20,
        _ body: @escaping @Sendable (_ port: Int, _ roster: ConnectionRoster) throws -> Void
    ) async throws {
        var configuration = DemoSite.configuration(publicFolder: WebProbe.publicFolder)
        configuration.secret = WebProbe.secret
        configuration.port = 0
        configuration.uploadLimit = uploads
        configuration.connections.look = .milliseconds(20)
        // The test's own client keeps a connection, too, and says nothing; where a slow machine sends late nobody is cut for that.
        configuration.connections.head = .seconds(600)
        change(&configuration.connections)
        let roster = ConnectionRoster(limit: configuration.connections.connections)
        let application = try WebServer.build(routes: DemoSite.routes, configuration: configuration, roster: roster)
        try await application.test(.live) { client in
            let port = try #require(client.port)
            try body(port, roster)
        }
    }

    private static func waits(_ seconds: Double = 400, _ condition: () -> Bool) -> Bool {
        let deadline = Date().addingTimeInterval(seconds)
        while !condition() {
            guard Date() < deadline else { return false }
            Thread.sleep(forTimeInterval: 0.02)
        }
        return true
    }

    private static let page = "GET /enterprises HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

    @Test("a head that drips in is cut after its time")
    func heads() async throws {
        try await serving({ $0.head = .milliseconds(600) }) { port, _ in
            let slow = try #require(RawConnection(port: port))
            let head = Array("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: \(String(repeating: "a", count: 40_000))".utf8)
            var sent = 0
            #expect(
                Self.waits {
                    defer { sent += 1 }
                    return !slow.send([head[min(sent, head.count - 1)]], patience: 1) || slow.isClosed
                })
        }
    }

    @Test("what is no HTTP is answered and cut")
    func noise() async throws {
        try await serving({ $0.linger = .milliseconds(300) }) { port, _ in
            let noise = try #require(RawConnection(port: port))
            noise.send("\u{16}\u{3}\u{1} who goes there\r\n\r\n")
            #expect(noise.answer()?.hasPrefix("HTTP/1.1 400") == true)
            #expect(noise.rest() != nil)
        }
    }

    @Test("a silent connection is closed, before its first request and after an answer")
    func silence() async throws {
        try await serving({
            $0.head = .milliseconds(300)
            $0.idle = .milliseconds(300)
        }) { port, roster in
            let silent = try #require(RawConnection(port: port))
            #expect(silent.rest() == 0)
            // Once more where a slow machine sent too late.
            #expect(
                Self.waits {
                    guard let asking = RawConnection(port: port) else { return false }
                    asking.send(Self.page)
                    return asking.answer()?.hasPrefix("HTTP/1.1 200") == true && asking.rest() != nil
                })
            #expect(Self.waits { roster.count == 0 }, "the test's own client's is closed, too")
        }
    }

    @Test("a body that drips in is cut, and what it had brought is thrown away")
    func bodies() async throws {
        try await serving({ $0.body = .milliseconds(600) }) { port, roster in
            let slow = try #require(RawConnection(port: port))
            slow.send(
                "POST /imports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n"
            )
            #expect(Self.waits { !slow.send([65], patience: 1) || slow.isClosed })
            #expect(Self.waits { roster.count == 1 })
        }
    }

    @Test("a reader who takes nothing of what it asked for is cut")
    func readers() async throws {
        try await serving({ $0.reader = .milliseconds(400) }) { port, roster in
            let deaf = try #require(RawConnection(port: port, receiving: 4096))
            // Asked for again and again, so that no buffer of the system holds all the answers.
            let asked = 200
            deaf.send(String(repeating: "GET /exports/rows HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", count: asked))
            // This one, not the test's own client, which may leave by itself while a slow machine makes it wait.
            let port = deaf.ownPort
            #expect(Self.waits { roster.has(clientAt: port) })
            #expect(Self.waits { !roster.has(clientAt: port) })
            let taken = try #require(deaf.rest())
            #expect(taken < asked * 200_000, "not all of it was ever sent")
        }
    }

    @Test("a body that says that it is too large is answered at once, and not read")
    func largeBodies() async throws {
        try await serving({ $0.linger = .milliseconds(300) }) { port, roster in
            let large = try #require(RawConnection(port: port))
            large.send("POST /imports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: 10000000000\r\n\r\n")
            let answer = try #require(large.answer())
            #expect(answer.hasPrefix("HTTP/1.1 413"))
            #expect(answer.lowercased().contains("connection: close"))
            #expect(Self.waits { !large.send([UInt8](repeating: 65, count: 65_536), patience: 1) }, "it goes on sending and is cut")
            #expect(Self.waits { roster.count == 1 })
        }
    }

    @Test("a body that does not say how long it is ends at the limit")
    func endlessBodies() async throws {
        try await serving({ $0.linger = .milliseconds(300) }) { port, roster in
            let endless = try #require(RawConnection(port: port))
            endless.send(
                "POST /imports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
            let chunk = Array("10000\r\n\(String(repeating: "a", count: 65_536))\r\n".utf8)
            #expect(Self.waits { !endless.send(chunk, patience: 1) })
            #expect(Self.waits { roster.count == 1 })
        }
    }

    @Test("a refused form whose body was small leaves the answer readable, and the next connection works")
    func refusedForm() async throws {
        try await serving { port, _ in
            for _ in 0..<20 {
                let form = try #require(RawConnection(port: port))
                form.send(
                    "POST /imports HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://elsewhere.example\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n")
                form.send("_token=ab")
                #expect(form.answer()?.hasPrefix("HTTP/1.1 403") == true)
            }
        }
    }

    @Test("silent connections beyond the cap lose their places to those who ask")
    func crowd() async throws {
        try await serving({ $0.connections = 20 }) { port, roster in
            let crowd = (0..<80).compactMap { _ in RawConnection(port: port) }
            #expect(crowd.count == 80)
            for _ in 0..<30 {
                let asking = try #require(RawConnection(port: port))
                asking.send(Self.page)
                #expect(asking.answer()?.hasPrefix("HTTP/1.1 200") == true)
            }
            #expect(roster.count <= 20)
            #expect(crowd.count(where: \.isClosed) >= 60)
        }
    }

    @Test("where everybody is being answered a new connection is told so")
    func full() async throws {
        try await serving({ $0.connections = 0 }) { port, _ in
            let refused = try #require(RawConnection(port: port))
            let answer = try #require(refused.answer())
            #expect(answer.hasPrefix("HTTP/1.1 503"))
            #expect(answer.lowercased().contains("retry-after: 5"))
            #expect(refused.rest() != nil)
        }
    }
}
