import Foundation
import GRDB
import Values

/// Turns the engines' errors into the kinds of `Failure`, so that no page shows an engine's sentence.
enum StorageFailure {
    /// Runs and renames; a `Failure` passes unchanged.
    static func named<Answer: Sendable>(_ body: () async throws -> Answer) async throws -> Answer {
        do { return try await body() } catch let failure as Failure { throw failure } catch let error as DatabaseError {
            throw failure(sqlite: error)
        }
    }

    static func failure(sqlite error: DatabaseError) -> Failure {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: busy
        case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN: full
        case .SQLITE_CONSTRAINT: conflict(error.message ?? "")
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            notAStore
        default: Failure(.internal, "store.engine", error.description)
        }
    }

    /// By the five-character state of the SQL standard.
    static func failure(postgres state: String, _ message: String) -> Failure {
        switch state {
        case "23505", "23503", "23514": conflict(message)
        case "53100", "53200": full
        case "57014": tooLong
        case "55P03", "40001", "40P01", "53300": busy
        default: Failure(.internal, "store.engine", "\(state) \(message)")
        }
    }

    static let busy = Failure(.busy, "store.busy", "数据库正忙，稍后再试", cure: "等待片刻后重做；此前的操作没有写入")
    static let crowded = Failure(.busy, "store.crowded", "同时查询的人太多，没有轮到", cure: "等待片刻后重试")
    static let tooLong = Failure(.busy, "store.too-long", "这次查询用时太长，已停止", cure: "加上条件缩小范围，或稍后再试")
    static let connectionLost = Failure(.busy, "store.connection-lost", "与数据库服务器的连接断了，这次操作没有写入", cure: "稍后重做")
    static let unknownOutcome = Failure(
        .busy, "store.outcome-unknown", "提交时与数据库服务器的连接断了，不知道这次操作写入了没有",
        cure: "稍后用浏览器的“重新发送”再交同一张表单：每张表单有编号，写过的不会再写一次；或先查看结果再决定")
    static let notAStore = Failure(.invalid, "store.not-a-store", "文件不是标杆的数据库，或已损坏", cure: "换用备份，并运行 hallmark verify")
    static let full = Failure(.busy, "store.full", "磁盘已满或不可写，这次操作没有写入", cure: "清理磁盘空间后重做；已有数据仍可查询")
    static let zeroCharacter = Failure(.invalid, "store.zero-character", "文本里有空字符（U+0000），不能保存", cure: "删去该字符")

    private static func conflict(_ detail: String) -> Failure {
        Failure(.conflict, "store.conflict", "与已有记录冲突：\(detail)", cure: "刷新后核对已有记录")
    }
}
