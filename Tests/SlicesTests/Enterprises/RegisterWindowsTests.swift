import Enterprises
import Foundation
import Imports
import Spreadsheets
import Storage
import TestSupport
import Testing
import Values

/// Registers are taken a window at a time; nothing that is stored may tell how large the windows were.
@Suite struct RegisterWindowsTests {
    static let heading = "企业名称,统一社会信用代码,注册号,曾用名,地址,注册资本（万元）,年度,年销售额（万元）,产品名称,商标"

    /// Rows that repeat, complete and contradict each other: a few firms under many spellings of who they are.
    static func register(_ random: inout SeededRandom, rows: Int) -> [String] {
        func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }
        return (0..<rows).map { _ in
            let firm = Int.random(in: 0..<14, using: &random)
            let other = chance(0.1) ? Int.random(in: 0..<14, using: &random) : firm
            let letters = Array("ABCDEFGHJKLMNPQR")
            let organisation = "MA0TE5\(letters[firm])1\(firm % 10)"
            let code = chance(0.2) ? organisation : "91330303\(organisation)\(letters[(firm + 3) % 16])"
            let columns = [
                chance(0.9) ? "示例\(letters[other])号机械厂" : "", chance(0.6) ? code : "", chance(0.3) ? "33030300000\(1000 + firm)" : "",
                chance(0.1) ? "示例\(letters[(firm + 1) % 14])号机械厂" : "",
                chance(0.5) ? "浙江省温州市龙湾区永中街道示例路\(Int.random(in: 1..<4, using: &random))号" : "",
                chance(0.3) ? String(Int.random(in: 1..<3, using: &random)) : "", String(2005 + Int.random(in: 0..<2, using: &random)),
                chance(0.5) ? String(Int.random(in: 1..<4, using: &random)) : "",
                chance(0.3) ? "产品\(Int.random(in: 0..<3, using: &random))" : "",
                chance(0.2) ? "示例牌" : "",
            ]
            return columns.joined(separator: ",")
        }
    }

    /// What two imports, the second over the dossiers of the first, leave behind and say.
    private struct Left: Equatable {
        var digests: [String] = []
        var outcomes: [[RowOutcome]] = []
        var issues: [[String]] = []
    }

    private func left(_ engine: TestEngine, seed: UInt64, window: Int) async throws -> Left {
        var left = Left()
        try await RegisterOffice.with(engine) { office in
            var office = office
            office.window = window
            var random = SeededRandom(seed)
            for rows in [25, 40] {
                let file = FileManager.default.temporaryDirectory.appendingPathComponent("windows-\(UUID().uuidString).csv")
                defer { try? FileManager.default.removeItem(at: file) }
                let lines = [Self.heading] + Self.register(&random, rows: rows)
                try lines.joined(separator: "\r\n").write(to: file, atomically: true, encoding: .utf8)
                let told = try await office.take(file: file)
                left.outcomes.append(told.planned.map(\.outcome))
                left.issues.append(told.issues.map { "\($0.row ?? 0) \($0.code) \($0.message)" })
            }
            let entries = try await office.office.store.read { try JournalQuery.page($0) }
            left.digests = entries.map(\.digest)
            #expect(try await office.office.store.verify().findings == [])
        }
        return left
    }

    @Test(arguments: TestEngine.available) func `windows of three rows and one window leave the same store and say the same`(
        _ engine: TestEngine
    ) async throws {
        for seed in 1...(engine == .sqlite ? 20 : 3) as ClosedRange<UInt64> {
            let whole = try await left(engine, seed: seed, window: 1000)
            #expect(whole.outcomes.joined().contains { $0.name == "changed" })
            #expect(whole.outcomes.joined().contains(.rejected))
            #expect(try await left(engine, seed: seed, window: 3) == whole, "seed \(seed)")
        }
    }

    @Test func `rows of one firm that stand far apart are laid over each other`() async throws {
        try await RegisterOffice.with { office in
            var office = office
            office.window = 2
            let others = (0..<9).map { "示例\($0)号厂,,,,,,2006,1,," }
            let told = try await office.take(
                file: try Self.file(
                    [Self.heading, "示例甲厂,91330303MA0TE5T082,,,,,2005,10,,"] + others + ["示例甲厂,91330303MA0TE5T082,,,,,2006,20,,"]))
            #expect(told.count("new") == 10)
            #expect(told.outcomes.last == "changed")
            let firm = try #require(try await office.find("示例甲厂").first)
            #expect(try await office.dossier(firm.id).accounts.map(\.year) == [2006, 2005])
        }
    }

    @Test func `a code beside two names is refused in both rows, however far apart they stand`() async throws {
        try await RegisterOffice.with { office in
            var office = office
            office.window = 2
            let others = (0..<9).map { "示例\($0)号厂,,,,,,2006,1,," }
            let told = try await office.take(
                file: try Self.file(
                    [Self.heading, "示例甲厂,91330303MA0TE5T082,,,,,2005,10,,"] + others + ["示例乙厂,91330303MA0TE5T082,,,,,2006,20,,"]))
            #expect(told.count("rejected") == 2)
            #expect(told.outcomes.first == "rejected")
            #expect(told.outcomes.last == "rejected")
        }
    }

    static func file(_ lines: [String]) throws -> URL {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("windows-\(UUID().uuidString).csv")
        try lines.joined(separator: "\r\n").write(to: file, atomically: true, encoding: .utf8)
        return file
    }
}

