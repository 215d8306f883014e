/// The 9-character organisation code (组织机构代码, GB 11714-1997) of old lists; it also stands inside a credit code at places 9 to 17.
package struct OrganisationCode: Hashable, Sendable, CustomStringConvertible {
    /// Nine characters, half width, capitals, without the hyphen.
    package let text: String

    package init(text: String) { self.text = text }

    package var description: String { text }

    /// The check character that the first eight characters ask for (weights 3 7 9 10 5 8 4 2, mod 11), or nil for a foreign character.
    package static func checkCharacter(of body: some Collection<Character>) -> Character? {
        guard body.count == 8 else { return nil }
        var sum = 0
        for (character, weight) in zip(body, [3, 7, 9, 10, 5, 8, 4, 2]) {
            guard let value = value(of: character) else { return nil }
            sum += value * weight
        }
        return Array("0123456789X")[(11 - sum % 11) % 11]
    }

    /// Whether the ninth character is the one that the first eight ask for.
    package static func isConsistent(_ nine: some Collection<Character>) -> Bool {
        guard nine.count == 9, let check = checkCharacter(of: nine.prefix(8)) else { return false }
        return nine.dropFirst(8).first == check
    }

    /// In this code all 36 characters count, A = 10 to Z = 35, unlike in the credit code around it.
    private static func value(of character: Character) -> Int? {
        guard let ascii = character.asciiValue else { return nil }
        switch ascii {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return Int(ascii) - 48
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): return Int(ascii) - 55
        default: return nil
        }
    }
}

/// The 15-digit business registration number (工商注册号, GS 15-2006) that firms had before the credit code.
package struct RegistrationNumber: Hashable, Sendable, CustomStringConvertible {
    /// Fifteen digits.
    package let text: String

    package init(text: String) { self.text = text }

    package var description: String { text }
    /// The six digits of the registering authority's region (GB/T 2260, as of registration).
    package var regionCode: String { String(text.prefix(6)) }

    /// Whether the last digit is the check digit of the first fourteen (ISO 7064 MOD 11,10).
    package static func isConsistent(_ fifteen: some Collection<Character>) -> Bool {
        guard fifteen.count == 15 else { return false }
        var product = 10
        for character in fifteen.dropLast() {
            guard character.isASCII, let digit = character.wholeNumberValue else { return false }
            let sum = (product + digit) % 10
            product = (sum == 0 ? 10 : sum) * 2 % 11
        }
        guard let last = fifteen.dropFirst(14).first, last.isASCII, let check = last.wholeNumberValue else { return false }
        return (product + check) % 10 == 1
    }
}
