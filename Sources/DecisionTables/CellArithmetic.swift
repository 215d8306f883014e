import Values

/// Arithmetic over literals (`+ - * / **`, brackets, unary minus binding tightest) and the small steps of reading.
extension CellParser {
    mutating func sum() throws(Failure) -> Decimal34 {
        var result = try product()
        while true {
            if take("+") {
                let start = index
                result = try checked(result.adding(try product()), at: start)
            } else if take("-") {
                let start = index
                result = try checked(result.subtracting(try product()), at: start)
            } else {
                return result
            }
        }
    }

    private mutating func product() throws(Failure) -> Decimal34 {
        var result = try power()
        while true {
            if take("*") {
                let start = index
                result = try checked(result.multiplied(by: try power()), at: start)
            } else if take("/") {
                skipBlanks()
                let start = index
                let divisor = try power()
                if divisor.isZero { throw fault(.divisionByZero, at: start) }
                result = try checked(result.divided(by: divisor), at: start)
            } else {
                return result
            }
        }
    }

    private mutating func power() throws(Failure) -> Decimal34 {
        var result = try unary()
        while takePower() {
            skipBlanks()
            let start = index
            let exponent = try unary()
            guard let whole = exponent.whole, (-99...99).contains(whole) else { throw fault(.badPower, at: start) }
            if whole < 0, result.isZero { throw fault(.divisionByZero, at: start) }
            result = try checked(result.raised(to: exponent), at: start)
        }
        return result
    }

    private mutating func unary() throws(Failure) -> Decimal34 {
        depth += 1
        defer { depth -= 1 }
        if depth > 64 { throw fault(.tooDeep) }
        if take("-") { return try -unary() }
        if take("(") {
            let result = try sum()
            try close()
            return result
        }
        return try number()
    }

    /// `5000`, `0.5`, `.5`; two dots end the number, because they belong to an interval.
    private mutating func number() throws(Failure) -> Decimal34 {
        skipBlanks()
        let start = index
        while peek.map(isDigit) == true { index += 1 }
        if peek == ".", index + 1 < characters.count, isDigit(characters[index + 1]) {
            index += 1
            while peek.map(isDigit) == true { index += 1 }
        }
        guard index > start else {
            guard let character = peek, character != ")", character != "]", character != "," else { throw fault(.valueMissing) }
            if character == "\"" || isNameStart(character) { throw fault(.unexpected(character)) }
            throw isDots ? fault(.valueMissing) : unexpected()
        }
        let written = String(characters[start..<index])
        let digits = written.filter { $0 != "." }.drop { $0 == "0" }
        guard digits.count <= 34, let number = Decimal34(written) else {
            throw fault(.numberRange, at: start)
        }
        return number
    }

    private func checked(_ number: Decimal34?, at start: Int) throws(Failure) -> Decimal34 {
        guard let number, number.decimal != nil else { throw fault(.numberRange, at: start) }
        return number
    }

    // MARK: small steps

    var peek: Character? { index < characters.count ? characters[index] : nil }

    var isDots: Bool { index + 1 < characters.count && characters[index] == "." && characters[index + 1] == "." }

    /// The word that starts here, ended by a blank or a sign.
    var upcomingWord: String { String(characters[index...].prefix { isNameStart($0) || isDigit($0) || $0 == "." }) }

    mutating func skipBlanks() {
        while peek?.isWhitespace == true { index += 1 }
    }

    /// Takes the sign if it comes next, after blanks.
    mutating func take(_ sign: Character) -> Bool {
        let start = index
        skipBlanks()
        // A single star is multiplication, two are the power.
        let isPower = sign == "*" && index + 1 < characters.count && characters[index + 1] == "*"
        if peek == sign, !isPower {
            index += 1
            return true
        }
        index = start
        return false
    }

    mutating func takeNow(_ sign: Character) -> Bool {
        guard peek == sign else { return false }
        index += 1
        return true
    }

    private mutating func takePower() -> Bool {
        let start = index
        skipBlanks()
        guard index + 1 < characters.count, characters[index] == "*", characters[index + 1] == "*" else {
            index = start
            return false
        }
        index += 2
        return true
    }

    mutating func close() throws(Failure) {
        if take(")") { return }
        skipBlanks()
        throw peek == nil ? fault(.unclosedBracket) : unexpected()
    }

    func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) && character.isASCII }

    func isNameStart(_ character: Character) -> Bool { character.isLetter || character == "_" }

    func fault(_ fault: CellFault, at offset: Int? = nil) -> Failure {
        fault.failure(in: text, character: (offset ?? index) + 1, at: place)
    }

    /// The character here does not belong here; at the end of the cell a value is missing.
    func unexpected() -> Failure { peek.map { fault(.unexpected($0)) } ?? fault(.valueMissing) }
}
