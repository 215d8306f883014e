import Values

/// The fixed parts of a `.docx`. Faces, sizes and margins are those of GB/T 9704-2012: 仿宋 三号 for text, 黑体 and 楷体 for headings, A4 with
/// 37 mm above, 28 mm at the left, the page number between two dashes.
enum DocumentParts {
    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let packages = "http://schemas.openxmlformats.org/package/2006"

    /// All parts with their names, in the order in which they stand in the file.
    static func all(_ document: Document) -> [(name: String, text: String)] {
        [
            ("[Content_Types].xml", contentTypes), ("_rels/.rels", packageRelations), ("docProps/core.xml", properties(document)),
            ("word/document.xml", body(document)), ("word/_rels/document.xml.rels", documentRelations), ("word/styles.xml", styles),
            ("word/numbering.xml", numbering), ("word/footer1.xml", footer), ("word/settings.xml", settings),
        ]
    }

    private static func body(_ document: Document) -> String {
        head + "<w:document xmlns:w=\"\(word)\" xmlns:r=\"\(office)\"><w:body>" + DocumentMarkup.body(document.blocks)
            + "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
            + "<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"851\" w:footer=\"1417\" w:gutter=\"0\"/>"
            + "</w:sectPr></w:body></w:document>"
    }

    private static var contentTypes: String {
        let kinds = [
            ("word/document.xml", "document.main"), ("word/styles.xml", "styles"), ("word/numbering.xml", "numbering"),
            ("word/footer1.xml", "footer"), ("word/settings.xml", "settings"),
        ]
        let overrides = kinds.map { name, kind in
            "<Override PartName=\"/\(name)\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.\(kind)+xml\"/>"
        }
        return head + "<Types xmlns=\"\(packages)/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
            + overrides.joined() + "</Types>"
    }

    private static var packageRelations: String {
        head + "<Relationships xmlns=\"\(packages)/relationships\">"
            + "<Relationship Id=\"rId1\" Type=\"\(office)/officeDocument\" Target=\"word/document.xml\"/>"
            + "<Relationship Id=\"rId2\" Type=\"\(packages)/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
            + "</Relationships>"
    }

    private static var documentRelations: String {
        let targets = ["styles", "numbering", "settings"]
        let relations = targets.enumerated().map { index, name in
            "<Relationship Id=\"rId\(index + 1)\" Type=\"\(office)/\(name)\" Target=\"\(name).xml\"/>"
        }
        return head + "<Relationships xmlns=\"\(packages)/relationships\">" + relations.joined()
            + "<Relationship Id=\"rId4\" Type=\"\(office)/footer\" Target=\"footer1.xml\"/></Relationships>"
    }

    private static func properties(_ document: Document) -> String {
        var xml = head + "<cp:coreProperties xmlns:cp=\"\(packages)/metadata/core-properties\" "
        xml += "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
        xml += "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>\(XMLText.escaped(document.title))</dc:title>"
        xml += "<dc:creator>\(XMLText.escaped(document.author))</dc:creator>"
        if let made = document.made?.description {
            let instant = made.prefix(19) + made.suffix(6)
            xml += "<dcterms:created xsi:type=\"dcterms:W3CDTF\">\(instant)</dcterms:created>"
        }
        return xml + "</cp:coreProperties>"
    }

    private static var settings: String {
        head + "<w:settings xmlns:w=\"\(word)\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"420\"/>"
            + "<w:characterSpacingControl w:val=\"compressPunctuation\"/></w:settings>"
    }

    private static var numbering: String {
        head + "<w:numbering xmlns:w=\"\(word)\"><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"singleLevel\"/>"
            + "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"•\"/><w:lvlJc w:val=\"left\"/>"
            + "<w:pPr><w:ind w:left=\"1080\" w:hanging=\"440\"/></w:pPr></w:lvl></w:abstractNum>"
            + "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    }

    private static var footer: String {
        func field(_ kind: String) -> String { "<w:r><w:fldChar w:fldCharType=\"\(kind)\"/></w:r>" }
        return head
            + "<w:ftr xmlns:w=\"\(word)\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r>"
            + field("begin") + "<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>" + field("separate")
            + "<w:r><w:t>1</w:t></w:r>" + field("end") + "<w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>"
    }

    private static func fonts(_ name: String) -> String {
        "<w:rFonts w:ascii=\"\(name)\" w:hAnsi=\"\(name)\" w:eastAsia=\"\(name)\" w:cs=\"Times New Roman\"/>"
    }

    private static func style(_ id: String, _ name: String, paragraph: String, run: String, level: Int? = nil) -> String {
        "<w:style w:type=\"paragraph\" w:styleId=\"\(id)\"><w:name w:val=\"\(name)\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>"
            + paragraph + (level.map { "<w:outlineLvl w:val=\"\($0)\"/>" } ?? "") + "</w:pPr><w:rPr>\(run)</w:rPr></w:style>"
    }

    /// Line spacing of 28 points gives the 22 lines a page of the standard.
    private static var styles: String {
        let flush = "<w:ind w:firstLine=\"0\"/>"
        let flushChars = "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>"
        func size(_ half: Int) -> String { "<w:sz w:val=\"\(half)\"/><w:szCs w:val=\"\(half)\"/>" }
        let single = "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>"
        return head + "<w:styles xmlns:w=\"\(word)\"><w:docDefaults><w:rPrDefault><w:rPr>" + fonts("仿宋") + size(32)
            + "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault></w:docDefaults>"
            + "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/><w:pPr>"
            + "<w:spacing w:line=\"560\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:jc w:val=\"both\"/></w:pPr></w:style>"
            + style(
                "Title", "Title",
                paragraph: "<w:spacing w:after=\"560\" w:line=\"700\" w:lineRule=\"exact\"/>" + flushChars + "<w:jc w:val=\"center\"/>",
                run: fonts("黑体") + size(44))
            + style("Heading1", "heading 1", paragraph: "<w:keepNext/>", run: fonts("黑体") + size(32), level: 0)
            + style("Heading2", "heading 2", paragraph: "<w:keepNext/>", run: fonts("楷体") + size(32), level: 1)
            + style("Heading3", "heading 3", paragraph: "<w:keepNext/>", run: fonts("仿宋") + "<w:b/>" + size(32), level: 2)
            + style(
                "ListBullet", "List Bullet",
                paragraph: "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>"
                    + "<w:ind w:left=\"1080\" w:hanging=\"440\" w:firstLineChars=\"0\"/>", run: "")
            + style("Note", "Note", paragraph: single + flushChars, run: size(21))
            + style("TableText", "Table Text", paragraph: single + flushChars + "<w:jc w:val=\"left\"/>", run: size(21))
            + style("Signature", "Signature", paragraph: flush + "<w:jc w:val=\"right\"/>", run: "")
            + style("Footer", "footer", paragraph: single + flushChars + "<w:jc w:val=\"center\"/>", run: fonts("宋体") + size(28))
            + tableStyle + "</w:styles>"
    }

    private static var tableStyle: String {
        let borders = ["top", "left", "bottom", "right", "insideH", "insideV"].map {
            "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"
        }
        return "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:tblPr><w:tblBorders>" + borders.joined()
            + "</w:tblBorders><w:tblCellMar><w:left w:w=\"85\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
    }
}
