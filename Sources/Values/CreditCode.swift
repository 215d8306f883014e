/// A unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters with two check characters.
///
/// A code whose checks fail is still a code: pilot districts issued such codes legally, so Hallmark warns and keeps it.
package struct CreditCode: Hashable, Sendable, CustomStringConvertible {
    /// Eighteen characters, half width, capitals. No character is ever replaced by one that looks like it.
    package let text: String

    package init(text: String) { self.text = text }

    package var description: String { text }
    /// The registering authority (登记管理部门) and the kind of body: `91` enterprise, `92` individual business, `93` farmers' cooperative.
    package var bodyKind: String { String(text.prefix(2)) }
    /// The region of the registering authority at the time of registration; it may since have been abolished.
    package var regionCode: String { String(text.dropFirst(2).prefix(6)) }
    /// The organisation code inside, places 9 to 17.
    package var organisationCode: OrganisationCode { OrganisationCode(text: String(text.dropFirst(8).prefix(9))) }

    /// The 31 characters of the code; I, O, S, V and Z are not among them.
    package static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")

    /// The check character that seventeen characters ask for (weights 3^(i-1) mod 31), or nil for a character outside the alphabet.
    package static func checkCharacter(of body: some Collection<Character>) -> Character? {
        guard body.count == 17 else { return nil }
        var sum = 0
        var weight = 1
        for character in body {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            sum += value * weight
            weight = weight * 3 % 31
        }
        return alphabet[(31 - sum % 31) % 31]
    }

    /// Everything about this code that a clerk should look at; empty for a code in order.
    package var warnings: [CodeWarning] { CheckedCode.isInOrder(text) ? [] : foundWarnings }

    private var foundWarnings: [CodeWarning] {
        let strange = text.filter { !CreditCode.alphabet.contains($0) }
        var found: [CodeWarning] = strange.isEmpty ? [] : [.foreignLetters(String(strange))]
        if let expected = CreditCode.checkCharacter(of: text.prefix(17)), expected != text.last {
            found.append(.checkCharacter(expected: expected))
        }
        let inside = organisationCode.text
        if let expected = OrganisationCode.checkCharacter(of: inside.prefix(8)), expected != inside.last {
            found.append(.organisationCheckCharacter(expected: expected))
        }
        if !found.isEmpty, IdentityNumberLooks.matches(text) { found.append(.looksLikeIdentityNumber) }
        return found
    }
}

/// What is doubtful about an enterprise's code; a warning never keeps the code out.
package enum CodeWarning: Sendable, Hashable {
    /// Letters that the credit code does not use: I, O, S, V, Z.
    case foreignLetters(String)
    /// The last character is not the one the others ask for.
    case checkCharacter(expected: Character)
    /// The check character of the organisation code inside is not the one asked for.
    case organisationCheckCharacter(expected: Character)
    /// The check digit of a 15-digit registration number is wrong.
    case registrationCheckDigit
    /// Eighteen digits that read as a citizen's identity number: personal data in the wrong column.
    case looksLikeIdentityNumber

    /// Stable code for reports: `code.check-character`.
    package var code: String {
        switch self {
        case .foreignLetters: "code.foreign-letters"
        case .checkCharacter: "code.check-character"
        case .organisationCheckCharacter: "code.organisation-check-character"
        case .registrationCheckDigit: "code.registration-check-digit"
        case .looksLikeIdentityNumber: "code.identity-number"
        }
    }

    /// What is doubtful, in Chinese.
    package var message: String {
        switch self {
        case .foreignLetters(let letters): "代码含有不使用的字符“\(letters)”（代码不用 I、O、S、V、Z），请对照营业执照"
        case .checkCharacter(let expected): "代码末位校验字符不符（按前17位应为 \(expected)），请对照营业执照；试点代码可能属实，照录"
        case .organisationCheckCharacter(let expected): "代码第17位（组织机构代码校验位）不符（应为 \(expected)），请对照营业执照"
        case .registrationCheckDigit: "注册号末位校验码不符，请对照原执照"
        case .looksLikeIdentityNumber: "该号码符合居民身份证号码的编排，可能误填了个人信息，请核对"
        }
    }
}

