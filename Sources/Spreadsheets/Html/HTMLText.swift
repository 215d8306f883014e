/// The text of a cell of a web page: runs of white space become one space, line breaks come from tags, entities are resolved.
struct HTMLText {
    private(set) var bytes: [UInt8] = []
    private var gap = false

    var isEmpty: Bool { bytes.isEmpty }

    mutating func append(_ raw: [UInt8]) {
        for byte in raw.contains(UInt8(ascii: "&")) ? HTMLText.resolved(raw) : raw {
            if byte <= 32 {
                gap = true
            } else {
                if gap, let last = bytes.last, last != 10 { bytes.append(32) }
                gap = false
                bytes.append(byte)
            }
        }
    }

    /// Where a tag begins a new line.
    mutating func breakLine() {
        gap = false
        if !bytes.isEmpty, bytes.last != 10 { bytes.append(10) }
    }

    /// Where a tag parts words without a line.
    mutating func space() { gap = true }

    mutating func take() -> String {
        while bytes.last == 10 { bytes.removeLast() }
        defer {
            bytes.removeAll(keepingCapacity: true)
            gap = false
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let names: [String: String] = [
        "nbsp": " ", "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "middot": "·", "times": "×", "plusmn": "±", "deg": "°",
        "ensp": " ", "emsp": " ", "thinsp": " ", "mdash": "—", "ndash": "–", "hellip": "…", "ldquo": "“", "rdquo": "”", "lsquo": "‘",
        "rsquo": "’", "yen": "¥", "micro": "µ", "le": "≤", "ge": "≥", "permil": "‰", "copy": "©", "reg": "®", "trade": "™", "bull": "•",
        "mu": "μ", "alpha": "α", "beta": "β", "sup2": "²", "sup3": "³",
    ]

    private static func resolved(_ raw: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        var rest = raw[...]
        while let byte = rest.first {
            guard byte == UInt8(ascii: "&") else {
                result.append(byte)
                rest.removeFirst()
                continue
            }
            let body = rest.dropFirst().prefix(12).prefix { $0 != UInt8(ascii: ";") && $0 > 32 && $0 < 128 && $0 != UInt8(ascii: "&") }
            let isClosed = rest.dropFirst(1 + body.count).first == UInt8(ascii: ";")
            let name = String(decoding: body, as: UTF8.self)
            guard isClosed || name == "nbsp", let text = text(of: name) else {
                result.append(byte)
                rest.removeFirst()
                continue
            }
            result.append(contentsOf: text.utf8)
            rest = rest.dropFirst(1 + body.count + (isClosed ? 1 : 0))
        }
        return result
    }

    private static func text(of name: String) -> String? {
        if let known = names[name] { return known }
        guard name.first == "#" else { return nil }
        let digits = name.dropFirst()
        let number = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let number, number > 0, let scalar = Unicode.Scalar(number) else { return nil }
        return number == 0xA0 ? " " : String(Character(scalar))
    }
}
