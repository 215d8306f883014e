import Enterprises
import Foundation
import Storage
import TestSupport
import Testing
import Values

@testable import Returns
@testable import Spreadsheets

@Suite(.enabled(if: ImportFixture.isBuilt, "the program is not built: forms are read by its child"))
struct TownReturnsTests {
    /// 永中 and 状元; the training row is everybody's, the rows by town are each town's own.
    private struct Sent {
        let form: ReportForm
        let sendOut: SendOut
        let first: Int64
        let second: Int64
    }

    private func send(_ fixture: ReturnsFixture, _ form: ReportForm, _ period: String, due: String = "2026-10-20") async throws -> Sent {
        let (first, second) = (try fixture.office.regions.number(of: "永中街道"), try fixture.office.regions.number(of: "状元街道"))
        let id = try await SendOutForm(form.id, period: period, dueDay: try #require(Day(due)), towns: [first, second]).perform(
            in: fixture.office, by: .local, request: ReturnsFixture.request())
        return Sent(form: form, sendOut: try await fixture.office.store.read { try SendOutStore.one(id, $0) }, first: first, second: second)
    }

    private func marked(_ fixture: ReturnsFixture) async throws -> ReportForm {
        let form = try await fixture.take()
        try await fixture.bind(form, "C8", kind: .town, unit: "人次")
        let (first, second) = (try fixture.office.regions.number(of: "永中街道"), try fixture.office.regions.number(of: "状元街道"))
        try await fixture.bind(form, "C11", ReturnsFixture.firmCount, kind: .town, unit: "家", town: first)
        try await fixture.bind(form, "C12", ReturnsFixture.firmCount, kind: .town, unit: "家", town: second)
        return form
    }

