import Foundation
import Places
import Returns
import Spreadsheets
import Storage
import Values

/// One form of an invented superior, bound and sent to the towns, so that the page of forms has something to show.
struct DemoReturns {
    let plan: DemoPlan
    let region: Region
    let towns: [Region]
    let files: DemoFiles

    private var title: String { "质量工作季报" }

    /// The blank form as the superior would send it: a title, headings, indicators, and the towns below.
    private func blank() throws -> (url: URL, firstTown: Int) {
        let url = files.folder.appendingPathComponent(title + ".xlsx")
        let book = try WorkbookWriter(path: url.path)
        try book.beginSheet(
            title,
            columns: [SheetColumn("指标", width: 34), SheetColumn("单位", width: 10), SheetColumn("本期数", .amount(decimals: 2), width: 16)],
            notes: ["\(title)（演示表样）"])
        for (label, unit) in indicators.map({ ($0.label, $0.unit) }) { try book.append([.text(label), .text(unit)]) }
        try book.append([.text("质量培训人次（镇街填）"), .text("人次")])
        try book.append([.text("镇街"), .text("单位"), .text("在册企业数")])
        for town in towns { try book.append([.text(town.name), .text("家")]) }
        try book.finish()
        return (url, 2 + indicators.count + 2 + 1)
    }

    private var indicators: [(label: String, unit: String, question: QuestionTemplate, decimals: Int)] {
        [
            ("在册企业数", "家", QuestionTemplate("enterprise", metric: "count", filters: ["region={region}"]), 0),
            (
                "监督抽查批次", "批",
                QuestionTemplate("spotcheck.result", metric: "count", filters: ["region={region}", "year={year}"], on: "{to}"), 0
            ),
            (
                "其中不合格批次", "批",
                QuestionTemplate(
                    "spotcheck.result", metric: "count", filters: ["region={region}", "year={year}", "verdict=fail"], on: "{to}"), 0
            ),
            ("上年销售额", "万元", QuestionTemplate("account", metric: "sales", filters: ["region={region}", "year={last-year}"]), 2),
            (
                "上年自主品牌销售额占比", "%",
                QuestionTemplate("account", metric: "brand-sales-share", filters: ["region={region}", "year={last-year}"]), 1
            ),
        ]
    }

    func make(in office: ReturnsOffice) async throws {
        let (url, firstTown) = try blank()
        let bytes = [UInt8](try Data(contentsOf: url))
        let id = try await TakeForm(
            title: title, superior: "上级质量工作领导小组办公室（演示）", cadence: .quarter, threshold: 20, name: url.lastPathComponent, bytes: bytes
        ).perform(in: office, by: .local, request: "demo-form-" + plan.programme)
        let form = try await office.store.read { try FormStore.one(id, $0) }
        guard let sheet = try await office.grid(form.blank).sheets.first else { return }
        func binding(_ row: Int, _ kind: BindingKind) -> CellBinding {
            let cell = CellPlace(row: row, column: 3)
            return CellBinding(form: id, anchor: sheet.anchor(of: cell), place: CellPlaceOnSheet(sheet: sheet.name, cell: cell), kind: kind)
        }
        var bindings: [CellBinding] = indicators.enumerated().map { index, indicator in
            var copy = binding(3 + index, .figure)
            copy.question = indicator.question
            copy.unit = indicator.unit
            copy.decimals = indicator.decimals
            return copy
        }
        var training = binding(3 + indicators.count, .town)
        training.unit = "人次"
        bindings.append(training)
        bindings += towns.enumerated().map { index, town in
            var copy = binding(firstTown + index, .figure)
            copy.question = QuestionTemplate("enterprise", metric: "count", filters: ["region=\(town.id.number)"])
            copy.unit = "家"
            return copy
        }
        try await BindCell(id, bindings).perform(on: office.store, by: .local, request: "demo-bind-" + plan.programme, shown: nil)
        guard !towns.isEmpty else { return }
        let period = ReportPeriod(.quarter, holding: plan.day).previous
        _ = try await SendOutForm(id, period: period.description, dueDay: plan.day.adding(days: 10), towns: towns.map(\.id.number))
            .perform(in: office, by: .local, request: "demo-send-out-" + plan.programme)
    }
}
