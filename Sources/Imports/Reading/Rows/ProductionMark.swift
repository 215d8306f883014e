import Spreadsheets
import Values

/// 生产日期/批号 as it stands on the product: a date as far as it is known, and a batch or article number.
package struct ProductionMark: Sendable, Hashable {
    /// As printed.
    package let raw: String
    package let made: PartialDay?
    package let batch: String?

    package init(raw: String, made: PartialDay?, batch: String?) {
        self.raw = raw
        self.made = made
        self.batch = batch
    }
}

/// Splits what stands in the cells of 生产日期, 批号 and 生产日期/批号.
struct ProductionReading {
    let words: CellWords

    /// Joins what several columns say: the first date, and every other text as batch.
    func read(_ cells: [(cell: Cell, isBatchOnly: Bool)]) -> ProductionMark? {
        let marks = cells.compactMap { $0.isBatchOnly ? batchOnly($0.cell) : mark($0.cell) }
        guard let first = marks.first else { return nil }
        guard marks.count > 1 else { return first }
        let batches = marks.compactMap(\.batch)
        return ProductionMark(
            raw: marks.map(\.raw).joined(separator: "/"), made: marks.lazy.compactMap(\.made).first,
            batch: batches.isEmpty ? nil : batches.joined(separator: "/"))
    }

    private func batchOnly(_ cell: Cell) -> ProductionMark? {
        let text = words.clean(cell)
        return words.isNothing(text) ? nil : ProductionMark(raw: text, made: nil, batch: text)
    }

    private func mark(_ cell: Cell) -> ProductionMark? {
        if case .day(let day, _) = cell { return ProductionMark(raw: day.description, made: PartialDay(day), batch: nil) }
        return mark(words.clean(cell))
    }

    func mark(_ raw: String) -> ProductionMark? {
        guard !words.isNothing(raw) else { return nil }
        // Only full-width digits need folding; a batch keeps its own colons and brackets.
        let text = raw.unicodeScalars.contains { (0xFF10...0xFF19).contains($0.value) } ? HeadingText.halfWidth(raw) : raw
        if let scan = DayScan(text), let batch = remainder(scan.rest) {
            return ProductionMark(raw: raw, made: scan.day, batch: batch.isEmpty ? nil : batch)
        }
        if let split = text.firstIndex(where: { "/\\／＼".contains($0) }), words.isNothing(String(text[..<split])) {
            let batch = String(text[text.index(after: split)...]).trimmedText
            return words.isNothing(batch) ? nil : ProductionMark(raw: raw, made: nil, batch: batch)
        }
        return ProductionMark(raw: raw, made: nil, batch: raw)
    }

    /// The batch behind a date: empty where nothing or only a sign for nothing follows; nil where the "date" runs on into letters or
    /// digits and was none (`20130318A`).
    private func remainder(_ rest: Substring) -> String? {
        guard let first = rest.first else { return "" }
        let isSeparator = first.isWhitespace || first.isPunctuation || first.isSymbol || !first.isASCII
        guard isSeparator else { return nil }
        // A date goes on to another date: only the first one is kept as a date, the text stays whole in `raw`.
        if "~～至-—".contains(first), DayScan(rest.dropFirst()) != nil { return "" }
        let batch = String(rest.drop { $0.isWhitespace || "/\\／＼;；,，、|".contains($0) }).trimmedText
        return words.isNothing(batch) ? "" : unwrapped(batch)
    }

    private func unwrapped(_ text: String) -> String {
        let isWrapped = (text.hasPrefix("(") && text.hasSuffix(")")) || (text.hasPrefix("（") && text.hasSuffix("）"))
        let inner = isWrapped ? String(text.dropFirst().dropLast()) : text
        guard let first = inner.first, "批生".contains(first) else { return inner }
        let label = inner.prefixMatch(of: /(?:批号|批次|生产批号)[:：]/)
        return label.map { String(inner[$0.range.upperBound...]).trimmedText } ?? inner
    }
}

extension HeadingText {
    /// Full-width ASCII to ASCII, nothing else changed.
    static func halfWidth(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { (0xFF01...0xFF5E).contains($0.value) || $0.value == 0x3000 }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let value = scalar.value == 0x3000 ? 0x20 : (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
            result.append(Unicode.Scalar(value) ?? scalar)
        }
        return String(result)
    }
}
