package import Values
import WebSupport

/// The texts of the targets' pages and of the desk.
package enum TargetWords {
    static let openChart = Word("打开", "Open")
    static let targets = Word("目标", "Targets")
    static let targetsLead = Word("红线为目标值，细线为95%置信区间；点数字看明细", "Red line: goal; thin line: 95% interval; open a number for its rows")
    static let measure = Word("指标", "Measure")
    static let now = Word("现值", "Now")
    static let goal = Word("目标", "Goal")
    static let progress = Word("进度", "Progress")
    static let verdict = Word("判断", "Verdict")
    static let owner = Word("责任单位", "Owner")
    static let ownerOpen = Word("待明确", "not named")
    static let clause = Word("条款", "Clause")
    static let kind = Word("类型", "Kind")
    static let due = Word("期限", "Due")
    static let dueOpen = Word("原文未写", "not stated")
    static let baseline = Word("基数", "Baseline")
    static let baselineOpen = Word("待明确", "open")
    static let path = Word("进度要求", "Path")
    static let inOwnWords = Word("内容", "Content")
    static let openPoint = Word("待明确", "Left open")
    static let legal = Word("现行法律", "Law today")
    static let noProgramme = Word("还没有采纳方案", "No programme adopted yet")
    static let noProgrammeNext = Word("先看清方案文件说了什么，再采纳；目标随之出现在这里。", "Read a programme and adopt it; its targets appear here.")
    static let toProgrammes = Word("去看方案", "Go to programmes")
    static let noTargets = Word("这份文件没有目标", "This document sets no targets")
    static let noTargetsNext = Word("它是总结或文章时，看方案页面里的条款和报告数。", "Read its clauses and reported figures instead.")
    static let periods = Word("各期的数", "Periods")
    static let period = Word("期间", "Period")
    static let sampling = Word("抽样方式", "Sampling")
    static let value = Word("数值", "Value")
    static let sample = Word("样本数 n", "n")
    static let interval = Word("95%区间", "95% interval")
    static let others = Word("比较的对象", "Compared with")
    static let body = Word("单位或地区", "Body")
    static let notEntered = Word("未录入", "not entered")
    static let otherReadings = Word("另一种口径", "Another reading")
    static let superior = Word("上级通报数与本级数", "The superior's figure beside ours")
    static let ours = Word("本级数", "Ours")
    static let theirs = Word("上级通报数", "Superior's")
    static let difference = Word("相差", "Difference")
    static let otherPeriod = Word("不是同一期", "another period")
    static let document = Word("文号", "Document")
    static let reporter = Word("报送单位", "Reported by")
    static let rows = Word("构成本级数的明细", "Rows behind our figure")
    static let rowsNote = Word("与上级核对时逐行对照", "Compare row by row with the superior")
    static let openQuestion = Word("在统计查询中打开", "Open as a question")
    static let export = Word("导出明细 .csv", "Export rows .csv")
    static let figures = Word("录入的数", "Stated figures")
    static let noFigures = Word("还没有录入的数", "No stated figures yet")
    static let noFiguresNext = Word("在下面录入上级通报数或部门填报数。", "Enter the superior's or a department's figure below.")
    static func statedBy(_ owners: String) -> Word { Word("由\(owners)录入。", "Stated by \(owners).") }
    static let source = Word("来源", "Source")
    static let state = Word("状态", "State")
    static let published = Word("发布情况", "Release")
    static let act = Word("办理", "Act")
    static let review = Word("审核", "Review")
    static let release = Word("发布", "Release")
    static let record = Word("录入一个数", "Enter a figure")
    static let recordSubmit = Word("录入（待核）", "Enter (to be reviewed)")
    static let submitOwn = Word("提交本级数（待核）", "Put our figure forward")
    static let subject = Word("谁的数", "Whose figure")
    static let subjectHint = Word("本地区的数不填；比较或排位次时填对方名称，如 全国平均", "Leave empty for our own; else the body compared with")
    static let goalValue = Word("目标值", "Goal")
    package static let released = Word("已发布的数", "Released figures")
    package static let releasedLead = Word(
        "只列质强办发布的数，每个数写明发布日期和条款；更正过的写明原来的数。",
        "Only figures that the programme office has released, each with its day and clause; what was corrected is said.")
    static let releasedOn = Word("发布日期", "Released on")
    static func correctedFrom(_ day: Day, _ value: String) -> Word {
        Word("更正：\(day) 发布的是 \(value)", "corrected: \(value) was released on \(day)")
    }
    static let nothingReleased = Word("还没有发布过目标的数", "No figure has been released yet")
    static let nothingReleasedNext = Word("数经审核、发布以后列在这里。", "Figures appear here once they are reviewed and released.")
    static let periodHint = Word("如 2017年、2017年上半年、截至2017年6月", "e.g. 2017年")
    static let from = Word("起日", "From")
    static let to = Word("止日", "To")
    static let unit = Word("单位", "Unit")
    static let note = Word("备注", "Note")
    static let badValue = Word("要填数，最多六位小数，如 88.2", "A number with at most six decimals")
    static let notASource = Word("只能录入上级通报数或部门填报数", "Only the superior's or a department's figure can be entered")
    static let waiting = Word("待办的数", "Figures waiting")
    static let noWaiting = Word("没有待审核、待发布的数", "No figures wait")
    static let noWaitingNext = Word("目标页面上可以录入或提交新的数。", "Enter or put forward figures on a target's page.")
    static let target = Word("目标", "Target")
    static let missing = Word("缺什么，由谁报", "What is missing")

    static let desk = Word("工作台", "Desk")
    static let work = Word("待我办理", "To do")
    static let noWork = Word("没有待办的事", "Nothing waits")
    static let noWorkNext = Word("导入新的名单或公告以后，要人处理的会列在这里。", "What needs a person appears here after an import.")
    static let recent = Word("最近的公告", "Recent publications")
    static let noRecent = Word("还没有导入抽查公告", "No publication imported yet")
    static let noRecentNext = Word("拿一份公布的抽查名单（.xls、.xlsx 或 .csv）导入，就能看到本辖区上榜的企业。", "Import a published list to see our own firms in it.")
    static let importFirst = Word("导入一份抽查公告", "Import a publication")
    static let allTargets = Word("全部目标", "All targets")
    static let reviewFigures = Word("审核目标的数", "Figures to review")
    static let releaseFigures = Word("发布已审核的数", "Figures to release")
    static let reportFigures = Word("目标缺填报的数", "Targets without figures")
    static let goReview = Word("去审核", "Review")
    static let goRelease = Word("去发布", "Release")
    static let goReport = Word("去录入", "Enter")
    static let phaseStartOpen = Word("原文没有写起日", "start not stated")

    static func waitingLine(_ count: Int, due: Day?) -> Word {
        Word(
            "\(NumberText.grouped(count))项" + (due.map { " · 期限 \($0)" } ?? " · 没有期限"),
            NumberText.grouped(count) + (due.map { " · due \($0)" } ?? " · no due date"))
    }

    static func overdue(_ days: Int) -> Word { Word("逾期\(days)天", "\(days) days overdue") }
    static let points = Word("个百分点", "percentage points")
    static func needed(_ text: String, _ unit: Word) -> Word {
        Word("需每年 \(text) \(unit.chinese)", "\(text) \(unit.text(.english)) a year needed")
    }
    static func behind(_ text: String, _ unit: Word) -> Word {
        Word("相差 \(text) \(unit.chinese)", "\(text) \(unit.text(.english)) short")
    }
    static func expected(_ text: String, _ unit: String) -> Word { Word("按进度应为 \(text)\(unit)（推算）", "path: \(text)\(unit) (derived)") }
    static func spoken(now: String, goal: String) -> Word { Word("现值 \(now)，目标 \(goal)", "now \(now), goal \(goal)") }
    static func clause(_ clause: String) -> Word { Word("条款 \(clause)", "clause \(clause)") }
    static func rank(_ rank: Int) -> Word { Word("第\(rank)位", "rank \(rank)") }
    static func issued(_ issuer: String, _ day: String) -> String { "\(issuer) \(day) 印发" }
    static func phaseDay(_ phase: String, _ day: Int, _ left: Int) -> String { "\(phase)第\(day)天，还有\(left)天" }
}
