import ArgumentParser
import Foundation
import Questions
import Storage
import Values

/// `hallmark backup`: a checked copy of a store, while others work on it.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "备份：不停服，做完即核对",
        discussion: """
            一份备份是一个文件，原件在内，末尾一行是校验行。SQLite 存为数据库本身，PostgreSQL 存为各表的行。
            先写成临时文件，核对无误才改成所给的名字；已有的文件不覆盖。

            例：
              hallmark backup data/hallmark.sqlite /backup/hallmark-2026-03-02
              hallmark backup postgres://hallmark@127.0.0.1/hallmark /backup/hallmark-2026-03-02
            """)

    @Argument(help: ArgumentHelp("哪个库：文件或 postgres:// 地址", valueName: "store"))
    var store: String

    @Argument(help: ArgumentHelp("写到哪个文件", valueName: "to"))
    var to: String

    @Flag(name: .customLong("no-verify"), help: "不逐行核对副本，只核对校验和、行数和日志头")
    var skipsVerify = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let address = try StoreAddress(store).existing()
        let database = try address.open()
        let made = try await BackupStore(schema: Assembly.schema, clock: .system).run(database, to: to, verifies: !skipsVerify)
        await database.close()
        try CopyReport(seal: made.seal, proof: made.proof, place: to).say("已备份到", isJSON: common.json)
    }
}

/// `hallmark restore`: a store from a backup, into an empty place.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "从备份恢复成一个新库",
        discussion: """
            只写进空的地方：不存在的文件，空的数据库或 schema。先核对备份的校验行；全部写好并核对无误才算数，否则什么也不留下。
            两种数据库的备份都可以恢复到任何一种。

            例：
              hallmark restore /backup/hallmark-2026-03-02 data/hallmark.sqlite
              hallmark restore /backup/hallmark-2026-03-02 postgres://hallmark@127.0.0.1/hallmark
            """)

    @Argument(help: ArgumentHelp("备份文件", valueName: "from"))
    var from: String

    @Argument(help: ArgumentHelp("恢复到哪里：文件或 postgres:// 地址", valueName: "store"))
    var store: String

    @Flag(name: .customLong("no-verify"), help: "恢复成文件时不逐行核对，只核对校验和、行数和日志头")
    var skipsVerify = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let place = try StoreAddress(store).newPlace()
        let made = try await RestoreStore(schema: Assembly.schema, clock: .system).run(from, into: place, verifies: !skipsVerify)
        try CopyReport(seal: made.seal, proof: made.proof, place: store).say("已恢复到", isJSON: common.json)
    }
}

/// `hallmark move-store`: the same store on the other engine.
struct MoveStoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move-store", abstract: "把库搬到另一种数据库（SQLite ↔ PostgreSQL）",
        discussion: """
            先停下 hallmark serve 和导入。两边都逐行核对，日志头相同才算数，否则什么也不留下。原库不改动；以后请用新库。

            例：
              hallmark move-store data/hallmark.sqlite postgres://hallmark@127.0.0.1/hallmark
              hallmark move-store postgres://hallmark@127.0.0.1/hallmark data/hallmark.sqlite
            """)

    @Argument(help: ArgumentHelp("从哪个库：文件或 postgres:// 地址", valueName: "from"))
    var from: String

    @Argument(help: ArgumentHelp("搬到哪里：文件或 postgres:// 地址", valueName: "to"))
    var to: String

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let source = try StoreAddress(from).existing().open()
        let moved = try await MoveStore(schema: Assembly.schema, clock: .system).run(source, into: try StoreAddress(to).newPlace())
        await source.close()
        let (head, found) = (moved.to.head, moved.to)
        if common.json {
            return Output.json(
                .object([
                    ("to", .text(to)), ("position", JSONValue(head.position)), ("hash", .text(head.hash)),
                    ("entries", JSONValue(found.entries)),
                    ("rows", JSONValue(found.rows)), ("cells", JSONValue(found.cells)),
                ]))
        }
        Output.line("已搬到 \(to)：日志\(found.entries)条，记录\(found.rows)行，计数\(found.cells)格。")
        Output.line("两边逐行核对无误，日志头相同：\(head.position) \(head.hash)")
    }
}

/// What a backup or a restoring did and what was held against what.
private struct CopyReport {
    let seal: BackupSeal
    let proof: BackupStore.Proof
    let place: String

    func say(_ verb: String, isJSON: Bool) throws {
        var findings: [Verification.Finding] = []
        if case .whole(let found) = proof { findings = found.findings }
        if isJSON { Output.json(json(findings)) } else { show(verb, findings) }
        guard findings.isEmpty else { throw Outcome.foundWrong }
    }

    private func show(_ verb: String, _ findings: [Verification.Finding]) {
        Output.line("\(verb) \(place)：共\(seal.rows)行，日志头 \(seal.head.position) \(seal.head.hash)")
        switch proof {
        case .counts: Output.line("核对了校验和、行数和日志头；没有逐行核对。")
        case .whole(let found) where findings.isEmpty:
            Output.line("核对了校验和、行数和日志头，并逐行核对无误：日志\(found.entries)条，记录\(found.rows)行，计数\(found.cells)格。")
        case .whole:
            for finding in findings { Output.line("不符 [\(finding.code)] \(finding.message)") }
            Output.line("副本与来处相同，但与自己的日志不符：来处当时已是这样。")
        }
    }

    private func json(_ findings: [Verification.Finding]) -> JSONValue {
        let isWhole = if case .whole = proof { true } else { false }
        return .object([
            ("place", .text(place)), ("position", JSONValue(seal.head.position)), ("hash", .text(seal.head.hash)),
            ("rows", JSONValue(seal.rows)),
            ("sha256", .text(seal.sha256)), ("verified", .boolean(isWhole)), ("findings", JSONValue(Int64(findings.count))),
        ])
    }
}

extension StoreAddress {
    /// - Throws: `store.missing`.
    func existing() throws -> StoreAddress {
        guard case .file(let path) = self, !exists else { return self }
        throw Failure(.missing, "store.missing", "数据库还不存在", at: FilePlace(file: path), cure: "检查路径")
    }

    /// Where a new store is made.
    func newPlace() throws -> NewPlace {
        switch self {
        case .file(let path):
            try? FileManager.default.createDirectory(
                at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
            return .file(path)
        case .server(let server): return .server(try server.open(), server.text)
        }
    }
}
