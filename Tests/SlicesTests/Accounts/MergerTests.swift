import Foundation
import Storage
import TestSupport
import Testing
import Values

@testable import Accounts

@Suite("Organisations that are merged")
struct MergerTests {
    /// A district with two offices, the laboratory of one of them, the office that takes their place, and somebody of the other.
    private struct Town {
        let bench: AccountBench
        let organisations: ManageOrganisations
        let root: ID<Organisation>
        let quality: ID<Organisation>
        let trade: ID<Organisation>
        let lab: ID<Organisation>
        let market: ID<Organisation>
        let person: ID<Person>
        let start: Day
        let day: Day

        init(_ bench: AccountBench) async throws {
            self.bench = bench
            let admin = try await bench.found()
            organisations = ManageOrganisations(bench.office, by: admin.actor)
            root = try #require(admin.organisation)
            start = try #require(Day("2020-01-01"))
            day = try #require(Day("2026-06-01"))
            quality = try await Self.found("质监局", below: root, from: start, organisations)
            trade = try await Self.found("工商局", below: root, from: start, organisations)
            lab = try await Self.found("检测所", below: quality, from: start, organisations)
            market = try await Self.found("市场监管局", below: root, from: day.adding(days: -28), organisations)
            person = try await ManageAccounts(bench.office, by: admin.actor).create(
                PersonDraft(account: "li", name: "李", organisation: trade, role: .departmentOfficer), request: "li"
            ).id
        }

        static func found(
            _ name: String, _ kind: OrganisationKind = .department, below parent: ID<Organisation>?, from: Day,
            _ organisations: ManageOrganisations
        ) async throws -> ID<Organisation> {
            try await organisations.found(
                .init(kind: kind, name: name, parent: parent, region: nil, from: from), request: UUID().uuidString)
        }

        func tree() async throws -> OrganisationTree { try await bench.store.read { try OrganisationStore.tree($0) } }

        /// The organisation of the person that entering the account leads to on a day.
        func home(on day: Day) async throws -> ID<Organisation>? {
            let tree = try await tree()
            return try await bench.store.read { try PersonStore.person(person, $0).organisation }.map { tree.standing(for: $0, on: day) }
        }

        func merge(_ old: Set<ID<Organisation>>, into new: ID<Organisation>, on day: Day) async -> String? {
            await bench.refusal {
                try await organisations.merge(
                    Merger(of: old, into: new, on: day), reason: "机构改革", request: UUID().uuidString)
            }?.code
        }
    }

