package import Foundation
package import Spreadsheets
package import Values

/// What a returned file says of itself.
package struct ReturnIdentity: Sendable, Hashable {
    package let code: String
    package let town: String
    package let period: String
    package let form: String

    /// - Throws: `returns.no-code` where the sheet or its code is missing.
    package static func read(_ workbook: Workbook, file: String) throws -> ReturnIdentity {
        guard let sheet = workbook.sheets.first(where: { $0.name.hasPrefix(TownWorkbook.identitySheet) }) else {
            throw Failure(
                .invalid, "returns.no-code", "没有“\(TownWorkbook.identitySheet)”，认不出是哪个镇街哪一期的表", at: FilePlace(file: file),
                cure: "请镇街用下发的原表填，不要另建表格或删去识别页")
        }
        func value(_ label: String) -> String {
            sheet.rows.first { $0[column: 0].text.filter { !$0.isWhitespace } == label }?[column: 1].text.filter { !$0.isWhitespace } ?? ""
        }
        let code = value(TownWorkbook.codeLabel)
        guard !code.isEmpty else {
            throw Failure(
                .invalid, "returns.no-code", "识别页上的识别码被删去了", at: FilePlace(file: file, sheet: sheet.name), cure: "请镇街用下发的原表重填，或把识别码补回去")
        }
        return ReturnIdentity(
            code: code, town: value(TownWorkbook.townLabel), period: value(TownWorkbook.periodLabel), form: value(TownWorkbook.formLabel))
    }
}

/// Reads the values out of a returned form, and everything that is wrong with it at once.
package struct ReadReturn: Sendable {
    /// The form as it was sent.
    package let blank: FormGrid
    /// The town's cells.
    package let bindings: [CellBinding]
    package let file: String

    /// What came of reading.
    package struct Read: Sendable {
        package let values: [ID<CellBinding>: Decimal]
        package let faults: [Failure]
        /// Cells left empty: unknown, not nought.
        package let empty: [CellBinding]
    }

    package init(blank: FormGrid, bindings: [CellBinding], file: String) {
        self.blank = blank
        self.bindings = bindings
        self.file = file
    }

    /// More faults than this are not listed one by one.
    private static let mostFaults = 20

    package func read(_ returned: FormGrid) -> Read {
        var faults: [Failure] = []
        for sheet in blank.sheets where sheet.isVisible { faults += changedLabels(sheet, returned.sheet(sheet.name)) }
        var values: [ID<CellBinding>: Decimal] = [:]
        var empty: [CellBinding] = []
        // Where labels have moved, a value stands in nobody knows which cell.
        if faults.isEmpty {
            for binding in bindings {
                switch number(binding, returned) {
                case .success(let value?): values[binding.id] = value
                case .success(nil): empty.append(binding)
                case .failure(let failure): faults.append(failure)
                }
            }
        }
        return Read(values: values, faults: Array(faults.prefix(Self.mostFaults)), empty: empty)
    }

    private func changedLabels(_ sheet: FormSheet, _ returned: FormSheet?) -> [Failure] {
        guard let returned else {
            return [
                Failure(
                    .invalid, "returns.sheet-missing", "缺少工作表“\(sheet.name)”", at: FilePlace(file: file), cure: "请镇街用下发的原表填，不要删改工作表")
            ]
        }
        let open = Set(bindings.filter { $0.place.sheet == sheet.name }.map(\.place.cell))
        return sheet.cells.keys.sorted().compactMap { place in
            guard !open.contains(place), let label = sheet.label(place) else { return nil }
            let now = returned.cells[place]?.text ?? ""
            guard Self.plain(now) != Self.plain(label) else { return nil }
            return Failure(
                .invalid, "returns.label-changed", "原表是“\(label.prefix(30))”，报回的是“\(now.prefix(30))”", at: self.place(sheet.name, place),
                cure: "行、列或标题被改动过；请镇街用下发的原表重填")
        }
    }

    private static func plain(_ text: String) -> String { text.filter { !$0.isWhitespace } }

    private func place(_ sheet: String, _ place: CellPlace) -> FilePlace {
        FilePlace(file: file, sheet: sheet, row: place.row, column: ColumnLetters.of(place.column))
    }

    private func number(_ binding: CellBinding, _ returned: FormGrid) -> Result<Decimal?, Failure> {
        let cell = returned.sheet(binding.place.sheet)?.cells[binding.place.cell] ?? .empty
        let isPercent = blank.sheet(binding.place.sheet)?.percents.contains(binding.place.cell) == true
        switch cell {
        case .empty: return .success(nil)
        case .number(let value): return .success(Decimal(string: "\(value)").map { isPercent ? $0 * 100 : $0 })
        case .text(let text):
            if text.allSatisfy(\.isWhitespace) { return .success(nil) }
            if let value = Self.number(text) { return .success(value) }
            return .failure(
                fault(binding, "应填数字，填的是“\(text.prefix(30))”", cure: "只填数字\(binding.unit.isEmpty ? "" : "（单位：\(binding.unit)）")，说明另附"))
        case .error(let text): return .failure(fault(binding, "公式出错，显示 \(text)", cure: "改成数字"))
        case .boolean, .day: return .failure(fault(binding, "应填数字，填的是“\(cell.text)”", cure: "把单元格改回数字再填"))
        }
    }

    private func fault(_ binding: CellBinding, _ what: String, cure: String) -> Failure {
        Failure(
            .invalid, "returns.not-a-number", "「\(binding.anchor.description)」\(what)", at: place(binding.place.sheet, binding.place.cell),
            cure: cure)
    }

    /// A number kept as text: separators and full-width digits are no fault.
    static func number(_ text: String) -> Decimal? {
        var plain = ""
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace && scalar != "," && scalar != "，" {
            let value = scalar.value
            plain.unicodeScalars.append((0xFF01...0xFF5E).contains(value) ? Unicode.Scalar(value - 0xFEE0) ?? scalar : scalar)
        }
        guard plain.wholeMatch(of: /-?[0-9]+(\.[0-9]{1,6})?/) != nil else { return nil }
        return Decimal(string: plain)
    }
}
