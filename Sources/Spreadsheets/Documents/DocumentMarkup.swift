/// WordprocessingML (ECMA-376 part 1, 17) of a document's blocks.
struct DocumentMarkup {
    private(set) var xml = ""
    /// Width of the text on A4 between GB/T 9704-2012's margins, in twentieths of a point: 156 mm.
    static let textWidth = 8_845

    static func body(_ blocks: [Document.Block]) -> String {
        var markup = DocumentMarkup()
        for block in blocks { markup.append(block) }
        return markup.xml
    }

    private mutating func append(_ block: Document.Block) {
        switch block {
        case .title(let text): paragraph("Title", [.init(text)])
        case .heading(let text, let level): paragraph("Heading\(min(3, max(1, level)))", [.init(text)])
        case .paragraph(let runs): paragraph(nil, runs)
        case .bullet(let runs): paragraph("ListBullet", runs)
        case .table(let table): append(table)
        case .note(let text): paragraph("Note", [.init(text)])
        case .signature(let text): paragraph("Signature", [.init(text)])
        case .pageBreak: xml += "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"
        }
    }

    private mutating func paragraph(_ style: String?, _ runs: [Document.Run]) {
        xml += "<w:p>"
        if let style { xml += "<w:pPr><w:pStyle w:val=\"\(style)\"/></w:pPr>" }
        for run in runs { append(run) }
        xml += "</w:p>"
    }

    private mutating func append(_ run: Document.Run) {
        xml += run.isBold ? "<w:r><w:rPr><w:b/></w:rPr>" : "<w:r>"
        for (index, line) in run.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { xml += "<w:br/>" }
            xml += "<w:t xml:space=\"preserve\">\(XMLText.escaped(line))</w:t>"
        }
        xml += "</w:r>"
    }

    private mutating func append(_ table: Document.Table) {
        let total = max(table.columns.reduce(0) { $0 + max(0.1, $1.weight) }, 0.1)
        let widths = table.columns.map { Int(Double(DocumentMarkup.textWidth) * max(0.1, $0.weight) / total) }
        guard !widths.isEmpty else { return }
        xml += "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"\(DocumentMarkup.textWidth)\" w:type=\"dxa\"/>"
        xml += "<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
        for width in widths { xml += "<w:gridCol w:w=\"\(width)\"/>" }
        xml += "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        for (column, width) in zip(table.columns, widths) { cell(column.heading, width, "center", isHeading: true) }
        xml += "</w:tr>"
        for row in table.rows {
            xml += "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            for (index, (column, width)) in zip(table.columns, widths).enumerated() {
                cell(index < row.count ? row[index].text : "", width, column.isNumeric ? "right" : "left", isHeading: false)
            }
            xml += "</w:tr>"
        }
        // Two tables in a row would grow into one, and a table may not end a document.
        xml += "</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Note\"/></w:pPr></w:p>"
    }

    private mutating func cell(_ text: String, _ width: Int, _ side: String, isHeading: Bool) {
        xml += "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/>"
        if isHeading { xml += "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EDEDED\"/>" }
        xml += "<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"TableText\"/><w:jc w:val=\"\(side)\"/></w:pPr>"
        append(Document.Run(text, isBold: isHeading))
        xml += "</w:p></w:tc>"
    }
}

/// Text inside XML. Characters that XML 1.0 forbids are left out, since no escape for them exists.
enum XMLText {
    static func escaped(_ text: some StringProtocol) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            default: if scalar.value >= 32, scalar.value & 0xFFFE != 0xFFFE { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }
}
