import Foundation
import Spreadsheets
import Storage
import TestSupport
import Testing
import Values

@testable import Returns

@Suite(.enabled(if: ImportFixture.isBuilt, "the program is not built: forms are read by its child"))
struct SendUpTests {
    private func sendUp(_ fixture: ReturnsFixture, _ form: ReportForm, gaps: Bool = false, shown: Int64? = nil, approver: String = "分管副区长")
        async throws
    {
        _ = try await SendUpForm(form.id, period: "2026Q3", approver: approver, document: "龙质强办〔2026〕5号", acceptsGaps: gaps, shown: shown)
            .perform(
                in: fixture.office, by: .local, request: ReturnsFixture.request())
    }

    @Test("what was sent up stays as it was; later corrections show beside it", arguments: TestEngine.available)
    func pinned(_ engine: TestEngine) async throws {
        try await ReturnsFixture.with(engine) { fixture in
            let form = try await fixture.take()
            try await fixture.bindAll(form)
            let filled = try await fixture.fill(form)
            try await sendUp(fixture, form, shown: filled.position)
            let sent = try #require(try await fixture.office.store.read { try SubmissionStore.current(form.id, filled.period, $0) })
            #expect(sent.approver == "分管副区长" && sent.pinnedPosition == filled.position)
            try await fixture.register.take("企业名称,镇街,注册地址", "示例丁厂,状元街道,温州市龙湾区状元街道丁路4号")
            let now = try await fixture.fill(form)
            let changed = try await fixture.office.store.read { try SubmissionStore.changed(sent, now: now, $0) }
            #expect(changed.map(\.sentence.chinese) == ["发布时 3家，现为 4家", "发布时 1,603，现为 1,604"])
            let kept = try await fixture.office.store.read { try FormStore.original(sent.workbook, $0) }
            #expect(try ReturnsFixture.read(kept.bytes).text("表1", "C5") == "3")

            // Its file is given to those alone who may open the form.
            #expect(try await fixture.office.store.read { try FormStore.uses(sent.workbook, $0) }.map(\.right) == [ReturnRights.read])
            #expect(!ReturnRights.read.isHeld(by: Actor(name: "x", role: .departmentOfficer)))

            try await sendUp(fixture, form)
            let all = try await fixture.office.store.read { try SubmissionStore.all(of: form.id, $0) }
            #expect(all.count == 2 && all[1].sentAt == sent.sentAt)
            let first = try await fixture.office.store.read { try SubmissionStore.cells(of: all[1], $0) }
            #expect(first.first { $0.place.cell.description == "C5" }?.value == "3")
            let same = try await fixture.failure { try await sendUp(fixture, form) }
            #expect(same.message == "2026年第三季度已在 2026-10-08 上报，数没有变化")
            #expect(try await fixture.office.store.verify().findings == [])
        }
    }

    @Test("gaps, a missing signature, and figures that changed after the approval hold a form back")
    func heldBack() async throws {
        try await ReturnsFixture.with { fixture in
            let form = try await fixture.take()
            try await fixture.bindAll(form)
            let unsigned = try await fixture.failure { try await sendUp(fixture, form, approver: "") }
            #expect(unsigned.message == "没有写谁审签")
            let shown = try await fixture.fill(form).position
            try await fixture.register.take("企业名称,镇街,注册地址", "示例丁厂,状元街道,温州市龙湾区状元街道丁路4号")
            let changed = try await fixture.failure { try await sendUp(fixture, form, shown: shown) }
            #expect(changed.message == "审签以后数变了：表1!C5「1.在册企业数 › 家 / 完成情况 › 本期」审签时 3，现在 4")
            try await fixture.bind(form, "C8", kind: .town)
            let gap = try await fixture.failure { try await sendUp(fixture, form) }
            #expect(gap.message == "还有1格没有填上：表1!C8（4.质量培训人次 › 人次 / 完成情况 › 本期）")
            try await sendUp(fixture, form, gaps: true)
        }
    }
}
