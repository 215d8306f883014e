import Foundation

/// What a cell that should hold money says: an amount in yuan, one in another currency, nothing known, or something not understood.
package enum Amount: Sendable, Equatable {
    /// Renminbi, exact.
    case fen(Fen)
    /// Another currency, kept as it stands; Hallmark knows no rates and never converts.
    case foreign(ForeignAmount)
    /// The cell says that the amount is not known: empty, `N/A`, `/`, `—`, 无, 不详.
    case unknown
    /// The reason in Chinese, for the error column of an import.
    case notUnderstood(reason: String)

    /// The unit a column states for figures without one of their own.
    package enum Unit: String, Sendable, CaseIterable {
        case yuan = "元"
        case thousandYuan = "千元"
        case tenThousandYuan = "万元"
        case millionYuan = "百万元"
        case hundredMillionYuan = "亿元"

        /// Power of ten that one of it is in yuan.
        fileprivate var power: Int {
            switch self {
            case .yuan: 0
            case .thousandYuan: 3
            case .tenThousandYuan: 4
            case .millionYuan: 6
            case .hundredMillionYuan: 8
            }
        }
    }

    /// Reads money as registers and lists write it: `105万人民币`, `4,910(万元人民币)`, `73(万港元)`, `1.2亿元`, `壹万伍仟元整`.
    ///
    /// - Parameter unit: the unit of the column, used only where the text itself has none.
    package static func read(_ text: String, unit: Unit) -> Amount {
        if let fen = plainNumber(text, unit: unit) { return .fen(fen) }
        var plain = NameFolding.narrowed(text)
        // Receipts say beside the sum how it is written.
        for word in ["大写", "小写"] where plain.contains(word) { plain = plain.replacing(word, with: "").filter { !"():".contains($0) } }
        if unknownMarks.contains(plain.lowercased()) { return .unknown }
        if let money = ChineseNumber.money(plain) { return .fen(money) }
        guard let parts = AmountParts(plain) else { return .notUnderstood(reason: "金额“\(text)”无法识别") }
        return parts.amount(defaultUnit: unit, text: text)
    }

    /// Digits with at most one decimal point, which most cells of an amount hold; nil for everything that must be looked at closely.
    private static func plainNumber(_ text: String, unit: Unit) -> Fen? {
        var number: Int64 = 0
        var decimals: Int?
        guard (1...14).contains(text.utf8.count), text.utf8.first != UInt8(ascii: ".") else { return nil }
        for byte in text.utf8 {
            if byte == UInt8(ascii: "."), decimals == nil {
                decimals = 0
            } else if (48...57).contains(byte) {
                number = number * 10 + Int64(byte - 48)
                decimals = decimals.map { $0 + 1 }
            } else {
                return nil
            }
        }
        if decimals == 0 { return nil }
        var power = 2 + unit.power - (decimals ?? 0)
        while power < 0, number % 10 == 0 {
            number /= 10
            power += 1
        }
        guard power >= 0 else { return nil }
        for _ in 0..<power {
            let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            if isTooLarge { return nil }
            number = product
        }
        return Fen(number)
    }

    /// Reads money under the unit as a heading or a note names it: `万`, `人民币万元`, `万美元`; no name means yuan.
    ///
    /// - Returns: `notUnderstood` where the name is none of a unit of money, so that no figure is taken a thousandfold.
    package static func read(_ text: String, unitNamed name: String?) -> Amount {
        guard let name else { return read(text, unit: .yuan) }
        let plain = NameFolding.narrowed(name).replacing("人民币", with: "")
        if let unit = Unit(rawValue: plain) ?? Unit(rawValue: plain + "元") { return read(text, unit: unit) }
        let own = read(text, unit: .yuan)
        if case .unknown = own { return .unknown }
        guard case .foreign = read("1" + plain, unit: .yuan) else {
            return .notUnderstood(reason: "金额“\(text)”的单位“\(name)”无法识别")
        }
        // The text's own unit or currency counts before the column's.
        let isBare = NameFolding.narrowed(text).allSatisfy { $0.isASCII && ($0.isNumber || ",.-+".contains($0)) }
        return isBare ? read(text + plain, unit: .yuan) : own
    }

    private static let unknownMarks: Set<String> = [
        "", "n/a", "na", "/", "\\", "-", "--", "—", "——", "–", "无", "不详", "未知", "未填", "空", "null", "none", "*", "?",
    ]
}

