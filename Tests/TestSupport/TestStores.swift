import Foundation
package import Storage
import Values

/// The engines that store tests run on: SQLite always, PostgreSQL where `HALLMARK_TEST_POSTGRES` gives a server's address.
package enum TestEngine: String, Sendable, CaseIterable {
    case sqlite
    case postgres

    /// The libpq address of a server on which tests may make schemas, or nil.
    package static let postgresAddress: String? = ProcessInfo.processInfo.environment["HALLMARK_TEST_POSTGRES"].flatMap {
        $0.isEmpty ? nil : $0
    }

    /// For `@Test(arguments: TestEngine.available)`.
    package static let available: [TestEngine] = postgresAddress == nil ? [.sqlite] : [.sqlite, .postgres]

    /// Why PostgreSQL is missing, for the message of a skipped test.
    package static let postgresMissing = "HALLMARK_TEST_POSTGRES is not set: store tests ran on SQLite alone"
}

/// Fresh stores for tests, one for each, gone afterwards.
package enum TestStores {
    /// Runs the body on a fresh store of the engine, made with the schema and a clock that the test moves.
    package static func with<Answer>(
        _ engine: TestEngine, schema: Schema, clock: TestClock = TestClock(), _ body: (Store) async throws -> Answer
    ) async throws -> Answer {
        try await withDatabase(engine) { database in
            let store = try await Store(database, schema: schema, clock: clock.clock, patience: .seconds(3600))
            return try await body(store)
        }
    }

    /// Runs the body on an empty database: a new file, or a new schema on the server.
    package static func withDatabase<Answer>(_ engine: TestEngine, _ body: (any Database) async throws -> Answer) async throws -> Answer {
        switch engine {
        case .sqlite: try await withFile { path in try await body(try SQLiteDatabase(path: path)) }
        case .postgres: try await withServerSchema { address in try await body(try PostgresDatabase(address: address, readers: 1)) }
        }
    }

    /// Runs the body with the path of a file in a folder of its own.
    package static func withFile<Answer>(_ body: (String) async throws -> Answer) async throws -> Answer {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.appendingPathComponent("store.sqlite").path)
    }

    /// Runs the body with a place where a store may be made, and with what opens it afterwards: a file that is not there, or a new schema.
    package static func withPlace<Answer>(
        _ engine: TestEngine, _ body: (_ place: NewPlace, _ reopen: () throws -> any Database) async throws -> Answer
    ) async throws -> Answer {
        switch engine {
        case .sqlite: try await withFile { path in try await body(.file(path)) { try SQLiteDatabase(path: path) } }
        case .postgres:
            try await withServerSchema { address in
                let database = try PostgresDatabase(address: address, readers: 1)
                let answer: Result<Answer, any Error>
                do {
                    answer = .success(try await body(.server(database, address)) { try PostgresDatabase(address: address, readers: 1) })
                } catch { answer = .failure(error) }
                await database.close()
                return try answer.get()
            }
        }
    }

    /// Runs the body with the `postgres://` address of a new schema, or the path of a file: what a command takes.
    package static func withAddress<Answer>(_ engine: TestEngine, _ body: (String) async throws -> Answer) async throws -> Answer {
        switch engine {
        case .sqlite: try await withFile(body)
        case .postgres: try await withServerSchema { address in try await body(url(address)) }
        }
    }

    /// A keyword address as a URL; a URL as it is.
    private static func url(_ address: String) -> String {
        guard !address.contains("://") else { return address }
        var fields: [String: String] = [:]
        for match in address.matches(of: /([a-z]+)=('[^']*'|\S+)/) {
            fields[String(match.output.1)] = match.output.2.trimmingCharacters(in: CharacterSet(charactersIn: "'"))
        }
        let options = (fields["options"] ?? "").replacing("=", with: "%3D")
        return
            "postgres://\(fields["user"] ?? "postgres")@\(fields["host"] ?? "127.0.0.1"):\(fields["port"] ?? "5432")/\(fields["dbname"] ?? "postgres")?options=\(options)"
    }

    private static func withServerSchema<Answer>(_ body: (String) async throws -> Answer) async throws -> Answer {
        guard let server = TestEngine.postgresAddress else {
            throw Failure(.invalid, "test.no-postgres", TestEngine.postgresMissing)
        }
        await ServerGate.shared.enter()
        let name = "t" + UUID().uuidString.lowercased().replacing("-", with: "")
        do {
            let own = try PostgresDatabase(address: server, readers: 0)
            try await own.write { try $0.define("create schema \(name)") }
            let answer: Result<Answer, any Error>
            do { answer = .success(try await body(address(server, schema: name))) } catch { answer = .failure(error) }
            try await own.write { try $0.define("drop schema \(name) cascade") }
            await ServerGate.shared.leave()
            return try answer.get()
        } catch {
            await ServerGate.shared.leave()
            throw error
        }
    }

    /// The server's address with the schema as the only place where names are looked up.
    package static func address(_ server: String, schema: String) -> String {
        guard server.contains("://") else { return server + " options='-csearch_path=\(schema)'" }
        return server + (server.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema)"
    }
}

/// Lets a few tests at a time onto the server, whose connections are limited.
private actor ServerGate {
    static let shared = ServerGate()
    private var free = 6
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func enter() async {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    }

    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
