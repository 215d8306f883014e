package import Foundation

/// The built `hallmark serve` as an operator runs it: started with any arguments, asked over sockets, told to stop, its log read afterwards.
package final class ServingProcess: @unchecked Sendable {
    package let port: Int
    private let process = Process()
    private let log: URL

    /// Starts the server and waits until it is ready; nil where it is not within two minutes.
    package init?(store: URL, _ arguments: [String] = ["--demo-accounts"]) throws {
        port = HallmarkServer.freePort()
        log = store.deletingLastPathComponent().appendingPathComponent("serve-\(port).log")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        process.executableURL = HallmarkCommand.binary
        process.arguments = ["serve", "--port", String(port), "--store", store.path] + arguments
        process.currentDirectoryURL = ProjectFiles.root
        process.environment = ProcessInfo.processInfo.environment.merging(["HALLMARK_ROOT": ProjectFiles.root.path]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        let plain = PlainRequest(port: port, session: String(repeating: "0", count: 64))
        for _ in 0..<1200 {
            if plain.get("/ready")?.status == 200 { return }
            guard process.isRunning else { return nil }
            Thread.sleep(forTimeInterval: 0.1)
        }
        process.terminate()
        return nil
    }

    /// SIGTERM, as systemd sends it.
    package func terminate() { process.terminate() }

    /// Waits for its end; nil where it has not ended by then.
    package func endsWithin(seconds: Double) -> Int32? {
        let deadline = Date().addingTimeInterval(seconds)
        while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.02) }
        guard !process.isRunning else {
            process.interrupt()
            _ = Foundation.kill(process.processIdentifier, SIGKILL)
            return nil
        }
        return process.terminationStatus
    }

    /// What it has written to standard error.
    package func said() throws -> String { String(decoding: try Data(contentsOf: log), as: UTF8.self) }
}
