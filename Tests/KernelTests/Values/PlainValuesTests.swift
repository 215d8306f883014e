import TestSupport
import Testing
import Values

/// Plain cells take short ways; the long way round must say the same.
@Suite struct PlainValuesTests {
    @Test("a bare number is read as the same number with its unit written behind it")
    func amounts() {
        var random = SeededRandom(7)
        for unit in Amount.Unit.allCases {
            for _ in 0..<400 {
                let whole = Int.random(in: 0..<10_000_000, using: &random)
                let places = Int.random(in: 0...7, using: &random)
                let decimals = (0..<places).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
                let text = places == 0 ? "\(whole)" : "\(whole).\(decimals)"
                let short = Amount.read(text, unit: unit)
                let long = Amount.read(text + unit.rawValue, unit: .yuan)
                if case .notUnderstood = short {
                    guard case .notUnderstood = long else { Issue.record("\(text)\(unit.rawValue)"); continue }
                } else {
                    #expect(short == long, "\(text)\(unit.rawValue)")
                }
            }
        }
        #expect(Amount.read("99999999999999", unit: .hundredMillionYuan) != .fen(Fen(0)))
        #expect(Amount.read("0.10", unit: .yuan) == .fen(Fen(10)))
        guard case .notUnderstood = Amount.read("1.", unit: .yuan), case .notUnderstood = Amount.read(" 1. ", unit: .yuan) else {
            Issue.record("a point without decimals")
            return
        }
    }

    @Test("a code is in order exactly where both check characters agree")
    func codes() throws {
        var random = SeededRandom(11)
        var inOrder = 0
        for _ in 0..<2000 {
            var body = "91330303" + String((0..<8).map { _ in CreditCode.alphabet[Int.random(in: 0..<31, using: &random)] })
            let check = try #require(OrganisationCode.checkCharacter(of: body.suffix(8)))
            body.append(Bool.random(using: &random) ? check : "7")
            let last = try #require(CreditCode.checkCharacter(of: body))
            let code = body + String(Bool.random(using: &random) ? last : "A")
            let isSound = OrganisationCode.isConsistent(code.dropFirst(8).prefix(9)) && code.last == last
            inOrder += isSound ? 1 : 0
            #expect(CreditCode(text: code).warnings.isEmpty == isSound, "\(code)")
            #expect(CodeReading(code) == CodeReading(" \(code.lowercased()) "), "\(code)")
        }
        #expect(inOrder > 300)
    }

    @Test("a name without anything to fold is its own key")
    func names() {
        for name in ["佛山市南海区华兴电器有限公司", "甲(佛山)厂", "abc123厂"] {
            #expect(NameFolding.key(name) == name)
            #expect(NameFolding.key(" " + name + "．") == name)
        }
        #expect(NameFolding.key("ABC厂") == "abc厂")
        #expect(NameFolding.narrowed("A-1") == "A-1")
    }
}
