import Evidence
import Foundation
import Imports
import Places
import Programmes
import SpotChecks
import Storage
import Targets
import TestSupport
import Testing
import Values

@testable import Enterprises

/// Whatever is written, corrected, merged and taken back later: a past position answers as the store of that day did.
@Suite struct AsKnownTests {
    private static let schema = WholeSchemaTests.schema
    private static let vocabulary = Result { try HeadingVocabulary.read(folder: ProjectFiles.url("regulations/headings")) }
    private static let regions = Result { RegionDirectory(tree: try RegionFiles.load(folder: ProjectFiles.url("regulations/regions"))) }

    /// Two seeds; others by hand: `HALLMARK_TEST_SEEDS=1,2,3`.
    private static let seeds = (ProcessInfo.processInfo.environment["HALLMARK_TEST_SEEDS"] ?? "11,29").split(separator: ",").compactMap {
        UInt64($0)
    }

    /// What must have happened, or the comparison says nothing about it.
    private static let acts: Set = [
        "import.enterprises", "import.results", "import.erase-original", "enterprises.merge", "targets.record-figure",
        "targets.release-figure",
    ]

    private static func office(_ database: any Database, _ clock: TestClock) async throws -> Office {
        Office(
            store: try await Store(database, schema: schema, clock: clock.clock), regions: try regions.get(),
            vocabulary: try vocabulary.get(), root: ProjectFiles.root)
    }

    private static func places(_ office: Office) throws -> [Int64] {
        let district = try office.regions.within("330303")
        return try Array(district.prefix(5)) + ["330302", "330300", "330000", "440605"].map { try office.regions.number(of: $0) }
    }

    @Test(
        "every figure, list, dossier, target and proposal at a kept position equals the kept copy's", arguments: TestEngine.available,
        Self.seeds)
    func kept(_ engine: TestEngine, seed: UInt64) async throws {
        try await KeptStores.with(engine) { stores in
            let clock = TestClock()
            var random = SeededRandom(seed)
            var kept: [(copy: Int, position: Int64)] = []
            var files: [RandomFile] = []
            for round in 0..<3 {
                let database = try stores.open()
                let office = try await Self.office(database, clock)
                var writing = RandomOffice(office: office, random: random, regions: try Self.places(office))
                writing.files = files
                if round == 0 { try await Self.begin(&writing) }
                for _ in 0..<26 {
                    try await writing.act()
                    if writing.chance(0.3) { clock.move(days: 1) }
                }
                (random, files) = (writing.random, writing.files)
                let position = try await office.store.read { try JournalQuery.head($0).position }
                kept.append((try await stores.keep(database), position))
            }
            let database = try stores.open()
            let office = try await Self.office(database, clock)
            let verified = try await office.store.verify()
            #expect(verified.findings == [])
            let acts = Set(try await office.store.read { try JournalQuery.page($0, limit: 1000).map(\.action) })
            #expect(acts.isSuperset(of: Self.acts), "\(Self.acts.subtracting(acts)) never happened")
            for (copy, position) in kept {
                let old = try await Self.office(try stores.open(copy), clock)
                let then = try await OfficeSnapshot(office: old, known: nil, seed: seed).lines()
                let now = try await OfficeSnapshot(office: office, known: position, seed: seed).lines()
                #expect(then.map(\.name) == now.map(\.name))
                let differing = zip(then, now).filter { $0.text != $1.text }
                for (before, after) in differing.prefix(5) {
                    Issue.record("第\(position)条：\(before.name)\n当时：\(before.text)\n回看：\(after.text)")
                }
                #expect(differing.isEmpty, "\(differing.count) of \(then.count)")
                Self.compareSources(now)
                await old.store.database.close()
            }
            await database.close()
        }
    }

    /// What the counters say is what the rows say.
    private static func compareSources(_ lines: [(name: String, text: String)]) {
        let rows = Dictionary(lines.filter { $0.name.hasSuffix(" rows") }.map { ($0.name.dropLast(5), $0.text) }) { first, _ in first }
        for line in lines where line.name.hasSuffix(" counted") {
            if let text = rows[line.name.dropLast(8)], text != line.text { Issue.record("\(line.name)\n\(line.text)\n\(text)") }
        }
    }

    private static func begin(_ writing: inout RandomOffice) async throws {
        let desk = ProgrammeDesk(office: writing.office, catalogue: FactCatalogue(OfficeSnapshot.facts))
        try await AdoptProgramme(desk).adopt("longwan-2006", by: .local, request: UUID().uuidString)
        try await writing.addFirms()
        try await writing.addList()
    }
}
