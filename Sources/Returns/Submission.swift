import Foundation
package import Values

/// A filled form as it was sent up (上报).
package struct Submission: Sendable, Hashable {
    package let id: ID<Submission>
    package let form: ID<ReportForm>
    package let period: ReportPeriod
    package let blank: String
    /// SHA-256 of the workbook that was sent.
    package let workbook: String
    /// The journal position whose knowledge it holds.
    package let pinnedPosition: Int64
    package let approver: String
    package let document: String
    package let sentDay: Day
    /// The journal position of the sending.
    package let sentAt: Int64
}

/// A value as it was sent up.
package struct SubmittedCell: Sendable, Hashable {
    package let binding: ID<CellBinding>
    package let place: CellPlaceOnSheet
    package let label: String
    package let value: String
    package let unit: String
    package let question: String?
}

/// What was sent up and what the same cell says now.
package struct ChangedSince: Sendable, Hashable {
    package let cell: SubmittedCell
    package let present: String

    /// `发布时 88.2%，现为 87.5%`
    package var sentence: Word {
        let now = present.isEmpty ? Word("无数据", "no data") : Word(Self.shown(present) + cell.unit)
        let then = cell.value.isEmpty ? Word("空", "empty") : Word(Self.shown(cell.value) + cell.unit)
        return Word("发布时 \(then.chinese)，现为 \(now.chinese)", "when sent \(then.text(.english)), now \(now.text(.english))")
    }

    private static func shown(_ text: String) -> String { Decimal(string: text).map { FilledCell.shown($0, decimals: nil) } ?? text }
}
