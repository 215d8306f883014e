import Enterprises
import Foundation
import Imports
import Places
package import Spreadsheets
package import Storage
package import Values

/// The unclear rows as a workbook that an officer fills in, and the filled workbook read back (待定名单).
package enum SettlementSheet {
    private static let number = "编号", belongs = "归属", code = "关联企业代码", firm = "企业名称"
    private static let own = "本辖区", other = "外地"

    /// Writes the unclear rows of a listing, those that name the region first.
    package static func write(_ listing: LocalListing, to path: String) throws {
        let book = try WorkbookWriter(path: path)
        let columns = [
            SheetColumn(number), SheetColumn(firm, width: 36), SheetColumn("产品"), SheetColumn("结论"), SheetColumn("所在地"),
            SheetColumn("地址", width: 36), SheetColumn("为什么待定", width: 60), SheetColumn(belongs, choices: [own, other]),
            SheetColumn(code, width: 24),
        ]
        try book.beginSheet(
            "待定", columns: columns,
            notes: ["\(listing.title)：不能确定是否在\(listing.region.name)的批次。“归属”选本辖区或外地；已有档案的填“关联企业代码”。不能确定的留空。"],
            rowsExpected: max(listing.unclear.count, 1))
        for entry in listing.unclear {
            let row = entry.result
            try book.append([
                .text(String(entry.id)), Cell(text: row.firm), Cell(text: row.product ?? ""), Cell(text: row.verdict.label),
                Cell(text: row.declaredRegion ?? ""), Cell(text: row.address ?? ""), Cell(text: entry.reason), .empty, .empty,
            ])
        }
        try book.finish()
    }

    /// What a filled workbook decides, and what in it is wrong, row by row.
    package struct Reading: Sendable {
        package let decisions: [SettleUnclear.Decision]
        package let errors: [Failure]
    }

    /// Reads a filled workbook; a row left blank decides nothing.
    package static func read(_ workbook: Workbook, file: String, listing: LocalListing, _ session: any Session) throws -> Reading {
        guard let (sheet, heading, columns) = find(workbook) else {
            return Reading(
                decisions: [],
                errors: [
                    Failure(.invalid, "settle.no-heading", "没有找到“编号”和“归属”两栏", at: FilePlace(file: file), cure: "用本页导出的待定名单填写")
                ])
        }
        let unclear = Dictionary(listing.entries(.unclear).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var decisions: [SettleUnclear.Decision] = []
        var errors: [Failure] = []
        for row in sheet.rows where row.number > heading {
            func text(_ name: String) -> String {
                columns[name].map { row[column: $0].text.filter { !$0.isWhitespace } } ?? ""
            }
            let belongs = text(belongs)
            let code = text(code)
            guard !belongs.isEmpty || !code.isEmpty else { continue }
            let place = FilePlace(file: file, sheet: sheet.name, row: row.number)
            do {
                guard let id = Int64(text(number)), let entry = unclear[id],
                    NameFolding.key(text(firm)) == NameFolding.key(entry.result.firm)
                else {
                    throw Failure(.invalid, "settle.row-unknown", "这一行不是现在待定的批次", at: place, cure: "重新导出待定名单后再填")
                }
                let decision = try settlement(belongs, code, listing, place, session)
                if belongs != other, let refusal = SettleUnclear.refusal(entry.result) {
                    throw Failure(refusal.kind, refusal.code, refusal.message, at: place, cure: refusal.cure)
                }
                decisions.append((id, decision))
            } catch let failure as Failure {
                errors.append(failure)
            }
        }
        return Reading(decisions: decisions, errors: errors)
    }

    private static func settlement(
        _ belongs: String, _ code: String, _ listing: LocalListing, _ place: FilePlace, _ session: any Session
    ) throws -> Settlement {
        var place = place
        if !code.isEmpty {
            place.column = Self.code
            guard belongs != other else {
                throw Failure(.invalid, "settle.both", "归属为外地，又填了关联企业代码", at: place, cure: "两栏只填一栏，或归属改为本辖区")
            }
            let rows = try session.rows(
                """
                select e.id from enterprise as e
                where (e.code = \(code) or e.registration_number = \(code)) and e.status <> 'merged' and \(RecordTable.current("e"))
                """)
            guard rows.count == 1, let found = rows.first else {
                throw Failure(.invalid, "settle.code-unknown", "没有代码为“\(code)”的企业档案", at: place, cure: "核对统一社会信用代码，或先建档")
            }
            return .linked(found.integer(0))
        }
        place.column = Self.belongs
        switch belongs {
        case own: return .inside(listing.region.id.number)
        case other: return .outside(listing.region.id.number)
        default: throw Failure(.invalid, "settle.value", "归属“\(belongs)”看不懂", at: place, cure: "从下拉选本辖区或外地，不能确定的留空")
        }
    }

    private static func find(_ workbook: Workbook) -> (Sheet, Int, [String: Int])? {
        for sheet in workbook.sheets {
            for row in sheet.rows.prefix(10) {
                var columns: [String: Int] = [:]
                for (index, cell) in row.cells.enumerated() { columns[cell.text.filter { !$0.isWhitespace }] = index }
                if columns[number] != nil, columns[belongs] != nil { return (sheet, row.number, columns) }
            }
        }
        return nil
    }
}
