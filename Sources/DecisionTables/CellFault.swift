import Values

/// What can be wrong with a cell, with its sentence and its cure; positions are 1-based characters of the cell.
enum CellFault {
    case empty
    case fullWidth(Character, write: String)
    case unexpected(Character)
    case valueMissing
    case unclosedText
    case name(String)
    case badDay(String)
    case intervalDots
    case intervalBrackets
    case unclosedBracket
    case notComparable
    case mixedInterval
    case anyInList
    case equalsSign(Character)
    case null
    case nestedNot
    case divisionByZero
    case badPower
    case numberRange
    case tooDeep

    /// The failure for this fault at a character of a cell.
    func failure(in text: String, character: Int, at place: FilePlace) -> Failure {
        Failure(.invalid, "cell." + code, "单元格「\(text)」：" + sentence(character), at: place, cure: cure)
    }

    private var code: String {
        switch self {
        case .empty: "empty"
        case .fullWidth: "full-width"
        case .unexpected: "unexpected"
        case .valueMissing: "value-missing"
        case .unclosedText: "unclosed-text"
        case .name: "name"
        case .badDay: "bad-day"
        case .intervalDots: "interval-dots"
        case .intervalBrackets: "interval-brackets"
        case .unclosedBracket: "unclosed-bracket"
        case .notComparable: "not-comparable"
        case .mixedInterval: "mixed-interval"
        case .anyInList: "any-in-list"
        case .equalsSign: "equals-sign"
        case .null: "null"
        case .nestedNot: "nested-not"
        case .divisionByZero: "division-by-zero"
        case .badPower: "bad-power"
        case .numberRange: "number-range"
        case .tooDeep: "too-deep"
        }
    }

    private func sentence(_ character: Int) -> String {
        switch self {
        case .empty: "没有内容。"
        case .fullWidth(let found, _): "第\(character)个字符「\(found)」是全角或中文符号。"
        case .unexpected(let found): "第\(character)个字符「\(found)」不应出现在这里。"
        case .valueMissing: "第\(character)个字符处缺少一个值。"
        case .unclosedText: "从第\(character)个字符开始的引号没有配对。"
        case .name(let word): "第\(character)个字符起的「\(word)」不是值。"
        case .badDay(let text): "第\(character)个字符起的「\(text)」不是日历上的一天。"
        case .intervalDots: "第\(character)个字符处应为区间的两点「..」。"
        case .intervalBrackets: "第\(character)个字符处的区间没有左括号。"
        case .unclosedBracket: "第\(character)个字符处缺少右括号。"
        case .notComparable: "第\(character)个字符起比较的不是数值或日期。"
        case .mixedInterval: "第\(character)个字符起的区间两端不是同一种值。"
        case .anyInList: "第\(character)个字符处的「-」不能与其他条件并列。"
        case .equalsSign(let found): "第\(character)个字符「\(found)」不是单元格的写法。"
        case .null: "第\(character)个字符起的 null 不能写在单元格里。"
        case .nestedNot: "第\(character)个字符起的 not 不能写在列表里面。"
        case .divisionByZero: "第\(character)个字符处除以零。"
        case .badPower: "第\(character)个字符处的指数不是-99至99的整数。"
        case .numberRange: "第\(character)个字符起的数值超出34位有效数字。"
        case .tooDeep: "第\(character)个字符处的括号或负号超过64层。"
        }
    }

    private var cure: String {
        switch self {
        case .empty: "任何值都符合时写「-」。"
        case .fullWidth(_, let write): "改写为「\(write)」。"
        case .unexpected: "多个条件之间用半角逗号隔开，例如「1, 2, > 5」。"
        case .valueMissing: "补上数值、引号中的文字、true、false 或 date(\"2006-09-05\")。"
        case .unclosedText: "文字两端都用半角双引号。"
        case .name(let word): "文字要加半角双引号，写作「\(quoted(word))」；单元格里不能引用其他名称。"
        case .badDay: "写作 date(\"2006-09-05\")。"
        case .intervalDots: "区间写作「[1000..5000]」。"
        case .intervalBrackets: "含两端写作「[a..b]」，不含两端写作「(a..b)」。"
        case .unclosedBracket: "区间以「]」（含）或「)」（不含）结束，not、date 与算式以「)」结束。"
        case .notComparable: "文字和真假值只能逐个列出，例如「\"A\", \"B\"」。"
        case .mixedInterval: "两端同为数值，或同为日期。"
        case .anyInList: "任何值都符合时只写「-」；否则删去它。"
        case .equalsSign: "等于直接写值，不等于写作「not(值)」。"
        case .null: "未知的事实不符合任何条件，由系统列为缺数据，不必写出。"
        case .nestedNot: "not 只能包住整个单元格，例如「not(1, 2)」。"
        case .divisionByZero: "改正除数。"
        case .badPower: "指数写成整数。"
        case .numberRange: "减少位数。"
        case .tooDeep: "算出结果，直接写数值。"
        }
    }
}
