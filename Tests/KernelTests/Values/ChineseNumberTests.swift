import Foundation
import Testing
import Values

@Suite("Chinese numbers")
struct ChineseNumberTests {
    @Test(
        "are read as official texts write them",
        arguments: [
            ("零", "0"), ("三", "3"), ("十", "10"), ("十三", "13"), ("二十", "20"), ("一百零五", "105"), ("一百一十五", "115"), ("一百五", "150"),
            ("两千", "2000"),
            ("百", "100"), ("千", "1000"), ("万", "10000"), ("二〇〇六", "2006"), ("二OO六", "2006"), ("二○○六", "2006"), ("一万二", "12000"),
            ("一万零二十", "10020"), ("三千二百万", "32000000"), ("一亿两千万", "120000000"), ("十万", "100000"), ("3万", "30000"), ("1.2亿", "120000000"),
            ("5千万", "50000000"), ("1亿2000万", "120000000"), ("6百", "600"), ("半", "0.5"), ("两个半", "2.5"), ("一点二亿", "120000000"), ("１３", "13"),
            ("1,050", "1050"), ("38.5", "38.5"), ("一千零五", "1005"), ("一千零五十", "1050"), ("壹万伍仟", "15000"), ("贰佰叁拾", "230"), ("一二三", "123"),
        ])
    func read(_ text: String, _ expected: String) { #expect(ChineseNumber.value(text) == Decimal(string: expected), "\(text)") }

    @Test("are not seen where there are none", arguments: ["", "家", "十家", "百百", "十千", "1,05", "1.2.3", "零百五百", "三个", "点五", "一千百"])
    func refuse(_ text: String) { #expect(ChineseNumber.value(text) == nil, "\(text)") }

    @Test("count things only when whole")
    func whole() {
        #expect(ChineseNumber.integer("十三") == 13)
        #expect(ChineseNumber.integer("百") == 100)
        #expect(ChineseNumber.integer("半") == nil)
        #expect(ChineseNumber.integer("1.0") == 1)
    }

    @Test("in capitals are exact amounts")
    func capitals() {
        #expect(ChineseNumber.money("壹万伍仟元整") == Fen(1_500_000))
        #expect(ChineseNumber.money("人民币叁佰元伍角贰分") == Fen(30_052))
        #expect(ChineseNumber.money("贰拾伍万圆正") == Fen(25_000_000))
        #expect(ChineseNumber.money("壹佰元零伍分") == Fen(10_005))
        #expect(ChineseNumber.money("壹万伍仟") == nil)
        #expect(ChineseNumber.money("元") == nil)
    }

    @Test(
        "are written and read back",
        arguments: [0, 5, 10, 13, 20, 100, 105, 110, 115, 1000, 1005, 1050, 10_000, 10_020, 20_000, 102_030, 120_000_000, 100_000_001])
    func roundTrip(_ number: Int) { #expect(ChineseNumber.integer(ChineseNumber.written(number)) == number) }

    @Test("are written as one says them")
    func written() {
        #expect(ChineseNumber.written(105) == "一百零五")
        #expect(ChineseNumber.written(13) == "十三")
        #expect(ChineseNumber.written(20_000) == "二万")
        #expect(ChineseNumber.written(-3) == "负三")
    }
}
