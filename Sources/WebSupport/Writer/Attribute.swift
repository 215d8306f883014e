package import Values

/// A name and a value of an element; values are escaped when written.
///
/// Names come from the program only, and those that would run code (`onclick`, `style`, `srcdoc`) or name an address (`href`, `action`, `src`)
/// cannot be given by `other`: addresses are made by `Address` and have their own functions.
package struct Attribute: Sendable {
    enum Value: Sendable {
        case none
        case constant(StaticString)
        case text(String)
        case word(Word)
        case address(Address)
    }

    let name: StaticString
    let value: Value

    private init(_ name: StaticString, _ value: Value) {
        self.name = name
        self.value = value
    }

    /// A class of the style sheet.
    package static func `class`(_ name: StaticString) -> Attribute { Attribute("class", .constant(name)) }
    /// Several classes, or classes chosen by a state: `.classes("badge", tone.name)`.
    package static func classes(_ names: String...) -> Attribute {
        Attribute("class", .text(names.filter { !$0.isEmpty }.joined(separator: " ")))
    }
    /// The element's name in its page.
    package static func id(_ name: String) -> Attribute { Attribute("id", .text(name)) }
    /// A link inside this server.
    package static func href(_ address: Address) -> Attribute { Attribute("href", .address(address)) }
    /// A link that leaves this server, opened without telling the other where the reader came from.
    package static func href(_ address: ExternalAddress) -> Attribute { Attribute("href", .text(address.description)) }
    package static func src(_ address: Address) -> Attribute { Attribute("src", .text(address.description)) }
    package static func action(_ address: Address) -> Attribute { Attribute("action", .text(address.description)) }
    package static func name(_ name: String) -> Attribute { Attribute("name", .text(name)) }
    package static func value(_ text: String) -> Attribute { Attribute("value", .text(text)) }
    package static func type(_ name: StaticString) -> Attribute { Attribute("type", .constant(name)) }
    package static func role(_ name: StaticString) -> Attribute { Attribute("role", .constant(name)) }
    package static func scope(_ name: StaticString) -> Attribute { Attribute("scope", .constant(name)) }
    /// The field that a label belongs to.
    package static func label(for id: String) -> Attribute { Attribute("for", .text(id)) }
    /// `aria-label`: the name for those who do not see the element.
    package static func spoken(_ word: Word) -> Attribute { Attribute("aria-label", .word(word)) }
    /// Hidden from assistive technology, because the text beside it says the same.
    package static let decorative = Attribute("aria-hidden", .constant("true"))
    /// The element that holds the hint or error.
    package static func describedBy(_ id: String) -> Attribute { Attribute("aria-describedby", .text(id)) }
    package static func labelledBy(_ id: String) -> Attribute { Attribute("aria-labelledby", .text(id)) }
    /// A text that shows when the pointer rests; never the only place of what matters.
    package static func hint(_ word: Word) -> Attribute { Attribute("title", .word(word)) }
    package static func placeholder(_ word: Word) -> Attribute { Attribute("placeholder", .word(word)) }
    /// Whether the link leads to the page that is shown.
    package static func current(_ isCurrent: Bool) -> Attribute? { isCurrent ? Attribute("aria-current", .constant("page")) : nil }
    /// An attribute that is there or not: `checked`, `required`, `open`.
    package static func flag(_ name: StaticString, _ isSet: Bool = true) -> Attribute? { isSet ? Attribute(name, .none) : nil }
    /// A number of an SVG shape, printed with at most two decimals; `percent` gives `12.5%`.
    package static func number(_ name: StaticString, _ value: Double, percent: Bool = false) -> Attribute {
        Attribute(name, .text(Coordinate.text(value) + (percent ? "%" : "")))
    }
    /// An attribute of text in the page's language.
    package static func translated(_ name: StaticString, _ word: Word) -> Attribute { other(name, .word(word)) }
    /// Any harmless attribute; one that holds code or an address ends the program, as it is a mistake in the program.
    package static func other(_ name: StaticString, _ value: String) -> Attribute { other(name, .text(value)) }

    private static func other(_ name: StaticString, _ value: Value) -> Attribute {
        let spelled = name.description
        precondition(!spelled.hasPrefix("on") && !forbidden.contains(spelled), "an attribute that holds code or an address")
        return Attribute(name, value)
    }

    private static let forbidden: Set<String> = ["style", "srcdoc", "href", "xlink:href", "src", "action", "formaction", "data", "poster"]
}

/// Numbers inside SVG: at most two decimals, no exponent, never `nan`.
enum Coordinate {
    static func text(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let hundredths = Int((min(max(value, -1e9), 1e9) * 100).rounded())
        let whole = String(hundredths.magnitude / 100)
        let rest = hundredths.magnitude % 100
        let sign = hundredths < 0 ? "-" : ""
        guard rest > 0 else { return sign + whole }
        return sign + whole + "." + (rest % 10 == 0 ? String(rest / 10) : (rest < 10 ? "0" : "") + String(rest))
    }
}
