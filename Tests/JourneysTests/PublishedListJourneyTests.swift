import Foundation
import TestSupport
import Testing

/// A clerk takes a national publication of 22 products in one command and asks what it says, to the last digit.
@Suite("a published list from file to figures", .blocking, .enabled(if: SharedData.isPresent, "real lists are kept beside the project"))
struct PublishedListJourneyTests {
    private static func files() throws -> [String] {
        let folder = try #require(SharedData.url("data/spot-check-lists/xls/P020130829408943406799"))
        let found = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return found.filter { $0.hasSuffix(".xls") }.sorted().map { folder.appendingPathComponent($0).path }
    }

    private static func ask(_ arguments: [String], _ store: URL) throws -> [String: Any] {
        let outcome = try HallmarkCommand.run(["ask"] + arguments + ["--json"], store: store)
        #expect(outcome.code == 0, "\(arguments): \(outcome.errors)")
        return try outcome.json()
    }

    @Test("1,728 batches, 221 failing; again nothing changes; the journal vouches for every row")
    func nationalPublication() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = folder.appendingPathComponent("store.sqlite")
        let files = try Self.files()
        #expect(files.count == 22)

        let first = try HallmarkCommand.run(["import", "results"] + files + ["--commit", "all", "--json"], store: store)
        #expect(first.code == 0, "\(first.errors)")
        let report = try first.json()
        #expect(report["read"] as? Int == 1728)
        #expect(report["new"] as? Int == 1728)
        #expect(report["rejected"] as? Int == 0)

        let again = try HallmarkCommand.run(["import", "results"] + files + ["--commit", "all", "--json"], store: store).json()
        #expect(again["unchanged"] as? Int == 1728)
        #expect(again["new"] as? Int == 0)
        #expect(again["changed"] as? Int == 0)

        #expect(try Self.ask(["spotcheck.result"], store)["value"] as? Int == 1728)
        #expect(try Self.ask(["spotcheck.result", "--where", "verdict=fail"], store)["value"] as? Int == 221)
        let products = try #require(try Self.ask(["spotcheck.result", "--by", "product"], store)["groups"] as? [[String: Any]])
        #expect(products.count == 22)
        #expect(products.reduce(0) { $0 + ($1["value"] as? Int ?? 0) } == 1728)
        let nanhai = try Self.ask(["spotcheck.result", "--where", "region=南海区", "--by", "verdict"], store)
        #expect(try #require(nanhai["n"] as? Int) >= 13)
        let longwan = try Self.ask(["spotcheck.result", "--where", "region=330303", "--where", "verdict=fail", "--rows"], store)
        #expect(longwan["value"] as? Int == 2)
        #expect((longwan["rows"] as? [[String: Any]])?.count == 2)

        let verified = try HallmarkCommand.run(["verify", "--json"], store: store)
        #expect(verified.code == 0, "\(verified.output)")
    }

    @Test("the failed-twice list and a follow-up list go in as follow-ups")
    func followUps() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = folder.appendingPathComponent("store.sqlite")
        let lists = try ["P020150316337227663377.xls", "02d2b0e1-95d9-4de2-9bcd-cd53d8007500.xls"].map { name in
            try #require(SharedData.url("data/spot-check-lists/xls/" + name)).path
        }
        let report = try HallmarkCommand.run(["import", "followups"] + lists + ["--commit", "all", "--json"], store: store).json()
        #expect(report["read"] as? Int == 12 + 316)
        #expect(report["rejected"] as? Int == 0)
    }

    @Test("a leftover sheet is set aside, said so, and can be taken on purpose")
    func leftoverSheet() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = folder.appendingPathComponent("store.sqlite")
        let list = try #require(SharedData.url("data/spot-check-lists/xls/201607151639388134932532.xls")).path
        let report = try HallmarkCommand.run(["import", "results", list, "--commit", "all", "--json"], store: store).json()
        #expect(report["read"] as? Int == 40)
        let aside = try #require(report["setAside"] as? [[String: Any]])
        #expect(aside.contains { $0["sheet"] as? String == "Sheet2" })
        let taken = try HallmarkCommand.run(["import", "results", list, "--commit", "all", "--sheet", "Sheet2", "--json"], store: store)
            .json()
        #expect(taken["new"] as? Int == 177)
    }
}
