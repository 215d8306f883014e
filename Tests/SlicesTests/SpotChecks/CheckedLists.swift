import Enterprises
import Evidence
import Foundation
import Imports
import Places
import SpotChecks
import Spreadsheets
import Storage
import TestSupport
import Values

/// An office with an empty store in memory, and lists read without the child process.
struct SpotCheckOffice {
    let office: Office

    init(on day: Day = Day(number: 16_000)) async throws {
        let store = try await Store(
            SQLiteDatabase(path: FileManager.default.temporaryDirectory.appendingPathComponent("spotchecks-\(UUID().uuidString).db").path),
            schema: .kernel + .imports + .enterprises + .spotChecks, clock: .noon(day))
        office = Office(
            store: store, regions: try Self.regions.get(), vocabulary: try Self.vocabulary.get(), root: ProjectFiles.root)
    }

    static let regions = Result { RegionDirectory(tree: try RegionFiles.load(folder: ProjectFiles.url("regulations/regions"))) }
    static let vocabulary = Result { try HeadingVocabulary.read(folder: ProjectFiles.url("regulations/headings")) }

    var run: ImportRun {
        ImportRun(vocabulary: office.vocabulary, targets: [ResultsImport(office), FollowupsImport(office)])
    }

    /// Imports workbooks of one kind in one act.
    @discardableResult
    func take(_ books: [(name: String, workbook: Workbook)], _ kind: ImportKind = .results, mode: CommitMode = .all) async throws
        -> ImportReport
    {
        var choices = SheetSorting.Choices()
        choices.seen = try await office.store.read { try ImportRun.seenSheets($0) }
        var report = ImportReport()
        var files: [CheckedFile] = []
        for book in books {
            let bytes = Array(book.name.utf8)
            let opened = OpenedFile(name: book.name, bytes: bytes, sha256: sha256(bytes), workbook: book.workbook)
            let (file, aside) = try run.check(opened, kind: kind, choices: choices)
            files.append(file)
            report.setAside += aside
        }
        return try await run.commit(files, into: office.store, mode: mode, by: .local, report: report)
    }

    @discardableResult
    func take(_ name: String, _ rows: [[String]], _ kind: ImportKind = .results, mode: CommitMode = .all) async throws -> ImportReport {
        try await take([(name, Self.workbook(rows))], kind, mode: mode)
    }

    static func workbook(_ rows: [[String]]) -> Workbook {
        let cells = rows.enumerated().map { place, texts in
            SheetRow(number: place + 1, cells: texts.map { $0.isEmpty ? Cell.empty : .text($0) })
        }
        return Workbook(format: .xlsx, sheets: [Sheet(name: "Sheet1", rows: cells.filter { !$0.cells.isEmpty })])
    }

    /// Asks a question of the latest state.
    func ask(_ question: Question) async throws -> Answer {
        let asking = Asking(
            catalogue: FactCatalogue(EnterpriseFacts.all + SpotCheckFacts.all), viewer: Viewer(.local), regions: office.regions)
        return try await office.store.read { try asking.ask(question, $0) }
    }

    func count(_ fact: String = "spotcheck.result", metric: String? = nil, where filters: [(String, String)] = []) async throws -> Int {
        let question = Question(fact, metric: metric, where: filters.map { Question.Filter($0.0, [$0.1]) })
        return Int(try await ask(question).figure.value ?? -1)
    }
}

/// The published lists beside the checkout.
enum PublishedLists {
    static func workbook(_ relative: String) throws -> (name: String, workbook: Workbook)? {
        guard let url = SharedData.url("data/" + relative) else { return nil }
        let name = relative.replacing("spot-check-lists/xls/", with: "").replacing("spot-check-lists/xlsx/", with: "")
        return (name, try SheetReading.workbook(path: url.path))
    }

    /// All files of a folder with an ending, in order.
    static func files(_ folder: String, _ ending: String) throws -> [String] {
        guard let root = SharedData.url("data/" + folder) else { return [] }
        let found = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return found.filter { $0.hasSuffix(ending) }.sorted().map { folder + "/" + $0 }
    }
}
