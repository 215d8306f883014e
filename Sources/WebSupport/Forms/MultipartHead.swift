import Values

/// The name of a part's field, and of its file where it carries one.
struct MultipartHead: Equatable {
    let field: String
    /// nil for a plain field; empty where the reader chose no file.
    let fileName: String?

    /// Reads a part's head lines.
    ///
    /// - Throws: `form.malformed` where the part has no field name, or says so twice.
    init(lines: some Collection<UInt8>) throws {
        let text = String(decoding: lines, as: UTF8.self)
        let dispositions = text.split(whereSeparator: \.isNewline).compactMap { line -> Substring? in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 && parts[0].lowercased() == "content-disposition" ? parts[1] : nil
        }
        guard dispositions.count == 1, let disposition = dispositions.first.map(String.init),
            FormText.trimmed(disposition.split(separator: ";").first.map(String.init) ?? "").lowercased() == "form-data",
            let field = MultipartHead.parameter("name", of: disposition), !field.isEmpty, field.utf8.count <= 200
        else { throw Failure.malformedForm }
        self.field = field
        fileName = MultipartHead.parameter("filename", of: disposition).map(MultipartHead.cleaned)
    }

    /// A parameter of a header value: `name="a"; filename=b`. Inside quotes browsers write `%22`, `%0D`, `%0A` (WHATWG) or `\"` (older ones).
    static func parameter(_ wanted: String, of header: String) -> String? {
        for parameter in parameters(header) where parameter.name == wanted {
            return parameter.value
        }
        return nil
    }

    private static func parameters(_ header: String) -> [(name: String, value: String)] {
        var result: [(String, String)] = []
        var rest = header.unicodeScalars[...]
        guard let semicolon = rest.firstIndex(of: ";") else { return [] }
        rest = rest[semicolon...]
        while rest.popFirst() != nil {
            let name = String(rest.prefix { $0 != "=" && $0 != ";" })
            rest = rest.drop { $0 != "=" && $0 != ";" }
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst()
            result.append((FormText.trimmed(name).lowercased(), value(&rest)))
            rest = rest.drop { $0 != ";" }
        }
        return result
    }

    private static func value(_ rest: inout String.UnicodeScalarView.SubSequence) -> String {
        rest = rest.drop { $0 == " " || $0 == "\t" }
        guard rest.first == "\"" else { return FormText.trimmed(String(rest.prefix { $0 != ";" })) }
        rest = rest.dropFirst()
        var value = String.UnicodeScalarView()
        while let scalar = rest.popFirst(), scalar != "\"" {
            // A backslash escapes a quote only: elsewhere it is a part of a Windows path.
            if scalar == "\\", rest.first == "\"", let quote = rest.popFirst() { value.append(quote) } else { value.append(scalar) }
        }
        return String(value)
            .replacing("%22", with: "\"").replacing("%0D", with: "").replacing("%0A", with: "")
    }

    /// Without folders, control characters and direction marks, and short enough for any file system; a name of dots only is no name.
    private static func cleaned(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let visible = last.unicodeScalars.filter {
            $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
        }
        var text = FormText.trimmed(String(String.UnicodeScalarView(visible)))
        while text.utf8.count > 200 { text.removeFirst() }
        return !text.isEmpty && text.allSatisfy { $0 == "." } ? "_" : text
    }
}
