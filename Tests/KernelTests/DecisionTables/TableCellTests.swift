import DecisionTables
import Foundation
import Testing
import Values

@Suite("Cells in S-FEEL")
struct TableCellTests {
    @Test(
        "A cell accepts what it says and nothing else",
        arguments: [
            (">= 5000", ["5000", "5000.01"], ["4999.99"]),
            ("> 5000", ["5000.000001"], ["5000", "-5000"]),
            ("<5", ["-7"], ["5"]),
            ("<= -1.5", ["-1.5", "-2"], ["-1.4"]),
            ("[1000..5000]", ["1000", "3000", "5000"], ["999.99", "5000.01"]),
            ("]1000..5000[", ["1000.01"], ["1000", "5000"]),
            ("(1000..5000)", ["4999"], ["1000", "5000"]),
            ("[1000..5000)", ["1000"], ["5000"]),
            ("1, 2, >5", ["1", "2", "6"], ["3", "5"]),
            ("not(1, [5..7])", ["2", "8"], ["1", "6"]),
            ("not (< 3)", ["3"], ["2"]),
            ("-5", ["-5"], ["5"]),
            ("(1 + 2) * 3", ["9"], ["7"]),
            ("((1+1)..4]", ["3", "4"], ["2"]),
            ("[5000*0.9 .. 5000*1.1]", ["4500", "5500"], ["4499.9"]),
            (".5", ["0.5"], ["5"]),
            ("-", ["0", "-1"], []),
        ])
    func accepts(cell: String, inside: [String], outside: [String]) throws {
        let cell = try TableCell(parsing: cell)
        for text in inside { #expect(cell.match(numberFact(text)) == .yes) }
        for text in outside { #expect(cell.match(numberFact(text)) == .no) }
    }

    @Test(
        "Arithmetic over literals follows the conformance vectors",
        arguments: [
            ("10+20/-5-3", "3"), ("10**-5", "0.00001"), ("5+2**5+3", "40"), ("-2**2", "4"), ("2 * (3 - 5)", "-4"), ("0.1+0.2", "0.3"),
        ])
    func arithmetic(cell: String, value: String) throws {
        #expect(try TableCell(parsing: cell).match(numberFact(value)) == .yes)
        #expect(try TableCell(parsing: cell).test.canonical == value)
    }

    @Test("Texts, truths and days are cells too")
    func otherKinds() throws {
        let text = try TableCell(parsing: "\"A\", \"说\\\"好\\\"\"")
        #expect(text.match(.text("A")) == .yes)
        #expect(text.match(.text("说\"好\"")) == .yes)
        #expect(text.match(.text("B")) == .no)
        #expect(try TableCell(parsing: "not(\"A\")").match(.text("B")) == .yes)
        #expect(try TableCell(parsing: "true").match(.boolean(true)) == .yes)
        #expect(try TableCell(parsing: "false").match(.boolean(true)) == .no)
        let days = try TableCell(parsing: "[date(\"2006-09-05\")..date( \"2007-10-31\" ))")
        #expect(days.match(dayFact("2006-09-05")) == .yes)
        #expect(days.match(dayFact("2007-10-31")) == .no)
    }

    @Test("An unknown fact satisfies no cell but the dash, and of no other cell is it said that it fails")
    func unknown() throws {
        #expect(try TableCell(parsing: "-").match(.unknown) == .yes)
        for cell in [">= 1", "not(1)", "\"A\"", "true"] { #expect(try TableCell(parsing: cell).match(.unknown) == .unknown) }
    }

    @Test(
        "Equal tests have one canonical spelling",
        arguments: [
            (">=5000", ">= 5000"), ("]1000..5000[", "(1000..5000)"), ("1,2 ,>5.50", "1, 2, > 5.5"),
            (" not( \"A\",\"B\")", "not(\"A\", \"B\")"),
            (" - ", "-"), ("[5..5]", "5"), ("< date(\"2006-09-05\")", "< date(\"2006-09-05\")"),
        ])
    func canonical(written: String, spelling: String) throws {
        let cell = try TableCell(parsing: written)
        #expect(cell.test.canonical == spelling)
        #expect(cell.text == written)
        #expect(try TableCell(parsing: spelling).test == cell.test)
    }

    @Test(
        "Every fault has its code, its sentence with the character, and its cure",
        arguments: [
            ("", "cell.empty", "没有内容。", "任何值都符合时写「-」。"),
            ("≥ 5000", "cell.full-width", "第1个字符「≥」是全角或中文符号。", "改写为「>=」。"),
            ("1，2", "cell.full-width", "第2个字符「，」是全角或中文符号。", "改写为「,」。"),
            (">= 5000 万", "cell.unexpected", "第9个字符「万」不应出现在这里。", "多个条件之间用半角逗号隔开，例如「1, 2, > 5」。"),
            (">= ", "cell.value-missing", "第4个字符处缺少一个值。", "补上数值、引号中的文字、true、false 或 date(\"2006-09-05\")。"),
            ("1, ", "cell.value-missing", "第4个字符处缺少一个值。", "补上数值、引号中的文字、true、false 或 date(\"2006-09-05\")。"),
            ("\"A", "cell.unclosed-text", "从第1个字符开始的引号没有配对。", "文字两端都用半角双引号。"),
            ("> sales", "cell.name", "第3个字符起的「sales」不是值。", "文字要加半角双引号，写作「\"sales\"」；单元格里不能引用其他名称。"),
            ("date(\"2007-02-29\")", "cell.bad-day", "第1个字符起的「2007-02-29」不是日历上的一天。", "写作 date(\"2006-09-05\")。"),
            ("[1,2]", "cell.interval-dots", "第3个字符处应为区间的两点「..」。", "区间写作「[1000..5000]」。"),
            ("1..5", "cell.interval-brackets", "第2个字符处的区间没有左括号。", "含两端写作「[a..b]」，不含两端写作「(a..b)」。"),
            ("[1..5", "cell.unclosed-bracket", "第6个字符处缺少右括号。", "区间以「]」（含）或「)」（不含）结束，not、date 与算式以「)」结束。"),
            ("not(1", "cell.unclosed-bracket", "第6个字符处缺少右括号。", "区间以「]」（含）或「)」（不含）结束，not、date 与算式以「)」结束。"),
            ("> \"A\"", "cell.not-comparable", "第3个字符起比较的不是数值或日期。", "文字和真假值只能逐个列出，例如「\"A\", \"B\"」。"),
            ("[1..date(\"2006-09-05\")]", "cell.mixed-interval", "第1个字符起的区间两端不是同一种值。", "两端同为数值，或同为日期。"),
            ("1, -", "cell.any-in-list", "第4个字符处的「-」不能与其他条件并列。", "任何值都符合时只写「-」；否则删去它。"),
            ("= 5", "cell.equals-sign", "第1个字符「=」不是单元格的写法。", "等于直接写值，不等于写作「not(值)」。"),
            ("!= 5", "cell.equals-sign", "第1个字符「!」不是单元格的写法。", "等于直接写值，不等于写作「not(值)」。"),
            ("null", "cell.null", "第1个字符起的 null 不能写在单元格里。", "未知的事实不符合任何条件，由系统列为缺数据，不必写出。"),
            ("1, not(2)", "cell.nested-not", "第4个字符起的 not 不能写在列表里面。", "not 只能包住整个单元格，例如「not(1, 2)」。"),
            ("(10+20)/0", "cell.division-by-zero", "第9个字符处除以零。", "改正除数。"),
            ("2**0.5", "cell.bad-power", "第4个字符处的指数不是-99至99的整数。", "指数写成整数。"),
            ("10**99*10**99", "cell.number-range", "第8个字符起的数值超出34位有效数字。", "减少位数。"),
            (
                String(repeating: "(", count: 100) + "1", "cell.too-deep", "第65个字符处的括号或负号超过64层。", "算出结果，直接写数值。"
            ),
            ("12345678901234567890123456789012345", "cell.number-range", "第1个字符起的数值超出34位有效数字。", "减少位数。"),
        ])
    func faults(cell: String, code: String, sentence: String, cure: String) {
        let place = FilePlace(file: "a.yaml", column: "sales", line: 7, clause: "一")
        #expect(throws: Failure(.invalid, code, "单元格「\(cell)」：" + sentence, at: place, cure: cure)) {
            try TableCell(parsing: cell, at: place)
        }
    }
}
