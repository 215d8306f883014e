import CExpat
import Values

/// An XML part with the byte range of every element, so that a few can be exchanged while all other bytes stay as they were.
final class XMLTree {
    /// One element; ranges count bytes of the part.
    struct Element {
        /// As written, with its prefix.
        let tag: String
        let attributes: [(name: String, value: String)]
        let start: Int
        let startTagEnd: Int
        var endTagStart = 0
        var end = 0
        var children: [Int] = []
        var text: [UInt8] = []

        /// Without the prefix.
        var name: Substring { tag.split(separator: ":").last ?? "" }
        var prefix: String { tag.contains(":") ? String(tag.prefix { $0 != ":" }) + ":" : "" }
        /// Whether it is written `<name/>`.
        var isEmptyTag: Bool { endTagStart >= end }

        /// An attribute by its name without prefix.
        subscript(_ wanted: String) -> String? {
            attributes.first { ($0.name.split(separator: ":").last ?? "") == wanted }?.value
        }
    }

    let bytes: [UInt8]
    private(set) var elements: [Element] = []
    private var path: [Int] = []
    private var parser: OpaquePointer?
    private var isRefused = false
    /// Forms are small; a part with more elements is a list and no form.
    private static let mostElements = 3_000_000
    private static let deepest = 256

    /// - Throws: `import.xml-broken`, `import.xml-doctype`, `import.file-damaged` where the part is not UTF-8.
    init(_ bytes: [UInt8], part: String, place: FilePlace) throws {
        self.bytes = bytes
        let head = String(decoding: bytes.prefix(120), as: UTF8.self).lowercased()
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || head.contains("encoding=") && !head.contains("utf-8") {
            throw ReadFailure.damaged("\(part) 不是 UTF-8", place)
        }
        guard let parser = XML_ParserCreate("UTF-8") else { throw ReadFailure.brokenXML(part, line: 0, place) }
        self.parser = parser
        defer {
            XML_ParserFree(parser)
            self.parser = nil
        }
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(parser, { XMLTree.from($0)?.start($1, $2) }, { user, _ in XMLTree.from(user)?.end() })
        XML_SetCharacterDataHandler(parser) { XMLTree.from($0)?.characters($1, $2) }
        XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in XMLTree.from(user)?.refuse() }
        let status = bytes.withUnsafeBytes { raw in
            XML_Parse(parser, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count), 1)
        }
        if isRefused { throw ReadFailure.doctype(part, place) }
        if status != XML_STATUS_OK { throw ReadFailure.brokenXML(part, line: Int(XML_GetCurrentLineNumber(parser)), place) }
    }

    private static func from(_ user: UnsafeMutableRawPointer?) -> XMLTree? {
        user.map { Unmanaged<XMLTree>.fromOpaque($0).takeUnretainedValue() }
    }

    private func start(_ name: UnsafePointer<CChar>?, _ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        guard let name, !isRefused else { return }
        if elements.count >= XMLTree.mostElements || path.count >= XMLTree.deepest { return refuse() }
        var attributes: [(String, String)] = []
        var next = list
        while let pair = next, let key = pair[0], let value = pair[1] {
            attributes.append((String(cString: key), String(cString: value)))
            next = pair + 2
        }
        let start = Int(XML_GetCurrentByteIndex(parser))
        let element = Element(
            tag: String(cString: name), attributes: attributes, start: start, startTagEnd: start + Int(XML_GetCurrentByteCount(parser)))
        if let parent = path.last { elements[parent].children.append(elements.count) }
        path.append(elements.count)
        elements.append(element)
    }

    private func end() {
        guard !isRefused, let index = path.popLast() else { return }
        elements[index].endTagStart = Int(XML_GetCurrentByteIndex(parser))
        elements[index].end = elements[index].endTagStart + Int(XML_GetCurrentByteCount(parser))
    }

    private func characters(_ text: UnsafePointer<CChar>?, _ count: Int32) {
        guard let text, let index = path.last else { return }
        text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
            elements[index].text.append(contentsOf: UnsafeBufferPointer(start: $0, count: Int(count)))
        }
    }

    private func refuse() {
        isRefused = true
        XML_StopParser(parser, 0)
    }
}

extension XMLTree {
    /// The first element of a name below the root; the root itself where it bears the name.
    func first(_ name: String) -> Element? { elements.first { $0.name == name } }

    func children(of element: Element) -> [Element] { element.children.map { elements[$0] } }

    func child(_ name: String, of element: Element) -> Element? {
        element.children.lazy.map { self.elements[$0] }.first { $0.name == name }
    }

    /// The start tag of an element with some attributes set; values nil are taken out.
    static func startTag(_ element: Element, setting changes: [(name: String, value: String?)], closed: Bool) -> String {
        var attributes = element.attributes
        for change in changes {
            let index = attributes.firstIndex { $0.name == change.name }
            switch (index, change.value) {
            case (let index?, let value?): attributes[index].value = value
            case (let index?, nil): attributes.remove(at: index)
            case (nil, let value?): attributes.append((change.name, value))
            case (nil, nil): break
            }
        }
        let list = attributes.map { " \($0.name)=\"\(PartText.escaped($0.value))\"" }.joined()
        return "<\(element.tag)\(list)\(closed ? "/>" : ">")"
    }
}

/// Exchanges of byte ranges, done together from the end of a part to its beginning.
struct ByteSplices {
    private var splices: [(start: Int, end: Int, text: String)] = []

    mutating func replace(_ range: Range<Int>, with text: String) { splices.append((range.lowerBound, range.upperBound, text)) }
    mutating func insert(_ text: String, at offset: Int) { splices.append((offset, offset, text)) }

    /// Insertions at one offset keep the order in which they were asked for, and stand before what is exchanged there.
    func applied(to bytes: [UInt8]) -> [UInt8] {
        let ordered = splices.enumerated().sorted {
            ($0.element.start, $0.element.end, $0.offset) < ($1.element.start, $1.element.end, $1.offset)
        }
        .map(\.element)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + splices.reduce(0) { $0 + $1.text.utf8.count })
        var done = 0
        for splice in ordered where splice.start >= done {
            result.append(contentsOf: bytes[done..<splice.start])
            result.append(contentsOf: splice.text.utf8)
            done = splice.end
        }
        result.append(contentsOf: bytes[done...])
        return result
    }
}

/// Texts as a part of a workbook writes them: line ends and tabs as references, so that attributes keep them.
enum PartText {
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result += "&#10;"
            case "\t": result += "&#9;"
            default: if scalar.value >= 0x20, scalar.value != 0xFFFE, scalar.value != 0xFFFF { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }
}
