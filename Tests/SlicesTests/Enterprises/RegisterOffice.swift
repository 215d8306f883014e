import Enterprises
import Foundation
import Imports
import Places
import Spreadsheets
import Storage
import TestSupport
import Values

/// An office on a fresh store, and registers read without the child process.
struct RegisterOffice: Sendable {
    let office: Office
    /// How many rows are compared and written at a time.
    var window = WindowSize().window

    static let regions = Result { RegionDirectory(tree: try RegionFiles.load(folder: ProjectFiles.url("regulations/regions"))) }
    static let vocabulary = Result { try HeadingVocabulary.read(folder: ProjectFiles.url("regulations/headings")) }

    static func with(_ engine: TestEngine = .sqlite, _ body: (RegisterOffice) async throws -> Void) async throws {
        try await TestStores.with(engine, schema: .kernel + .imports + .enterprises) { store in
            try await body(
                RegisterOffice(
                    office: Office(store: store, regions: try regions.get(), vocabulary: try vocabulary.get(), root: ProjectFiles.root)))
        }
    }

    /// What one import said and did.
    struct Told: Sendable {
        let planned: [PlannedRow]
        let rowIssues: [RowIssue]

        var outcomes: [String] { planned.map(\.outcome.name) }
        var issues: [RowIssue] { rowIssues + planned.flatMap(\.issues) }
        func count(_ name: String) -> Int { outcomes.filter { $0 == name }.count }
        func message(_ code: String) -> String? { issues.first { $0.code == code }.map { $0.message + $0.cure } }
    }

    /// Imports the good rows of lines of CSV text.
    @discardableResult
    func take(_ lines: String..., by actor: Actor = .local, reason: String = "") async throws -> Told {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("register-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try lines.joined(separator: "\r\n").write(to: file, atomically: true, encoding: .utf8)
        return try await take(file: file, by: actor, reason: reason)
    }

    @discardableResult
    func take(file: URL, by actor: Actor = .local, reason: String = "") async throws -> Told {
        let workbook = try SheetReading.workbook(path: file.path)
        let office = office
        let tables = try SheetSorting(vocabulary: office.vocabulary).sort(workbook, path: file.lastPathComponent, wanted: .enterprises)
            .filter { $0.kind == .enterprises }
            .map { sheet in
                CheckedTable(
                    file: file.lastPathComponent, original: "", sheet: sheet, kind: .enterprises,
                    rows: try RowReading(sheet: sheet, vocabulary: office.vocabulary).read(sheet.table?.rows ?? []))
            }
        let target = EnterpriseImport(regions: office.regions, window: window).acting(for: actor)
        let planned = try await office.store.act("import.enterprises", by: actor, reason: reason) { transaction in
            try tables.flatMap { table in
                let plan = try target.plan(table, transaction.session)
                try target.commit(table, plan: plan, transaction)
                return plan
            }
        }.answer
        return Told(planned: planned, rowIssues: tables.flatMap { $0.rows.flatMap(\.issues) })
    }

    func find(_ text: String, at position: Int64? = nil) async throws -> [Enterprise] {
        try await office.store.read { session in
            var filter = EnterpriseFilter()
            filter.text = text
            filter.known = position
            return try EnterpriseStore.list(filter, session).lines.map(\.firm)
        }
    }

    func dossier(_ id: ID<Enterprise>, at position: Int64? = nil) async throws -> Dossier {
        try await office.store.read { try EnterpriseStore.dossier(id, at: position, $0) }
    }
}
