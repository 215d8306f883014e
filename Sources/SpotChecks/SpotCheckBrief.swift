import Foundation
import Imports
import Places
import QualityStatistics
package import Spreadsheets
package import Values

/// The one-page brief for the leader, and the same rows as a workbook (上榜简报).
package enum SpotCheckBrief {
    /// The brief in the office's own wording.
    package static func document(_ listing: LocalListing, form: BriefForm, office: String = "", made: Moment) -> Document {
        let lines = form.lines(values(listing, office: office, made: made))
        let title = lines.compactMap { line in if case .title(let text) = line { text } else { nil } }.first ?? listing.title
        var document = Document(title: title, author: office, made: made)
        for line in lines {
            switch line {
            case .title(let text): document.append(.title(text))
            case .heading(let text): document.heading(text)
            case .bullet(let text): document.bullet(text)
            case .note(let text): document.append(.note(text))
            case .signature(let text): document.append(.signature(text))
            case .table(let name): document.append(.table(name == "此前不合格" ? earlier(listing) : failures(listing)))
            case .paragraph(let text): document.paragraph(text)
            }
        }
        return document
    }

    /// The names that `forms/spot-check-brief.mustache` may use.
    static func values(_ listing: LocalListing, office: String, made: Moment) -> [String: String] {
        func some(_ count: Int) -> String { count == 0 ? "" : String(count) }
        return [
            "title": listing.title, "published": String(listing.entries.count), "region": listing.region.name,
            "region-short": listing.region.short ?? listing.region.name, "firms": String(listing.firms),
            "batches": String(listing.ours.count),
            "failing": some(listing.failing.count), "failing-firms": String(listing.failingFirms),
            "failing-batches": String(listing.failing.count), "without-follow-up": String(listing.withoutFollowUp.count),
            "earlier": some(listing.earlier.count), "earlier-batches": String(listing.earlier.count), "rate": rate(listing) ?? "",
            "unclear": String(listing.unclear.count), "naming-region": String(listing.unclear.count(where: \.namesRegion)),
            "office": office,
            "day": made.day.description,
        ]
    }

    private static func earlier(_ listing: LocalListing) -> Document.Table {
        Document.Table(
            columns: [.init("企业", weight: 3), .init("名单", weight: 3), .init("产品", weight: 2), .init("不合格项目", weight: 2)],
            rows: listing.earlier.prefix(10).map { earlier in
                [
                    Cell(text: earlier.result.firm), Cell(text: earlier.title), Cell(text: earlier.result.product ?? ""),
                    Cell(text: earlier.result.failedItems ?? "未注明"),
                ]
            })
    }

    private static func numbers(_ listing: LocalListing) -> String {
        "\(listing.region.name)：上榜企业\(listing.firms)家、\(listing.ours.count)批次，不合格\(listing.failing.count)批次。"
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
