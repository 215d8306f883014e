import Foundation
import Testing

@testable import DecisionTables

/// Expected values by Python's decimal with 34 digits, rounding half to even.
@Suite("Decimals of 34 digits")
struct Decimal34Tests {
    private func number(_ text: String) throws -> Decimal34 { try #require(Decimal34(text), "\(text)") }

    @Test(
        "Products, quotients and sums are rounded half to even",
        arguments: [
            ("9999999999999999999999999999999999", "*", "9999999999999999999999999999999999", "9.999999999999999999999999999999998E+67"),
            ("1.000000000000000000000000000000001", "*", "1.000000000000000000000000000000001", "1.000000000000000000000000000000002"),
            ("1", "/", "3", "0.3333333333333333333333333333333333"), ("2", "/", "3", "0.6666666666666666666666666666666667"),
            ("1", "/", "7", "0.1428571428571428571428571428571429"), ("1E+100", "+", "1", "1E+100"), ("1E+100", "*", "1E+100", "1E+200"),
            ("9999999999999999999999999999999999", "+", "0.5", "1E+34"),
            ("9999999999999999999999999999999998", "+", "0.5", "9999999999999999999999999999999998"),
            ("1", "-", "1E-40", "1"), ("1", "-", "6E-35", "0.9999999999999999999999999999999999"), ("0.1", "+", "0.2", "0.3"),
            ("-7", "/", "2", "-3.5"), ("5", "-", "5", "0"), ("1E-6000", "*", "1E-6000", "0"),
        ])
    func rounding(left: String, sign: String, right: String, expected: String) throws {
        let (left, right) = (try number(left), try number(right))
        let result =
            switch sign {
            case "+": left.adding(right)
            case "-": left.subtracting(right)
            case "*": left.multiplied(by: right)
            default: left.divided(by: right)
            }
        #expect(result?.description == (try number(expected).description))
    }

    @Test("What does not exist is nil: division by zero, beyond the range, powers that are not whole")
    func nothing() throws {
        #expect(try number("1").divided(by: .zero) == nil)
        #expect(try number("1E+6111").multiplied(by: number("1E+40")) == nil)
        #expect(try number("2").raised(to: number("0.5")) == nil)
        #expect(Decimal34.zero.raised(to: try number("-1")) == nil)
        for text in ["", "-", ".", "1.2.3", "1e", "1e999999", "一", "1 ", "+1", "1E+7000", "NaN"] {
            #expect(Decimal34(text) == nil, "\(text)")
        }
    }

    @Test("Powers by squaring agree with multiplying out")
    func powers() throws {
        #expect(try number("1.05").raised(to: number("3")) == number("1.157625"))
        #expect(try number("10").raised(to: number("-5"))?.description == "0.00001")
        #expect(try number("7").raised(to: .zero) == Decimal34(1))
        let base = try number("1.003125")
        let product = (0..<360).reduce(Decimal34(1)) { result, _ in result.multiplied(by: base) ?? result }
        let power = try #require(try base.raised(to: number("360")))
        #expect(product.description.prefix(30) == power.description.prefix(30))
    }

    @Test("Order and equality do not look at trailing zeros or exponents")
    func order() throws {
        let sorted = ["-1E+50", "-2", "-1.5", "0", "1E-50", "0.99", "1", "1.0000000000000000000000000000000001", "10", "1E+50"]
        let numbers = try sorted.map(number)
        #expect(numbers.shuffled().sorted() == numbers)
        #expect(try number("1.50") == number("1.5"))
        #expect(try number("-0") == .zero)
        #expect(try number("100").description == "100")
        #expect(try number("-0.00120").description == "-0.0012")
        #expect(try number("12345678901234567890123456789012345.5").description == "12345678901234567890123456789012350")
    }

    @Test("Facts and decimals turn into each other")
    func facts() throws {
        #expect(try number("4999.999999").decimal == Decimal(string: "4999.999999"))
        #expect(Decimal34(try #require(Decimal(string: "-0.05"))) == (try number("-0.05")))
        #expect(try number("1E+200").decimal == nil)
    }

    @Test("A cell whose product is longer than any number ends in a sentence, not in the program")
    func longProduct() throws {
        let nines = String(repeating: "9", count: 34)
        let cell = try TableCell(parsing: "< \(nines) * \(nines)")
        #expect(cell.match(.number(5)) == .yes)
        #expect(throws: (any Error).self) { _ = try TableCell(parsing: "< 10**99 * 10**99") }
    }
}
