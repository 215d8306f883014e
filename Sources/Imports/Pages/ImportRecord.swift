import Foundation
package import Storage
import Values

/// One import as the pages walk through it: files kept, choices made, what was written in the end.
struct ImportRecord: Sendable {
    /// How far it has come.
    enum State: String, Sendable {
        /// 待核对
        case checking
        /// 已提交
        case committed
    }

    let id: ID<ImportRecord>
    var kind: ImportKind
    var choices: ImportChoices
    var state: State
    /// The journal entry of the commit.
    var committed: Int64?
    /// The counts of the commit: new, changed, unchanged, rejected.
    var counts: [Int]
    /// The position of its version, for noticing that somebody else was faster.
    let version: Int64

    var row: [Value] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let text = String(decoding: try encoder.encode(choices), as: UTF8.self)
            return [
                .text(kind.rawValue), .text(text), .text(state.rawValue), Value(committed),
                .text(counts.map { String($0) }.joined(separator: ",")),
            ]
        }
    }
}

/// Reading and writing the runs.
package enum ImportRecordStore {
    private static let columns: SQL = "id, kind, choices, state, committed, counts, known_from"

    static func find(_ id: ID<ImportRecord>, _ session: any Storage.Session) throws -> ImportRecord {
        guard let row = try session.row("select \(columns) from import_run as r where id = \(id) and \(RecordTable.current("r"))") else {
            throw unknown(id)
        }
        return try record(row)
    }

    /// The same for a reader: a department is shown the registers that it brought, others' like unknown ones.
    static func find(_ id: ID<ImportRecord>, for actor: Actor, _ session: any Storage.Session) throws -> ImportRecord {
        let record = try find(id, session)
        guard try isOpen(record, to: actor, session) else { throw unknown(id) }
        return record
    }

    /// Registers are open to who brought them and to colleagues of the department.
    static func isOpen(_ record: ImportRecord, to actor: Actor, _ session: any Storage.Session) throws -> Bool {
        guard actor.role == .departmentOfficer, try record.kind == .enterprises || wasRegister(record.id, session) else { return true }
        if record.choices.came(fromDepartmentOf: actor) { return true }
        let founder = try session.row(
            """
            select j.actor from import_run as r join journal as j on j.position = r.known_from where r.id = \(record.id)
            order by r.known_from limit 1
            """)
        return founder?.text(0) == actor.name
    }

    /// Whether the files were ever read as a register: what they hold is the same, whatever they are read as by now.
    private static func wasRegister(_ id: ID<ImportRecord>, _ session: any Storage.Session) throws -> Bool {
        try session.row("select 1 from import_run where id = \(id) and kind = 'enterprises' limit 1") != nil
    }

    /// - Throws: `original.missing` where a file is a register that another department, or the office, brought: it holds all its columns.
    static func requireOpen(original sha: String, to actor: Actor, _ session: any Storage.Session) throws {
        guard actor.role == .departmentOfficer else { return }
        let runs = try of(original: sha, session).filter { try wasRegister($0.id, session) }
        if try runs.contains(where: { try isOpen($0, to: actor, session) }) { return }
        let sheets = try session.integer("select count(*) from import_sheet where original = \(sha) and kind = 'enterprises'")
        guard runs.isEmpty, sheets == 0 else {
            throw OriginalStore.unknown(sha)
        }
    }

    /// The runs whose files have these bytes. The text of choices also holds names of files, which whoever uploads them chooses.
    private static func of(original sha: String, _ session: any Storage.Session) throws -> [ImportRecord] {
        try session.rows(
            "select \(columns) from import_run as r where \(SQL.holds("r.choices", sha)) and \(RecordTable.current("r")) order by id"
        ).map(record).filter { run in run.choices.files.contains { $0.sha256 == sha } }
    }

    private static func unknown(_ id: ID<ImportRecord>) -> Failure {
        Failure(.missing, "import.no-run", "没有第\(id)号导入", cure: "从导入列表中打开，或重新上传")
    }

    static func latest(_ session: any Storage.Session, limit: Int = 20) throws -> [ImportRecord] {
        try session.rows(
            "select \(columns) from import_run as r where \(RecordTable.current("r")) order by id desc limit \(limit)"
        ).map(record)
    }

    /// The runs and the imported sheets that came from a file.
    package static let uses: OriginalUse.Finder = { sha, session in
        let runs = try of(original: sha, session).map { run in
            OriginalUse(Word("导入记录", "Import"), title: "第\(run.id)号", path: ["imports", "\(run.id)"])
        }
        let sheets = try session.rows("select title, sheet, known_from from import_sheet where original = \(sha) order by id").map { row in
            let title = row.text(0).isEmpty ? row.text(1) : row.text(0)
            return OriginalUse(Word("导入的工作表", "Imported sheet"), title: title, path: ["journal", String(row.integer(2))])
        }
        return runs + sheets
    }

    /// Writes a kept original to a file.
    ///
    /// - Throws: `original.erased` where its bytes are gone.
    static func lay(_ sha256: String, at path: String, _ session: any Storage.Session) throws {
        if try OriginalStore.erasure(of: sha256, session) != nil { _ = try OriginalStore.file(sha256, session) }
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw noRoom }
        defer { try? file.close() }
        let isThere = try session.readBytes(of: "bytes", in: "original", where: ("sha256", .text(sha256))) { bytes in
            do { try file.write(contentsOf: Data(bytes)) } catch { throw noRoom }
        }
        guard isThere else {
            throw Failure(.missing, "import.no-original", "保存的原始文件不见了", cure: "运行 hallmark verify，并重新上传")
        }
    }

    private static let noRoom = Failure(.busy, "import.spool", "服务器暂时无法放置要读的文件", cure: "检查磁盘空间后重试")

    /// Bytes of some originals together.
    static func size(_ shas: [String], _ session: any Storage.Session) throws -> Int64 {
        try shas.reduce(0) { sum, sha in sum + (try session.integer("select length(bytes) from original where sha256 = \(sha)")) }
    }

    private static func record(_ row: Row) throws -> ImportRecord {
        guard let kind = ImportKind(rawValue: row.text(1)), let state = ImportRecord.State(rawValue: row.text(3)),
            let choices = try? JSONDecoder().decode(ImportChoices.self, from: Data(row.text(2).utf8))
        else { throw Failure(.internal, "import.run-unreadable", "第\(row.integer(0))号导入的记录读不出") }
        return ImportRecord(
            id: row.id(0), kind: kind, choices: choices, state: state, committed: row.optionalInteger(4),
            counts: row.text(5).split(separator: ",").compactMap { Int($0) }, version: row.integer(6))
    }
}

extension RecordTable {
    /// Runs of the import pages.
    package static let importRun = RecordTable("import_run", columns: ["kind", "choices", "state", "committed", "counts"])
}

extension Schema {
    /// What the import pages keep of their runs.
    package static let importRuns = Schema(
        migrations: [
            Migration(
                "import-runs-0001",
                [
                    """
                    create table import_run (
                        id {int} not null, known_from {int} not null, known_to {int} not null, kind {text} not null, choices {text} not null,
                        state {text} not null, committed {int}, counts {text} not null, primary key (id, known_from)
                    ) {strict}
                    """,
                    "create unique index import_run_current on import_run (id) where known_to = 9223372036854775807",
                ]),
            HeadingCorrectionStore.migration,
        ],
        tables: [.importRun, .headingCorrection])
}