    /// A town's file as it was sent, with values typed into it.
    private func file(
        _ fixture: ReturnsFixture, _ sent: Sent, _ town: Int64, _ typed: [String: WorkbookPatch.Content], name: String = "报回.xlsx",
        identity: [String: String] = [:]
    ) async throws -> TakeReturns.File {
        let office = fixture.office
        let (blank, task, bindings) = try await office.store.read { session in
            (
                try FormStore.original(sent.sendOut.blank, session).bytes,
                try SendOutStore.tasks(of: sent.sendOut.id, session).first { $0.region == town },
                try FormStore.bindings(of: sent.form.id, known: sent.sendOut.position, session).filter {
                    $0.kind == .town && ($0.town == nil || $0.town == town)
                }
            )
        }
        let book = TownWorkbook(
            form: sent.form, sendOut: sent.sendOut, task: try #require(task), town: office.regions.name(of: town) ?? "", bindings: bindings,
            known: [:])
        let bytes = try ReturnsFixture.written { try book.write(blank, to: $0) }
        var patch = WorkbookPatch(bytes, name: name)
        for (cell, content) in typed { patch.set(content, sheet: "表1", try #require(CellPlace(cell))) }
        for (cell, text) in identity { patch.set(.text(text), sheet: TownWorkbook.identitySheet, try #require(CellPlace(cell))) }
        return TakeReturns.File(name: name, bytes: try ReturnsFixture.written { try patch.write(to: $0) })
    }

    private func take(_ fixture: ReturnsFixture, _ sent: Sent, _ files: [TakeReturns.File], by actor: Actor = .local) async throws
        -> [TakeReturns.Outcome]
    {
        try await TakeReturns(sent.sendOut.id, files: files).perform(in: fixture.office, by: actor, request: ReturnsFixture.request())
    }

    @Test("a town's file is named so that it stays in the folder where an archive is unpacked")
    func namedInside() async throws {
        try await ReturnsFixture.with { fixture in
            let sent = try await send(fixture, try await marked(fixture), "2026Q3")
            let task = try #require(try await fixture.office.store.read { try SendOutStore.tasks(of: sent.sendOut.id, $0) }.first)
            let book = TownWorkbook(
                form: sent.form, sendOut: sent.sendOut, task: task, town: "/../..\\甲:乙/街道\n", bindings: [], known: [:])
            #expect(!book.fileName.contains { "/\\:\n".contains($0) })
        }
    }

    @Test(
        "what towns return is summed once all have returned; a later return takes the place of the earlier one",
        arguments: TestEngine.available)
    func merges(_ engine: TestEngine) async throws {
        try await ReturnsFixture.with(engine) { fixture in
            let form = try await marked(fixture)
            let sent = try await send(fixture, form, "2026Q3")
            #expect(try await fixture.fill(form).cells[0].whyMissing == "还差2个镇街：永中街道、状元街道")
            let one = try await file(fixture, sent, sent.first, ["C8": .number(10), "C11": .number(1)], name: "永中.xlsx")
            #expect(try await take(fixture, sent, [one]).map(\.kind) == [.taken])
            #expect(try await fixture.fill(form).cells[0].whyMissing == "还差1个镇街：状元街道")
            let two = try await file(fixture, sent, sent.second, ["C8": .text("１，５００"), "C12": .number(5)], name: "状元.xlsx")
            #expect(try await take(fixture, sent, [one, two]).map(\.kind) == [.unchanged, .taken])
            #expect(try await fixture.fill(form).cells.map(\.plain) == ["1510", "1", "5"])
            let again = try await file(fixture, sent, sent.first, ["C8": .number(20), "C11": .number(1)], name: "永中更正.xlsx")
            #expect(try await take(fixture, sent, [again]).map(\.kind) == [.replaced])
            #expect(try await fixture.fill(form).cells[0].plain == "1520")
            let tasks = try await fixture.office.store.read { try SendOutStore.tasks(of: sent.sendOut.id, $0) }
            #expect(tasks.map(\.returnedTimes) == [2, 1] && tasks[0].returnedName == "永中更正.xlsx")
            #expect(try await fixture.office.store.verify().findings == [])
        }
    }

    @Test("a town's file opens only its own cells and says what it is")
    func locked() async throws {
        try await ReturnsFixture.with { fixture in
            let sent = try await send(fixture, try await marked(fixture), "2026Q3")
            let file = try await file(fixture, sent, sent.first, [:])
            let parts = PackageTexts(file.bytes)
            let sheet = try parts.text("xl/worksheets/sheet1.xml")
            #expect(sheet.contains("<sheetProtection sheet=\"1\""))
            #expect(
                sheet.contains("<c r=\"C8\" s=\"6\"/>") && sheet.contains("<c r=\"C11\" s=\"6\"/>")
                    && sheet.contains("<c r=\"C12\" s=\"3\"/>"))
            let styles = try parts.text("xl/styles.xml")
            #expect(styles.contains("<cellXfs count=\"7\">") && styles.contains("<protection locked=\"0\"/>"))
            let read = try ReturnsFixture.read(file.bytes)
            #expect(read.text("识别页", "B5") == "永中街道" && read.text("识别页", "B4") == "2026年第三季度" && read.text("识别页", "B6") == "2026-10-20")
        }
    }

    @Test("what is wrong with a returned file is said with its cell and its cure, and nothing of it is kept")
    func faults() async throws {
        try await ReturnsFixture.with { fixture in
            let form = try await marked(fixture)
            let sent = try await send(fixture, form, "2026Q3")
            let other = try await fixture.take(FormFiles.quarter("三", extra: ["商标"]), title: "商标季报")
            try await fixture.bind(other, "C5", kind: .town, unit: "件")
            let otherSent = try await send(fixture, other, "2026Q3")
            let later = try await send(fixture, form, "2026Q4")
            func fault(_ file: TakeReturns.File) async throws -> String {
                let outcomes = try await take(fixture, sent, [file])
                #expect(outcomes.map(\.kind) == [.refused])
                return outcomes.flatMap(\.faults).map(\.description).joined(separator: "\n")
            }
            #expect(
                try await fault(try await file(fixture, sent, sent.first, ["C8": .text("约3人次")]))
                    == "报回.xlsx「表1」第8行「C」列：「4.质量培训人次 › 人次 / 完成情况 › 本期」应填数字，填的是“约3人次”。处理办法：只填数字（单位：人次），说明另附")
            #expect(
                try await fault(try await file(fixture, sent, sent.first, ["A5": .text("在册企业户数"), "C8": .number(1)]))
                    == "报回.xlsx「表1」第5行「A」列：原表是“1.在册企业数”，报回的是“在册企业户数”。处理办法：行、列或标题被改动过；请镇街用下发的原表重填")
            #expect(
                try await fault(try await file(fixture, otherSent, sent.first, ["C5": .number(1)])).contains("这是「商标季报」的表，不是「质量季报」的"))
            #expect(
                try await fault(try await file(fixture, later, sent.first, ["C8": .number(1)])).contains("这是2026年第四季度的表，这里收的是2026年第三季度"))
            #expect(
                try await fault(try await file(fixture, sent, sent.first, ["C8": .number(1)], identity: ["B5": "状元街道"]))
                    .contains("识别码是永中街道的，镇街一栏写的是“状元街道”"))
            #expect(
                try await fault(try await file(fixture, sent, sent.first, ["C8": .number(1)], identity: ["B2": "X9-1-abc"]))
                    .contains("识别码“X9-1-abc”不是本系统发出的"))
            #expect(
                try await fault(TakeReturns.File(name: "空表.xlsx", bytes: try FormFiles.workbook(FormFiles.quarter())))
                    .contains("没有“识别页”，认不出是哪个镇街哪一期的表"))
            let twice = [
                try await file(fixture, sent, sent.first, ["C8": .number(1)], name: "甲.xlsx"),
                try await file(fixture, sent, sent.first, ["C8": .number(2)], name: "乙.xlsx"),
            ]
            let outcomes = try await take(fixture, sent, twice)
            #expect(outcomes.map(\.kind) == [.refused, .refused])
            #expect(outcomes[0].faults[0].message == "永中街道这次交了2份不同的表：甲.xlsx、乙.xlsx")
            let values = try await fixture.office.store.read { try SendOutStore.values(of: sent.sendOut.id, $0) }
            #expect(values == [])
            let stranger = Actor(name: "状元", role: .townOfficer, region: sent.second)
            let good = try await file(fixture, sent, sent.first, ["C8": .number(1)])
            #expect(try await take(fixture, sent, [good], by: stranger)[0].faults[0].message == "这是永中街道的表，您只能交本镇街的表")
        }
    }

    @Test("a town officer sees and returns the own town's form, whatever number stands in the address")
    func townPages() async throws {
        try await ReturnsFixture.with { fixture in
            let sent = try await send(fixture, try await marked(fixture), "2026Q3")
            let good = try await file(fixture, sent, sent.first, ["C8": .number(1)])
            let foreign = try await file(fixture, sent, sent.second, ["C8": .number(2)])
            _ = try await take(fixture, sent, [foreign])
            let door = OneVisitor(actor: Actor(name: "永中", role: .townOfficer, region: sent.first))
            let here = "/returns/send-outs/\(sent.sendOut.id)"
            try await SiteBrowser.open(ReturnsRoutes.table(fixture.office), clock: fixture.clock.clock, doorkeeper: door) { browser in
                #expect(try await browser.get("/returns/send-outs").text.contains("质量季报"))
                let page = try await browser.get(here)
                #expect(page.status == 200 && page.text.contains("永中街道") && !page.text.contains("状元街道"))
                let (own, other) = (
                    try await browser.get("\(here)/towns/\(sent.first)"), try await browser.get("\(here)/towns/\(sent.second)")
                )
                #expect(own.status == 200 && other.status == 404)
                #expect(try await browser.get("\(here)/towns/\(sent.second)/returned").status == 404)
                for path in ["\(here)/merged", "\(here)/bundle", "\(here)/notice", "/returns", "/returns/1"] {
                    #expect(try await browser.get(path).status == 403, "\(path)")
                }
                let refused = try await browser.post("\(here)/files", from: here, [], file: (foreign.name, foreign.bytes))
                #expect(refused.status == 422 && refused.text.contains("您只能交本镇街的表"))
                #expect(try await browser.post("\(here)/files", from: here, [], file: (good.name, good.bytes)).status < 400)
            }
            let tasks = try await fixture.office.store.read { try SendOutStore.tasks(of: sent.sendOut.id, $0) }
            #expect(tasks.first { $0.region == sent.first }?.returnedName == good.name)
            #expect(tasks.first { $0.region == sent.second }?.returnedTimes == 1)
            let stranger = OneVisitor(actor: Actor(name: "他", role: .townOfficer, region: try fixture.office.regions.number(of: "蒲州街道")))
            try await SiteBrowser.open(ReturnsRoutes.table(fixture.office), clock: fixture.clock.clock, doorkeeper: stranger) { browser in
                let page = try await browser.get(here)
                #expect(page.status == 404)
                let list = try await browser.get("/returns/send-outs")
                #expect(!list.text.contains("质量季报"))
            }
        }
    }

    @Test("what was sent to a town is returned by the one that took its place")
    func successor() async throws {
        try await ReturnsFixture.with { fixture in
            let sent = try await send(fixture, try await marked(fixture), "2026Q3")
            let own = try await file(fixture, sent, sent.second, ["C8": .number(2)])
            let officer = Actor(name: "永中", role: .townOfficer, region: sent.first, heldRegions: [sent.second])
            #expect(try await take(fixture, sent, [own], by: officer)[0].kind != .refused)
            let here = "/returns/send-outs/\(sent.sendOut.id)"
            let door = OneVisitor(actor: officer)
            try await SiteBrowser.open(ReturnsRoutes.table(fixture.office), clock: fixture.clock.clock, doorkeeper: door) { browser in
                let page = try await browser.get(here)
                #expect(page.status == 200 && page.text.contains("永中街道") && page.text.contains("状元街道"))
                #expect(try await browser.get("\(here)/towns/\(sent.second)").status == 200)
            }
        }
    }

    @Test("who is late is named by the clock's day, and reminders are counted")
    func late() async throws {
        try await ReturnsFixture.with { fixture in
            let sent = try await send(fixture, try await marked(fixture), "2026Q3", due: "2026-10-10")
            let remind = RemindTowns(sent.sendOut.id)
            let early = try await fixture.failure {
                try await remind.perform(in: fixture.office, by: .local, request: ReturnsFixture.request())
            }
            #expect(early.message == "没有逾期的镇街：期限是 2026-10-10")
            fixture.clock.move(days: 5)
            let back = try await file(fixture, sent, sent.first, ["C8": .number(1)])
            _ = try await take(fixture, sent, [back])
            try await remind.perform(in: fixture.office, by: .local, request: ReturnsFixture.request())
            let tasks = try await fixture.office.store.read { try SendOutStore.tasks(of: sent.sendOut.id, $0) }
            #expect(tasks.map(\.reminded) == [0, 1] && tasks[1].remindedDay == Day("2026-10-13"))
            let (due, next) = (try #require(Day("2026-10-10")), try #require(Day("2026-10-11")))
            #expect(tasks[1].isLate(sent.sendOut, on: next) && !tasks[1].isLate(sent.sendOut, on: due))
            let entry = try await fixture.office.store.read { try JournalQuery.page($0, limit: 1)[0] }
            #expect(entry.action == "returns.remind-towns" && entry.detail.contains("状元街道"))
        }
    }

    @Test("values that changed beyond the threshold, or that the registers do not bear out, are shown with both values and take a reason")
    func differences() async throws {
        try await ReturnsFixture.with { fixture in
            let form = try await marked(fixture)
            let second = try await send(fixture, form, "2026Q2")
            _ = try await take(
                fixture, second,
                [
                    try await file(fixture, second, second.first, ["C8": .number(100), "C11": .number(1)]),
                    try await file(fixture, second, second.second, ["C8": .number(100), "C12": .number(2)], name: "二.xlsx"),
                ])
            let third = try await send(fixture, form, "2026Q3")
            _ = try await take(
                fixture, third,
                [
                    try await file(fixture, third, third.first, ["C8": .number(120), "C11": .number(1)]),
                    try await file(fixture, third, third.second, ["C8": .number(121), "C12": .number(3)], name: "二.xlsx"),
                ])
            let office = fixture.office
            @Sendable func found() async throws -> [TownDifference] {
                try await office.store.read { session in
                    let bindings = try FormStore.bindings(of: form.id, session)
                    let merged = try MergedReturns.read(third.sendOut, bindings: bindings, office: office, session)
                    return try CompareReturns(office, as: .local).differences(merged, form: form, session)
                }
            }
            let all = try await found()
            let texts = all.map { "\($0.binding.place.cell) \($0.against.word.chinese) \($0.value) \($0.other)" }
            #expect(texts == ["C8 上期 121 100", "C12 上期 3 2", "C12 登记数 3 2"])
            #expect(all[0].percent == 21)
            try await ExplainDifference(
                third.sendOut.id, region: third.second, binding: all[2].binding.id, against: .register, reason: "新增一家未登记"
            )
            .perform(on: office.store, by: .local, request: ReturnsFixture.request())
            #expect(try await found().map(\.reason) == [nil, nil, "新增一家未登记"])
        }
    }

    @Test("a form goes out once a period, to towns of our own, with cells to fill, due in the future")
    func sendOutRules() async throws {
        try await ReturnsFixture.with { fixture in
            let bare = try await fixture.take()
            let none = try await fixture.failure { _ = try await send(fixture, bare, "2026Q3") }
            #expect(none.message == "这张表没有标给镇街填的格")
            try await fixture.bind(bare, "C8", kind: .town)
            let past = try await fixture.failure { _ = try await send(fixture, bare, "2026Q3", due: "2026-10-01") }
            #expect(past.message == "报回期限 2026-10-01 已经过了")
            _ = try await send(fixture, bare, "2026Q3")
            try await fixture.bind(bare, "C6", kind: .town)
            let sent = try await send(fixture, bare, "2026Q3", due: "2026-10-25")
            #expect(sent.sendOut.id.number == 1 && sent.sendOut.dueDay.description == "2026-10-25")
            // A blank that comes later does not move the cells of what was sent.
            try await fixture.revise(bare, FormFiles.quarter("四", extra: ["商标"]))
            let back = try await file(fixture, sent, sent.first, ["C6": .number(6), "C8": .number(8)])
            #expect(try await take(fixture, sent, [back]).map(\.kind) == [.taken])
            #expect(try await fixture.office.store.read { try SendOutStore.values(of: sent.sendOut.id, $0) }.map(\.value) == [8, 6])
            let twice = try await fixture.failure { _ = try await send(fixture, bare, "2026Q3") }
            #expect(twice.message == "2026年第三季度已经在 2026-10-08 下发，1个镇街已报回，不能重新下发")
        }
    }
}

/// The parts of a workbook as text.
struct PackageTexts {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func text(_ part: String) throws -> String {
        String(decoding: try PackageParts(bytes, name: "test").reading { try $0.bytes(part) } ?? [], as: UTF8.self)
    }
}
