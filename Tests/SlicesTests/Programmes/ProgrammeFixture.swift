import DecisionTables
import Enterprises
import Evidence
import Foundation
import Hummingbird
import HummingbirdTesting
import Imports
import Logging
import Places
import Policy
import Storage
import TestSupport
import Values

@testable import Programmes
@testable import WebSupport

/// An office with the Longwan programme in its folder and a few invented firms with their sales of 2006.
struct ProgrammeFixture: Sendable {
    static let programme = "longwan-2006"
    static let table = "enterprise.class"
    static let today = Day(number: 13_603)  // 2007-03-31
    /// Firms by number with their sales in fen; the last one has reported nothing.
    static let firms: [(name: String, sales: Int64?)] = [
        ("示例一号鞋厂", 6_000_000_000), ("示例二号鞋厂", 5_000_000_000), ("示例三号鞋厂", 4_820_000_000), ("示例四号鞋厂", 1_000_000_000),
        ("示例五号鞋厂", 300_000_000), ("示例六号鞋厂", nil),
    ]

    let desk: ProgrammeDesk
    let root: URL

    static func make() async throws -> ProgrammeFixture {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("programmes-\(UUID().uuidString)")
        let programmes = root.appendingPathComponent("programmes")
        try FileManager.default.createDirectory(at: programmes, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: ProjectFiles.url("programmes/longwan-2006"), to: programmes.appendingPathComponent(programme))
        let store = try await Store(
            SQLiteDatabase(path: root.appendingPathComponent("store.db").path), schema: .kernel + .enterprises + .programmes,
            clock: .noon(today))
        let office = Office(
            store: store, regions: RegionDirectory(tree: try RegionFiles.load(folder: ProjectFiles.url("regulations/regions"))),
            vocabulary: try HeadingVocabulary.read(folder: ProjectFiles.url("regulations/headings")), root: root)
        let desk = ProgrammeDesk(office: office, catalogue: FactCatalogue(EnterpriseFacts.all + ProgrammeFacts.all))
        let fixture = ProgrammeFixture(desk: desk, root: root)
        try await fixture.addFirms()
        return fixture
    }

    private func addFirms() async throws {
        try await desk.office.store.act("test.firms", by: .local) { transaction in
            for (index, firm) in Self.firms.enumerated() {
                let id = Int64(index + 1)
                try transaction.open(
                    .enterprise, id: id,
                    Self.row(
                        .enterprise,
                        ["name": .text(firm.name), "folded": .text(firm.name), "status": .text("active"), "code_state": .text("missing")]))
                guard let sales = firm.sales else { continue }
                try transaction.open(.account, id: id, Self.account(id, sales))
            }
        }
    }

    static func account(_ enterprise: Int64, _ sales: Int64) -> [Value] {
        row(.account, ["enterprise_id": .integer(enterprise), "year": .integer(2006), "sales_fen": .integer(sales)])
    }

    private static func row(_ table: RecordTable, _ values: [String: Value]) -> [Value] { table.columns.map { values[$0.name] ?? .null } }

    func correct(_ enterprise: Int64, sales: Int64) async throws {
        try await desk.office.store.act("test.correct", by: .local) {
            try $0.replace(.account, id: enterprise, Self.account(enterprise, sales))
        }
    }

    func adopt() async throws { try await AdoptProgramme(desk).adopt(Self.programme, by: .local, request: UUID().uuidString) }

    func run() async throws -> ClassRun {
        let desk = desk
        return try await desk.office.store.read { session in
            try desk.classify(try desk.classTable(Self.programme, Self.table, session), on: Self.today, known: nil, by: .local, session)
        }
    }

    func moves() async throws -> [ReadingMoves] {
        let desk = desk
        return try await desk.office.store.read { session in
            let table = try desk.classTable(Self.programme, Self.table, session)
            return try desk.moves(table, try desk.unruled(table, on: Self.today, known: nil, by: .local, session), session)
        }
    }

    func rule(_ choice: String) async throws {
        let sha = try await run().table.fileSha
        try await RecordRuling(desk).boundary(
            programme: Self.programme, table: Self.table, fileSha: sha, choice: choice, reason: "协调小组会议纪要", documentNumber: "示例〔2007〕1号",
            by: .local, request: UUID().uuidString)
    }

    func preview() async throws -> AdoptionPreview {
        let desk = desk
        return try await desk.office.store.read { session in
            guard let folder = try desk.state(Self.programme, session).onDisk else { throw Failure(.missing, "test.no-folder", "") }
            return try desk.preview(folder, on: Self.today, by: .local, session)
        }
    }

    /// Rewrites the rule file on disk.
    func edit(_ from: String, _ to: String) throws {
        let file = root.appendingPathComponent("programmes/longwan-2006/rules/enterprise-class.yaml")
        try String(contentsOf: file, encoding: .utf8).replacingOccurrences(of: from, with: to).write(
            to: file, atomically: true, encoding: .utf8)
    }

    /// Asks for a page of the slice and answers its status and text.
    func pages(_ addresses: [String], as actor: Actor? = nil) async throws -> [String: (status: Int, text: String)] {
        var configuration = configuration
        if let actor { configuration.doorkeeper = OneVisitor(actor: actor) }
        let application = try WebServer.build(routes: ProgrammeRoutes.table(desk), configuration: configuration)
        return try await application.test(.router) { client in
            var answers: [String: (status: Int, text: String)] = [:]
            for address in addresses {
                let answer = try await client.execute(uri: address, method: .get)
                answers[address] = (answer.status.code, String(buffer: answer.body))
            }
            return answers
        }
    }

    private static let session = String(repeating: "ab", count: 32)

    private var configuration: WebConfiguration {
        var configuration = WebConfiguration(
            publicFolder: ProjectFiles.url("public"), uploadFolder: root.appendingPathComponent("uploads"), clock: .noon(Self.today),
            logger: Logger(label: "test"),
            frame: { context in
                Frame(
                    navigation: [], programmes: [], on: try context.on(), known: nil, actor: Word("质强办"), search: Address("enterprises"))
            })
        configuration.secret = Array("a secret for tests".utf8)
        return configuration
    }

    /// Sends a form of the slice as a browser would.
    func post(_ address: String, _ fields: [(String, String)]) async throws -> (status: Int, text: String) {
        let application = try WebServer.build(routes: ProgrammeRoutes.table(desk), configuration: configuration)
        let token = CSRFTokens(secret: configuration.secret).token(session: Self.session)
        let request = UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
        let body = (fields + [("_token", token), ("_request", request)]).map {
            "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }.joined(separator: "&")
        return try await application.test(.router) { client in
            let answer = try await client.execute(
                uri: address, method: .post,
                headers: [.cookie: "hallmark_session=\(Self.session)", .contentType: "application/x-www-form-urlencoded"],
                body: ByteBuffer(string: body))
            return (answer.status.code, String(buffer: answer.body))
        }
    }
}
