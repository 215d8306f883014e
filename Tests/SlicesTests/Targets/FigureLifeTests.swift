import Evidence
import Foundation
import Policy
import Storage
import Testing
import Values

@testable import Targets

@Suite("A figure goes from 待核 over 已审核 to 已发布, and stays readable as it was published")
struct FigureLifeTests {
    private func draft(_ value: Int64, _ target: String = "brands-total", source: FigureSource = .department, subject: String = "")
        -> FigureDraft
    {
        FigureDraft(
            programme: "nanhai-2017", target: target, subject: subject, source: source, reporter: "示例区市场局", document: "示例〔2017〕1号",
            period: .year(2017), value: Millionths(value * 1_000_000), unit: "个")
    }

    private func record(_ draft: FigureDraft, _ store: Store, request: String = UUID().uuidString, by actor: Actor = .local) async throws
        -> ID<TargetFigure>
    {
        try await RecordFigure(draft).perform(
            on: store, by: actor, request: request, programmes: GivenProgrammes([try TargetFixture.folder("nanhai-2017")]))
    }

    private func release(_ id: ID<TargetFigure>, _ store: Store) async throws {
        try await ReleaseFigure(id).perform(
            on: store, by: .local, request: UUID().uuidString, catalogue: TargetFixture.catalogue, regions: OneRegion())
    }

    private func figure(_ id: ID<TargetFigure>, _ store: Store) async throws -> TargetFigure? {
        try await store.read { try FigureStore.figure(id, $0) }
    }

    private func failure(_ body: () async throws -> Void) async -> Failure? {
        do {
            try await body()
            return nil
        } catch { return error as? Failure }
    }

    @Test("Recorded, reviewed, released, corrected: the published value stands beside the present one")
    func life() async throws {
        let store = try await TargetFixture.store()
        let id = try await record(draft(280), store)
        #expect(try await figure(id, store)?.state == .recorded)
        #expect(try await TargetFixture.standing("nanhai-2017", "brands-total", in: store)?.judgement.verdict == .missed)
        try await ReviewFigure(id).perform(on: store, by: .local, request: "r1")
        try await release(id, store)
        let released = try #require(try await figure(id, store))
        #expect(released.state == .released)
        #expect(released.reviewedBy == "local")
        #expect(released.releasedOn == TargetFixture.today)
        #expect(released.pinnedPosition == 3)

        #expect(try await record(draft(281), store) == id)
        let corrected = try #require(try await figure(id, store))
        #expect(corrected.state == .recorded)
        let asking = TargetFixture.board().asking
        let published = try await store.read { try PublishedFigure.read(corrected, asking, $0) }
        #expect(published?.sentence == "发布时 280个，现为 281个")
        #expect(published?.hasChanged == true)
        #expect(try await TargetFixture.standing("nanhai-2017", "brands-total", in: store)?.judgement.verdict == .met)
    }

    @Test("A department states the figures of its own targets alone, by hand and as ours")
    func ownTargets() async throws {
        let store = try await TargetFixture.store()
        try await TargetFixture.add(passed: 90, failed: 10, to: store)
        let economy = TargetFixture.officer(of: [("nanhai-2017", "brands-total")])
        _ = try await record(draft(280), store, by: economy)
        let other = try #require(await failure { _ = try await record(draft(60, "brands-added"), store, by: economy) })
        #expect(other.code == "figure.not-yours")
        #expect(other.message == "这个目标的数由质强办填报，您的部门不能录入")
        let refused = await failure {
            _ = try await SubmitOwnFigure(programme: "longwan-2006", target: "national-pass-rate").perform(
                on: store, by: economy, request: "s", programmes: GivenProgrammes([try TargetFixture.folder("longwan-2006")]),
                catalogue: TargetFixture.catalogue, regions: OneRegion())
        }
        #expect(refused?.code == "figure.not-yours")
        #expect(try await store.read { try FigureStore.count(.recorded, $0) } == 1)
    }

    @Test("Our own figure is asked again at its pinned position")
    func ownFigure() async throws {
        let store = try await TargetFixture.store()
        try await TargetFixture.add(passed: 90, failed: 10, to: store)
        let submit = SubmitOwnFigure(programme: "longwan-2006", target: "national-pass-rate")
        let programmes = GivenProgrammes([try TargetFixture.folder("longwan-2006")])
        let id = try await submit.perform(
            on: store, by: .local, request: "s1", programmes: programmes, catalogue: TargetFixture.catalogue, regions: OneRegion())
        try await ReviewFigure(id).perform(on: store, by: .local, request: "r1")
        try await release(id, store)
        try await TargetFixture.add(passed: 0, failed: 20, to: store)
        let kept = try #require(try await figure(id, store))
        let asking = TargetFixture.board().asking
        let published = try await store.read { try PublishedFigure.read(kept, asking, $0) }
        #expect(published?.sentence == "发布时 90%，现为 75%")
    }

