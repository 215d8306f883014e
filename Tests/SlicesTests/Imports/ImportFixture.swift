import Foundation
import Hummingbird
import HummingbirdTesting
import Imports
import Jobs
import Logging
import Spreadsheets
import Storage
import TestSupport
import Values
import WebSupport

/// Rows of published lists kept by firm and product, enough to see what an import writes.
struct PlainResults: ImportTarget {
    let kind = ImportKind.results
    static let table = RecordTable("plain_result", columns: ["firm", "product", "verdict"])
    static let schema = Schema(
        migrations: [
            Migration(
                "plain-0001",
                [
                    """
                    create table plain_result (id {int} not null, known_from {int} not null, known_to {int} not null, firm {text}, product {text},
                        verdict {text}, primary key (id, known_from)) {strict}
                    """
                ])
        ], tables: [table])

    func plan(_ table: CheckedTable, _ session: any Storage.Session) throws -> [PlannedRow] {
        let known = Set(
            try session.rows("select firm, product from plain_result where known_to = 9223372036854775807").map { $0.text(0) + $0.text(1) })
        return table.rows.map { row in
            let key = (row.text("producer") ?? "") + (row.text("product") ?? "")
            return PlannedRow(number: row.number, outcome: !row.isGood ? .rejected : known.contains(key) ? .unchanged : .new)
        }
    }

    func commit(_ table: CheckedTable, plan: [PlannedRow], _ transaction: Transaction) throws {
        for (row, planned) in zip(table.rows, plan) where planned.outcome == .new {
            let id: ID<PlainResults> = try transaction.newID(Self.table)
            let values: [Value] = [.init(row.text("producer")), .init(row.text("product")), .init(row.verdict?.rawValue)]
            try transaction.open(Self.table, id: id.number, values)
        }
    }
}

/// A store with the import pages over it, and a browser that speaks to them.
struct ImportFixture: Sendable {
    let store: Store
    let site: ImportSite
    let run: ImportRun
    let folder: URL
    let session = String(repeating: "cd", count: 32)

    /// The program's own reading child; built with the tests.
    static let program = ProjectFiles.url(".build/debug/hallmark")
    static let isBuilt = FileManager.default.isExecutableFile(atPath: program.path)

    static let goodList = "产品名称,生产企业名称,规格型号,生产日期/批号,抽查结果\n皮鞋,示例鞋厂,250,2013-01-02,合格\n阀门,示例阀门厂,DN50,2013-02-03,不合格\n"
    static let badList = goodList + "皮鞋,,260,2013-01-05,也许\n"

    init(
        target: any ImportTarget = PlainResults(), reader: ReaderCommand? = nil, limits: ReadLimits = ReadLimits(),
        size: WindowSize = WindowSize(), patience: Duration = .seconds(180)
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let schema = Schema.kernel + .imports + .importRuns + .jobs + PlainResults.schema
        let store = try await Store(
            try SQLiteDatabase(path: folder.appendingPathComponent("store.sqlite").path), schema: schema, clock: .noon(Day(number: 15_946)))
        let run = ImportRun(
            vocabulary: try HeadingVocabulary.read(folder: ProjectFiles.url("regulations/headings")), targets: [target],
            reader: reader ?? Self.reader, limits: limits, size: size)
        self.init(store: store, run: run, folder: folder, patience: patience)
    }

    static let reader = ReaderCommand(executable: program.path, arguments: ["read-sheet"])

    init(
        store: Store, run: ImportRun, folder: URL, patience: Duration = .seconds(180),
        uses: [OriginalUse.Finder] = [ImportRecordStore.uses]
    ) {
        self.store = store
        self.run = run
        self.folder = folder
        site = ImportSite(store: store, run: run, folder: folder, patience: patience, uses: uses)
    }

    /// What uploads and readings have left lying in the folder.
    var leftovers: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { !$0.hasPrefix("store.sqlite") }
    }

    func write(_ name: String, _ text: String) throws -> String {
        let url = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    typealias Answer = (status: Int, text: String, location: String?)

    func browse(as actor: Actor = .local, _ steps: @escaping @Sendable (Browser) async throws -> Void) async throws {
        let configuration = WebConfiguration(
            publicFolder: ProjectFiles.url("public"), uploadFolder: folder, clock: store.clock, logger: Logger(label: "test"),
            doorkeeper: OneVisitor(actor: actor),
            frame: { context in Frame(navigation: [], programmes: [], on: try context.on(), actor: Word("测试")) })
        let application = try WebServer.build(routes: ImportRoutes.table(site), configuration: configuration)
        let session = session
        try await application.test(.router) { client in try await steps(Browser(client: client, session: session)) }
    }

    /// One session: gets pages, sends their forms back with the hidden fields that they came with.
    struct Browser: Sendable {
        let client: any TestClientProtocol
        let session: String

        func get(_ uri: String) async throws -> Answer {
            let answer = try await client.execute(uri: uri, method: .get, headers: [.cookie: "hallmark_session=\(session)"])
            return (Int(answer.status.code), String(buffer: answer.body), answer.headers[.location])
        }

        func bytes(_ uri: String) async throws -> [UInt8] {
            let answer = try await client.execute(uri: uri, method: .get, headers: [.cookie: "hallmark_session=\(session)"])
            return Array(buffer: answer.body)
        }

        /// Sends a form of `page` to `uri`.
        func post(_ uri: String, from page: String, fields: [(String, String)], files: [(String, String)] = []) async throws -> Answer {
            try await send(uri, from: page, fields: fields, files: files.map { ($0, Array($1.utf8)) })
        }

        /// - Parameter cut: how many bytes of the end never arrive.
        func send(
            _ uri: String, from page: String, fields: [(String, String)], files: [(String, [UInt8])], cut: Int = 0
        ) async throws -> Answer {
            try await send(uri, hidden: try await hidden(of: page), fields: fields, files: files, cut: cut)
        }

        /// The hidden fields of a page's form, as they were when it was opened.
        func hidden(of page: String) async throws -> [(String, String)] {
            let form = try await get(page).text
            return ["_token", "_request", "_version"].compactMap { name in Self.value(name, in: form).map { (name, $0) } }
        }

        func post(_ uri: String, hidden: [(String, String)], fields: [(String, String)]) async throws -> Answer {
            try await send(uri, hidden: hidden, fields: fields, files: [], cut: 0)
        }

        private func send(
            _ uri: String, hidden: [(String, String)], fields: [(String, String)], files: [(String, [UInt8])], cut: Int
        ) async throws -> Answer {
            let boundary = "----test"
            var body: [UInt8] = []
            for (name, value) in hidden + fields {
                body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
            }
            for (name, bytes) in files {
                let head =
                    "--\(boundary)\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\(name)\"\r\nContent-Type: text/csv\r\n\r\n"
                body += Array(head.utf8) + bytes + [13, 10]
            }
            body += Array("--\(boundary)--\r\n".utf8)
            body.removeLast(cut)
            let answer = try await client.execute(
                uri: uri, method: .post,
                headers: [.cookie: "hallmark_session=\(session)", .contentType: "multipart/form-data; boundary=\(boundary)"],
                body: ByteBuffer(bytes: body))
            return (Int(answer.status.code), String(buffer: answer.body), answer.headers[.location])
        }

        private static func value(_ name: String, in html: String) -> String? {
            guard let field = html.range(of: "name=\"\(name)\"") else { return nil }
            let tag = html[field.upperBound...].prefix { $0 != ">" }
            guard let start = tag.range(of: "value=\"") else { return nil }
            return String(tag[start.upperBound...].prefix { $0 != "\"" })
        }
    }
}
