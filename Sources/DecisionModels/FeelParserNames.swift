import DecisionTables
import Values

/// Names, calls and the small steps of reading.
extension FeelParser {
    /// A known name, a literal word, or a call.
    mutating func named() throws(Failure) -> FeelExpression {
        let start = index
        if let function = longest(scope.functions.keys), longest(scope.values)?.count ?? 0 <= function.count, let end = ahead(function) {
            if let parameters = scope.functions[function], opens(at: end) {
                index = end
                return try call(function, parameters)
            }
        }
        if let name = longest(scope.values), let end = ahead(name) {
            index = end
            return .name(name)
        }
        if let builtin = FeelFunction.allCases.sorted(by: { $0.rawValue.count > $1.rawValue.count }).first(where: { function in
            ahead(function.rawValue).map(opens) == true
        }), let end = ahead(builtin.rawValue) {
            index = end
            let call = try call(builtin.rawValue, nil)
            guard case .call(_, let arguments) = call, builtin.arguments.contains(arguments.count) else {
                throw fault("arguments", "函数「\(builtin.rawValue)」的参数个数不对。", cure: "例如 date(\"2006-09-05\")。", at: start)
            }
            return call
        }
        return try word()
    }

    private mutating func word() throws(Failure) -> FeelExpression {
        let start = index
        let word = identifier
        guard !word.isEmpty else { throw unexpected() }
        index += word.count
        switch word {
        case "null": return .value(.null)
        case "true": return .value(.boolean(true))
        case "false": return .value(.boolean(false))
        case "not":
            skipBlanks()
            guard take(text: "(") else { throw unexpected() }
            let inner = try expression()
            try close()
            return .not(inner)
        default:
            skipBlanks()
            if peek == "(" {
                throw fault(
                    "unknown-function", "没有函数「\(word)」。", cure: "可用：date、time、date and time、duration、not，以及模型里引用了的业务知识模型。", at: start)
            }
            let known = scope.values.sorted().joined(separator: "、")
            throw fault(
                "unknown-name", "第\(start + 1)个字符起的「\(word)」不是已知的名称。",
                cure: known.isEmpty ? "文字要加半角双引号；名称要先用 informationRequirement 引用。" : "可用的名称：\(known)。文字要加半角双引号。", at: start)
        }
    }

    /// The arguments of a call, all by place or all by name.
    private mutating func call(_ function: String, _ parameters: [String]?) throws(Failure) -> FeelExpression {
        let start = index
        skipBlanks()
        _ = take(text: "(")
        var arguments: [FeelExpression.Argument] = []
        skipBlanks()
        if take(text: ")") { return .call(function, []) }
        repeat {
            skipBlanks()
            let name = parameters?.first { name in ahead(name).map { isColon(at: $0) } == true }
            if let name, let end = ahead(name) {
                index = end
                skipBlanks()
                _ = take(text: ":")
            }
            arguments.append(.init(name: name, value: try expression()))
            skipBlanks()
        } while take(text: ",")
        try close()
        if let parameters, arguments.count != parameters.count {
            throw fault(
                "arguments", "「\(function)」要\(parameters.count)个参数，这里有\(arguments.count)个。",
                cure: "参数依次为：\(parameters.joined(separator: "、"))。",
                at: start)
        }
        return .call(function, arguments)
    }

    mutating func component() throws(Failure) -> String {
        skipBlanks()
        let name = longest(scope.components) ?? identifier
        guard !name.isEmpty, let end = ahead(name) else { throw unexpected() }
        index = end
        return name
    }

    /// The longest of these names that stands here.
    private func longest(_ names: some Sequence<String>) -> String? {
        names.filter { ahead($0) != nil }.max { $0.count < $1.count }
    }