/// An amount in a currency other than the yuan, in hundredths of its unit.
package struct ForeignAmount: Sendable, Equatable {
    /// ISO 4217 code: HKD, USD, JPY.
    package let currency: String
    /// Hundredths of the currency's unit; 73 万港元 is 73,000,000.
    package let hundredths: Int64
    /// The text as it stood in the source.
    package let text: String

    package init(currency: String, hundredths: Int64, text: String) {
        self.currency = currency
        self.hundredths = hundredths
        self.text = text
    }
}

/// A money text taken apart: sign, number, multiplier, currency.
private struct AmountParts {
    var number: Decimal
    /// Power of ten of 十, 百, 千, 万, 亿 after the number.
    var exponent = 0
    var hasUnit = false
    var currency: String?

    init?(_ text: String) {
        var rest = text.filter { !"()[]【】〔〕".contains($0) }
        currency = AmountParts.takeCurrency(&rest)
        var negative = false
        if let sign = rest.first, sign == "-" || sign == "+" || sign == "负" {
            negative = sign != "+"
            rest.removeFirst()
        }
        let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "," || $0 == ".") }
        if digits.isEmpty {
            guard rest.hasSuffix("元") || rest.hasSuffix("万") || rest.hasSuffix("亿") else { return nil }
            rest = rest.hasSuffix("元") ? String(rest.dropLast()) : rest
            guard let value = ChineseNumber.value(rest) else { return nil }
            number = value
            hasUnit = true
        } else {
            guard let value = ChineseNumber.value(String(digits)) else { return nil }
            number = value
            guard takeUnit(String(rest.dropFirst(digits.count))) else { return nil }
        }
        if negative { number.negate() }
    }

    /// 万, 亿, 百万, 千万, 元 and their sequence; nothing else may remain.
    private mutating func takeUnit(_ text: String) -> Bool {
        var rest = text[...]
        while let next = rest.first, let power = AmountParts.powers[next] {
            exponent += power
            hasUnit = true
            rest.removeFirst()
        }
        if rest == "元" || rest == "圆" {
            hasUnit = true
            return true
        }
        return rest.isEmpty
    }

    func amount(defaultUnit: Amount.Unit, text: String) -> Amount {
        let power = hasUnit ? exponent : defaultUnit.power
        let hundredths = number * Decimal(sign: .plus, exponent: power + 2, significand: 1)
        guard let whole = Int64("\(hundredths)") else {
            return .notUnderstood(reason: "金额“\(text)”不是整数分，或超出可记录的范围")
        }
        guard let currency, currency != "CNY" else { return .fen(Fen(whole)) }
        return .foreign(ForeignAmount(currency: currency, hundredths: whole, text: text))
    }

    private static let powers: [Character: Int] = ["十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8]

    /// Currency words, longest first, so that 人民币元 goes whole and 新加坡元 is not cut at 元.
    private static let currencies: [(String, String)] = [
        ("人民币元", "CNY"), ("人民币", "CNY"), ("RMB", "CNY"), ("CNY", "CNY"), ("¥", "CNY"), ("￥", "CNY"),
        ("港元", "HKD"), ("港币", "HKD"), ("HKD", "HKD"), ("HK$", "HKD"), ("美元", "USD"), ("美金", "USD"), ("USD", "USD"),
        ("US$", "USD"), ("日元", "JPY"), ("日圆", "JPY"), ("JPY", "JPY"), ("欧元", "EUR"), ("EUR", "EUR"), ("英镑", "GBP"), ("GBP", "GBP"),
        ("新加坡元", "SGD"), ("新台币", "TWD"), ("台币", "TWD"), ("加拿大元", "CAD"), ("加元", "CAD"), ("澳大利亚元", "AUD"), ("澳元", "AUD"),
        ("瑞士法郎", "CHF"), ("法郎", "CHF"), ("韩元", "KRW"), ("韩圆", "KRW"), ("澳门元", "MOP"), ("马克", "DEM"), ("$", "USD"),
    ]

    private static func takeCurrency(_ text: inout String) -> String? {
        for (word, code) in currencies {
            guard let range = text.range(of: word, options: .caseInsensitive) else { continue }
            text.removeSubrange(range)
            return code
        }
        return nil
    }
}
