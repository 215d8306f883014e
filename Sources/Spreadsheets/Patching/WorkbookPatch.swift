package import Foundation
import Values

/// Fills an `.xlsx` that somebody else made: cells get values, everything else stays as it was, byte for byte.
///
/// Formats, widths, merges, pictures, rules and other sheets are not read and not written again. Formulas stay and are computed anew when
/// the file is opened.
package struct WorkbookPatch: Sendable {
    /// What a cell gets; its format stays.
    package enum Content: Sendable, Equatable {
        case number(Decimal)
        case text(String)
        case clear
    }

    /// A sheet put behind the others: plain rows, the first as heading.
    package struct AddedSheet: Sendable {
        package let name: String
        package let widths: [Double]
        package let rows: [[Cell]]

        package init(_ name: String, widths: [Double], rows: [[Cell]]) {
            self.name = name
            self.widths = widths
            self.rows = rows
        }
    }

    private var contents: [String: [CellPlace: Content]] = [:]
    private var opened: [String: Set<CellPlace>] = [:]
    private var results: [String: [CellPlace: Decimal]] = [:]
    private var added: [AddedSheet] = []
    private let original: [UInt8]
    private let name: String

    package init(_ original: [UInt8], name: String) {
        self.original = original
        self.name = name
    }

    package mutating func set(_ content: Content, sheet: String, _ place: CellPlace) { contents[sheet, default: [:]][place] = content }

    /// Shades a cell and leaves it open for input; all other cells of the sheets concerned are locked, without a password.
    package mutating func open(sheet: String, _ place: CellPlace) { opened[sheet, default: []].insert(place) }

    /// The result of a formula that stays, for readers that do not compute.
    package mutating func setResult(_ result: Decimal, sheet: String, _ place: CellPlace) { results[sheet, default: [:]][place] = result }

    package mutating func add(_ sheet: AddedSheet) { added.append(sheet) }

    /// Writes the filled workbook.
    ///
    /// - Throws: `patch.no-sheet`, `patch.shared-formula`, `import.…` for what is wrong in the file, `export.cannot-write`.
    package func write(to path: String) throws {
        var parts = PackageParts(original, name: name)
        let changed = try parts.reading { reader in try changedParts(reader) }
        for (part, bytes) in changed.parts { parts.set(part, bytes) }
        for part in changed.removed { parts.remove(part) }
        try parts.write(to: path)
    }

    private func changedParts(_ reader: PackageParts.Reader) throws -> (parts: [String: [UInt8]], removed: [String]) {
        let book = try WorkbookLayout(reader)
        var parts: [String: [UInt8]] = [:]
        var styles = try book.stylesPart.flatMap { try reader.tree($0) }.map { StyleClones($0) }
        for sheet in Set(contents.keys).union(opened.keys).sorted() {
            guard let part = book.sheets.first(where: { $0.name == sheet })?.part, let tree = try reader.tree(part),
                let splice = SheetSplice(tree)
            else {
                throw Failure(.missing, "patch.no-sheet", "表里没有名为“\(sheet)”的工作表", at: FilePlace(file: name), cure: "核对是否换了表样")
            }
            parts[part] = splice.bytes(
                try changes(sheet, splice, &styles), results: results[sheet] ?? [:], isProtected: opened[sheet]?.isEmpty == false)
        }
        if let part = book.stylesPart, let styles, styles.hasClones { parts[part] = styles.bytes() }
        for (part, bytes) in try book.parts(adding: added, reader) { parts[part] = bytes }
        return (parts, book.calculationChain.map { [$0] } ?? [])
    }

    private func changes(_ sheet: String, _ splice: SheetSplice, _ styles: inout StyleClones?) throws -> [CellPlace: SheetSplice.Change] {
        var changes: [CellPlace: SheetSplice.Change] = [:]
        let formulas = splice.formulas
        for (place, content) in contents[sheet] ?? [:] {
            guard formulas[place]?.isSharedBeginning != true else {
                throw Failure(
                    .invalid, "patch.shared-formula", "这一格的公式由几格共用，换成数会使其他格失效",
                    at: FilePlace(file: name, sheet: sheet, row: place.row, column: ColumnLetters.of(place.column)),
                    cure: "这一格保留公式；或在 Excel 中把公式逐格改写后重新上传")
            }
            var content = content
            if case .number(let number) = content, styles?.isPercent(splice.style(place)) == true { content = .number(number / 100) }
            changes[place] = SheetSplice.Change(content: content)
        }
        for place in opened[sheet] ?? [] {
            changes[place, default: SheetSplice.Change()].style = styles?.open(splice.style(place))
        }
        return changes
    }
}

/// What a workbook's cells are beyond their values: formulas, widths, formats that show per cent.
package struct FormInspection: Sendable {
    /// One sheet.
    package struct Facts: Sendable, Equatable {
        package let name: String
        package let formulas: [CellPlace: String]
        package let widths: [Int: Double]
        /// Cells whose format shows a share as per cent.
        package let percents: Set<CellPlace>
    }

    package let sheets: [Facts]

    /// Reads a workbook that the reading child has read before.
    package init(_ bytes: [UInt8], name: String) throws {
        sheets = try PackageParts(bytes, name: name).reading { reader in
            let book = try WorkbookLayout(reader)
            let styles = try book.stylesPart.flatMap { try reader.tree($0) }.map { StyleClones($0) }
            return try book.sheets.compactMap { sheet in
                guard let tree = try reader.tree(sheet.part), let splice = SheetSplice(tree) else { return nil }
                return Facts(
                    name: sheet.name, formulas: splice.formulas.mapValues(\.text), widths: splice.widths,
                    percents: Set(splice.places.filter { styles?.isPercent(splice.style($0)) == true }))
            }
        }
    }
}
