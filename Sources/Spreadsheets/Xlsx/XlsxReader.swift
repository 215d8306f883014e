import Values
import XMLReading

/// Reads Office Open XML workbooks: libzip unpacks, expat parses, nothing is held but the shared strings.
struct XlsxReader {
    let file: SourceFile
    let events: LimitedEvents
    let limits: ReadLimits

    func read() throws {
        let package = try ZipPackage(file.path, place: file.place, limits: limits)
        let root = Relationships(base: "")
        try package.parse("_rels/.rels", root)
        let workbookPart = root.first(ofKind: "officeDocument") ?? "xl/workbook.xml"
        try refuseOthers(package, workbookPart)
        let relations = Relationships(base: workbookPart)
        try package.parse(Relationships.part(of: workbookPart), relations)
        let book = WorkbookPart()
        guard try package.parse(workbookPart, book) else { throw ReadFailure.damaged(workbookPart, file.place) }
        if book.sheets.isEmpty { throw ReadFailure.noSheets(file.place) }
        let styles = StylesPart()
        try package.parse(relations.first(ofKind: "styles") ?? "xl/styles.xml", styles)
        let strings = SharedStringsPart(events: events)
        try package.parse(relations.first(ofKind: "sharedStrings") ?? "xl/sharedStrings.xml", strings)

        try events.begin(.xlsx)
        for sheet in book.sheets {
            // Chart and dialog sheets hold no cells.
            guard let target = relations.targets[sheet.relation], target.kind == "worksheet" else { continue }
            try events.beginSheet(sheet.name, sheet.visibility)
            let reader = XlsxSheetPart(strings: strings.texts, styles: styles, uses1904: book.uses1904, events: events)
            guard try package.parse(target.part, reader) else { throw ReadFailure.damaged(target.part, file.place) }
            try events.endSheet(reader.mergedRanges)
        }
    }

    private func refuseOthers(_ package: ZipPackage, _ workbookPart: String) throws {
        if workbookPart.hasSuffix(".bin") || package.contains("xl/workbook.bin") {
            throw ReadFailure.otherSpreadsheet("Excel 二进制工作簿（.xlsb）", file.place)
        }
        if package.contains("word/document.xml") { throw ReadFailure.notATable("Word 文档", file.place) }
        if package.contains("ppt/presentation.xml") { throw ReadFailure.notATable("PowerPoint 演示文稿", file.place) }
        if package.contains("OFD.xml") { throw ReadFailure.notATable("OFD 版式文件", file.place) }
        if try package.head("mimetype").contains("opendocument.spreadsheet") {
            throw ReadFailure.otherSpreadsheet("OpenDocument 表格（.ods）", file.place)
        }
        if !package.contains(workbookPart) {
            throw ReadFailure.notATable("压缩包", file.place, cure: "请先解压，再逐个导入其中的表格。")
        }
    }
}

/// A relationships part: which part an id stands for, and of what kind it is.
final class Relationships: XMLHandler {
    private(set) var targets: [String: (kind: String, part: String)] = [:]
    private var order: [String] = []
    private let folder: [Substring]

    /// `base` is the part whose relationships these are; its folder begins relative targets.
    init(base: String) { folder = base.split(separator: "/").dropLast() }

    /// Where the relationships of a part are kept: `xl/workbook.xml` → `xl/_rels/workbook.xml.rels`.
    static func part(of name: String) -> String {
        let parts = name.split(separator: "/")
        return (parts.dropLast() + ["_rels", "\(parts.last ?? "").rels"]).joined(separator: "/")
    }

    func first(ofKind kind: String) -> String? { order.lazy.compactMap { self.targets[$0] }.first { $0.kind == kind }?.part }

    func start(_ name: String, _ attributes: XMLAttributes) {
        guard name == "Relationship", let id = attributes["Id"], let target = attributes["Target"] else { return }
        let kind = attributes["Type"]?.split(separator: "/").last.map(String.init) ?? ""
        var path = target.hasPrefix("/") ? [] : folder
        for step in target.split(separator: "/") where step != "." {
            if step == ".." { _ = path.popLast() } else { path.append(step) }
        }
        targets[id] = (kind, path.joined(separator: "/"))
        order.append(id)
    }

    func end(_ name: String) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// `workbook.xml`: the sheets in their order and the date system.
final class WorkbookPart: XMLHandler {
    private(set) var sheets: [(name: String, relation: String, visibility: SheetVisibility)] = []
    private(set) var uses1904 = false

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "workbookPr": uses1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
        case "sheet":
            let visibility = SheetVisibility(rawValue: attributes["state"] ?? "visible") ?? .unknown
            sheets.append((attributes["name"] ?? "", attributes["id"] ?? "", visibility))
        default: break
        }
    }

    func end(_ name: String) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// `styles.xml`: which cell formats show dates.
final class StylesPart: XMLHandler {
    private var custom: [Int: Bool] = [:]
    private var dateStyles: [Bool] = []
    private var isInCellFormats = false

    func isDate(_ style: Int) -> Bool { dateStyles.indices.contains(style) && dateStyles[style] }

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "numFmt": attributes.integer("numFmtId").map { custom[$0] = DateFormat.isDate(attributes["formatCode"] ?? "") }
        case "cellXfs": isInCellFormats = true
        case "xf" where isInCellFormats:
            let id = attributes.integer("numFmtId") ?? 0
            dateStyles.append(custom[id] ?? DateFormat.isBuiltIn(id))
        default: break
        }
    }

    func end(_ name: String) { if name == "cellXfs" { isInCellFormats = false } }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// `sharedStrings.xml`: the runs of a rich text joined, phonetic guides left out.
final class SharedStringsPart: XMLHandler {
    private(set) var texts: [Cell] = []
    private var buffer: [UInt8] = []
    private var isText = false
    private var phoneticDepth = 0
    private let events: LimitedEvents

    init(events: LimitedEvents) { self.events = events }

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "si": buffer.removeAll(keepingCapacity: true)
        case "rPh": phoneticDepth += 1
        case "t": isText = phoneticDepth == 0
        default: break
        }
    }

    func end(_ name: String) throws {
        switch name {
        case "t": isText = false
        case "rPh": phoneticDepth -= 1
        case "si":
            texts.append(XlsxText.cell(buffer))
            if texts.count % 65_536 == 0 { try events.checkTime() }
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) { if isText { buffer.append(contentsOf: bytes) } }
}
