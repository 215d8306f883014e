import Values

/// The kit's own texts.
enum WebWords {
    static let product = Word("标杆", "Hallmark")
    static let skip = Word("跳到正文", "Skip to content")
    static let navigation = Word("导航", "Navigation")
    static let breadcrumb = Word("当前位置", "You are here")
    static let tabs = Word("分栏", "Sections of this page")
    static let menu = Word("菜单", "Menu")
    static let programme = Word("切换方案", "Switch programme")
    static let allProgrammes = Word("全部方案", "All programmes")
    static let asOf = Word("数据截至", "Data as of")
    static let onDay = Word("截至哪一天的情况", "State of affairs on")
    static let knownAt = Word("按何时掌握的数据", "As known on")
    static let knownHint = Word("日期或日志序号，空着为最新", "A date or a journal position; empty for the latest")
    static let apply = Word("查看", "Show")
    static let backToToday = Word("回到今天", "Back to today")
    static func pinned(_ on: Day, known: String?) -> Word {
        let (zh, en) = known.map { ("，按 \($0) 时掌握的数据", ", as known at \($0)") } ?? ("", "")
        return Word("正在查看 \(on) 的情况\(zh)。", "You are looking at \(on)\(en).")
    }
    static let search = Word("搜索", "Search")
    static let searchHint = Word("企业名称、信用代码、报告号", "Firm, credit code or report")
    static let language = Word("切换语言", "Switch language")
    /// The other language in its own name, for those who cannot read this one.
    static let otherLanguage = Word("EN", "中文")
    static let signIn = Word("登录", "Sign in")
    static let openPages = Word("公众查询", "Public pages")
    static let staff = Word("工作人员入口", "Staff")
    static let openNote = Word(
        "这里只有已经发布的内容；以原文件和公布的名单原件为准。",
        "Only what was published; the original papers and lists prevail.")
    static let signOut = Word("退出", "Sign out")
    static let demonstration = Word("示范账号，只供本机演示，现在是", "Demonstration accounts, for this machine only; you are")
    static let takeDemonstration = Word("换成此人", "Be this person")
    static let required = Word("必填", "required")
    static let chooseOne = Word("请选择", "Choose")
    static let any = Word("不限", "Any")
    static let errorsInForm = Word("有几处需要改正，尚未保存", "Nothing was saved yet: please correct the following")
    static let filter = Word("筛选", "Filter")
    static let clear = Word("清除条件", "Clear")
    static let first = Word("回到首页", "First page")
    static let next = Word("下一页", "Next page")
    static let pages = Word("翻页", "Pages")
    static let ascending = Word("升序", "ascending")
    static let descending = Word("降序", "descending")
    static let sortBy = Word("按此列排序", "Sort by this column")
    static let chart = Word("图示", "Chart")
    static let overview = Word("方案、数据日期与搜索", "Programme, date of the data and search")
    static let asTable = Word("看数据表", "Show as a table")
    static let interval = Word("95% 置信区间", "95% interval")
    static let target = Word("目标值", "Target")
    static let current = Word("现值", "Value")
    static let label = Word("项目", "Item")
    static let today = Word("今天", "Today")
    static let done = Word("已完成", "done")
    static let running = Word("进行中", "under way")
    static let ahead = Word("未开始", "ahead")
    static let unknown = Word("—", "—")
    static let classes = Word("深浅分五档", "Five shades")
    static let withoutClass = Word("没有数", "No figure")
    static let place = Word("位置", "Place")
    static let cure = Word("处理办法", "What to do")
    static let errorCode = Word("错误代码", "Error code")
    static let requestID = Word("请求编号", "Request")
    static let home = Word("返回工作台", "Back to the start page")
    static let yours = Word("您填写的", "Your value")
    static let theirs = Word("现有的", "Value in the store")
    static let field = Word("栏目", "Field")
    static let unreviewed = Word("待核", "To be checked")
    static let reviewed = Word("已审核", "Checked")
    static let published = Word("已发布", "Published")
    static let smallSample = Word("样本少", "small sample")

    static let missing = Word("请填写此项", "Please fill this in")
    static let notADay = Word("请写成 2007-03-31 这样的日期", "Please write a date like 2007-03-31")
    static let notANumber = Word("请填写整数", "Please write a whole number")
    static let notAChoice = Word("请从列表中选择", "Please choose from the list")
    static let noFile = Word("请选择文件", "Please choose a file")
    static let emptyFile = Word("这个文件是空的，请重新选择", "This file is empty, please choose another")

    static func tooLong(_ limit: Int) -> Word { Word("请不要超过 \(limit) 个字", "Please write no more than \(limit) characters") }

    static func outOfRange(_ range: ClosedRange<Int>) -> Word {
        range.upperBound == Int.max
            ? Word("请填写不小于 \(range.lowerBound) 的数", "Please write a number of at least \(range.lowerBound)")
            : Word(
                "请填写 \(range.lowerBound) 到 \(range.upperBound) 之间的数",
                "Please write a number from \(range.lowerBound) to \(range.upperBound)")
    }

    static func shown(_ count: Int, of total: Int?, isAtLeast: Bool = false) -> Word {
        guard let total else { return Word("本页 \(NumberText.grouped(count)) 条", "\(NumberText.grouped(count)) rows on this page") }
        guard !isAtLeast else {
            return Word(
                "本页 \(NumberText.grouped(count)) 条，至少有 \(NumberText.grouped(total)) 条",
                "\(NumberText.grouped(count)) of at least \(NumberText.grouped(total)) rows")
        }
        return Word(
            "本页 \(NumberText.grouped(count)) 条，共 \(NumberText.grouped(total)) 条",
            "\(NumberText.grouped(count)) of \(NumberText.grouped(total)) rows")
    }

    /// The heading of an error page, by kind.
    static func heading(_ kind: Failure.Kind) -> Word {
        switch kind {
        case .refused: Word("不能这样做", "This is not allowed")
        case .invalid: Word("内容需要改正", "Something needs correcting")
        case .conflict: Word("别人已先修改", "Somebody else changed it first")
        case .missing: Word("没有找到", "Not found")
        case .gone: Word("已不存在", "No longer there")
        case .busy: Word("系统正忙", "The system is busy")
        case .internal: Word("系统出错", "Something went wrong")
        }
    }
}
