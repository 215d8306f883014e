import Foundation
import Values

/// A PostgreSQL server of a test's own, which it may stop, kill and copy; gone afterwards.
package final class PostgresServer: @unchecked Sendable {
    /// Where the server's programs are; nil where there are none.
    private static let tools: URL? = {
        let root = URL(fileURLWithPath: "/usr/lib/postgresql")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        let newest = versions.compactMap { Int($0) }.max().map { root.appendingPathComponent("\($0)/bin") }
        return newest.flatMap { FileManager.default.isExecutableFile(atPath: $0.appendingPathComponent("initdb").path) ? $0 : nil }
    }()

    package static let isAvailable = tools != nil

    package let port: Int
    private let folder: URL
    private var data: String { folder.appendingPathComponent("data").path }

    /// Makes a server and starts it.
    package convenience init() throws {
        try self.init(folder: Self.makeFolder())
        try Self.run("initdb", ["-D", data, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "hallmark", "--no-sync"])
        try start()
    }

    /// Makes a streaming copy of another server and starts it.
    package convenience init(replicaOf primary: PostgresServer) throws {
        try self.init(folder: Self.makeFolder())
        let source = "host=127.0.0.1 port=\(primary.port) user=hallmark application_name=replica"
        try Self.run("pg_basebackup", ["-D", data, "-d", source, "-R", "-X", "stream", "-c", "fast", "--no-sync"])
        try start()
    }

    private init(folder: URL) throws {
        self.folder = folder
        port = HallmarkServer.freePort()
    }

    private static func makeFolder() throws -> URL {
        let folder = try HallmarkCommand.temporaryFolder()
        if isRoot { try command("/bin/chown", ["postgres", folder.path]) }
        return folder
    }

    package func start() throws {
        let settings =
            "-p \(port) -c listen_addresses=127.0.0.1 -c unix_socket_directories=\(folder.path) -c wal_level=replica -c max_connections=60"
        try Self.run("pg_ctl", ["-D", data, "-w", "-l", folder.appendingPathComponent("log").path, "-o", settings, "start"])
    }

    /// `fast`: connections are ended; `immediate`: as if the machine had stopped.
    package func stop(_ mode: String) throws { try Self.run("pg_ctl", ["-D", data, "-w", "-m", mode, "stop"]) }

    /// SIGKILL to the server and all its processes.
    package func kill() throws {
        let text = try String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8)
        guard let number = text.split(separator: "\n").first.flatMap({ Int32($0) }) else { throw CocoaError(.fileReadCorruptFile) }
        let children = try String(contentsOfFile: "/proc/\(number)/task/\(number)/children", encoding: .utf8).split(separator: " ")
        _ = Foundation.kill(number, SIGKILL)
        for child in children.compactMap({ Int32($0) }) { _ = Foundation.kill(child, SIGKILL) }
    }

    package func promote() throws { try Self.run("pg_ctl", ["-D", data, "-w", "promote"]) }

    /// One statement; what it answers.
    @discardableResult
    package func ask(_ statement: String) throws -> String {
        try Self.run("psql", ["-h", "127.0.0.1", "-p", String(port), "-U", "hallmark", "-d", "postgres", "-At", "-c", statement])
    }

    package func remove() {
        try? stop("immediate")
        try? FileManager.default.removeItem(at: folder)
    }

    private static let isRoot = getuid() == 0

    /// The server refuses to be root's.
    @discardableResult
    private static func run(_ tool: String, _ arguments: [String]) throws -> String {
        guard let tools else { throw CocoaError(.fileNoSuchFile) }
        let path = tools.appendingPathComponent(tool).path
        guard isRoot else { return try command(path, arguments) }
        return try command("/usr/sbin/runuser", ["-u", "postgres", "--", path] + arguments)
    }

    /// Spawned directly: `Process` would wait for the server that the command leaves running. Output goes to a file for the same reason.
    @discardableResult
    private static func command(_ path: String, _ arguments: [String]) throws -> String {
        let output = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-output-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: output) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // The server's user may not be allowed where the tests stand.
        var words = (["sh", "-c", "cd / && exec \"$@\"", "sh", path] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var (number, status) = (pid_t(0), Int32(0))
        let isSpawned = posix_spawn(&number, "/bin/sh", &actions, nil, &words, nil) == 0
        while isSpawned, waitpid(number, &status, 0) == -1, errno == EINTR {}
        let text = String(decoding: FileManager.default.contents(atPath: output) ?? Data(), as: UTF8.self)
        guard isSpawned, status == 0 else {
            throw Failure(.internal, "test.postgres", "\(path) \(arguments.joined(separator: " ")): \(text)")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
