import Values

/// The cell formats of a workbook, and further ones made from them: the same look, open for input and shaded.
struct StyleClones {
    private let tree: XMLTree
    private let formats: [XMLTree.Element]
    private let percentIDs: Set<Int>
    private var clones: [Int: Int] = [:]
    private var order: [Int] = []
    /// A pale yellow, as offices shade what is to be filled in.
    private static let shade = "FFFFF8DC"

    init(_ tree: XMLTree) {
        self.tree = tree
        formats = tree.first("cellXfs").map { tree.children(of: $0).filter { $0.name == "xf" } } ?? []
        var percent: Set = [9, 10]
        for format in tree.elements where format.name == "numFmt" {
            if let id = format["numFmtId"].flatMap({ Int($0) }), format["formatCode"]?.contains("%") == true { percent.insert(id) }
        }
        percentIDs = percent
    }

    func isPercent(_ style: Int) -> Bool {
        formats.indices.contains(style) && percentIDs.contains(formats[style]["numFmtId"].flatMap { Int($0) } ?? 0)
    }

    /// The number of the open twin of a format.
    mutating func open(_ style: Int) -> Int {
        guard formats.indices.contains(style) else { return style }
        if let known = clones[style] { return known }
        let number = formats.count + order.count
        clones[style] = number
        order.append(style)
        return number
    }

    var hasClones: Bool { !order.isEmpty }

    /// The part with the further formats.
    func bytes() -> [UInt8] {
        guard let list = tree.first("cellXfs"), !order.isEmpty else { return tree.bytes }
        var splices = ByteSplices()
        var fill: String?
        if let fills = tree.first("fills"), !fills.isEmptyTag {
            let count = tree.children(of: fills).filter { $0.name == "fill" }.count
            let p = fills.prefix
            splices.replace(
                fills.start..<fills.startTagEnd, with: XMLTree.startTag(fills, setting: [("count", String(count + 1))], closed: false))
            splices.insert(
                "<\(p)fill><\(p)patternFill patternType=\"solid\"><\(p)fgColor rgb=\"\(Self.shade)\"/><\(p)bgColor indexed=\"64\"/></\(p)patternFill></\(p)fill>",
                at: fills.endTagStart)
            fill = String(count)
        }
        splices.replace(
            list.start..<list.startTagEnd,
            with: XMLTree.startTag(list, setting: [("count", String(formats.count + order.count))], closed: false))
        for style in order { splices.insert(clone(formats[style], fill: fill), at: list.endTagStart) }
        return splices.applied(to: tree.bytes)
    }

    private func clone(_ format: XMLTree.Element, fill: String?) -> String {
        var changes: [(name: String, value: String?)] = [("applyProtection", "1")]
        if let fill { changes += [("fillId", fill), ("applyFill", "1")] }
        let kept = tree.children(of: format).filter { $0.name == "alignment" }
        let inner = kept.map { String(decoding: tree.bytes[$0.start..<$0.end], as: UTF8.self) }.joined()
        return XMLTree.startTag(format, setting: changes, closed: false) + inner
            + "<\(format.prefix)protection locked=\"0\"/></\(format.tag)>"
    }
}
