import Evidence
import Values

/// Texts of the question and journal pages.
enum QuestionWords {
    static let questions = Word("统计查询", "Questions")
    static let metrics = Word("指标", "Metrics")
    static let confidential = Word("只供主管部门", "Officers only")
    static let noFilter = Word("没有条件：全部", "No condition: all")
    static let remove = Word("去掉", "Remove")
    static let dimension = Word("加一个条件", "Add a condition")
    static let wanted = Word("条件的值", "Its value")
    static let wantedHint = Word("名称或代码；多个值用 | 隔开", "Name or code; several with |")
    static let on = Word("哪一天的情况", "True on")
    static let rows = Word("明细行", "Rows")
    static let filledColumns = Word("没有内容的栏不列出，导出中都有", "Columns without content are left to the export")
    static let counted = Word("由计数直接回答", "From counters")
    static let fromRows = Word("逐行统计", "From rows")
    static let nothing = Word("没有符合条件的行", "No rows")
    static let loosen = Word("去掉一些条件，或先导入名单。", "Drop conditions, or import a list first.")
    static let toImport = Word("去导入", "Import")
    static let exportXlsx = Word("导出 xlsx", "Export xlsx")
    static let exportCsv = Word("导出 csv", "Export csv")
    static let exportJson = Word("导出 json", "Export json")
    static let hidden = Word("已隐去", "suppressed")

    static let lead = Word(
        "每个数都是一个查询的答案：可以筛选、分组、看趋势、上地图，展开到行，导出。",
        "Every number answers a question: filter it, break it down, see its trend or map, open its rows, export them.")
    static let samples = Word("可以这样问", "Try")
    static let dimensions = Word("可按这些筛选和分组", "Can be filtered and grouped by")
    static let rowCount = Word("现有", "Rows")
    static let rowUnit = Word("行", "rows")
    static let filters = Word("条件", "Conditions")
    static let unstated = Word("未注明", "not stated")
    static let noFiner = Word("未细分到下级", "no finer place")
    static let facets = Word("筛选", "Narrow down")
    static let facetsNote = Word("数字是其他条件下的行数", "Numbers are rows under the other conditions")
    static let toFacets = Word("去筛选", "To the filters")
    static let showDistribution = Word("显示分布", "Show values")
    static let distributionNote = Word("行数多，点开时才统计", "Counted on demand: there are many rows")
    static let more = Word("更多…", "More…")
    static let otherCondition = Word("写一个条件", "Write a condition")
    static let add = Word("加上", "Add")
    static let known = Word("数据截至", "Known at")
    static let knownOn = Word("按哪天掌握的数据", "As known on")
    static let knownOnHint = Word("空着为最新", "Empty for the latest")
    static let onHint = Word("空着为不限", "Empty for any day")
    static let show = Word("查看", "Show")
    static let structure = Word("区划口径", "Divisions")
    static let structureThen = Word("当时区划", "As recorded")
    static let structureNow = Word("现行区划", "Divisions of today")
    static let structureHint = Word(
        "当时区划：各行按登记时的区划；现行区划：已撤并、改名的计入现在接续它的区划，拆分的单列。",
        "As recorded: each row under its division of then. Of today: rows of abolished or renamed divisions under those that took their place; "
            + "divided ones apart.")
    static let byTitle = Word("分组", "Break down by")
    static let rowsBy = Word("行", "Rows by")
    static let columnsBy = Word("列", "Columns by")
    static let swap = Word("行列互换", "Swap rows and columns")
    static let breakdown = Word("分组", "Breakdown")
    static let forms = Word("怎样看", "Shown as")
    static let share = Word("占比", "Part")
    static let sample = Word("样本数 n", "n")
    static let interval = Word("95%区间", "95% interval")
    static let rank = Word("先后", "Order")
    static let noRank = Word("与上一行区间重叠，不分先后", "overlaps the row above: not ranked")
    static let isLower = Word("低于上一行", "below the row above")
    static let isHigher = Word("高于上一行", "above the row above")
    static let orderNote = Word(
        "按样本数排列，不是名次；要比先后请按数值排序，区间重叠的不分先后。",
        "Ordered by sample size, not ranked; sort by value to compare: overlapping intervals are not ranked.")
    static let rankNote = Word("按数值排列；95%区间重叠的相邻两行不分先后。", "Sorted by value; neighbours whose 95% intervals overlap are not ranked.")
    static let unranked = Word("比率的区间多有重叠，表中不排名次。", "Intervals of shares overlap widely: the table ranks nobody.")
    static let apartTitle = Word("抽样方式混合，先选一种", "Several sampling methods: choose one")
    static let apartNote = Word(
        "不同抽样方式的比率不能合成一个数；选一种就能分组、看趋势、上地图。", "Shares of different methods make no single number; choose one to go on.")
    static let total = Word("合计", "Total")
    static let trend = Word("趋势", "Trend")
    static let period = Word("期间", "Period")
    static let trendEmpty = Word("没有注明期间的行", "No rows with a period")
    static let band = Word("浅色带为95%区间；没有数的期间线断开。", "The pale band is the 95% interval; the line breaks where there is no figure.")
    static let gaps = Word("没有数的期间线断开，不当作 0。", "The line breaks where there is no figure; that is not 0.")
    static let chooseForm = Word("选一种看法：分组成条形图、表格、交叉表，或看趋势、上地图。", "Choose a way to see it: by groups, as a cross table, a trend or a map.")
    static let cell = Word("点数字看这一格的行；点表头排序。合计另行查询，不是相加。", "Open a number for its rows; headings sort. Totals are asked for, not added.")
    static let withheldTotals = Word("有隐去的格，合计一并不给，以免倒推。", "Some cells are withheld, and so are the totals, which would give them away.")
    static let withoutTotal = Word("这一行或列混有几种抽样方式，不给合计。", "No total where several sampling methods mix.")

