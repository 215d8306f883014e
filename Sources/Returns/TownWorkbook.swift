package import Foundation
import Spreadsheets
package import Values

/// The file that one town gets: only its own cells are open, what the registers know stands in them already, and a sheet says what it is.
package struct TownWorkbook: Sendable {
    package let form: ReportForm
    package let sendOut: SendOut
    package let task: TownTask
    package let town: String
    /// The cells this town fills.
    package let bindings: [CellBinding]
    /// What the registers know, by binding.
    package let known: [ID<CellBinding>: Decimal]

    package static let identitySheet = "识别页"
    static let codeLabel = "识别码"
    static let townLabel = "镇街"
    static let periodLabel = "期别"
    static let formLabel = "报表"

    /// `质量强区季报-2026年第三季度-状元街道.xlsx`
    ///
    /// It goes into an archive, where a title with a slash would be a folder, and one with dots a folder elsewhere.
    package var fileName: String {
        let name = "\(form.title)-\(sendOut.period.word.chinese)-\(town)"
        return String(name.map { "/\\:".contains($0) || $0.isNewline ? "_" : $0 }) + ".xlsx"
    }

    /// - Throws: `patch.…`, `export.cannot-write`.
    package func write(_ blank: [UInt8], to path: String) throws {
        var patch = WorkbookPatch(blank, name: form.fileName)
        for binding in bindings {
            patch.open(sheet: binding.place.sheet, binding.place.cell)
            if let value = known[binding.id] { patch.set(.number(value), sheet: binding.place.sheet, binding.place.cell) }
        }
        patch.add(WorkbookPatch.AddedSheet(Self.identitySheet, widths: [16, 60], rows: identity))
        try patch.write(to: path)
    }

    var identity: [[Cell]] {
        [
            [.text("报回时凭本页识别，请勿修改或删除")], [.text(Self.codeLabel), .text(task.code)], [.text(Self.formLabel), .text(form.title)],
            [.text(Self.periodLabel), .text(sendOut.period.word.chinese)], [.text(Self.townLabel), .text(town)],
            [.text("报回期限"), .text(sendOut.dueDay.description)],
            [
                .text("要填的格"),
                .text(
                    bindings.map { "\($0.place)（\($0.anchor.description)\($0.unit.isEmpty ? "" : "，" + $0.unit)）" }.joined(separator: "\n")),
            ],
            [.text("填写办法"), .text("只填浅黄色的格，一律填数字，不写单位和文字；没有的填 0，不掌握的留空。其他格已锁定，不要改动行列和标题。")],
        ] + (sendOut.note.isEmpty ? [] : [[.text("说明"), .text(sendOut.note)]])
    }
}
