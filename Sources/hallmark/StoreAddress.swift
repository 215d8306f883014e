import Accounts
import Foundation
import Storage
import Values

/// Where a store is: a file of this machine or a PostgreSQL server.
enum StoreAddress: Sendable, Equatable {
    case file(String)
    case server(ServerAddress)

    /// - Throws: `store.password-in-address` where a password stands in the address, visible to everyone on the machine;
    ///   `store.address` where it is neither.
    init(_ text: String, passwordFile: String? = nil, connections: Int? = nil) throws {
        guard text.contains("://") else {
            guard !text.isEmpty else { throw Failure(.invalid, "store.address", "--store 后面没有内容", cure: "写文件名或 postgres:// 地址") }
            guard !text.lowercased().contains("password=") else { throw Self.passwordInAddress }
            self = .file(text)
            return
        }
        guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") else {
            throw Failure(.invalid, "store.address", "数据库地址只能是文件名，或以 postgres:// 开头", cure: "例如 postgres://hallmark@127.0.0.1/hallmark")
        }
        guard !Self.holdsPassword(text) else {
            throw Self.passwordInAddress
        }
        let file = passwordFile ?? ProcessInfo.processInfo.environment[ServerAddress.passwordFileVariable]
        self = .server(ServerAddress(text: text, passwordFile: file, connections: connections))
    }

    private static let passwordInAddress = Failure(
        .refused, "store.password-in-address", "数据库地址里写了密码：同一台机器上的人都看得见命令行",
        cure: "去掉密码，把它放进 --store-password-file 指的文件")

    private static func holdsPassword(_ text: String) -> Bool {
        let rest = text.drop { $0 != ":" }.dropFirst(3)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        if let at = authority.lastIndex(of: "@"), authority[..<at].contains(":") { return true }
        guard let query = rest.firstIndex(of: "?") else { return false }
        return rest[query...].dropFirst().split(separator: "&").contains {
            ($0.removingPercentEncoding ?? String($0)).lowercased().hasPrefix("password=")
        }
    }

    /// Opens the engine; a file's folder is made where it is missing.
    func open() throws -> any Database {
        switch self {
        case .server(let server): return try server.open()
        case .file(let path):
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            return try SQLiteDatabase(path: path)
        }
    }

    /// The file of the keys of sign-in codes, for every command.
    static let factorKeysVariable = "HALLMARK_FACTOR_KEYS"

    /// Where the keys of sign-in codes lie: as named, else beside the store's file; nil for a server's store where none is named.
    func factorKeys(_ given: String?) -> FactorKeyFile? {
        if let path = given ?? ProcessInfo.processInfo.environment[Self.factorKeysVariable] { return FactorKeyFile(path: path) }
        guard case .file(let path) = self else { return nil }
        return FactorKeyFile(path: path + ".keys")
    }

    /// Whether there is a store already; a server is asked when it is opened.
    var exists: Bool {
        switch self {
        case .server: true
        case .file(let path): FileManager.default.fileExists(atPath: path)
        }
    }
}

/// A PostgreSQL server as the command line names it.
struct ServerAddress: Sendable, Equatable {
    /// The file with the password, for every command.
    static let passwordFileVariable = "HALLMARK_STORE_PASSWORD_FILE"

    let text: String
    /// nil leaves it to libpq where to look: `passfile` in the address, PGPASSFILE, ~/.pgpass.
    let passwordFile: String?
    /// Reading connections for pages; nil for the usual number.
    let connections: Int?

    func open() throws -> any Database {
        let limits = connections.map { PostgresLimits(connections: $0) } ?? PostgresLimits()
        return try PostgresDatabase(PostgresAccess(address: text, passwordFile: passwordFile), limits: limits)
    }
}
