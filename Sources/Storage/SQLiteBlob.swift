import GRDB
import GRDBSQLite

/// The bytes of one row's column, read or written in pieces: a value of any length passes through a few megabytes.
final class SQLiteBlob {
    private static let piece = 1 << 20
    private let connection: OpaquePointer?
    private let handle: OpaquePointer
    private var place: Int32 = 0

    init(_ database: GRDB.Database, _ column: Identifier, of table: Identifier, row: Int64, writes: Bool) throws {
        connection = database.sqliteConnection
        var handle: OpaquePointer?
        let code = sqlite3_blob_open(connection, "main", table.name, column.name, row, writes ? 1 : 0, &handle)
        guard code == SQLITE_OK, let handle else { throw Self.failure(connection, code) }
        self.handle = handle
    }

    deinit { sqlite3_blob_close(handle) }

    /// Writes the next piece; the row was made as long as all of them together.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        let code = sqlite3_blob_write(handle, bytes.baseAddress, Int32(bytes.count), place)
        guard code == SQLITE_OK else { throw Self.failure(connection, code) }
        place += Int32(bytes.count)
    }

    /// All of it from the beginning.
    func pieces(_ take: (UnsafeRawBufferPointer) throws -> Void) throws {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.piece, alignment: 16)
        defer { room.deallocate() }
        let size = sqlite3_blob_bytes(handle)
        while place < size {
            let count = min(Int32(Self.piece), size - place)
            let code = sqlite3_blob_read(handle, room.baseAddress, count, place)
            guard code == SQLITE_OK else { throw Self.failure(connection, code) }
            place += count
            try take(UnsafeRawBufferPointer(rebasing: room[0..<Int(count)]))
        }
    }

    private static func failure(_ connection: OpaquePointer?, _ code: Int32) -> DatabaseError {
        DatabaseError(resultCode: ResultCode(rawValue: code), message: sqlite3_errmsg(connection).map { String(cString: $0) })
    }
}
