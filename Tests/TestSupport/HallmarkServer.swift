package import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A running `hallmark serve` on a free port of this machine, for journeys over a socket.
package final class HallmarkServer: @unchecked Sendable {
    package struct Page: Sendable {
        package let status: Int
        package let text: String
        package let headers: [String: String]
    }

    package let port: Int
    private let process: Process

    /// Starts the server and waits until it answers; nil where it does not within two minutes.
    package init?(store: URL) throws {
        port = Self.freePort()
        process = Process()
        process.executableURL = HallmarkCommand.binary
        process.arguments = ["serve", "--demo-accounts", "--port", String(port), "--store", store.path]
        process.currentDirectoryURL = ProjectFiles.root
        process.environment = ProcessInfo.processInfo.environment.merging(["HALLMARK_ROOT": ProjectFiles.root.path]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        guard waits() else {
            process.terminate()
            return nil
        }
    }

    package func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    package func get(_ path: String, headers: [String: String] = [:]) async throws -> Page {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { throw CocoaError(.fileNoSuchFile) }
        var request = URLRequest(url: url, timeoutInterval: 600)
        request.httpShouldHandleCookies = false
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await Self.withoutCookies.data(for: request)
        let answer = response as? HTTPURLResponse
        let pairs = (answer?.allHeaderFields ?? [:]).map { ("\($0.key)".lowercased(), "\($0.value)") }
        return Page(
            status: answer?.statusCode ?? 0, text: String(decoding: data, as: UTF8.self), headers: Dictionary(pairs) { first, _ in first })
    }

    /// Cookies know no port: what other servers of this machine set would be sent along.
    private static let withoutCookies: URLSession = {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        return URLSession(configuration: configuration)
    }()

    /// One request of one session, without following where it leads; cookies are the caller's.
    package func ask(_ method: String, _ path: String, session: String, body: String? = nil) async throws -> Page {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { throw CocoaError(.fileNoSuchFile) }
        var request = URLRequest(url: url, timeoutInterval: 600)
        request.httpMethod = method
        request.httpShouldHandleCookies = false
        request.setValue("hallmark_session=\(session)", forHTTPHeaderField: "Cookie")
        request.setValue(body == nil ? "application/json" : "text/html", forHTTPHeaderField: "Accept")
        if method == "POST" {
            request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
            request.httpBody = Data((body ?? "").utf8)
        }
        let (data, response) = try await Self.withoutCookies.data(for: request)
        return Page(status: (response as? HTTPURLResponse)?.statusCode ?? 0, text: String(decoding: data, as: UTF8.self), headers: [:])
    }

    /// Sends bytes as they are, waits until something is seen of them, and breaks the connection off; whether it was seen.
    package func sendAndHangUp(_ bytes: [UInt8], until isSeen: () -> Bool) throws -> Bool {
        guard let connection = RawConnection(port: port) else { throw CocoaError(.fileReadUnknown) }
        guard connection.send(bytes) else { throw CocoaError(.fileWriteUnknown) }
        return withExtendedLifetime(connection) {
            for _ in 0..<200 {
                if isSeen() { return true }
                Thread.sleep(forTimeInterval: 0.05)
            }
            return false
        }
    }

    private func waits() -> Bool {
        for _ in 0..<1200 {
            if RawConnection(port: port) != nil { return true }
            if !process.isRunning { return false }
            Thread.sleep(forTimeInterval: 0.1)
        }
        return false
    }

    /// A port that nobody listens on.
    package static func freePort() -> Int {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(handle) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = bind(handle, generic, length)
                _ = getsockname(handle, generic, &length)
            }
            return Int(in_port_t(bigEndian: pointer.pointee.sin_port))
        }
    }
}
