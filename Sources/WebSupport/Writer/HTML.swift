package import Values

/// A page, or a part of one, being written: one buffer of UTF-8 to which elements are appended in order.
///
/// Everything given as text is escaped. Elements and attributes come from closed lists of constants, links only from `Address`; there is no
/// way to append a string as markup except a `Markup` constant of the program. Styles and scripts inside elements cannot be written at all.
package struct HTML: ~Copyable {
    /// The language in which `Word`s are written.
    package let language: Language
    /// The English of sentences composed in Chinese.
    let phrases: Phrasebook
    /// Whether the reader may open a path; a link elsewhere is written without its address, as plain text.
    let opens: (@Sendable (_ path: String) -> Bool)?
    /// The bytes written so far.
    package private(set) var bytes: [UInt8] = []
    private var lastNumber = 0

    package init(language: Language, phrases: Phrasebook = Phrasebook(), capacity: Int = 16_384) {
        self.init(language: language, phrases: phrases, capacity: capacity, opens: nil)
    }

    init(language: Language, phrases: Phrasebook, capacity: Int = 16_384, opens: (@Sendable (String) -> Bool)?) {
        self.opens = opens
        self.language = language
        self.phrases = phrases
        bytes.reserveCapacity(capacity)
    }

    /// What was written, as a string.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Appends an element whose content is written by `content`.
    package mutating func add(_ tag: Tag, _ attributes: Attribute?..., content: (inout HTML) -> Void) {
        open(tag.name, attributes)
        content(&self)
        close(tag.name)
    }

    /// The same without attributes, for which no list need be made; half the elements of a page have none.
    package mutating func add(_ tag: Tag, content: (inout HTML) -> Void) {
        open(tag.name)
        content(&self)
        close(tag.name)
    }

    /// Appends an element that holds only text.
    package mutating func add(_ tag: Tag, _ attributes: Attribute?..., text: some Written) {
        open(tag.name, attributes)
        append(escaping: shown(text))
        close(tag.name)
    }

    /// The same for texts, which most elements hold.
    package mutating func add(_ tag: Tag, _ attributes: Attribute?..., text: String) {
        open(tag.name, attributes)
        add(text)
        close(tag.name)
    }

    package mutating func add(_ tag: Tag, _ attributes: Attribute?..., text: Word) {
        open(tag.name, attributes)
        add(text)
        close(tag.name)
    }

    /// Appends an element that has no content (`input`, `br`), or an empty SVG shape.
    package mutating func add(_ tag: VoidTag, _ attributes: Attribute?...) {
        open(tag.name, attributes)
        if tag.isShape { close(tag.name) }
    }

    /// Appends text, escaped.
    package mutating func add(_ text: some Written) { append(escaping: shown(text)) }

    package mutating func add(_ text: String) { append(escaping: language == .english ? shown(text) : text) }

    package mutating func add(_ text: Word) { append(escaping: language == .english ? shown(text) : text.chinese) }

    /// A text in the page's language. What was composed without English is looked up among the phrases; other data stay as they are.
    package func shown(_ text: any Written) -> String {
        guard language == .english else { return text.text(language) }
        let word = text as? Word
        if let english = word?.english { return english }
        let own = text.text(language)
        return phrases.english(own, isData: word == nil) ?? own
    }

    /// Appends a part of a page.
    package mutating func add(_ component: some Component) { component.write(into: &self) }

    /// Appends markup that stands in the program as a constant.
    package mutating func add(_ markup: Markup) { append(constant: markup.constant) }

    /// A name for `id=` that is used once in this page: `prefix-1`, `prefix-2` …
    package mutating func uniqueName(_ prefix: StaticString) -> String {
        lastNumber += 1
        return "\(prefix)-\(lastNumber)"
    }

    private mutating func open(_ name: StaticString, _ attributes: [Attribute?] = []) {
        bytes.append(UInt8(ascii: "<"))
        append(constant: name)
        for case .some(let attribute) in attributes { append(attribute) }
        bytes.append(UInt8(ascii: ">"))
    }

    private mutating func close(_ name: StaticString) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(UInt8(ascii: "/"))
        append(constant: name)
        bytes.append(UInt8(ascii: ">"))
    }

    private mutating func append(_ attribute: Attribute) {
        if case .address(let address) = attribute.value, !leads(to: address) { return }
        bytes.append(UInt8(ascii: " "))
        append(constant: attribute.name)
        switch attribute.value {
        case .none: return
        case .constant(let value): quoted { html in value.withUTF8Buffer { html.append(escaping: $0) } }
        case .text(let value): quoted { $0.append(escaping: value) }
        case .word(let value): quoted { $0.append(escaping: $0.shown(value)) }
        case .address(let value): quoted { $0.append(escaping: value.description) }
        }
    }

    /// Whether the reader may open an address.
    func leads(to address: Address) -> Bool { opens?(address.pathText) ?? true }

    private mutating func quoted(_ value: (inout HTML) -> Void) {
        bytes.append(UInt8(ascii: "="))
        bytes.append(UInt8(ascii: "\""))
        value(&self)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(constant: StaticString) {
        constant.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// The five characters that end text or an attribute value become references; other control characters, which HTML forbids, become
    /// U+FFFD so that they cannot hide what a reader sees.
    private mutating func append(escaping text: String) {
        var text = text
        text.withUTF8 { append(escaping: $0) }
    }

    private mutating func append(escaping utf8: UnsafeBufferPointer<UInt8>) {
        var plain = 0
        for index in utf8.indices where HTML.isSpecial(utf8[index]) {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[plain..<index]))
            append(constant: HTML.reference(utf8[index]))
            plain = index + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[plain...]))
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        // Letters and everything beyond ASCII, which is most of a page, are told by one comparison.
        if byte > UInt8(ascii: ">") { return byte == 0x7F }
        return switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        case 0x09, 0x0A, 0x0D: false
        default: byte < 0x20
        }
    }

    private static func reference(_ byte: UInt8) -> StaticString {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: "\u{FFFD}"
        }
    }
}

/// A part of a page that writes itself: a table, a card, a form.
package protocol Component {
    func write(into html: inout HTML)
}

/// Markup that is a constant of the program; the only way past escaping, and closed to anything computed.
package struct Markup: Sendable {
    let constant: StaticString

    package init(_ constant: StaticString) { self.constant = constant }
}
