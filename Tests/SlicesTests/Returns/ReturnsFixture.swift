import Enterprises
import Evidence
import Foundation
import Imports
import Places
import Spreadsheets
import Storage
import Targets
import TestSupport
import Testing
import Values

@testable import Returns

/// Longwan's office with three firms in two towns, and a form of its superior.
struct ReturnsFixture: Sendable {
    let office: ReturnsOffice
    let register: RegisterOffice
    let clock: TestClock

    static let schema: Schema = .kernel + .imports + .enterprises + .returns
    static let firms = """
        企业名称,统一社会信用代码,镇街,注册地址,年度,年销售额（万元）,自主品牌销售额（万元）
        示例甲厂,91330303MA0TE5T082,状元街道,温州市龙湾区状元街道甲路1号,2026,1200.5,600.25
        示例乙厂,,状元街道,温州市龙湾区状元街道乙路2号,2026,300,
        示例丙厂,,永中街道,温州市龙湾区永中街道丙路3号,2026,99.5,49.75
        """

    static func with(_ engine: TestEngine = .sqlite, _ body: (ReturnsFixture) async throws -> Void) async throws {
        let clock = TestClock("2026-10-08")
        try await TestStores.with(engine, schema: schema, clock: clock) { store in
            let register = RegisterOffice(
                office: Office(
                    store: store, regions: try RegisterOffice.regions.get(), vocabulary: try RegisterOffice.vocabulary.get(),
                    root: ProjectFiles.root))
            try await store.act("test.government", by: .local) { try Settings.set(Office.governmentSetting, "330303", $0) }
            try await register.take(firms)
            let office = ReturnsOffice(
                office: register.office, catalogue: FactCatalogue(EnterpriseFacts.all), programmes: GivenProgrammes([]),
                reader: ReaderCommand(executable: ImportFixture.program.path, arguments: ["read-sheet"]))
            try await body(ReturnsFixture(office: office, register: register, clock: clock))
        }
    }

    static func request() -> String { UUID().uuidString }

    func take(_ rows: [FormFiles.Row] = FormFiles.quarter(), title: String = "质量季报") async throws -> ReportForm {
        let id = try await TakeForm(
            title: title, superior: "市质强办", cadence: .quarter, threshold: 20, name: "\(title).xlsx", bytes: try FormFiles.workbook(rows)
        ).perform(in: office, by: .local, request: Self.request())
        return try await office.store.read { try FormStore.one(id, $0) }
    }

    func revise(_ form: ReportForm, _ rows: [FormFiles.Row], sheet: String = "表1") async throws {
        try await ReviseForm(form.id, name: "新表.xlsx", bytes: try FormFiles.workbook(rows, sheet: sheet)).perform(
            in: office, by: .local, request: Self.request(), shown: nil)
    }

    func binding(_ form: ReportForm, _ cell: String, _ kind: BindingKind) async throws -> CellBinding {
        let sheet = try #require(try await office.grid(form.blank).sheets.first)
        let place = try #require(CellPlace(cell))
        return CellBinding(
            form: form.id, anchor: sheet.anchor(of: place), place: CellPlaceOnSheet(sheet: sheet.name, cell: place), kind: kind)
    }

    func bind(
        _ form: ReportForm, _ cell: String, _ template: QuestionTemplate? = nil, kind: BindingKind = .figure, text: String = "",
        unit: String = "",
        decimals: Int = 0, town: Int64? = nil, by actor: Actor = .local
    ) async throws {
        var copy = try await binding(form, cell, kind)
        copy.question = template
        copy.text = text
        copy.unit = unit
        copy.decimals = decimals
        copy.town = town
        try await BindCell(form.id, [copy]).perform(on: office.store, by: actor, request: Self.request(), shown: nil)
    }

    static let firmCount = QuestionTemplate("enterprise", metric: "count", filters: ["region={region}"])
    static let sales = QuestionTemplate("account", metric: "sales", filters: ["region={region}", "year={year}"])
    static let share = QuestionTemplate("account", metric: "brand-sales-share", filters: ["region={region}", "year={year}"])

    /// Firms, sales and share bound; texts and the sum as well.
    func bindAll(_ form: ReportForm) async throws {
        try await bind(form, "B2", kind: .text, text: "龙湾区质强办")
        try await bind(form, "D2", kind: .text, text: "{period}")
        try await bind(form, "C5", Self.firmCount, unit: "家")
        try await bind(form, "C6", Self.sales, unit: "万元", decimals: 2)
        try await bind(form, "D7", Self.share, unit: "%", decimals: 1)
        try await bind(form, "C9", kind: .formula)
    }

    func fill(_ form: ReportForm, _ period: String = "2026Q3", known: Int64? = nil) async throws -> FilledForm {
        let current = try await office.store.read { try FormStore.one(form.id, $0) }
        let grid = try await office.grid(current.blank)
        let office = office
        let period = try #require(ReportPeriod(period))
        return try await office.store.read { try FillForm(office, as: .local).fill(current, period, grid: grid, known: known, $0) }
    }

    /// The filled workbook's bytes.
    func workbook(_ filled: FilledForm) async throws -> [UInt8] {
        let grid = try await office.grid(filled.form.blank)
        let blank = try await office.store.read { try FormStore.original(filled.form.blank, $0).bytes }
        return try Self.written { try FilledWorkbook(filled, grid: grid).write(blank, to: $0) }
    }

    static func written(_ write: (String) throws -> Void) throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("returns-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: path) }
        try write(path.path)
        return [UInt8](try Data(contentsOf: path))
    }

    static func read(_ bytes: [UInt8]) throws -> Workbook {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("returns-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: path) }
        try Data(bytes).write(to: path)
        return try SheetReading.workbook(path: path.path)
    }

    func failure(_ work: () async throws -> Void) async throws -> Failure {
        do {
            try await work()
        } catch let failure as Failure {
            return failure
        }
        throw Failure(.missing, "test.no-failure", "nothing failed")
    }
}

extension Workbook {
    func text(_ sheet: String, _ cell: String) -> String {
        guard let place = CellPlace(cell), let sheet = sheets.first(where: { $0.name == sheet }) else { return "?" }
        return sheet.rows.first { $0.number == place.row }?[column: place.column - 1].text ?? ""
    }
}
