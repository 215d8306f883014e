import Foundation
import Places
import Policy
import TestSupport
import Testing
import Values

@testable import Enterprises
@testable import Evidence
@testable import Programmes
@testable import SpotChecks
@testable import Storage
@testable import Targets

/// Every figure on a shipped page is answered by the counters, now and at a past position, for the office and for a town.
@Suite struct CountedQuestionsTests {
    private static let regions = Result { RegionDirectory(tree: try RegionFiles.load(folder: ProjectFiles.url("regulations/regions"))) }
    private static let catalogue = FactCatalogue(EnterpriseFacts.all + SpotCheckFacts.all + ProgrammeFacts.all)

    private func expectCounted(_ questions: [Question], sourceLocation: SourceLocation = #_sourceLocation) throws {
        let regions = try Self.regions.get()
        let town = try regions.number(of: "330303")
        for question in questions {
            for known in [nil, 5] as [Int64?] {
                var asked = question
                asked.known = known
                for viewer in [Viewer(.local), Viewer(Actor(name: "镇", role: .townOfficer, region: town))] {
                    let asking = Asking(catalogue: Self.catalogue, viewer: viewer, regions: regions)
                    #expect(asking.isCounted(asked), "\(asked)", sourceLocation: sourceLocation)
                }
            }
        }
    }

    @Test("the numbers around every page, and the start of the questions")
    func frame() throws {
        try expectCounted([Question("enterprise"), Question("spotcheck.result")])
        try expectCounted(Self.catalogue.facts.map { Question($0.name, metric: "count") })
        try expectCounted(["spotcheck.result", "spotcheck.followup", "holding", "product"].map { Question($0, metric: "firms") })
        try expectCounted([Question("classification", where: [.init("programme", ["longwan-2006"])])])
    }

    @Test("the counts above the list of enterprises")
    func enterprises() throws {
        try expectCounted([
            Question("enterprise"), Question("enterprise", where: [.init("status", ["candidate"])]),
            Question("enterprise", where: [.init("code-state", ["missing", "registration"])]),
            Question("enterprise", where: [.init("status", ["active"]), .init("region", ["330303"])]),
        ])
    }

    @Test("the list of results with every choice of its filters")
    func results() throws {
        let filters: [Question.Filter] = [
            .init("verdict", ["fail"]), .init("product", ["皮鞋"]), .init("region", ["330303"]), .init("year", ["2006"]),
        ]
        for chosen in 0..<16 {
            let some = filters.indices.filter { chosen >> $0 & 1 == 1 }.map { filters[$0] }
            try expectCounted([Question("spotcheck.result", where: some)])
        }
        try expectCounted([Question("spotcheck.result", where: [.init("publication", ["1"]), .init("verdict", ["fail"])])])
    }

    @Test("the lists, and what one says of a region")
    func listing() throws {
        try expectCounted([
            Question("spotcheck.result", where: [.init("publication", ["1", "2"])], by: ["publication", "verdict"]),
            Question("spotcheck.followup", where: [.init("publication", ["1"])], by: ["publication", "linked"]),
        ])
        let region = try Self.regions.get().find("330303")
        let listing = LocalListing(region: region, publications: [], entries: [], earlier: [], followUps: [:])
        try expectCounted([
            listing.question(), listing.question(.init("verdict", ["fail"])),
            listing.question(.init("verdict", ["fail"]), .init("follow-up", ["missing"])), listing.wholeQuestion(),
        ])
    }

    @Test("every target of every shipped programme that is computed, and the other readings of its wording")
    func targets() throws {
        let asking = MetricQuestions(catalogue: Self.catalogue, regions: try Self.regions.get())
        var fromRows: [String] = []
        var counted = 0
        for id in ["longwan-2006", "nanhai-2017", "panyu-2014", "suzhou-2017", "dezhou"] {
            let programme = try ProgrammeLibrary.load(programme: ProjectFiles.url("programmes/" + id)).get().programme
            for target in programme.targets {
                for name in [nil] + target.otherReadings.map(Optional.some) {
                    guard case .question(let reading) = asking.outcome(target, of: programme, reading: name) else { continue }
                    var question = reading.question
                    question.by = [reading.period, reading.apart].compactMap { $0 }
                    // A firm's products are another table's rows: such a target is answered from the region's accounts.
                    if question.filters.contains(where: { $0.dimension == "product" }), question.fact == "account" {
                        fromRows.append(target.id)
                        continue
                    }
                    try expectCounted([question])
                    counted += 1
                }
            }
        }
        #expect(fromRows == ["brand-sales-share"])
        #expect(counted >= 8)
    }

    @Test("what questions say of other tables is asked at their position, never now")
    func positions() {
        for fact in Self.catalogue.facts {
            var joins: [SQL] = [fact.joins, fact.condition ?? ""]
            for dimension in fact.dimensions { joins += [dimension.expression, dimension.join ?? ""] }
            for sql in joins { #expect(!sql.text.contains("known_to"), "\(fact.name)") }
        }
    }

    @Test("a declared dimension of a cube is one of its fact, and the tallies are the tables' own")
    func declarations() throws {
        for fact in Self.catalogue.facts {
            guard let tally = fact.counted else { continue }
            #expect(fact.table.reader?.tally.declaration == tally.declaration)
            for name in tally.cubes.flatMap(\.keys) + tally.groups.flatMap({ $0.pinned + [$0.leaf] }) {
                _ = try fact.dimension(name)
                #expect(tally.keys.contains { $0.name == name }, "\(fact.name).\(name)")
            }
            for metric in tally.cubes.flatMap(\.metrics) + tally.groups.map(\.metric) { _ = try fact.metric(metric) }
            #expect(tally.cubes.allSatisfy { $0.keys.count <= Tally.width })
            #expect(tally.groups.allSatisfy { $0.pinned.count < Tally.width })
            let reader = TallyReader(tally, columns: fact.table.columns)
            #expect(reader.used.isSubset(of: fact.table.columns))
        }
    }
}
