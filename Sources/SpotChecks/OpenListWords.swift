import Values

/// The texts of lists that are open to the public.
enum OpenListWords {
    static let opening = Word("向公众开放", "Open to the public")
    static let isOpen = Word("已向公众开放", "Open to the public")
    static let isClosed = Word("未开放", "Not open")
    static let open = Word("向公众开放", "Open to the public")
    static let close = Word("停止开放", "Close to the public")
    static let closeReason = Word("为什么停止开放", "Why it is closed")
    static let openedOn = Word("开放日期", "Opened on")
    static let source = Word("公布出处", "Published in")
    static let sourceHint = Word("发布机关的公告文号或网址，会显示给公众", "Number of the notice or address; the public sees it")
    static let sampled = Word("显示被抽样单位", "Show sampled units")
    static let sampledHint = Word(
        "被抽样单位可能是个体工商户，名称里常有姓名；名单原样公布过才勾选",
        "They may be single persons; only where the list was published with them")
    static let checked = Word(
        "已核对：名单已由发布机关公布，现行有效，下面没有不应公开的个人信息",
        "Checked: published by its authority, still valid, nothing personal below")
    static let checkedHint = Word(
        "不公开的栏目：地址、信用代码、备注，以及本办的归属、建档和后处理",
        "Never shown: addresses, codes, remarks, and this office’s own work")
    static let notChecked = Word("请核对后勾选", "Check, then tick the box")
    static let yes = Word("是", "yes")
    static let no = Word("否", "no")
    static let seen = Word("看公众看到的", "See what the public sees")
    static let whatIsShown = Word(
        "公众只看到名单本身：名称、发布机关、日期和各批次；看不到本办的任何处理。停止开放以后，缓存里的页面最多再留五分钟。",
        "The public reads the list itself and nothing of this office’s work. After closing, caches may show it for five minutes more.")
    static let preview = Word("公众将看到的内容", "What the public will read")
    static func previewNote(_ shown: Int) -> Word { Word("前 \(shown) 行", "the first \(shown) rows") }
    static let noRows = Word("没有可以开放的行", "No rows that can be opened")
    static let noRowsHint = Word("只有抽查结果名单可以向公众开放。", "Only lists of results can be opened.")
    static let disputed = Word("名单注明涉嫌假冒或企业否认生产", "The list says: suspected counterfeit, or denied")
    static func corrected(_ day: Day) -> Word { Word("本行 \(day) 更正", "corrected on \(day)") }
    static let recheck = Word("复检", "Retest")
}