    static let keep = Word("保存与分享", "Keep and share")
    static let keepTitle = Word("名称", "Name")
    static let keepHint = Word("如：各镇街不合格批次", "Such as: failures by town")
    static let keepOnDesk = Word("放到工作台", "Put on the desk")
    static let keepPinned = Word("固定在现在的数据，以后不变", "Pin to the data of now")
    static let keepButton = Word("保存为常用查询", "Save this view")
    static let address = Word("固定地址（现在的数据，以后打开还是这个数）", "Fixed address (opens with the same numbers later)")
    static let liveAddress = Word("随数据更新的地址", "Address that follows the data")

    static let views = Word("常用查询", "Saved views")
    static let viewsLead = Word("保存过的查询，随数据更新；放到工作台的大家都看得到。", "Questions kept under a name; those on the desk are seen by all.")
    static let view = Word("名称", "Name")
    static let owner = Word("保存人", "Saved by")
    static let onDesk = Word("工作台", "Desk")
    static let isOnDesk = Word("在工作台上", "on the desk")
    static let putOnDesk = Word("放到工作台", "Put on the desk")
    static let takeOffDesk = Word("从工作台取下", "Take off the desk")
    static let manage = Word("管理", "Manage")
    static let rename = Word("改名", "Rename")
    static let drop = Word("删除", "Delete")
    static let dropAsk = Word("删除后不能恢复；日志里仍有记录。", "This cannot be undone; the journal keeps the record.")
    static let noView = Word("还没有常用查询", "No saved views yet")
    static let noViewNext = Word("打开一个查询，在“保存与分享”里起个名字。", "Open a question and give it a name under “Keep and share”.")
    static let toQuestions = Word("去查询", "To the questions")
    static let openView = Word("打开时统计", "Counted when opened")
    static let asked = Word("问的是", "Asks")

    static func form(_ form: QuestionForm) -> Word {
        switch form {
        case .bars: Word("条形图", "Bars")
        case .table: Word("表格", "Table")
        case .cross: Word("交叉表", "Cross table")
        case .trend: Word("趋势", "Trend")
        case .map: Word("地图", "Map")
        }
    }

    static func notShown(_ count: Int) -> Word {
        Word("另有\(count)组行数较少，未列出；可加条件或导出。", "\(count) more groups with fewer rows are not listed; narrow down or export.")
    }

    static func cut(_ rows: Int, _ columns: Int) -> Word {
        Word(
            "另有\(rows)行、\(columns)列行数较少，未列出；合计包含它们。",
            "\(rows) rows and \(columns) columns with few rows are not listed; totals include them.")
    }

    /// What the evidence says beside a number; its notes are written in Chinese.
    static func note(_ text: String) -> Word { Word(text, notes[text] ?? guarded(text) ?? apart(text)) }

    /// What is said of rows that no present division can be given.
    private static func apart(_ text: String) -> String? {
        guard let parts = text.wholeMatch(of: /“(.+)”已拆分，不能归到一处：(\d+)行未计入/) else { return nil }
        return "\(parts.1) was divided and belongs to no single division: \(parts.2) rows are not counted"
    }

    /// What is said of a metric whose single values the reader does not see.
    private static func guarded(_ text: String) -> String? {
        guard text.hasSuffix(GuardedAnswerWords.onlyTotals) else { return nil }
        return
            "Single firms’ figures are not yours to see: sums alone, the latest, of one year and one place, broken down by year or place only"
    }

    private static let notes = [
        "抽样方式混合，只分组给出，不给合计": "Several sampling methods: given by method, without a total",
        "缺数据：没有一行填报": "No data: no row states it", "缺数据：没有一行两个数都填报": "No data: no row states both numbers",
        "没有可计算的样本": "No sample to compute from", "样本量不足": "The sample is too small",
        GuardedAnswerWords.fewHidden: "Withheld: figures on fewer than 3 firms, or that would give one firm’s by subtraction",
    ]
}
