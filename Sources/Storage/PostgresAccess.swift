import CPQ
import Foundation
import Values

/// How a server is reached: the address, which is a libpq URL or keyword string without a password, and the file where the password stands.
///
/// The file is read anew for every connection, so that a changed password needs no restart; what stands in it goes to libpq alone.
package struct PostgresAccess: Sendable {
    let address: String
    let passwordFile: String?

    package init(address: String, passwordFile: String? = nil) {
        self.address = address
        self.passwordFile = passwordFile
    }

    /// What an address may say otherwise, in libpq's names: how long connecting may take, and when a silent server counts as gone.
    private static let usual = [
        ("connect_timeout", "5"), ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "30000"), ("application_name", "hallmark"),
    ]

    /// - Throws: `store.cannot-connect`, `store.password-file`.
    func connect() throws -> OpaquePointer {
        // Later words win: the address over what is usual, the file over the address.
        var words = Self.usual + [("dbname", address), ("client_encoding", "UTF8")]
        if let passwordFile { words.append(("password", try Self.password(in: passwordFile))) }
        let connection = Self.lending(words.map(\.0)) { names in
            Self.lending(words.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
        }
        guard let connection else { throw StorageFailure.busy }
        guard PQstatus(connection) == CONNECTION_OK else {
            defer { PQfinish(connection) }
            throw Failure(
                .busy, "store.cannot-connect",
                "连不上数据库服务器：" + String(cString: PQerrorMessage(connection)).split(separator: "\n").joined(separator: " "),
                cure: "检查地址、端口和服务器是否在运行；口令放在口令文件里，不写在参数里")
        }
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        return connection
    }

    /// The first line of a file that not everybody on the machine may read.
    static func password(in path: String) throws -> String {
        guard let mode = (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int,
            let data = FileManager.default.contents(atPath: path)
        else { throw wrong("数据库口令文件读不出", path, cure: "检查路径，并让运行 hallmark 的用户能读它") }
        guard mode & 0o007 == 0 else { throw wrong("数据库口令文件人人可读", path, cure: "chmod 600 后再启动") }
        let line = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        guard !line.isEmpty else { throw wrong("数据库口令文件是空的", path, cure: "把口令写在第一行") }
        return line
    }

    private static func wrong(_ sentence: String, _ path: String, cure: String) -> Failure {
        Failure(.invalid, "store.password-file", sentence, at: FilePlace(file: path), cure: cure)
    }

    /// Lends texts as a null-ended list of C strings.
    private static func lending<Answer>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Answer) -> Answer {
        let copies = texts.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return (copies.map { UnsafePointer<CChar>($0) } + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
