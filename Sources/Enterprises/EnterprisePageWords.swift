import Values
import WebSupport

/// The texts of the registers' pages.
extension EnterpriseWords {
    static let listLead = Word("一企一档：登记信息、年度数据、产品、资质与沿革", "One dossier a firm")
    static let export = Word("明细与导出", "Rows and export")
    static let importList = Word("导入名册", "Import a register")
    static let importReturned = Word("导入交回的表", "Import returned files")
    static let fillIns = Word("补报", "Requests to fill in")
    static let firms = Word("家", "firms")
    static let items = Word("个", "items")
    static let pieces = Word("件", "items")
    static let tenThousand = Word("万元", "× 10,000 yuan")
    static let noRegion = Word("地区不详", "Unknown place")
    static let search = Word("名称或代码", "Name or code")
    static let missingSales = Word("缺销售额的年度", "Sales missing for")
    static let latestSales = Word("最近销售额（万元）", "Latest sales (10,000 yuan)")
    static let year = Word("年度", "Year")
    static let nobody = Word("没有符合条件的企业", "No such firms")
    static let nobodyNext = Word("放宽筛选条件，或先导入企业名册。", "Widen the filter, or import a register first.")
    static let counts: [Word] = [
        Word("企业", "Firms"), Word("待补登记", "From lists alone"), Word("没有信用代码", "Without credit code"), Word("代码存疑", "Doubtful codes"),
    ]
    static let tabs: [DossierTab: Word] = [
        .overview: Word("概况", "Overview"), .accounts: Word("年度数据", "Accounts"), .products: Word("产品", "Products"),
        .holdings: Word("资质与称号", "Holdings"), .history: Word("沿革", "History"),
    ]
    static let historyNote = Word("由各次版本和日志得出", "Derived from versions and journal")
    static let correct = Word("更正档案", "Correct the dossier")
    static let save = Word("保存更正", "Save")
    static let cancel = Word("取消", "Cancel")
    static let reason = Word("理由", "Reason")
    static let reasonHint = Word("写明依据，如变更通知书文号；记入日志", "Kept in the journal")
    static let regionHint = Word("全称、六位区划代码或编号，如 南海区、440605", "Full name, code or number")
    static let notRegistration = Word("注册号应是15位数字", "A registration number has 15 digits")
    static let notCode = Word("统一社会信用代码应是18位字母和数字", "A credit code has 18 letters and digits")
    static let notRegion = Word("没有这个地区", "No such region")
    static let notStatus = Word("并档请用概况页下方的“并档”", "Use the merging form")
    static let stale = Word("您打开表单以后，别人改过这份档案；没有保存。核对两边的值，再次提交以您的为准。", "Somebody changed the dossier; nothing was saved.")
    static let bothValues = Word("两边不同的栏目", "Fields that differ")
    static let noCode = Word("没有代码", "No code")
    static let mergedNotice = Word("这份档案已并入另一份，不再计数", "Merged into another dossier")
    static let openKept = Word("打开并入后的档案", "Open it")
    static let candidateNotice = Word("由公布名单建立，登记信息待补", "Begun from a published list")
    static let registerData = Word("登记信息", "Registered data")
    /// Why figures are not shown: whose they are.
    static func closed(_ figures: [AccountFigure], _ actor: Actor) -> Word {
        let table = actor.duties?.table ?? DutyTable.none
        var seen: Set<String> = []
        let owners = table.names(figures.flatMap { table.owners(of: $0.column.rawValue) }.filter { seen.insert($0).inserted })
        let names = figures.map(\.column.label)
        return Word(
            "不对您开放：" + names.map(\.chinese).joined(separator: "、") + "（归\(owners)）",
            "Not open to you: " + names.map { $0.english ?? $0.chinese }.joined(separator: ", ") + " (\(owners))")
    }

    static func closed(_ figure: AccountFigure, _ actor: Actor) -> Word { closed([figure], actor) }

