import Foundation
import Storage
import TestSupport
import Testing
import Values

@testable import Accounts

@Suite("Towns that take the place of others")
struct TownSuccessionTests {
    /// 甲镇 has the region 11, 乙镇 12, 丙镇 13; the administrator and the number of each town.
    private func founded(_ bench: AccountBench) async throws -> (
        admin: Person, towns: [Int64: ID<Organisation>], organisations: ManageOrganisations
    ) {
        let admin = try await bench.found()
        let organisations = ManageOrganisations(bench.office, by: admin.actor)
        let start = try #require(Day("2020-01-01"))
        var towns: [Int64: ID<Organisation>] = [:]
        for (region, name) in [(Int64(11), "甲镇"), (12, "乙镇"), (13, "丙镇")] {
            towns[region] = try await organisations.found(
                .init(kind: .town, name: name, parent: admin.organisation, region: region, from: start), request: name)
        }
        return (admin, towns, organisations)
    }

    @Test(
        "from the day of a merger the merged town's officer is the successor's, whose officers have the rows of both",
        arguments: TestEngine.available)
    func merged(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let (admin, towns, organisations) = try await founded(bench)
            let (old, new) = (
                try await bench.open("jia", .townOfficer, town: 11, by: admin),
                try await bench.open("yi", .townOfficer, town: 12, by: admin)
            )
            let day = try #require(Day("2026-03-20"))
            let (first, second) = (try #require(towns[11]), try #require(towns[12]))
            try await organisations.merge(Merger(of: [first], into: second, on: day), reason: "撤并", request: "m")
            func actor(_ person: Person, _ day: Day) async throws -> Actor {
                try await bench.store.read { try person.actor(.none, on: day, $0) }
            }
            let before = day.adding(days: -1)
            #expect(try await actor(old, before) == old.actor)
            #expect(try await actor(new, before) == new.actor)
            let (moved, own) = (try await actor(old, day), try await actor(new, day))
            #expect(moved.region == 12 && moved.heldRegions == [11])
            #expect(own.region == 12 && own.heldRegions == [11])
            #expect(try await bench.enter("jia").stage == .full)
        }
    }

    @Test("a town merged twice is followed to the last; one that was divided is nobody's, and an officer of no merger stays as is")
    func followed() throws {
        func day(_ text: String) throws -> Day { try #require(Day(text)) }
        func town(_ id: Int64, from: String = "2000-01-01", to: String? = nil) throws -> Organisation {
            Organisation(
                id: ID(id), kind: .town, name: "镇\(id)", parent: nil, region: id, from: try day(from), to: try to.map(day))
        }
        func took(_ old: Int64, _ new: Int64, _ text: String) throws -> Succession {
            Succession(predecessor: ID(old), successor: ID(new), day: try day(text))
        }
        let tree = OrganisationTree(
            [
                try town(1, to: "2010-01-01"), try town(2, to: "2015-01-01"), try town(3), try town(4, to: "2012-01-01"), try town(5),
                try town(6),
            ],
            successions: [
                try took(1, 2, "2010-01-01"), try took(2, 3, "2015-01-01"), try took(4, 5, "2012-01-01"), try took(4, 6, "2012-01-01"),
            ])
        #expect(try tree.region(following: 1, on: day("2009-12-31")) == 1)
        #expect(try tree.region(following: 1, on: day("2010-01-01")) == 2)
        #expect(try tree.region(following: 1, on: day("2026-01-01")) == 3)
        #expect(try tree.heldRegions(by: 2, on: day("2014-12-31")) == [1])
        #expect(try tree.heldRegions(by: 3, on: day("2026-01-01")) == [1, 2])
        #expect(try tree.heldRegions(by: 3, on: day("2012-01-01")) == [])
        #expect(try tree.heldRegions(by: 5, on: day("2026-01-01")) == [] && tree.heldRegions(by: 6, on: day("2026-01-01")) == [])
        #expect(try tree.region(following: 4, on: day("2026-01-01")) == 4)
        #expect(try tree.region(following: 99, on: day("2026-01-01")) == 99)
    }
}
