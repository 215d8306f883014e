import Values

/// Makes firm names as registers have them: place, mark, trade and form (地名、字号、行业、组织形式). Every name says 演示, so that nobody bears it.
struct NameGrammar: Sendable {
    let places: [String]
    let trades: [String]

    private static let first = "恒华新金东永海天宏盛泰正光联万福德兴中大百瑞利佳丰隆祥荣安康鑫广远明达富顺嘉益和".map(String.init)
    private static let second = "达盛利丰隆泰兴昌荣发源茂信诚远通顺康宁安福瑞祥和美雅丽佳宝龙凤鹏飞腾翔云星月阳".map { "\($0)演示" }
    private static let forms = ["有限公司", "股份有限公司", "厂", "实业有限公司", "科技有限公司", "制造有限公司", "加工厂"]

    /// How many names there are before they are numbered.
    private let variety: Int
    private let step: Int

    init(places: [String], trades: [String]) {
        self.places = places
        self.trades = trades
        let variety = places.count * Self.first.count * Self.second.count * trades.count * Self.forms.count
        self.variety = variety
        // A step that shares no factor with the variety leads through all names without a pattern that a reader sees.
        step = [1_000_003, 7_368_787, 15_485_863].first { variety % $0 != 0 } ?? 1
    }

    /// The same name for the same number; different numbers have different names.
    func name(_ number: Int) -> String {
        let (place, rest) = parts(number)
        return place + rest
    }

    /// The name without its place, for firms that stand elsewhere.
    func placeless(_ number: Int) -> String { parts(number).rest }

    private func parts(_ number: Int) -> (place: String, rest: String) {
        let round = number / variety
        var rest = number % variety * step % variety
        func take(_ list: [String]) -> String {
            defer { rest /= list.count }
            return list[rest % list.count]
        }
        let mark = take(Self.first) + take(Self.second)
        let (trade, form, place) = (take(trades), take(Self.forms), take(places))
        return (place, mark + (round == 0 ? "" : ChineseNumber.written(round + 1)) + trade + form)
    }
}