    /// The index after the name, if it stands here as a whole; blanks inside it may be of any length.
    func ahead(_ name: String) -> Int? {
        var position = index
        for character in name {
            if character == " " {
                guard position < characters.count, characters[position].isWhitespace else { return nil }
                while position < characters.count, characters[position].isWhitespace { position += 1 }
            } else {
                guard position < characters.count, characters[position] == character else { return nil }
                position += 1
            }
        }
        if let last = name.last, isNamePart(last), position < characters.count, isNamePart(characters[position]) { return nil }
        return position
    }

    private func opens(at position: Int) -> Bool { nextSign(from: position) == "(" }

    private func isColon(at position: Int) -> Bool { nextSign(from: position) == ":" }

    private func nextSign(from position: Int) -> Character? { characters[min(position, characters.count)...].first { !$0.isWhitespace } }

    // MARK: small steps

    var peek: Character? { index < characters.count ? characters[index] : nil }

    private var identifier: String {
        guard let first = peek, first.isLetter || first == "_" else { return "" }
        return String(characters[index...].prefix(while: isNamePart))
    }

    mutating func skipBlanks() {
        while peek?.isWhitespace == true { index += 1 }
    }

    func isAhead(_ sign: String) -> Bool { characters[index...].starts(with: sign) }

    mutating func take(text sign: String) -> Bool {
        guard isAhead(sign) else { return false }
        index += sign.count
        return true
    }

    mutating func takeWord(_ word: String) -> Bool {
        let start = index
        skipBlanks()
        if let end = ahead(word) {
            index = end
            return true
        }
        index = start
        return false
    }

    mutating func close() throws(Failure) {
        skipBlanks()
        if take(text: ")") { return }
        throw peek == nil ? fault("unclosed-bracket", "第\(index + 1)个字符处缺少右括号。", cure: "补上「)」。") : unexpected()
    }

    mutating func number() throws(Failure) -> Decimal34 {
        let start = index
        while let character = peek, isDigit(character) { index += 1 }
        if peek == ".", index + 1 < characters.count, isDigit(characters[index + 1]) {
            index += 1
            while let character = peek, isDigit(character) { index += 1 }
        }
        guard let number = Decimal34(String(characters[start..<index])) else {
            throw fault("number-range", "第\(start + 1)个字符起的数值太大。", cure: "减少位数。", at: start)
        }
        return number
    }

    mutating func quotedText() throws(Failure) -> String {
        let start = index
        var result = ""
        index += 1
        while let character = peek {
            index += 1
            if character == "\"" { return result }
            guard character == "\\", let escaped = peek else {
                result.append(character)
                continue
            }
            index += 1
            switch escaped {
            case "n": result.append("\n")
            case "t": result.append("\t")
            case "r": result.append("\r")
            case "u": result.append(try unicode(4))
            case "U": result.append(try unicode(6))
            default: result.append(escaped)
            }
        }
        throw fault("unclosed-text", "从第\(start + 1)个字符开始的引号没有配对。", cure: "文字两端都用半角双引号。", at: start)
    }

    private mutating func unicode(_ count: Int) throws(Failure) -> Character {
        let digits = String(characters[index...].prefix(count))
        guard digits.count == count, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
            throw fault("bad-escape", "第\(index + 1)个字符起的「\(digits)」不是字符编码。", cure: "写作 \\u 加四位十六进制数。")
        }
        index += count
        return Character(scalar)
    }

    func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) && character.isASCII }

    func isNamePart(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }

    func fault(_ code: String, _ sentence: String, cure: String, at offset: Int? = nil) -> Failure {
        let shown = text.count > 120 ? text.prefix(120) + "…" : text[...]
        return ModelFault.make(code, "表达式「\(shown)」：\(sentence)", cure: cure, at: place)
    }

    func unexpected() -> Failure {
        guard let found = peek else { return fault("expression-ended", "第\(index + 1)个字符处缺少一个值。", cure: "补全表达式。") }
        return fault(
            "unexpected", "第\(index + 1)个字符「\(found)」不应出现在这里。", cure: "第二级的表达式只用 + - * / **、比较、and、or、not、名称和函数；符号用半角。")
    }
}
