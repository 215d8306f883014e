import ArgumentParser
import Enterprises
import Foundation
import Storage
import Values

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @Flag(name: .long, help: "用 JSON 回答（UTF-8）")
    var json = false

    @Option(name: .long, help: ArgumentHelp("programmes、regulations、forms、public 所在的文件夹", valueName: "dir"))
    var root: String?
}

/// What every command on a store takes.
struct StoreOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("数据库文件或 postgres:// 地址（缺省 HALLMARK_STORE 或 ./data/hallmark.sqlite）", valueName: "file|url"))
    var store: String?

    @Option(
        name: .customLong("store-password-file"),
        help: ArgumentHelp("PostgreSQL 的密码所在的文件（缺省 HALLMARK_STORE_PASSWORD_FILE）", valueName: "file"))
    var passwordFile: String?

    @Option(name: .customLong("store-connections"), help: ArgumentHelp("PostgreSQL：给网页用的查询连接数（缺省 6）", valueName: "n"))
    var connections: Int?

    @Option(name: .long, help: ArgumentHelp("操作人，记进日志", valueName: "name"))
    var actor: String?

    var address: StoreAddress {
        get throws {
            let text = store ?? ProcessInfo.processInfo.environment["HALLMARK_STORE"] ?? "./data/hallmark.sqlite"
            return try StoreAddress(text, passwordFile: passwordFile, connections: connections)
        }
    }

    func validate() throws {
        guard (1...100).contains(connections ?? 1) else { throw ValidationError("--store-connections 应在 1 到 100 之间。") }
    }

    /// Who acts: the operator at this machine, under the given name.
    var acting: Actor { actor.map { Actor(name: $0, role: .programmeOffice) } ?? .local }
}

/// A store that must exist before it can be asked.
extension StoreOptions {
    func existing() throws -> StoreAddress {
        let address = try address
        guard address.exists else {
            throw Failure(
                .missing, "store.missing", "数据库还不存在", at: FilePlace(file: store),
                cure: "先用 hallmark import 或 hallmark demo 建库，或用 --store 指明")
        }
        return address
    }
}
