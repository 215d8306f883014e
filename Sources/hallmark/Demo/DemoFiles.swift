import Foundation
import Spreadsheets
import Values

/// Writes the demonstration's registers and lists as the files an office would receive.
struct DemoFiles {
    let folder: URL

    init(folder: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// The register with one year's accounts: one row a firm.
    func register(_ firms: [DemoFirm], year: Int, plan: DemoPlan, name: String) throws -> URL {
        let url = folder.appendingPathComponent(name + ".csv")
        let file = try CsvFileWriter(path: url.path)
        try file.append(
            ["企业名称", "统一社会信用代码", "曾用名", "成立日期", "镇街", "注册地址", "行业代码", "行业分类版本", "年度", "年销售额（万元）", "自主品牌销售额（万元）", "主要产品"].map { .text($0) })
        for firm in firms {
            let sales = firm.sales[year]
            let brand = sales.map { Decimal((NSDecimalNumber(decimal: $0).doubleValue * firm.brandShare * 100).rounded()) / 100 }
            try file.append([
                .text(firm.name), .text(firm.code ?? ""), .text(firm.former ?? ""), .text(firm.registered.description), .text(firm.town),
                .text(firm.address), .text(plan.industry.code), .text(plan.industry.version), .text(String(year)),
                .text(sales.map { "\($0)" } ?? ""), .text(brand.map { "\($0)" } ?? ""),
                .text(plan.kinds[firm.number % plan.kinds.count]),
            ])
        }
        try file.finish()
        return url
    }

    /// A published list with its title above the headings.
    func list(_ list: DemoList, laboratory: String) throws -> URL {
        let url = folder.appendingPathComponent(list.title + ".xlsx")
        let book = try WorkbookWriter(path: url.path)
        try book.beginSheet(
            "Sheet1",
            columns: ["序号", "产品名称", "商标", "规格型号", "生产日期/批号", "生产企业名称", "生产企业地址", "抽查结果", "不合格项目", "承检机构"].map { SheetColumn($0) },
            notes: [list.title], rowsExpected: list.batches.count)
        for (number, batch) in list.batches.enumerated() {
            try book.append([
                .number(Double(number + 1)), .text(batch.product), .text("—"), .text(batch.model), .text(batch.made.description),
                .text(batch.firm),
                .text(batch.address), .text(batch.fails ? "不合格" : "合格"), .text(batch.item), .text(laboratory),
            ])
        }
        try book.finish()
        return url
    }

    /// The follow-up list of the failures that are done: every fourth is still open.
    func followUp(_ list: DemoList) throws -> URL? {
        let done = list.batches.filter(\.fails).enumerated().filter { $0.offset % 4 != 3 }.map(\.element)
        guard !done.isEmpty else { return nil }
        let url = folder.appendingPathComponent(list.followUpTitle + ".xlsx")
        let book = try WorkbookWriter(path: url.path)
        try book.beginSheet(
            "Sheet1", columns: ["序号", "企业名称", "产品名称", "整改情况", "复查检验结果", "行政处罚情况"].map { SheetColumn($0) }, notes: [list.followUpTitle])
        for (number, batch) in done.enumerated() {
            try book.append([
                .number(Double(number + 1)), .text(batch.firm), .text(batch.product), .text("完成整改"),
                .text(number % 9 == 8 ? "复查不合格" : "复查合格"),
                .text(number % 5 == 4 ? "已立案" : "无"),
            ])
        }
        try book.finish()
        return url
    }
}
