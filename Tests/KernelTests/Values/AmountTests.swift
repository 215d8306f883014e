import Foundation
import TestSupport
import Testing
import Values

@Suite("Amounts of money")
struct AmountTests {
    @Test(
        "are read into fen from the spellings of registers",
        arguments: [
            ("42(万)", 42_000_000), ("105万人民币", 105_000_000), ("4,910(万元人民币)", 4_910_000_000), ("38.5万人民币", 38_500_000),
            ("1000万元", 1_000_000_000),
            ("5000.00元", 500_000), ("518(万元人民币)", 518_000_000), ("51.8000(万元人民币)", 51_800_000), ("１００万元", 100_000_000),
            ("1.2亿元", 12_000_000_000),
            ("人民币100万元", 100_000_000), ("￥500", 500_000_000), ("壹万伍仟元整", 1_500_000), ("三百万元", 300_000_000), ("25", 25_000_000),
            ("0(万元)", 0),
            ("5千万元", 5_000_000_000), ("-3.5", -3_500_000), ("4293.039", 4_293_039_000), (" 1 000 万元 ", 1_000_000_000),
        ] as [(String, Int64)])
    func read(_ text: String, _ fen: Int64) { #expect(Amount.read(text, unit: .tenThousandYuan) == .fen(Fen(fen)), "\(text)") }

    @Test("use the column's unit only where the text has none")
    func columnUnit() {
        #expect(Amount.read("25", unit: .yuan) == .fen(Fen(2500)))
        #expect(Amount.read("25万", unit: .yuan) == .fen(Fen(25_000_000)))
        #expect(Amount.read("716.03", unit: .hundredMillionYuan) == .fen(Fen(7_160_300_000_000)))
        #expect(Amount.read("25元", unit: .tenThousandYuan) == .fen(Fen(2500)))
    }

    @Test(
        "in capitals, as receipts and forms write them",
        arguments: [
            ("壹万伍仟元整", 1_500_000), ("贰佰叁拾万元", 230_000_000), ("贰佰叁拾万元整", 230_000_000), ("壹拾贰万叁仟肆佰伍拾陆元柒角捌分", 12_345_678),
            ("人民币（大写）：壹万伍仟元整", 1_500_000), ("大写叁佰元伍角", 30_050), ("玖角捌分", 98), ("叁仟零伍元捌角", 300_580), ("壹亿贰仟万圆正", 12_000_000_000),
            ("伍佰万元整", 500_000_000), ("500万元整", 500_000_000),
        ] as [(String, Int64)])
    func capitals(_ text: String, _ fen: Int64) { #expect(Amount.read(text, unit: .yuan) == .fen(Fen(fen)), "\(text)") }

    @Test("take the unit that a heading or a note names, and refuse one that is none")
    func namedUnit() {
        let spellings: [(String?, Int64)] = [
            (nil, 2_500), ("元", 2_500), ("人民币元", 2_500), ("千元", 2_500_000), ("万元", 25_000_000), ("万", 25_000_000), ("人民币万元", 25_000_000),
            ("百万元", 2_500_000_000), ("亿元", 250_000_000_000),
        ]
        for (unit, fen) in spellings { #expect(Amount.read("25", unitNamed: unit) == .fen(Fen(fen)), "\(unit ?? "")") }
        // What the cell says itself counts first: 万元 and 元 in one column.
        #expect(Amount.read("25元", unitNamed: "万元") == .fen(Fen(2500)))
        #expect(Amount.read("2.5万元", unitNamed: "元") == .fen(Fen(2_500_000)))
        #expect(Amount.read("25", unitNamed: "万美元") == .foreign(ForeignAmount(currency: "USD", hundredths: 25_000_000, text: "25万美元")))
        #expect(Amount.read("/", unitNamed: "万美元") == .unknown)
        #expect(Amount.read("25", unitNamed: "批次") == .notUnderstood(reason: "金额“25”的单位“批次”无法识别"))
    }

    @Test("in another currency are kept apart and never converted")
    func foreign() {
        let text = "73(万港元)"
        #expect(Amount.read(text, unit: .yuan) == .foreign(ForeignAmount(currency: "HKD", hundredths: 73_000_000, text: text)))
        let dollars = "1,256.7874(万美元)"
        #expect(Amount.read(dollars, unit: .yuan) == .foreign(ForeignAmount(currency: "USD", hundredths: 1_256_787_400, text: dollars)))
        let yen = "2,000(万日元)"
        #expect(Amount.read(yen, unit: .yuan) == .foreign(ForeignAmount(currency: "JPY", hundredths: 2_000_000_000, text: yen)))
    }

    @Test("are unknown where the cell says so", arguments: ["", " ", "　", "N/A", "n/a", "/", "—", "——", "-", "无", "不详"])
    func unknown(_ text: String) { #expect(Amount.read(text, unit: .yuan) == .unknown) }

    @Test("say why they are not understood")
    func notUnderstood() {
        #expect(Amount.read("约100万", unit: .yuan) == .notUnderstood(reason: "金额“约100万”无法识别"))
        #expect(Amount.read("1,00万", unit: .yuan) == .notUnderstood(reason: "金额“1,00万”无法识别"))
        #expect(Amount.read("0.001元", unit: .yuan) == .notUnderstood(reason: "金额“0.001元”不是整数分，或超出可记录的范围"))
        #expect(Amount.read("99999999999999亿元", unit: .yuan) == .notUnderstood(reason: "金额“99999999999999亿元”不是整数分，或超出可记录的范围"))
    }

    @Test(
        "of every registered capital in the registers of Panyu and Longwan are understood or unknown",
        .enabled(if: SharedData.isPresent, "needs the shared registers"))
    func registers() throws {
        var count = 0
        for name in ["panyu", "longwan"] {
            let url = try #require(SharedData.url("data/enterprises/\(name).csv"))
            let rows = SimpleCSV.rows(try String(contentsOf: url, encoding: .utf8))
            let column = try #require(rows.first?.firstIndex(of: "注册资金"))
            for row in rows.dropFirst() where row.count > column {
                count += 1
                if case .notUnderstood(let reason) = Amount.read(row[column], unit: .tenThousandYuan) { Issue.record("\(reason)") }
            }
        }
        #expect(count == 1533)
    }
}

/// Enough of RFC 4180 to read the registers in tests without the importer.
enum SimpleCSV {
    static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field = ""
        var quoted = false
        for character in text.drop(while: { $0 == "\u{FEFF}" }) {
            switch character {
            case "\"": quoted.toggle()
            case "," where !quoted:
                row.append(field)
                field = ""
            case "\n" where !quoted, "\r\n" where !quoted:
                row.append(field)
                rows.append(row)
                row = []
                field = ""
            default: field.append(character)
            }
        }
        if !field.isEmpty || !row.isEmpty { rows.append(row + [field]) }
        return rows
    }
}
