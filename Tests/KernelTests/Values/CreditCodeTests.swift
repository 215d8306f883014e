import Foundation
import TestSupport
import Testing
import Values

@Suite("Enterprise codes")
struct CreditCodeTests {
    /// The warnings of a text that must read as a credit code.
    private func warnings(_ text: String) throws -> [CodeWarning] {
        guard case .creditCode(_, let warnings) = CodeReading(text) else { throw Failure(.invalid, "test", "不是信用代码：\(text)") }
        return warnings
    }

    @Test(
        "that were issued pass both checks",
        arguments: [
            "914403001922038216", "9144030071526726XG", "91440300708461136T", "91330100799655058B", "91110108551385082Q",
            "91110108717743469K",
            "91110000802100433B", "91440400192548256N", "91440606722473344C", "91440300192317458F", "91370200264574251E",
            "9152000071430580XT",
            "91110000710926094P", "91110000710925462X", "91100000100003962T", "911100001000044477", "9144030010001686XA",
            "9144030027939873X7",
            "911100001011016602", "91440300192181490G", "91330000733796106P", "91350900587527783P", "91110000600037341L",
            "121200004013590816",
            "92340602MA2PBQAH7E", "91620105L015101280", "91310115MA1K3BTP2B",
        ])
    func valid(_ text: String) throws { #expect(try warnings(text).isEmpty, "\(text)") }

    @Test(
        "made for demonstrations and codes with letters in front pass too",
        arguments: [
            "91440113MA0TE5T082", "91440605MA0TE5T089", "91320505MA0TE5T085", "91371402MA0TE5T08M", "91330303MA0TE5T082",
            "N2440113MF1234567K",
            "A1110000MB0123457U", "52440113MJK000006U",
        ])
    func synthetic(_ text: String) throws { #expect(try warnings(text).isEmpty, "\(text)") }

    @Test("have check characters by modulus 31 and 11, the inner one with the values of all 36 characters")
    func worked() {
        #expect(CreditCode.checkCharacter(of: "9144030071526726X") == "G")
        #expect(OrganisationCode.checkCharacter(of: "MA1K3BTP") == "2")
        #expect(OrganisationCode.checkCharacter(of: "D2143569") == "X")
    }

    @Test(
        "with a wrong last character are kept and warned about",
        arguments: ["914403001922038217", "A1110000600037341L", "91110000600037341N", "91350203M0001QAY9B"])
    func wrongCheck(_ text: String) throws {
        let found = try warnings(text).map(\.code)
        #expect(found.contains("code.check-character"), "\(text)")
    }

    @Test("with a wrong inner check only are warned about that")
    func wrongInner() throws {
        let found = try warnings("914403001922038229")
        #expect(found.map(\.code) == ["code.organisation-check-character"])
        #expect(found.first?.message == "代码第17位（组织机构代码校验位）不符（应为 1），请对照营业执照")
    }

    @Test("with letters that the code does not use are kept as they stand")
    func strangeLetters() throws {
        #expect(try warnings("9144030019220382I6").first == .foreignLetters("I"))
        #expect(try warnings("9111000060003IOZSV").first == .foreignLetters("IOZSV"))
        #expect(
            CodeWarning.foreignLetters("I").message == "代码含有不使用的字符“I”（代码不用 I、O、S、V、Z），请对照营业执照")
        #expect(CodeWarning.checkCharacter(expected: "9").message == "代码末位校验字符不符（按前17位应为 9），请对照营业执照；试点代码可能属实，照录")
    }

    @Test("are brought to one form without guessing at look-alikes")
    func normalised() {
        #expect(CodeReading("9 1 110000 600037341l") == .creditCode(CreditCode(text: "91110000600037341L"), warnings: []))
        #expect(CodeReading("９１１１００００６０００３７３４１Ｌ") == .creditCode(CreditCode(text: "91110000600037341L"), warnings: []))
        #expect(CodeReading("71526726-X") == .organisation(OrganisationCode(text: "71526726X"), warnings: []))
    }

    @Test("of a wrong length are not understood, and empty cells are blank")
    func wrongLength() {
        #expect(
            CodeReading("91440300192203821")
                == .notUnderstood(reason: "代码“91440300192203821”有17位；统一社会信用代码为18位，旧注册号15位，组织机构代码9位"))
        #expect(CodeReading("代码待查") == .notUnderstood(reason: "代码“代码待查”含有字母和数字以外的字符"))
        #expect(CodeReading("") == .blank)
        #expect(CodeReading(" / ") == .blank)
    }

    @Test("open into authority, region and organisation code")
    func parts() {
        let code = CreditCode(text: "91440113MA0TE5T082")
        #expect(code.bodyKind == "91")
        #expect(code.regionCode == "440113")
        #expect(code.organisationCode == OrganisationCode(text: "MA0TE5T08"))
    }

    @Test("of fifteen digits are registration numbers with a check digit of their own")
    func registration() {
        #expect(CodeReading("110108000000016") == .registration(RegistrationNumber(text: "110108000000016"), warnings: []))
        #expect(
            CodeReading("110108000000017")
                == .registration(RegistrationNumber(text: "110108000000017"), warnings: [.registrationCheckDigit]))
        #expect(RegistrationNumber(text: "110108000000016").regionCode == "110108")
        #expect(CodeWarning.registrationCheckDigit.message == "注册号末位校验码不符，请对照原执照")
    }

    @Test("that read as a citizen's identity number are warned about before they are stored")
    func identityNumber() throws {
        #expect(try warnings("11010519491231002X").contains(.looksLikeIdentityNumber))
        #expect(CodeWarning.looksLikeIdentityNumber.message == "该号码符合居民身份证号码的编排，可能误填了个人信息，请核对")
    }

    @Test("detect every single wrong character and every swap of neighbours")
    func detection() {
        let body = Array("91440300192203821")
        let right = CreditCode.checkCharacter(of: body)
        for place in body.indices {
            for other in CreditCode.alphabet where other != body[place] {
                var changed = body
                changed[place] = other
                #expect(CreditCode.checkCharacter(of: changed) != right)
            }
        }
        for place in body.indices.dropLast() where body[place] != body[place + 1] {
            var swapped = body
            swapped.swapAt(place, place + 1)
            #expect(CreditCode.checkCharacter(of: swapped) != right)
        }
    }

    @Test("of the sample agree with the validity stated there", .enabled(if: SharedData.isPresent, "needs the shared code sample"))
    func sample() throws {
        let url = try #require(SharedData.url("data/codes/uscc.csv"))
        for row in SimpleCSV.rows(try String(contentsOf: url, encoding: .utf8)).dropFirst() where row.count >= 2 {
            let wrong = try warnings(row[0]).contains { if case .checkCharacter = $0 { true } else { false } }
            #expect(wrong == (row[1] == "0"), "\(row[0])")
        }
    }

    @Test("of both registers are read as credit codes", .enabled(if: SharedData.isPresent, "needs the shared registers"))
    func registers() throws {
        for name in ["panyu", "longwan"] {
            let rows = SimpleCSV.rows(try String(contentsOf: try #require(SharedData.url("data/enterprises/\(name).csv")), encoding: .utf8))
            for row in rows.dropFirst() where row.count > 1 {
                if case .notUnderstood(let reason) = CodeReading(row[1]) { Issue.record("\(reason)") }
            }
        }
    }
}
