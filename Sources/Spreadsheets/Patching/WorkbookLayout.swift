import Values

/// Which part holds what in a workbook, and how further sheets come into it.
struct WorkbookLayout {
    let sheets: [(name: String, part: String)]
    let stylesPart: String?
    /// The order in which Excel last computed; it names cells that may no longer hold formulas, and is made anew on opening.
    let calculationChain: String?
    private let workbookPart: String
    private let book: XMLTree
    private let relations: XMLTree

    init(_ reader: PackageParts.Reader) throws {
        let root = try reader.tree("_rels/.rels")
        let start = root?.elements.first { $0.name == "Relationship" && $0["Type"]?.hasSuffix("/officeDocument") == true }?["Target"]
        workbookPart = (start ?? "xl/workbook.xml").hasPrefix("/") ? String((start ?? "").dropFirst()) : start ?? "xl/workbook.xml"
        guard let book = try reader.tree(workbookPart), let relations = try reader.tree(Relationships.part(of: workbookPart)) else {
            throw ReadFailure.notATable("其他文件", reader.place)
        }
        self.book = book
        self.relations = relations
        let folder = workbookPart.split(separator: "/").dropLast()
        func part(_ target: String) -> String {
            var path = target.hasPrefix("/") ? [] : Array(folder)
            for step in target.split(separator: "/") where step != "." {
                if step == ".." { _ = path.popLast() } else { path.append(step) }
            }
            return path.joined(separator: "/")
        }
        let links = relations.elements.filter { $0.name == "Relationship" }
        func target(_ kind: String) -> String? { links.first { $0["Type"]?.hasSuffix("/" + kind) == true }?["Target"].map(part) }
        stylesPart = target("styles")
        calculationChain = target("calcChain")
        sheets = book.elements.filter { $0.name == "sheet" }.compactMap { sheet in
            let id = sheet.attributes.first { $0.name.hasSuffix(":id") }?.value
            guard let name = sheet["name"], let link = links.first(where: { $0["Id"] == id }), let target = link["Target"],
                link["Type"]?.hasSuffix("/worksheet") == true
            else { return nil }
            return (name, part(target))
        }
    }

    /// The parts that say what belongs to the workbook, with the further sheets, without the order of computing.
    func parts(adding added: [WorkbookPatch.AddedSheet], _ reader: PackageParts.Reader) throws -> [String: [UInt8]] {
        guard let types = try reader.tree("[Content_Types].xml"), let typesRoot = types.elements.first,
            let relationsRoot = relations.elements.first
        else { throw ReadFailure.damaged("[Content_Types].xml", reader.place) }
        var typeSplices = ByteSplices()
        var linkSplices = ByteSplices()
        if let chain = calculationChain {
            for element in types.elements where element["PartName"] == "/" + chain {
                typeSplices.replace(element.start..<element.end, with: "")
            }
            for element in relations.elements where element["Type"]?.hasSuffix("/calcChain") == true {
                linkSplices.replace(element.start..<element.end, with: "")
            }
        }
        var parts: [String: [UInt8]] = [:]
        var entries = ""
        let folder = workbookPart.split(separator: "/").dropLast().map { $0 + "/" }.joined()
        let used = Set(relations.elements.compactMap { $0["Id"] })
        var sheetID = book.elements.filter { $0.name == "sheet" }.compactMap { $0["sheetId"].flatMap { Int($0) } }.max() ?? 0
        for (number, sheet) in added.enumerated() {
            sheetID += 1
            var id = "rIdHallmark\(number + 1)"
            while used.contains(id) { id += "x" }
            let part = "\(folder)worksheets/hallmark\(number + 1).xml"
            parts[part] = Array(AddedSheetPart.xml(sheet).utf8)
            typeSplices.insert(
                "<\(typesRoot.prefix)Override PartName=\"/\(part)\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>",
                at: typesRoot.endTagStart)
            linkSplices.insert(
                "<\(relationsRoot.prefix)Relationship Id=\"\(id)\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"/\(part)\"/>",
                at: relationsRoot.endTagStart)
            entries += entry(sheet.name, sheetID: sheetID, link: id)
        }
        parts["[Content_Types].xml"] = typeSplices.applied(to: types.bytes)
        parts[Relationships.part(of: workbookPart)] = linkSplices.applied(to: relations.bytes)
        parts[workbookPart] = workbook(entries)
        return parts
    }

    private func entry(_ name: String, sheetID: Int, link: String) -> String {
        var names = SheetNames()
        for sheet in sheets { _ = names.unique(sheet.name) }
        let first = book.first("sheet")
        let attribute = first?.attributes.first { $0.name.hasSuffix(":id") }?.name ?? "r:id"
        return
            "<\(first?.tag ?? "sheet") name=\"\(PartText.escaped(names.unique(name)))\" sheetId=\"\(sheetID)\" \(attribute)=\"\(link)\"/>"
    }

    /// Formulas are computed when the file is opened.
    private func workbook(_ entries: String) -> [UInt8] {
        var splices = ByteSplices()
        if let sheets = book.first("sheets"), !entries.isEmpty { splices.insert(entries, at: sheets.endTagStart) }
        if let settings = book.first("calcPr") {
            let tag = XMLTree.startTag(settings, setting: [("fullCalcOnLoad", "1")], closed: settings.isEmptyTag)
            splices.replace(settings.start..<settings.startTagEnd, with: tag)
        } else if let last = ["definedNames", "externalReferences", "functionGroups", "sheets"].lazy.compactMap({ book.first($0) }).first {
            splices.insert("<\(last.prefix)calcPr fullCalcOnLoad=\"1\"/>", at: last.end)
        }
        return splices.applied(to: book.bytes)
    }
}

/// A plain worksheet as XML.
enum AddedSheetPart {
    static func xml(_ sheet: WorkbookPatch.AddedSheet) -> String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        text += "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
        if !sheet.widths.isEmpty {
            let columns = sheet.widths.enumerated().map { "<col min=\"\($0 + 1)\" max=\"\($0 + 1)\" width=\"\($1)\" customWidth=\"1\"/>" }
            text += "<cols>" + columns.joined() + "</cols>"
        }
        text += "<sheetData>"
        for (number, row) in sheet.rows.enumerated() {
            let cells = row.enumerated().map { cell($1, CellPlace(row: number + 1, column: $0 + 1)) }.joined()
            text += "<row r=\"\(number + 1)\">\(cells)</row>"
        }
        return text + "</sheetData></worksheet>"
    }

    private static func cell(_ cell: Cell, _ place: CellPlace) -> String {
        switch cell {
        case .empty: ""
        case .number(let number) where number.isFinite: "<c r=\"\(place)\"><v>\(NumberText.of(number))</v></c>"
        case .number, .text, .day, .boolean, .error:
            "<c r=\"\(place)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(PartText.escaped(XlsxText.escaped(cell.text)))</t></is></c>"
        }
    }
}
