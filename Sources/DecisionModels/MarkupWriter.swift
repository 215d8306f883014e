/// Writes XML with its texts escaped, one element a line.
struct MarkupWriter {
    private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private var depth = 0

    typealias Attributes = KeyValuePairs<String, String?>

    /// An element that holds others.
    mutating func element(_ name: String, _ attributes: Attributes = [:], _ inner: (inout MarkupWriter) -> Void) {
        line("<\(name)\(written(attributes))>")
        depth += 1
        inner(&self)
        depth -= 1
        line("</\(name)>")
    }

    /// An element without content.
    mutating func empty(_ name: String, _ attributes: Attributes = [:]) { line("<\(name)\(written(attributes))/>") }

    /// An element that holds a text alone.
    mutating func words(_ name: String, _ words: String) { line("<\(name)>\(MarkupWriter.escaped(words))</\(name)>") }

    /// `<name><text>…</text></name>`, as DMN holds expressions.
    mutating func expression(_ name: String, _ attributes: Attributes, _ text: String) {
        element(name, attributes) { $0.words("text", text) }
    }

    mutating func expression(_ name: String, _ text: String) { expression(name, [:], text) }

    private mutating func line(_ line: String) { text += String(repeating: "  ", count: depth) + line + "\n" }

    /// Attributes without value are left out.
    private func written(_ attributes: Attributes) -> String {
        attributes.compactMap { name, value in value.map { " \(name)=\"\(MarkupWriter.escaped($0))\"" } }.joined()
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t", "\r": result += "&#\(scalar.value);"
            // XML has no other control characters, not even escaped.
            case _ where scalar.value < 32: break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