/// What a cell in a code column holds.
package enum CodeReading: Sendable, Equatable {
    /// Empty, `/`, `—`, 无 and the like.
    case blank
    case creditCode(CreditCode, warnings: [CodeWarning])
    case registration(RegistrationNumber, warnings: [CodeWarning])
    case organisation(OrganisationCode, warnings: [CodeWarning])
    case notUnderstood(reason: String)

    /// Reads a code: half width, capitals, without spaces and hyphens; by its length one of the three kinds.
    package init(_ raw: String) {
        if CheckedCode.isInOrder(raw) {
            self = .creditCode(CreditCode(text: raw), warnings: [])
            return
        }
        let narrowed = NameFolding.narrowed(raw).uppercased()
        if ["", "/", "\\", "-", "--", "—", "——", "无", "N/A", "NULL", "不详"].contains(narrowed) {
            self = .blank
            return
        }
        let text = narrowed.filter { !"-'`‘’—–".contains($0) }
        guard !text.isEmpty, text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            self = .notUnderstood(reason: "代码“\(raw)”含有字母和数字以外的字符")
            return
        }
        self = CodeReading.byLength(text, raw: raw)
    }

    private static func byLength(_ text: String, raw: String) -> CodeReading {
        switch text.count {
        case 18:
            let code = CreditCode(text: text)
            return .creditCode(code, warnings: code.warnings)
        case 15 where text.allSatisfy(\.isNumber):
            return .registration(
                RegistrationNumber(text: text), warnings: RegistrationNumber.isConsistent(text) ? [] : [.registrationCheckDigit])
        case 9:
            guard let expected = OrganisationCode.checkCharacter(of: text.prefix(8)) else { break }
            let right = expected == text.last
            return .organisation(OrganisationCode(text: text), warnings: right ? [] : [.organisationCheckCharacter(expected: expected)])
        default: break
        }
        return .notUnderstood(reason: "代码“\(raw)”有\(text.count)位；统一社会信用代码为18位，旧注册号15位，组织机构代码9位")
    }
}

/// Recognises a citizen's identity number (GB 11643-1999) by its birthday and check digit, to warn before personal data is stored.
enum IdentityNumberLooks {
    static func matches(_ text: String) -> Bool {
        let characters = Array(text)
        guard characters.count == 18, characters.prefix(17).allSatisfy({ $0.isASCII && $0.isNumber }) else { return false }
        let digits = characters.prefix(17).compactMap(\.wholeNumberValue)
        let year = digits[6] * 1000 + digits[7] * 100 + digits[8] * 10 + digits[9]
        guard (1900...2100).contains(year), Day(year: year, month: digits[10] * 10 + digits[11], day: digits[12] * 10 + digits[13]) != nil
        else {
            return false
        }
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return characters[17] == Array("10X98765432")[sum % 11]
    }
}

/// Tells a code that is wholly in order by its bytes, which the codes of a register nearly all are; everything else is looked at by characters.
enum CheckedCode {
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, character) in CreditCode.alphabet.enumerated() { values[Int(character.asciiValue ?? 0)] = UInt8(value) }
        return values
    }()
    private static let weights: [Int] = (0..<17).map { place in (0..<place).reduce(1) { weight, _ in weight * 3 % 31 } }
    private static let organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

    static func isInOrder(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count == 18 else { return false }
            var sum = 0
            for place in 0..<17 {
                let value = values[Int(bytes[place])]
                guard value < 255 else { return false }
                sum += Int(value) * weights[place]
            }
            guard Int(values[Int(bytes[17])]) == (31 - sum % 31) % 31 else { return false }
            var inside = 0
            for place in 0..<8 { inside += organisationValue(bytes[8 + place]) * organisationWeights[place] }
            let check = (11 - inside % 11) % 11
            return bytes[16] == (check == 10 ? UInt8(ascii: "X") : 48 + UInt8(check))
        }
    }

    /// In the organisation code all 36 characters count.
    private static func organisationValue(_ byte: UInt8) -> Int { byte < 58 ? Int(byte) - 48 : Int(byte) - 55 }
}