    static let unknownSales = Word("缺数据，可下发补报", "Unknown; may be asked for")
    static let productCount = Word("产品", "Products")
    static let holdingsInForce = Word("有效资质与称号", "Holdings in force")
    static let absorbed = Word("已并入的档案", "Merged dossiers")
    static let accountsCaption = Word("年度数据（万元）", "Yearly accounts (10,000 yuan)")
    static let regionThen = Word("当时地区", "Region then")
    static let noAccounts = Word("没有年度数据", "No yearly accounts")
    static let noAccountsNext = Word("导入年报，或下发补报。", "Import yearly reports, or ask the towns.")
    static let product = Word("产品名称", "Product")
    static let brand = Word("商标", "Brand")
    static let standard = Word("执行标准", "Standard")
    static let adoptedStandard = Word("采用国际标准", "Adopted standard")
    static let licence = Word("许可证/CCC", "Licence")
    static let noProducts = Word("没有登记产品", "No products")
    static let noHoldings = Word("没有登记资质与称号", "No holdings")
    static let importNext = Word("随企业名册导入。", "They come with a register.")
    static let holdingKind = Word("种类", "Kind")
    static let holdingNumber = Word("编号", "Number")
    static let issuer = Word("发证机关", "Issuer")
    static let from = Word("有效期自", "From")
    static let to = Word("有效期至", "To")
    static let inForce = Word("有效", "In force")
    static let notInForce = Word("不在有效期", "Not in force")
    static let merge = Word("并档", "Merge")
    static let unmerge = Word("撤回并档", "Take the merging back")
    static let mergeInto = Word("并入哪份档案", "Into which dossier")
    static let mergeHint = Word("另一份档案的编号或统一社会信用代码；可以撤回", "Number or credit code of the other; can be undone")
    static let fillInLead = Word("把不知道的数据按镇街下发，交回后照企业名册导入", "One file a town; returned files are imported as registers")
    static let fillInTitle = Word("名称", "Title")
    static let fillInFields = Word("补报栏目", "Fields")
    static let noFields = Word("至少选一栏", "Choose at least one")
    static let issuedDay = Word("下发日期", "Issued")
    static let askedFirms = Word("应报企业", "Firms asked")
    static let answeredFirms = Word("已报齐", "Answered")
    static let waitingTowns = Word("未交镇街", "Towns without return")
    static let noFillIns = Word("还没有下发过补报", "None issued yet")
    static let noFillInsYet = Word("质强办下发后出现在这里。", "They appear here once the programme office has issued them.")
    static let noFillInsNext = Word("在下面选年度和栏目下发。", "Issue one below.")
    static let issue = Word("下发补报", "Issue")
    static let byTown = Word("各镇街", "By town")
    static let byTownNote = Word("以现在是否已知为准，不论由哪份文件报来", "Counts what is known now")
    static let template = Word("补报表", "Template")
    static let download = Word("下载", "Download")
    static let returned = Word("已交齐", "Returned")
    static let notReturned = Word("未交", "Not returned")
    static let partlyReturned = Word("未交齐", "Partly returned")
    static let fillInFieldNames: [FillInField: Word] = [
        .sales: Word("销售额", "Sales"), .brandSales: Word("自主品牌销售额", "Sales under own brands"), .exports: Word("出口额", "Exports"),
        .research: Word("研发投入", "R&D"), .tax: Word("纳税额", "Tax"), .code: Word("统一社会信用代码", "Credit code"),
        .address: Word("地址", "Address"), .industryCode: Word("行业代码", "Industry code"),
    ]

    /// A yearly figure's heading with its unit.
    static func inTenThousand(_ figure: AccountFigure) -> Word {
        Word("\(figures[figure]?.chinese ?? figure.rawValue)（万元）", "\(figures[figure]?.english ?? figure.rawValue) (10,000 yuan)")
    }

    static func badge(_ status: EnterpriseStatus) -> Badge {
        let tone: Badge.Tone =
            switch status {
            case .active: .good
            case .closed, .merged: .neutral
            case .candidate: .caution
            }
        return Badge(tone, statuses[status.rawValue] ?? Word(status.rawValue))
    }
}
