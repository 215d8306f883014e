/// One piece of a web page.
enum HTMLToken: Equatable {
    case text([UInt8])
    /// `attributes` as written, `name` in lower case.
    case start(name: String, attributes: [UInt8])
    case end(name: String)
}

/// Cuts UTF-8 markup into tags and texts, byte by byte, as browsers do with pages that no parser of XML would take.
struct HTMLTokens {
    private enum State: Equatable {
        case text, tag, comment
        /// Script, style or a foreign island: everything up to its end tag is passed over.
        case skipped(String)
    }

    private var state = State.text
    private var buffer: [UInt8] = []
    private var quote: UInt8?
    /// A tag longer than this is none: its `<` was a plain character.
    private static let longestTag = 65_536
    /// A text is handed over in pieces of this size.
    private static let piece = 16_384
    private static let skippedNames: Set<String> = ["script", "style", "xml", "title", "noscript", "textarea"]

    /// Takes the next bytes and hands over what they complete.
    mutating func feed(_ bytes: [UInt8], _ take: (HTMLToken) throws -> Void) rethrows {
        for byte in bytes {
            switch state {
            case .text: try inText(byte, take)
            case .tag: try inTag(byte, take)
            case .comment:
                buffer.append(byte)
                if byte == UInt8(ascii: ">"), buffer.suffix(3) == Array("-->".utf8)[...] { leave() }
                if buffer.count > 4096 { buffer.removeFirst(4000) }
            case .skipped(let name): inSkipped(byte, name)
            }
        }
    }

    mutating func finish(_ take: (HTMLToken) throws -> Void) rethrows { if state == .text { try flush(take) } }

    private mutating func leave() {
        state = .text
        buffer.removeAll(keepingCapacity: true)
    }

    private mutating func flush(_ take: (HTMLToken) throws -> Void) rethrows {
        guard !buffer.isEmpty else { return }
        let text = buffer
        buffer.removeAll(keepingCapacity: true)
        try take(.text(text))
    }

    private mutating func inText(_ byte: UInt8, _ take: (HTMLToken) throws -> Void) rethrows {
        if byte == UInt8(ascii: "<") {
            try flush(take)
            state = .tag
            quote = nil
        } else {
            buffer.append(byte)
            // A piece may not end inside a character or an entity.
            if buffer.count >= HTMLTokens.piece, byte == 10 || byte == 32 { try flush(take) }
        }
    }

    private mutating func inTag(_ byte: UInt8, _ take: (HTMLToken) throws -> Void) rethrows {
        if buffer.isEmpty, !isTagStart(byte) {
            // `<` before anything else is a plain character: 含量<5.
            state = .text
            buffer = [UInt8(ascii: "<"), byte]
            return
        }
        if let open = quote {
            if byte == open { quote = nil }
            buffer.append(byte)
        } else if byte == UInt8(ascii: ">") {
            try close(take)
        } else {
            if byte == 34 || byte == 39, buffer.last == UInt8(ascii: "=") { quote = byte }
            buffer.append(byte)
            if buffer.count == 3, buffer == Array("!--".utf8) { state = .comment }
        }
        if buffer.count > HTMLTokens.longestTag { leave() }
    }

    private func isTagStart(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!")
            || byte == UInt8(ascii: "?")
    }

    private mutating func close(_ take: (HTMLToken) throws -> Void) rethrows {
        let tag = buffer
        leave()
        guard let first = tag.first, first != UInt8(ascii: "!"), first != UInt8(ascii: "?") else { return }
        let isEnd = first == UInt8(ascii: "/")
        let body = tag.dropFirst(isEnd ? 1 : 0)
        let word = body.prefix { $0 > 32 && $0 != UInt8(ascii: "/") }
        let name = String(decoding: word, as: UTF8.self).lowercased()
        guard !name.isEmpty else { return }
        if isEnd { return try take(.end(name: name)) }
        let isClosed = body.last == UInt8(ascii: "/")
        if HTMLTokens.skippedNames.contains(name), !isClosed { state = .skipped(name) }
        try take(.start(name: name, attributes: Array(body.dropFirst(word.count))))
    }

    private mutating func inSkipped(_ byte: UInt8, _ name: String) {
        buffer.append(byte)
        guard byte == UInt8(ascii: ">") else {
            if buffer.count > 4096 { buffer.removeFirst(4000) }
            return
        }
        let end = String(decoding: buffer.suffix(name.utf8.count + 12), as: UTF8.self).lowercased().filter { !$0.isWhitespace }
        if end.hasSuffix("</\(name)>") { leave() }
    }
}

extension HTMLTokens {
    /// The value of an attribute of a tag, by its name in lower case.
    static func attribute(_ name: String, in attributes: [UInt8]) -> String? {
        var rest = attributes[...]
        while true {
            rest = rest.drop { $0 <= 32 || $0 == UInt8(ascii: "/") }
            let key = rest.prefix { $0 > 32 && $0 != UInt8(ascii: "=") }
            guard !key.isEmpty else { return nil }
            rest = rest.dropFirst(key.count).drop { $0 <= 32 }
            var value: ArraySlice<UInt8> = []
            if rest.first == UInt8(ascii: "=") {
                rest = rest.dropFirst().drop { $0 <= 32 }
                if let quote = rest.first, quote == 34 || quote == 39 {
                    value = rest.dropFirst().prefix { $0 != quote }
                    rest = rest.dropFirst(min(rest.count, value.count + 2))
                } else {
                    value = rest.prefix { $0 > 32 }
                    rest = rest.dropFirst(value.count)
                }
            }
            if String(decoding: key, as: UTF8.self).lowercased() == name { return String(decoding: value, as: UTF8.self) }
            // A lone sign of equality is passed over.
            if key.isEmpty, value.isEmpty, !rest.isEmpty { rest = rest.dropFirst() }
        }
    }
}