    @Test(
        "from its day on people and what stands below belong to the one that goes on; before it all is as it was",
        arguments: TestEngine.available)
    func followed(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let town = try await Town(bench)
            #expect(await town.merge([town.quality, town.trade], into: town.market, on: town.day) == nil)
            let (tree, eve) = (try await town.tree(), town.day.adding(days: -1))
            #expect(Set(tree.children(of: town.root, on: eve).map(\.name)) == ["质监局", "工商局", "市场监管局"])
            #expect(tree.children(of: town.root, on: town.day).map(\.name) == ["市场监管局"])
            #expect(tree.successors(of: town.quality, on: eve).map(\.id) == [town.quality])
            #expect(tree.successors(of: town.quality, on: town.day).map(\.id) == [town.market])
            #expect(tree.withPredecessors(town.market, on: town.day) == [town.market, town.quality, town.trade])
            #expect(tree.withPredecessors(town.market, on: eve) == [town.market])
            let lab = try #require(tree.organisation(town.lab))
            #expect(tree.parent(of: lab, on: eve) == town.quality && tree.parent(of: lab, on: town.day) == town.market)
            #expect(tree.listed(on: town.day).map(\.organisation.name) == ["示例区", "市场监管局", "检测所"])
            #expect(tree.listed(on: town.day).map(\.depth) == [0, 1, 2])
            #expect(try await town.home(on: eve) == town.trade)
            #expect(try await town.home(on: town.day) == town.market)
            #expect(try await bench.store.verify().findings == [])
        }
    }

    @Test("taken back, all is as it was before; another merger is possible again", arguments: TestEngine.available)
    func takenBack(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let town = try await Town(bench)
            let before = try await town.tree()
            #expect(await town.merge([town.quality, town.trade], into: town.market, on: town.day) == nil)
            for (id, request) in [(town.quality, "q"), (town.trade, "t")] {
                try await town.organisations.takeBackMerger(of: id, reason: "写错了", request: request)
            }
            let after = try await town.tree()
            #expect(after.all == before.all && after.successions.isEmpty)
            #expect(try await town.home(on: town.day) == town.trade)
            let again = await bench.refusal {
                try await town.organisations.takeBackMerger(of: town.trade, reason: "", request: "t2")
            }
            #expect(again?.code == "organisation.not-merged")
            #expect(await town.merge([town.trade], into: town.quality, on: town.day) == nil)
            #expect(try await town.home(on: town.day) == town.quality)
            #expect(try await bench.store.verify().findings == [])
        }
    }

    @Test("taken back it ends when it was to end before; not while another has its name")
    func takenBackToItsEnd() async throws {
        try await AccountBench.with(.sqlite) { bench in
            let town = try await Town(bench)
            let last = town.day.adding(days: 100)
            func change(_ id: ID<Organisation>, _ name: String, to: Day?) async throws {
                try await town.organisations.change(
                    id, to: .init(kind: .department, name: name, parent: town.root, region: nil, from: town.start, to: to),
                    request: UUID().uuidString)
            }
            try await change(town.trade, "工商局", to: last)
            #expect(await town.merge([town.trade], into: town.market, on: town.day) == nil)
            let moved = await bench.refusal { try await change(town.trade, "工商局", to: last) }
            #expect(moved?.code == "organisation.merged")
            let named = try await Town.found("工商局", below: town.root, from: town.day, town.organisations)
            let taken = await bench.refusal {
                try await town.organisations.takeBackMerger(of: town.trade, reason: "", request: "a")
            }
            #expect(taken?.code == "organisation.taken")
            try await town.organisations.change(
                named, to: .init(kind: .department, name: "工商分局", parent: town.root, region: nil, from: town.day), request: "b")
            try await town.organisations.takeBackMerger(of: town.trade, reason: "", request: "c")
            #expect(try await town.tree().organisation(town.trade)?.to == last)
        }
    }

    @Test("nothing is merged into itself, into what is below it, into another kind, twice, or while others are to be merged into it")
    func refused() async throws {
        try await AccountBench.with(.sqlite) { bench in
            let town = try await Town(bench)
            let panel = try await Town.found("评审组", .panel, below: town.root, from: town.start, town.organisations)
            #expect(await town.merge([], into: town.market, on: town.day) == "organisation.merge")
            #expect(await town.merge([town.market], into: town.market, on: town.day) == "organisation.merge")
            #expect(await town.merge([town.quality], into: town.lab, on: town.day) == "organisation.merge")
            #expect(await town.merge([panel], into: town.market, on: town.day) == "organisation.merge")
            #expect(await town.merge([town.trade], into: town.market, on: town.start) == "organisation.merge")
            #expect(await town.merge([town.market], into: town.trade, on: town.day.adding(days: -28)) == "organisation.days")
            #expect(await town.merge([ID(99)], into: town.market, on: town.day) == "organisation.missing")
            #expect(await town.merge([town.trade], into: town.market, on: town.day) == nil)
            #expect(await town.merge([town.trade], into: town.quality, on: town.day) == "organisation.merged")
            #expect(await town.merge([town.market], into: town.quality, on: town.day) == "organisation.merged")
            let early = await bench.refusal {
                try await town.organisations.change(
                    town.market,
                    to: .init(kind: .department, name: "市场监管局", parent: town.root, region: nil, from: town.day.adding(days: 1)),
                    request: "e")
            }
            #expect(early?.code == "organisation.merged")
            let loop = await bench.refusal {
                try await town.organisations.change(
                    town.market,
                    to: .init(kind: .department, name: "市场监管局", parent: town.trade, region: nil, from: town.day.adding(days: -28)),
                    request: "l")
            }
            #expect(loop?.code == "organisation.parent")
            // 市场监管局 took the place of 工商局, so what is below 市场监管局 cannot be above it by way of 工商局.
            let office = try await Town.found("稽查队", below: town.market, from: town.day, town.organisations)
            #expect(try await town.tree().withAllAbove(office).contains(town.market))
            #expect(await town.merge([town.market], into: office, on: town.day.adding(days: 5)) == "organisation.merge")
        }
    }
}
