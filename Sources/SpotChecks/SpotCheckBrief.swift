import Foundation
import Imports
import Places
import QualityStatistics
package import Spreadsheets
package import Values

/// The one-page brief for the leader, and the same rows as a workbook (上榜简报).
package enum SpotCheckBrief {
    /// 关于…在我辖区上榜情况的简报.
    package static func document(_ listing: LocalListing, office: String = "", made: Moment) -> Document {
        var document = Document(title: "关于\(listing.title)在我辖区上榜情况的简报", author: office, made: made)
        document.append(.title(document.title))
        document.paragraph(numbers(listing))
        if !listing.failing.isEmpty {
            document.heading("一、不合格批次")
            document.append(.table(failures(listing)))
        }
        if !listing.earlier.isEmpty {
            document.heading("二、此前不合格")
            for earlier in listing.earlier.prefix(10) {
                document.bullet(
                    "\(earlier.result.firm)：\(earlier.title)，\(earlier.result.product ?? "产品未注明")，\(earlier.result.failedItems ?? "项目未注明")")
            }
            if listing.earlier.count > 10 { document.append(.note("另有\(listing.earlier.count - 10)批次，见附表。")) }
        }
        if let rate = rate(listing) { document.paragraph(rate) }
        document.append(
            .note(
                "另有\(listing.unclear.count)批次不能确定是否在我辖区，其中\(listing.unclear.count(where: \.namesRegion))批次提到“\(listing.region.short ?? listing.region.name)”；存疑批次不计入企业。"
            ))
        document.append(.signature(([office] + [made.day.description]).filter { !$0.isEmpty }.joined(separator: "　")))
        return document
    }

    private static func numbers(_ listing: LocalListing) -> String {
        let head = "\(listing.title)共公布\(listing.entries.count)批次。\(listing.region.name)企业\(listing.firms)家、\(listing.ours.count)批次上榜，"
        guard !listing.failing.isEmpty else { return head + "没有不合格批次。" }
        return head + "其中\(listing.failingFirms)家企业\(listing.failing.count)批次不合格；\(listing.withoutFollowUp.count)批次不合格尚未见后处理记录；"
            + "上榜企业此前有\(listing.earlier.count)批次不合格。"
    }

    /// The batch pass rate with its n and interval; none where the samples were chosen in several ways, or nothing may be counted.
    package static func rate(_ listing: LocalListing) -> String? {
        let rows = listing.ours.map(\.result).filter { $0.isRated && $0.method != .risk && ($0.verdict == .pass || $0.verdict == .fail) }
        let methods = Set(rows.map(\.method))
        guard methods.count == 1, let method = methods.first else {
            return methods.count > 1 ? "抽样方式不一（\(methods.map(\.label).sorted().joined(separator: "、"))），不计算合格率合计。" : nil
        }
        guard let proportion = Proportion(rows.count { $0.verdict == .pass }, of: rows.count) else { return nil }
        return "批次合格率\(RateStatement(proportion).sentence)，抽样方式\(method.label)。"
    }

    private static func failures(_ listing: LocalListing) -> Document.Table {
        Document.Table(
            columns: [
                .init("企业", weight: 3), .init("产品", weight: 2), .init("不合格项目", weight: 2), .init("后处理", weight: 2),
                .init("此前不合格", isNumeric: true, weight: 1),
            ],
            rows: listing.failing.map { entry in
                let earlier = listing.earlier.count { $0.result.producerFolded == entry.result.producerFolded }
                return [
                    Cell(text: entry.result.firm), Cell(text: entry.result.product ?? ""), Cell(text: entry.result.failedItems ?? "未注明"),
                    Cell(text: listing.followUpState(entry)), .number(Double(earlier)),
                ]
            })
    }

    /// Writes the listing: our rows, earlier failures, unclear rows.
    package static func write(_ listing: LocalListing, to path: String) throws {
        let book = try WorkbookWriter(path: path)
        let columns = [
            SheetColumn("企业名称", width: 36), SheetColumn("产品"), SheetColumn("商标"), SheetColumn("规格型号"), SheetColumn("生产日期/批号"),
            SheetColumn("结论"), SheetColumn("不合格项目", width: 30), SheetColumn("后处理", width: 30), SheetColumn("归属"),
            SheetColumn("依据", width: 50), SheetColumn("名单", width: 40), SheetColumn("原表行号", .integer),
        ]
        let titles = Dictionary(listing.publications.map { ($0.id, $0.publication.title) }, uniquingKeysWith: { first, _ in first })
        func cells(_ entry: LocalListing.Entry, _ belongs: String) -> [Cell] {
            let row = entry.result
            return [
                Cell(text: row.firm), Cell(text: row.product ?? ""), Cell(text: row.brand ?? ""), Cell(text: row.model ?? ""),
                Cell(text: row.batch ?? ""), Cell(text: row.verdict.label), Cell(text: row.failedItems ?? ""),
                Cell(text: listing.followUpState(entry)), Cell(text: belongs), Cell(text: entry.reason),
                Cell(text: titles[row.publication] ?? ""), .number(Double(row.row)),
            ]
        }
        try book.beginSheet("本辖区上榜", columns: columns, notes: [numbers(listing)])
        for entry in listing.ours { try book.append(cells(entry, entry.group == .linked ? "已有档案" : "待建档")) }
        try book.beginSheet("待定", columns: columns)
        for entry in listing.unclear { try book.append(cells(entry, "待定")) }
        try book.beginSheet(
            "此前不合格",
            columns: [SheetColumn("企业名称", width: 36), SheetColumn("产品"), SheetColumn("不合格项目", width: 30), SheetColumn("名单", width: 50)])
        for earlier in listing.earlier {
            try book.append([
                Cell(text: earlier.result.firm), Cell(text: earlier.result.product ?? ""), Cell(text: earlier.result.failedItems ?? ""),
                Cell(text: earlier.title),
            ])
        }
        try book.finish()
    }
}

extension LocalListing {
    /// What is known of what followed a failure.
    package func followUpState(_ entry: Entry) -> String {
        guard entry.result.verdict == .fail else { return "" }
        guard let id = entry.result.followUp else { return "未见后处理记录" }
        return followUps[id]?.sentence ?? "已有后处理记录"
    }
}
