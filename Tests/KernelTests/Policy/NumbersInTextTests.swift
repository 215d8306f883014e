import Foundation
import Policy
import Testing

@Suite struct NumbersInTextTests {
    private func found(_ text: String) -> [String] { NumbersInText.find(in: text).map { "\($0.text)/\($0.kind.rawValue)" } }

    @Test(
        "numbers of every spelling are found",
        arguments: [
            ("十三个项目、百家企业", ["十三/cardinal", "百/cardinal"]),
            ("“十百千万”工程", ["十百千万/other"]),
            ("零的突破，第一个", ["零/cardinal", "一/ordinal"]),
            ("二OO六年九月五日", ["二OO六年九月五日/date"]),
            ("2006年9月16日—12月15日", ["2006年9月16日/date", "12月15日/date"]),
            ("2007年10月底", ["2007年10月/date"]),
            ("(2014-12-18)", ["2014-12-18/date"]),
            ("(2014-2020年)", ["2014/cardinal", "2020年/date"]),
            ("1000万—5000万元", ["1000万/cardinal", "5000万/cardinal"]),
            ("增长88.99%,产值1,353.23亿元", ["88.99%/percent", "1,353.23亿/cardinal"]),
            ("两年、3年内、近三年", ["两/cardinal", "3/cardinal", "三/cardinal"]),
            ("3·15、ISO9000、Ⅰ类", ["3·15/other", "9000/cardinal", "Ⅰ/other"]),
            ("“十一五”末", ["十一五/other"]),
            ("合格率,达到", []),
        ])
    func spellings(_ text: String, _ expected: [String]) {
        #expect(found(text) == expected)
    }

    @Test("values come with and without the Chinese unit, and with the place")
    func values() throws {
        let number = try #require(NumbersInText.find(in: "年销售额5000万元以上").first)
        #expect(number.value == 50_000_000)
        #expect(number.mantissa == 5000)
        #expect(number.offset == 4)
        #expect(number.context == "年销售额5000万元以上")
    }

    private let clauses = [
        Clause(id: "题", begins: "方案", title: "", summary: "", line: 1), Clause(id: "一", begins: "一、目标", title: "", summary: "", line: 2),
        Clause(id: "二", begins: "二、措施", title: "", summary: "", line: 3),
    ]
    private let text = "方案\n一、目标 达到5个，再加5个\n二、措施 3次"

    private func claim(_ text: String, _ clause: String) -> NumberClaim {
        NumberClaim(said: SaidNumber(text: text, clause: clause, line: 7), file: "f.yaml", carrier: "目标", isCommitment: true)
    }

    @Test("each number is claimed once, in its clause; numbering is the clause's own")
    func matching() {
        let match = MatchNumbers.compare(text, clauses: clauses, claims: [claim("5个", "一"), claim("达到5个", "一"), claim("3次", "二")])
        #expect(match.isComplete)
        #expect(match.carried.filter(\.isCommitment).count == 3)
        #expect(match.carried.count == 5)
    }

    @Test("a number that nobody carries and a claim that the text does not bear out are named")
    func mismatches() {
        let match = MatchNumbers.compare(text, clauses: clauses, claims: [claim("5个", "一"), claim("3次", "一")])
        #expect(match.uncarried.map(\.description) == ["一：「5」（…到5个，再加5个\n二、措施…）没有元素认领", "二：「3」（…\n二、措施 3次…）没有元素认领"])
        #expect(match.unfounded.map(\.description) == ["f.yaml第7行：目标写了「3次」，条款一里没有，或已被别处认领"])
    }

    @Test("a clause that does not begin as said is named")
    func anchors() {
        let strange = clauses + [Clause(id: "三", begins: "三、保障", title: "", summary: "", line: 4)]
        #expect(MatchNumbers.compare(text, clauses: strange, claims: []).missingClauses == ["三"])
    }
}
