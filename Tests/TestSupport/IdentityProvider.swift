import Foundation

/// An OpenID Connect provider of this machine that a test starts, walks through as a browser does, and tells to misbehave.
package final class IdentityProvider: @unchecked Sendable {
    package let port: Int
    private let process = Process()

    package var issuer: String { "http://127.0.0.1:\(port)" }
    /// What the client proves itself by.
    package static let secret = "a secret & more"

    /// Why it is missing, for the message of a skipped test.
    package static let missing = "HALLMARK_PYTHON names no Python with Authlib and Flask"

    package static let isPresent: Bool = {
        guard let python = ProcessInfo.processInfo.environment["HALLMARK_PYTHON"] else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", "import authlib, flask, joserfc"]
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Starts it and waits until it answers; nil where it does not within a minute.
    package init?(port: Int = HallmarkServer.freePort()) throws {
        self.port = port
        process.executableURL = URL(fileURLWithPath: ProcessInfo.processInfo.environment["HALLMARK_PYTHON"] ?? "/usr/bin/python3")
        process.arguments = [ProjectFiles.url("Tests/Fixtures/identity_provider.py").path, String(port)]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<600 {
            if (try? RawExchange.send("GET", "/keys", port: port))?.status == 200 { return }
            guard process.isRunning else { return nil }
            Thread.sleep(forTimeInterval: 0.1)
        }
        stop()
        return nil
    }

    /// By SIGKILL: a child inherits that the tests' process takes no notice of SIGTERM, once a server has run in it.
    package func stop() {
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        while process.isRunning { Thread.sleep(forTimeInterval: 0.01) }
    }

    /// Signs somebody in there: from the address that the browser was sent to, to the one it is sent back to.
    package func signIn(_ subject: String, at entrance: String) throws -> String {
        let path = String(entrance.dropFirst(issuer.count))
        let answer = try RawExchange.send("GET", path + "&login_as=" + subject, port: port)
        guard answer.status == 302, let location = answer.header("Location") else { throw CocoaError(.fileReadUnknown) }
        return location
    }

    /// What is wrong with the next token.
    package func misbehave(_ fault: String) throws { try tell("/fault", "fault=" + fault) }

    /// Further claims of all tokens, as a JSON object.
    package func claim(_ object: String) throws {
        try tell("/claims", "claims=" + (object.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""))
    }

    /// Another key from now on, the old one gone.
    package func rotateKey() throws { try tell("/rotate", "") }

    /// How often the keys were asked for.
    package func timesAsked() throws -> Int { Int(try RawExchange.send("GET", "/asked", port: port).text) ?? 0 }

    private func tell(_ path: String, _ body: String) throws {
        _ = try RawExchange.send(
            "POST", path, port: port, headers: [("Content-Type", "application/x-www-form-urlencoded")], body: Array(body.utf8))
    }
}
