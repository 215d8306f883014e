package import Values

/// A JSON text as written: numbers keep their digits, names are not repeated, depth and size are limited.
package indirect enum WrittenJSON: Sendable, Hashable {
    case null
    case boolean(Bool)
    /// The digits as written.
    case number(String)
    case text(String)
    case list([WrittenJSON])
    case object([Member])

    package struct Member: Sendable, Hashable {
        package let name: String
        package let value: WrittenJSON
        /// 1-based line of the name.
        package let line: Int
    }

    /// - Throws: `json.…` with file and line.
    package static func read(_ bytes: [UInt8], file: String?) throws(Failure) -> WrittenJSON {
        var reading = ReadJSON(bytes: bytes, file: file)
        return try reading.root()
    }
}

private struct ReadJSON {
    let bytes: [UInt8]
    let file: String?
    private var index = 0
    private var line = 1
    private var depth = 0
    private static let most = 4_000_000
    private static let deepest = 40

    init(bytes: [UInt8], file: String?) {
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        self.file = file
    }

    mutating func root() throws(Failure) -> WrittenJSON {
        if bytes.count > ReadJSON.most { throw fault("too-large", "文件超过上限\(ReadJSON.most)字节。", cure: "只写决策要的输入。") }
        let result = try value()
        skipBlanks()
        if index < bytes.count { throw unexpected() }
        return result
    }

    private mutating func value() throws(Failure) -> WrittenJSON {
        skipBlanks()
        guard let byte = peek else { throw unexpected() }
        switch byte {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try list()
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "-"), 48...57: return .number(try number())
        default:
            for (word, value) in [("null", WrittenJSON.null), ("true", .boolean(true)), ("false", .boolean(false))]
            where bytes[index...].starts(with: word.utf8) {
                index += word.utf8.count
                return value
            }
            throw unexpected()
        }
    }

    private mutating func object() throws(Failure) -> WrittenJSON {
        try enter()
        defer { depth -= 1 }
        var members: [WrittenJSON.Member] = []
        var names = Set<String>()
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            skipBlanks()
            guard peek == UInt8(ascii: "\"") else { throw unexpected() }
            let start = line
            let name = try text()
            guard names.insert(name).inserted else { throw fault("duplicate-name", "名称「\(name)」写了两次。", cure: "只留一个。") }
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw unexpected() }
            members.append(.init(name: name, value: try value(), line: start))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw unexpected() }
        return .object(members)
    }

    private mutating func list() throws(Failure) -> WrittenJSON {
        try enter()
        defer { depth -= 1 }
        var items: [WrittenJSON] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .list([]) }
        repeat {
            items.append(try value())
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw unexpected() }
        return .list(items)
    }

    private mutating func enter() throws(Failure) {
        index += 1
        depth += 1
        if depth > ReadJSON.deepest { throw fault("too-deep", "括号超过\(ReadJSON.deepest)层。", cure: "只写决策要的输入。") }
    }

    private mutating func number() throws(Failure) -> String {
        let start = index
        _ = take(UInt8(ascii: "-"))
        let first = peek
        let whole = digits()
        guard whole > 0, whole == 1 || first != 48 else { throw unexpected() }
        if take(UInt8(ascii: ".")), digits() == 0 { throw unexpected() }
        if peek.map({ $0 | 32 }) == UInt8(ascii: "e") {
            index += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            if digits() == 0 { throw unexpected() }
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = index
        while let byte = peek, (48...57).contains(byte) { index += 1 }
        return index - start
    }

    private mutating func text() throws(Failure) -> String {
        index += 1
        var result: [UInt8] = []
        while let byte = peek {
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: result, as: UTF8.self) else {
                    throw fault("not-utf8", "文字不是 UTF-8 编码。", cure: "用 UTF-8 保存。")
                }
                return text
            case UInt8(ascii: "\\"): result += Array(String(try escaped()).utf8)
            case 0..<32:
                index -= 1
                throw unexpected()
            default: result.append(byte)
            }
        }
        throw fault("unclosed-text", "引号没有配对。", cure: "补上半角双引号。")
    }

    private mutating func escaped() throws(Failure) -> Character {
        guard let byte = peek else { throw unexpected() }
        index += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Character(Unicode.Scalar(byte))
        case UInt8(ascii: "u"): return try unicode()
        default:
            index -= 1
            throw unexpected()
        }
    }

    private mutating func unicode() throws(Failure) -> Character {
        var code = try fourDigits()
        if (0xD800..<0xDC00).contains(code), bytes[index...].starts(with: Array("\\u".utf8)) {
            index += 2
            let low = try fourDigits()
            guard (0xDC00..<0xE000).contains(low) else { throw unexpected() }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw unexpected() }
        return Character(scalar)
    }

    private mutating func fourDigits() throws(Failure) -> UInt32 {
        let digits = String(decoding: bytes[index...].prefix(4), as: UTF8.self)
        guard digits.utf8.count == 4, digits.first != "+", let code = UInt32(digits, radix: 16) else { throw unexpected() }
        index += 4
        return code
    }

    // MARK: small steps

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 32 || byte == 9 || byte == 13 || byte == 10 {
            if byte == 10 { line += 1 }
            index += 1
        }
    }

    private func unexpected() -> Failure {
        let found = String(decoding: bytes[min(index, bytes.count)...].prefix(12), as: UTF8.self).prefix(1)
        return found.isEmpty
            ? fault("ended", "文件提前结束。", cure: "补全括号和引号。")
            : fault("unexpected", "「\(found)」不应出现在这里。", cure: "照 JSON 的写法：{\"sales\": 5000}，符号用半角。")
    }

    private func fault(_ code: String, _ message: String, cure: String) -> Failure {
        Failure(.invalid, "json." + code, message, at: FilePlace(file: file, line: line), cure: cure)
    }
}