/// The same through a file that is read again for every pass instead of being held.
@Suite(.enabled(if: ImportFixture.isBuilt, "the program is not built")) struct LongRegisterTests {
    private func importing(_ office: Office, held: Int) -> ImportRun {
        var size = WindowSize()
        (size.held, size.head, size.window) = (held, min(held, 4), 3)
        return ImportRun(
            vocabulary: office.vocabulary, targets: [EnterpriseImport(regions: office.regions)],
            reader: ReaderCommand(executable: ImportFixture.program.path, arguments: ["read-sheet"]), size: size)
    }

    private func lines(_ change: String) -> [String] {
        let rows = (1...30).map { "\($0),示例\($0)号厂,9133030300000000\(10 + $0),浙江省温州市龙湾区永中街道示例路\($0)号,\(change)" }
        return ["2006年企业名册,,,,", "序号,企业名称,统一社会信用代码,地址,2006年销售额（万元）"] + rows + ["31,示例5号厂,913303030000000015,,9", "32,,,,8"]
    }

    private func take(_ files: [URL], held: Int, _ office: RegisterOffice, mode: CommitMode = .good) async throws -> [ImportReport] {
        let run = importing(office.office, held: held)
        var reports: [ImportReport] = []
        for file in files {
            let checked = try await run.check(paths: [(file.path, "名册.csv")], kind: .enterprises) { _ in .init() }
            #expect((checked.files.first?.tables.first?.long != nil) == (held < 20))
            let looked = try await office.office.store.read { try run.previewReport(checked, $0) }
            let report = try await run.commit(checked.files, into: office.office.store, mode: mode, by: .local, report: checked.start)
            #expect(
                [looked.new, looked.changed, looked.unchanged, looked.rejected] == [
                    report.new, report.changed, report.unchanged, report.rejected,
                ] || mode == .all)
            reports.append(report)
        }
        return reports
    }

    @Test(arguments: TestEngine.available) func `a file read in windows leaves the same store as one that is held`(_ engine: TestEngine)
        async throws
    {
        let files = [
            try RegisterWindowsTests.file(lines("7")), try RegisterWindowsTests.file(lines("8")), try RegisterWindowsTests.file(lines("8")),
        ]
        var digests: [[String]] = []
        for held in [10, 1000] {
            try await RegisterOffice.with(engine) { office in
                let reports = try await take(files, held: held, office)
                #expect(reports.map(\.new) == [30, 0, 0])
                #expect(reports.map(\.rejected) == [2, 2, 2])
                #expect(reports[2].position == nil)
                #expect(reports[0].issues.contains { $0.code == "enterprise.figure-twice" && $0.place.row == 33 })
                digests.append(try await office.office.store.read { try JournalQuery.page($0) }.map { $0.digest + $0.detail })
                #expect(try await office.office.store.verify().findings == [])
            }
        }
        #expect(digests[0] == digests[1])
        #expect(digests[0].count == 2)
    }

    @Test func `all or nothing holds for a file read in windows`() async throws {
        try await RegisterOffice.with { office in
            let report = try await take([try RegisterWindowsTests.file(lines("7"))], held: 10, office, mode: .all)[0]
            #expect(report.hasErrors)
            #expect(report.position == nil)
            #expect(try await office.find("示例").isEmpty)
            #expect(try await office.office.store.read { try JournalQuery.head($0).position } == 0)
        }
    }
}
