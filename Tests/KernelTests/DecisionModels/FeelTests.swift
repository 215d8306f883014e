import DecisionTables
import Testing
import Values

@testable import DecisionModels

@Suite("Expressions of models")
struct FeelTests {
    private func number(_ text: String) -> FeelValue { ModelFixture.number(text) }

    @Test(
        "Numbers are reckoned as decimals, the minus binds tightest",
        arguments: [
            ("10+20/-5-3", "3"), ("10**-5", "0.00001"), ("5+2**5+3", "40"), (".872", "0.872"), ("-10--5", "-5"), ("(10+5)*(-5*3)", "-225"),
            ("0.1+0.2", "0.3"), ("-2**2", "4"), ("1/3", "0.3333333333333333333333333333333333"),
            ("2/3*3", "2.000000000000000000000000000000000"),
            ("1.2*10**3", "1200"), ("125.4321987654", "125.4321987654"),
        ])
    func arithmetic(text: String, expected: String) throws {
        #expect(try ModelFixture.value(text) == number(expected))
    }

    @Test(
        "What nobody knows stays unknown, and so does what does not exist",
        arguments: [
            "(10+20)/0", "10+null", "null * 3", "2**0.5", "\"a\" - 1", "10**7000", "not(null)", "1 < \"a\"", "date(\"2007-02-29\")",
        ])
    func unknown(text: String) throws {
        #expect(try ModelFixture.value(text) == .null)
    }

    private static let truths: [(String, FeelValue)] = [
        ("null and false", .boolean(false)), ("null or true", .boolean(true)), ("true and null", .null),
        ("false or null", .null),
        ("true and true", .boolean(true)), ("not(false)", .boolean(true)), ("1 = 1 and 2 > 1", .boolean(true)),
        ("null = null", .boolean(true)),
        ("1 = null", .boolean(false)), ("\"a\" = \"b\"", .boolean(false)), ("1 != 2", .boolean(true)), ("3 >= 3", .boolean(true)),
    ]

    @Test("Truth is three-valued", arguments: truths)
    func truth(text: String, expected: FeelValue) throws {
        #expect(try ModelFixture.value(text) == expected)
    }

    @Test(
        "Dates, times and durations",
        arguments: [
            ("date(\"2006-09-05\") + duration(\"P1Y\")", "2007-09-05"), ("date(\"2024-01-31\") + duration(\"P1M\")", "2024-02-29"),
            ("date(\"2006-09-05\") - date(\"2006-09-01\")", "P4D"), ("date(2006, 9, 5)", "2006-09-05"),
            ("date and time(\"2016-03-16T23:30:00Z\") + duration(\"PT45M\")", "2016-03-17T00:15:00Z"),
            ("time(\"23:30:00\") + duration(\"PT1H\")", "00:30:00"), ("duration(\"P1Y2M\") * 2", "P2Y4M"),
            ("duration(\"-PT90M\")", "-PT1H30M"),
            ("duration(\"P1D\") / duration(\"PT6H\")", "4"), ("date(\"2006-09-05\").year", "2006"), ("date(\"2006-09-05\").weekday", "2"),
            ("time(\"10:00:00+08:00\") = time(\"02:00:00Z\")", "是"), ("date(\"2006-09-05\") < date(\"2006-09-06\")", "是"),
            ("@\"P3D\"", "P3D"),
            ("date(date and time(\"2016-03-16T23:30:00\"))", "2016-03-16"), ("duration(\"P400D\").days", "400"),
        ])
    func temporal(text: String, expected: String) throws {
        #expect(try ModelFixture.value(text).description == expected)
    }

    @Test("Names hold blanks and signs; the longest known one is taken")
    func names() throws {
        let given: [String: FeelValue] = [
            "a": .number(Decimal34(1)), "a-b": .number(Decimal34(7)), "Full Name": .text("甲"), "Full": .text("乙"),
        ]
        #expect(try ModelFixture.value("a-b", given) == .number(Decimal34(7)))
        #expect(try ModelFixture.value("\"您好，\" + Full   Name", given) == .text("您好，甲"))
        #expect(try ModelFixture.value("Full", given) == .text("乙"))
    }

    @Test("Parts of structures, also of a list of them")
    func paths() throws {
        let loan = FeelValue.context(FeelContext([("rate", number("0.05")), ("years", number("3"))]))
        #expect(try ModelFixture.value("loan.rate * loan.years", ["loan": loan]) == number("0.15"))
        #expect(try ModelFixture.value("loan.rate", ["loan": .list([loan, loan])]) == .list([number("0.05"), number("0.05")]))
        #expect(try ModelFixture.value("loan.none", ["loan": loan]) == .null)
    }

    @Test(
        "A fault names the character and the cure",
        arguments: [
            ("1 +", "第4个字符处缺少一个值。"), ("sales", "第1个字符起的「sales」不是已知的名称。"), ("(1", "第3个字符处缺少右括号。"), ("\"甲", "从第1个字符开始的引号没有配对。"),
            ("1，2", "第2个字符「，」不应出现在这里。"), ("if true then 1 else 2", "第1个字符起的「if」不是已知的名称。"), ("floor(1)", "没有函数「floor」。"),
            ("date(1, 2, 3, 4)", "函数「date」的参数个数不对。"), ("@\"甲\"", "「@\"甲\"」不是日期、时刻或时长。"),
        ])
    func faults(text: String, sentence: String) throws {
        let found = try #require(failure { _ = try ModelFixture.value(text) })
        #expect(found.kind == .invalid)
        #expect(found.message == "表达式「\(text)」：" + sentence)
        #expect(found.place.file == "演示.dmn")
        #expect(found.place.line == 3)
        #expect(found.cure?.isEmpty == false)
    }

    @Test("Brackets without end are refused, a long sum is not")
    func deep() throws {
        let brackets = String(repeating: "(", count: 60) + "1" + String(repeating: ")", count: 60)
        #expect(failure { _ = try ModelFixture.value(brackets) }?.code == "dmn.too-deep")
        #expect(try ModelFixture.value(Array(repeating: "1", count: 4000).joined(separator: "+")) == number("4000"))
        #expect(failure { _ = try ModelFixture.value(String(repeating: "1+", count: 6000) + "1") }?.code == "dmn.expression-too-long")
        #expect(try ModelFixture.value(String(repeating: "-", count: 5000) + "1") == number("1"))
    }

    private func failure(_ work: () throws -> Void) -> Failure? { KernelTests.failure(of: work) }
}
