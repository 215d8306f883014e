import Values

/// The texts of the pages for the public.
enum PublicWords {
    static let title = Word("公众查询", "Public pages")
    static let lead = Word("质量提升和分类监管的方案、已发布的数、已公布的抽查名单", "Programmes, released figures and published spot-check lists")
    static let programmes = Word("已采纳的方案", "Programmes in force")
    static let programme = Word("方案", "Programme")
    static let toProgramme = Word("看方案", "The programme")
    static let toFigures = Word("看已发布的数", "Released figures")
    static let noProgrammes = Word("还没有公布的方案", "No programme yet")
    static let later = Word("公布以后列在这里。", "It appears here once it is published.")
    static let issuer = Word("发布机关", "Issued by")
    static let number = Word("文号", "Number")
    static let dated = Word("成文日期", "Dated")
    static let region = Word("地区", "Region")
    static let scope = Word("范围", "Scope")
    static let targets = Word("目标", "Targets")
    static let target = Word("目标", "Target")
    static let kind = Word("要求", "Kind")
    static let due = Word("期限", "Due")
    static let owner = Word("责任单位", "Responsible")
    static let clause = Word("条款", "Clause")
    static let rule = Word("类别", "Class")
    static func input(_ label: String, unit: String?, isOpen: Bool) -> Word {
        let (zh, en) = isOpen ? ("（原文没有定量）", " (not measured in the text)") : ("", "")
        let unit = unit.map { "（\($0)）" } ?? ""
        return Word(label + unit + zh, label + unit + en)
    }
    static let amounts = Word("奖励和资助标准", "Rewards and support")
    static let what = Word("事项", "What for")
    static let amount = Word("标准", "Amount")
    static let clauses = Word("条款", "Clauses")
    static let clausesNote = Word("要点是归纳，以原文为准", "Summaries; the text prevails")
    static let content = Word("要点", "In short")
    static let begins = Word("原文起句", "Begins with")
    static let lists = Word("已公布的抽查名单", "Published lists")
    static let listsLead = Word("发布机关已经公布、由质强办开放查询的监督抽查结果", "Results that their authorities have published and this office has opened")
    static let allLists = Word("全部名单", "All lists")
    static let list = Word("名单", "List")
    static let noLists = Word("还没有开放查询的名单", "No list is open yet")
    static let level = Word("级别", "Level")
    static func level(_ label: String) -> Word {
        let english = ["国家级": "national", "省级": "provincial", "市级": "city", "区县级": "county"]
        return Word(label, english[label])
    }
    static let published = Word("公布日期", "Published")
    static let openedOn = Word("开放查询", "Opened")
    static let source = Word("公布出处", "Published in")
    static let unstated = Word("未注明", "Unstated")
    static let asPublished = Word("名单内容照发布机关公布的原样列出", "As its authority published it")
    static let rows = Word("各批次", "Batches")
    static let rowsNote = Word("每行一个批次；结论只对该批次", "A row a batch; the verdict is of that batch alone")
    static let searchTitle = Word("按企业名称查抽查结果", "Look up a firm in the lists")
    static let searchHint = Word("标称生产者的名称，至少两个字", "Name of the producer, two characters or more")
    static let search = Word("查询", "Search")
    static func named(_ text: String) -> Word { Word("标称生产者名称含“\(text)”", "Producers named “\(text)”") }
    static let hits = Word("查到的批次", "Batches found")
    static let hitsNote = Word("同名不一定是同一家；查不到不等于抽查合格", "Names may be shared; not found does not mean passed")
    static let noHits = Word("没有查到", "Nothing found")
    static let noHitsNext = Word("换一个写法再查，例如去掉“有限公司”；没有开放的名单不在查询范围内。", "Try another spelling; lists that are not open are not searched.")
    static let tooShort = Word("请至少输入两个字", "Type at least two characters")
}
