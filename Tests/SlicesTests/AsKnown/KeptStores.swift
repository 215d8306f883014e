import Foundation
import TestSupport
import Values

@testable import Storage

/// A store that goes on, and copies of it kept at earlier positions: files made by `VACUUM INTO`, databases made from a template.
struct KeptStores {
    private let engine: TestEngine
    private let place: String
    private var kept = 0

    static func with(_ engine: TestEngine, _ body: (inout KeptStores) async throws -> Void) async throws {
        let name = "kept" + UUID().uuidString.lowercased().replacing("-", with: "")
        switch engine {
        case .sqlite:
            try await TestStores.withFile { path in
                var stores = KeptStores(engine: engine, place: path)
                try await body(&stores)
            }
        case .postgres:
            var stores = KeptStores(engine: engine, place: name)
            try stores.server("create database \(name)")
            do { try await body(&stores) } catch {
                stores.drop()
                throw error
            }
            stores.drop()
        }
    }

    private func server(_ statement: String) throws {
        guard let address = TestEngine.postgresAddress else { throw Failure(.invalid, "test.no-postgres", TestEngine.postgresMissing) }
        try PostgresSession(PostgresAccess(address: address).connect(), held: HeldCells()).define(statement)
    }

    private func drop() {
        for name in [place] + (0..<kept).map({ "\(place)_\($0)" }) { try? server("drop database if exists \(name) with (force)") }
    }

    /// The going store, or a kept one.
    func open(_ copy: Int? = nil) throws -> any Database {
        switch engine {
        case .sqlite: return try SQLiteDatabase(path: place + (copy.map { ".\($0)" } ?? ""))
        case .postgres:
            let name = place + (copy.map { "_\($0)" } ?? "")
            return try PostgresDatabase(address: (TestEngine.postgresAddress ?? "") + " dbname=\(name)", readers: 1)
        }
    }

    /// Keeps a copy; the going store is closed for it.
    mutating func keep(_ database: any Database) async throws -> Int {
        let number = kept
        kept += 1
        switch engine {
        case .sqlite:
            try await database.copy(to: "\(place).\(number)")
            await database.close()
        case .postgres:
            await database.close()
            for attempt in 1...20 {
                do {
                    try server("create database \(place)_\(number) template \(place)")
                    break
                } catch {
                    // The server needs a moment to see that the connections are gone.
                    if attempt == 20 { throw error }
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
        }
        return number
    }
}