    @Test("Rows that change between review and release stop the release")
    func changedSinceReview() async throws {
        let store = try await TargetFixture.store()
        try await TargetFixture.add(passed: 90, failed: 10, to: store)
        let id = try await SubmitOwnFigure(programme: "longwan-2006", target: "national-pass-rate").perform(
            on: store, by: .local, request: "s1", programmes: GivenProgrammes([try TargetFixture.folder("longwan-2006")]),
            catalogue: TargetFixture.catalogue, regions: OneRegion())
        try await ReviewFigure(id).perform(on: store, by: .local, request: "r1")
        try await TargetFixture.add(passed: 0, failed: 20, to: store)
        let failure = await failure { try await release(id, store) }
        #expect(failure?.code == "figure.changed-since-review")
        #expect(failure?.message == "审核以后明细又变了：审核的是 90%，现在是 75%")
        #expect(failure?.cure == "重新提交本级数，再审核、发布")
    }

    @Test("A repeated request gets the first answer")
    func onceOnly() async throws {
        let store = try await TargetFixture.store()
        let first = try await record(draft(280), store, request: "same")
        #expect(try await record(draft(290), store, request: "same") == first)
        #expect(try await figure(first, store)?.value.text == "280")
    }

    @Test("Every wrong figure is refused with its cure")
    func refusals() async throws {
        let store = try await TargetFixture.store()
        func refused(_ change: (inout FigureDraft) -> Void, by actor: Actor = .local) async -> Failure? {
            var wrong = draft(280)
            change(&wrong)
            let changed = wrong
            return await failure { _ = try await record(changed, store, by: actor) }
        }
        let leader = await refused({ _ in }, by: Actor(name: "示例", role: .leader))
        #expect(leader?.code == "figure.role")
        #expect(leader?.message == "您的岗位不能录入或发布目标的数")
        #expect(await refused { $0.target = "none" }?.message == "没有目标“nanhai-2017/none”")
        #expect(await refused { $0.document = "" }?.message == "部门填报数要写明出自哪份文件")
        #expect(await refused { $0.reporter = "" }?.message == "没有写是哪个单位报的数")
        #expect(await refused { $0.period = FigurePeriod("") }?.message == "没有写这个数是哪一期的")
        #expect(
            await refused { $0.period = FigurePeriod("x", from: Day(number: 2), to: Day(number: 1)) }?.message
                == "期间的起日 1970-01-03 在止日 1970-01-02 之后")
        #expect(await refused { $0.unit = "家" }?.message == "目标「广东省名牌产品总数突破280个」以“个”计，这个数的单位是“家”")
        let id = try await record(draft(280), store)
        #expect(await refused { _ in }?.message == "「2017年」的部门填报数已经是 280个")
        #expect(await failure { try await release(id, store) }?.message == "这个数现在是“待核”，不是“已审核”")
        #expect(await failure { try await ReviewFigure(ID(99)).perform(on: store, by: .local, request: "x") }?.message == "没有编号为 99 的数")
        let empty = await failure {
            _ = try await SubmitOwnFigure(programme: "nanhai-2017", target: "brands-total").perform(
                on: store, by: .local, request: "y", programmes: GivenProgrammes([try TargetFixture.folder("nanhai-2017")]),
                catalogue: TargetFixture.catalogue, regions: OneRegion())
        }
        #expect(empty?.message == "目标「广东省名牌产品总数突破280个」还算不出本级数")
    }

    @Test("The superior's figure stands beside ours with the difference")
    func superior() async throws {
        let store = try await TargetFixture.store()
        _ = try await record(draft(278), store)
        _ = try await record(draft(281, source: .superior), store)
        let standing = try #require(try await TargetFixture.standing("nanhai-2017", "brands-total", in: store))
        #expect(standing.judgement.now?.value == 278)
        #expect(standing.superior?.isSamePeriod == true)
        #expect(standing.superior?.difference == -3)
    }

    @Test("Leaders see released figures only")
    func released() async throws {
        let store = try await TargetFixture.store()
        let id = try await record(draft(281), store)
        let leader = Actor(name: "示例", role: .leader)
        #expect(try await TargetFixture.standing("nanhai-2017", "brands-total", in: store, actor: leader)?.judgement.verdict == .unknown)
        try await ReviewFigure(id).perform(on: store, by: .local, request: "r1")
        try await release(id, store)
        #expect(try await TargetFixture.standing("nanhai-2017", "brands-total", in: store, actor: leader)?.judgement.verdict == .met)
    }

    @Test("Other districts' figures rank ours")
    func ranked() async throws {
        let store = try await TargetFixture.store()
        _ = try await record(draft(200, "brands-most"), store)
        _ = try await record(draft(150, "brands-most", source: .superior, subject: "甲区"), store)
        let standing = try #require(try await TargetFixture.standing("nanhai-2017", "brands-most", in: store))
        #expect(standing.judgement.rank == 1)
        #expect(standing.judgement.verdict == .met)
        #expect(standing.superior == nil)
    }
}
