import Foundation

/// The built `hallmark` as a process that a test ends from one instant to the next, as a power cut does.
package final class KillableProcess: @unchecked Sendable {
    private let process = Process()

    package init(_ arguments: [String]) throws {
        process.executableURL = HallmarkCommand.binary
        process.arguments = arguments
        process.currentDirectoryURL = ProjectFiles.root
        process.environment = ProcessInfo.processInfo.environment.merging(["HALLMARK_ROOT": ProjectFiles.root.path]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    package var isRunning: Bool { process.isRunning }

    /// SIGKILL, which no process can catch; whether it was still running.
    @discardableResult
    package func kill() -> Bool {
        let wasRunning = process.isRunning
        if wasRunning { _ = Foundation.kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return wasRunning && process.terminationReason == .uncaughtSignal
    }

    /// Whether it ended by itself and well; waits for it.
    package func endsWell() -> Bool {
        process.waitUntilExit()
        return process.terminationReason == .exit && process.terminationStatus == 0
    }
}

/// One request over a socket of its own, without following where it leads.
package struct PlainRequest: Sendable {
    let port: Int
    /// 64 hexadecimal digits.
    let session: String

    package init(port: Int, session: String) {
        self.port = port
        self.session = session
    }

    /// Status and text; nil where the connection cannot be made or ends before the answer has begun.
    package func get(_ path: String) -> (status: Int, text: String)? { exchange("GET \(path)", "", "") }

    /// The same with a token of the interface.
    package func get(_ path: String, bearing token: String) -> (status: Int, text: String)? {
        exchange("GET \(path)", "Authorization: Bearer \(token)\r\n", "")
    }

    /// Sends a form.
    package func post(_ path: String, _ fields: [(String, String)]) -> (status: Int, text: String)? {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        let body = fields.map { "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")" }.joined(separator: "&")
        let head = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n"
        return exchange("POST \(path)", head, body)
    }

    private func exchange(_ line: String, _ headers: String, _ body: String) -> (status: Int, text: String)? {
        let text =
            "\(line) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\nCookie: hallmark_session=\(session)\r\n\(headers)\r\n\(body)"
        guard let connection = RawConnection(port: port), connection.send(text) else { return nil }
        let said = String(decoding: connection.everything(within: 20), as: UTF8.self)
        return said.firstMatch(of: /^HTTP\/1.1 ([0-9]{3})/).flatMap { Int($0.output.1) }.map { ($0, said) }
    }
}
