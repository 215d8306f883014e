import Enterprises
import Evidence
import Storage
import TestSupport
import Testing
import Values

@testable import Questions

@Suite("Saved views") struct SavedViewTests {
    private static let office = Actor(name: "甲", role: .programmeOffice)
    private static let town = Actor(name: "乙", role: .townOfficer)
    private static let leader = Actor(name: "丙", role: .leader)
    private static let question = Question(
        "sample", metric: "firms", where: [.init("product", ["皮鞋", "阀门"]), .init("year", [""])], by: ["region"], on: Day("2017-03-31"),
        known: 1)

    private func save(_ title: String, by actor: Actor, desk: Bool = false, request: String = "", _ store: Store) async throws -> ID<
        SavedView
    > {
        try await SaveView(title: title, question: Self.question, form: .table, isOnDesk: desk)
            .perform(on: store, by: actor, request: request.isEmpty ? title + actor.name : request)
    }

    private func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch { return (error as? Failure)?.code ?? "\(error)" }
    }

    @Test("a view comes back as it was kept, once for a repeated request", arguments: TestEngine.available)
    func kept(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: ExploreOffice.schema) { store in
            let id = try await save("企业数", by: Self.town, request: "once", store)
            #expect(try await save("另一个名称", by: Self.town, request: "once", store) == id)
            let views = try await store.read { try SavedViewStore.all($0) }
            #expect(views == [SavedView(id: id, title: "企业数", owner: "乙", question: Self.question, form: .table, isOnDesk: false)])
            #expect(try await store.verify().findings == [])
        }
    }

    @Test("its owner and the programme office change it, nobody else", arguments: TestEngine.available)
    func rights(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: ExploreOffice.schema) { store in
            let id = try await save("各镇", by: Self.town, store)
            let changes: [ChangeView.Change] = [.rename("改"), .drop, .show(onDesk: true)]
            for (index, change) in changes.enumerated() {
                #expect(
                    await code { try await ChangeView(id, change).perform(on: store, by: Self.leader, request: "r\(index)") }
                        == "view.not-yours")
            }
            #expect(
                await code { try await ChangeView(id, .show(onDesk: true)).perform(on: store, by: Self.town, request: "d") }
                    == "view.desk-role")
            try await ChangeView(id, .rename("各镇街")).perform(on: store, by: Self.town, request: "own")
            try await ChangeView(id, .show(onDesk: true)).perform(on: store, by: Self.office, request: "desk")
            #expect(try await store.read { try SavedViewStore.onDesk($0) }.map(\.title) == ["各镇街"])
            try await ChangeView(id, .drop).perform(on: store, by: Self.office, request: "drop")
            #expect(try await store.read { try SavedViewStore.all($0) } == [])
            #expect(await code { _ = try await store.read { try SavedViewStore.view(id, $0) } } == "view.missing")
        }
    }

    @Test("names are given once by each owner, must say something, and visitors keep nothing", arguments: TestEngine.available)
    func names(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: ExploreOffice.schema) { store in
            _ = try await save("同名", by: Self.town, store)
            _ = try await save("同名", by: Self.office, store)
            #expect(await code { _ = try await save("同名", by: Self.town, request: "again", store) } == "view.title-taken")
            for title in ["", "  ", "\n", String(repeating: "长", count: 61)] {
                #expect(await code { _ = try await save(title, by: Self.town, request: "t", store) } == "view.title")
            }
            let visitor = Actor(name: "丁", role: .visitor)
            #expect(await code { _ = try await save("公众", by: visitor, store) } == "view.role")
        }
    }

    @Test("a condition that could not be read again is not kept")
    func unreadable() async throws {
        try await TestStores.with(.sqlite, schema: ExploreOffice.schema) { store in
            let question = Question("sample", where: [.init("product", ["皮鞋\nby=year"])])
            let save = SaveView(title: "换行", question: question, form: .bars)
            #expect(await code { _ = try await save.perform(on: store, by: Self.office, request: "n") } == "view.question")
        }
    }

    @Test("the desk holds six views, and shows each with its number")
    func desk() async throws {
        try await ExploreOffice.with(.sqlite) { explore in
            let store = explore.office.store
            for number in 1...6 { _ = try await save("第\(number)", by: Self.office, desk: true, store) }
            #expect(await code { _ = try await save("第7", by: Self.office, desk: true, store) } == "view.desk-full")
            let views = DeskViews(catalogue: ExploreOffice.catalogue, regions: explore.office.regions)
            #expect(try await store.read { try views.read(Self.leader, $0) }.map(\.title.chinese) == (1...6).map { "第\($0)" })
        }
    }
}
