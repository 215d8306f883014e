package import Spreadsheets

/// A sheet of a workbook with what it is and why; a sheet that is set aside can still be imported on purpose under its own title.
package struct SortedSheet: Sendable {
    /// Why a sheet is not imported by itself.
    package enum Reason: String, Sendable, CaseIterable {
        case hidden, empty, noHeading = "no-heading", leftover, measurements, summary, otherList = "other-list", noVerdict = "no-verdict"
        case noData = "no-data"
    }

    /// The code and the sentence of a set-aside sheet.
    package struct SetAside: Sendable, Equatable {
        package let reason: Reason
        /// Why, in a sentence for the clerk.
        package let sentence: String
    }

    package let name: String
    /// 1-based place in the workbook.
    package let number: Int
    package let visibility: SheetVisibility
    package let title: ListTitle
    /// The kind of list, where a heading was found.
    package let kind: ImportKind?
    /// 0…1: how clearly the headings speak for the kind before the next likely one.
    package let confidence: Double
    /// What speaks for the kind, as sentences.
    package let reasons: [String]
    /// The table that was read, also where the sheet is set aside.
    package internal(set) var table: SheetTable?
    /// nil: the sheet is imported.
    package internal(set) var setAside: SetAside?
    /// The verdict of every row of a list without a verdict column, by its title (不合格名单).
    package let impliedVerdict: Verdict?
    /// See `ContentFingerprint`.
    package internal(set) var fingerprint: UInt64

    package var isTaken: Bool { setAside == nil }
}
