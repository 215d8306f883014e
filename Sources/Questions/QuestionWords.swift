import Values

/// Texts of the question and journal pages.
enum QuestionWords {
    static let questions = Word("统计查询", "Questions")
    static let facts = Word("明细一览", "Facts")
    static let fact = Word("明细", "Fact")
    static let metrics = Word("指标", "Metrics")
    static let metric = Word("指标", "Metric")
    static let dimensions = Word("可按这些筛选和分组", "Dimensions")
    static let confidential = Word("只供主管部门", "Officers only")
    static let value = Word("数值", "Value")
    static let filters = Word("条件", "Conditions")
    static let noFilter = Word("没有条件：全部", "No condition: all")
    static let remove = Word("去掉", "Remove")
    static let change = Word("改变查询", "Change the question")
    static let dimension = Word("加一个条件", "Add a condition")
    static let wanted = Word("条件的值", "Its value")
    static let wantedHint = Word("名称或代码；多个值用 | 隔开", "Name or code; several with |")
    static let by = Word("分组", "By")
    static let second = Word("再分组", "And by")
    static let on = Word("哪一天的情况", "True on")
    static let known = Word("数据截至", "Known at")
    static let knownHint = Word("日期或日志位置", "A day or a journal position")
    static let breakdown = Word("分组", "Breakdown")
    static let rows = Word("明细行", "Rows")
    static let counted = Word("由计数直接回答", "From counters")
    static let fromRows = Word("逐行统计", "From rows")
    static let nothing = Word("没有符合条件的行", "No rows")
    static let loosen = Word("去掉一些条件，或先导入名单。", "Drop conditions, or import a list first.")
    static let toImport = Word("去导入", "Import")
    static let exportXlsx = Word("导出 xlsx", "Export xlsx")
    static let exportCsv = Word("导出 csv", "Export csv")
    static let exportJson = Word("导出 json", "Export json")
    static let hidden = Word("已隐去", "suppressed")
    static let position = Word("数据截至日志第%条", "Known at entry %")

    static let journal = Word("日志", "Journal")
    static let entry = Word("日志条目", "Entry")
    static let when = Word("时间", "When")
    static let who = Word("何人", "Who")
    static let action = Word("做了什么", "What")
    static let reason = Word("理由", "Why")
    static let opened = Word("写入行", "Opened")
    static let closed = Word("结束行", "Closed")
    static let hash = Word("哈希", "Hash")
    static let previousHash = Word("前一条哈希", "Hash before")
    static let digest = Word("所写行的摘要", "Digest of the rows")
    static let subject = Word("对象", "Subject")
    static let subjectHint = Word("如 enterprise/12", "Such as enterprise/12")
    static let number = Word("位置", "Position")
    static let detail = Word("详情", "Detail")
    static let noEntry = Word("日志还是空的", "The journal is empty")
    static let noEntryNext = Word("导入一份名单，第一条就会出现。", "Import a list and the first entry appears.")
    static let verifyNote = Word(
        "条目以哈希相连；在服务器上运行 hallmark verify 可逐行核对。", "Entries are chained by hash; run hallmark verify to check them.")
}

/// Actions of the journal in words; one that is not listed is shown by its code.
enum ActionWords {
    private static let exact: [String: Word] = [
        "import.enterprises": Word("导入企业名册", "Imported enterprises"),
        "import.results": Word("导入抽查结果", "Imported results"),
        "import.followups": Word("导入后处理", "Imported follow-ups"),
        "import.read": Word("读取上传的文件", "Read uploaded files"),
        "import.choose": Word("更正表头或取用工作表", "Corrected headings or sheets"),
        "import.forget-heading": Word("撤回表头更正", "Withdrew a heading's correction"),
        "settings.set": Word("修改设置", "Changed a setting"),
    ]
    private static let slices: [String: Word] = [
        "import": Word("导入", "Import"), "enterprises": Word("企业档案", "Enterprises"), "enterprise": Word("企业档案", "Enterprise"),
        "spotchecks": Word("监督抽查", "Spot checks"), "spotcheck": Word("监督抽查", "Spot checks"),
        "programmes": Word("方案", "Programmes"), "programme": Word("方案", "Programme"), "targets": Word("目标", "Targets"),
        "target": Word("目标", "Target"), "settings": Word("设置", "Settings"), "demo": Word("演示数据", "Demo"),
    ]
    private static let verbs: [String: Word] = [
        "adopt": Word("采纳", "adopted"), "rule": Word("认定口径", "ruled"), "confirm": Word("确认", "confirmed"),
        "accept": Word("接受", "accepted"), "merge": Word("合并", "merged"), "unmerge": Word("撤销合并", "unmerged"),
        "rename": Word("更名", "renamed"), "move": Word("迁移", "moved"), "correct": Word("更正", "corrected"),
        "record": Word("登记", "recorded"), "settle": Word("认定归属", "settled"), "link": Word("关联", "linked"),
        "release": Word("发布", "released"), "review": Word("审核", "reviewed"), "set": Word("设置", "set"), "close": Word("结束", "closed"),
        "overrule": Word("人工调整", "overruled"), "report": Word("填报", "reported"), "create": Word("新建", "created"),
        "make": Word("生成", "made"),
    ]

    static func of(_ action: String) -> Word {
        if let word = exact[action] { return word }
        let parts = action.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let slice = slices[parts[0]] else { return Word(action) }
        guard let verb = verbs[parts[1].split(separator: "-").first.map(String.init) ?? ""] else {
            return Word("\(slice.chinese)：\(parts[1])")
        }
        return Word("\(slice.chinese)：\(verb.chinese)", "\(slice.english ?? slice.chinese): \(verb.english ?? verb.chinese)")
    }
}
