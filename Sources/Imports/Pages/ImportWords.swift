import Values
import WebSupport

/// Texts of the import pages.
enum ImportWords {
    static let title = Word("导入名单", "Import a list")
    static let steps = Word("读取 → 核对 → 预览 → 提交", "Read → check → preview → commit")
    static let kind = Word("导入什么", "What")
    static let files = Word("名单文件", "Files")
    static func filesHint(_ file: Int, _ upload: Int) -> Word {
        Word(
            "可一次选多个文件；支持 xls、xlsx、csv、txt 和存成 xls 的网页。每个不超过\(file) MB，一次合计不超过\(upload) MB。原件按哈希保存。",
            "Several at once; xls, xlsx, csv, txt, web pages saved as xls. At most \(file) MB each, \(upload) MB together. Originals are kept."
        )
    }

    static func emptyFiles(_ names: [String]) -> Word {
        let list = names.map { "「\($0)」" }.joined()
        return Word(
            "\(list)是空文件（0字节），没有保存。核对是否选错，或重新下载后再上传。",
            "\(list): empty (0 bytes); nothing was saved. Choose another file, or fetch it again.")
    }

    static let upload = Word("读取并核对", "Read and check")
    static let noFile = Word("请选择文件", "Choose a file")
    static let earlier = Word("最近的导入", "Latest imports")
    static let noEarlier = Word("还没有导入过", "No import yet")
    static let noEarlierNext = Word("选一个文件开始。", "Choose a file to begin.")
    static let number = Word("编号", "Number")
    static let state = Word("状态", "State")
    static let checking = Word("待核对", "Checking")
    static let committed = Word("已提交", "Committed")
    static let working = Word("正在处理", "Working")
    static let failed = Word("提交未完成", "Not committed")
    static let failedBefore = Word("上次提交没有完成，没有写入任何内容", "The last commit was not completed; nothing was written")
    static let longFile = Word(
        "文件很长，分批读取：各行的问题在预览时列出。", "A long file, read in parts: what is wrong in its rows is listed in the preview.")
    static let check = Word("核对", "Check")
    static let preview = Word("预览", "Preview")
    static let sheets = Word("工作表", "Sheets")
    static let file = Word("文件", "File")
    static let sheet = Word("工作表", "Sheet")
    static let verdict = Word("处理", "Taken?")
    static let taken = Word("取用", "Taken")
    static let aside = Word("搁置", "Set aside")
    static let why = Word("原因", "Why")
    static let takeIt = Word("点名取用", "Take it")
    static let leaveIt = Word("不再取用", "Leave it")
    static let rows = Word("行数", "Rows")
    static let headings = Word("表头对应", "Headings")
    static let headingsHint = Word("对应不对时改这里，再保存。", "Correct a heading here and save.")
    static let leaveOut = Word("（不导入这一栏）", "(leave out)")
    static let saveHeadings = Word("按更正后的表头重读", "Read again")
    static let byEarlier = Word("按您以前的更正", "As corrected before")
    static let remember = Word("记住这些更正，以后的文件自动采用", "Remember these corrections for later files")
    static let rememberHint = Word(
        "同一种表里同样写法的栏目，下次直接这样对应；可随时撤回。",
        "The same heading is read this way next time; it can be withdrawn.")
    static let corrections = Word("表头更正", "Corrected headings")
    static let correctionsLead = Word(
        "以前用手更正、以后自动采用的表头。撤回后按词表认。",
        "Headings corrected by hand and used since. Once withdrawn, the vocabulary decides.")
    static let heading = Word("表头写法", "Heading")
    static let takenAs = Word("作为", "Taken as")
    static let correctedOn = Word("更正日期", "Corrected on")
    static let correctedBy = Word("更正人", "By")
    static let withdraw = Word("撤回", "Withdraw")
    static let noCorrections = Word("还没有更正过表头", "No heading has been corrected")
    static let noCorrectionsNext = Word("导入时在“更正表头”里改，并勾选记住。", "Correct headings while importing and tick “remember”.")
    static let nothingToCommit = Word("没有可提交的内容", "Nothing to commit")
    static let allRejected = Word(
        "读出的行都有错误，一行也不能写入。按下面的处理办法改好原表，再重新导入。",
        "Every row has errors. Correct the file as the cures below say, then import it again.")
    static let noRows = Word(
        "没有读出可导入的行。看核对页上每张工作表的原因。",
        "No rows could be read. The check page says why for each sheet.")
    static let restRejected = Word(
        "没有错误的行都已在库中；其余各行有错误，不能写入。",
        "Rows without errors are in the store already; the others cannot be written.")
    static let allKnown = Word("文件里的内容都已在库中，没有要写入的。", "Everything in the file is in the store already.")
    static let finish = Word("结束这次导入", "Finish this import")
    static let correct = Word("更正表头", "Correct headings")
    static let issues = Word("错误和提示", "Errors and warnings")
    static let level = Word("级别", "Level")
    static let error = Word("错误", "Error")
    static let warning = Word("提示", "Warning")
    static let row = Word("行", "Row")
    static let column = Word("栏目", "Column")
    static let message = Word("问题和处理办法", "What and cure")
    static let moreInFile = Word(
        "只列出前\(ImportPreviewPage.mostIssues)条，全部见错误信息表", "The first \(ImportPreviewPage.mostIssues); all stand in the table of errors")
    static let noIssue = Word("没有发现问题", "Nothing found")
    static let noIssueNext = Word("接着看预览：逐行的问题和提示在那里。", "Look at the preview next: what is noticed row by row stands there.")
    static let read = Word("读出", "Read")
    static let new = Word("新增", "New")
    static let changed = Word("变更", "Changed")
    static let unchanged = Word("不变", "Unchanged")
    static let rejected = Word("拒绝", "Rejected")
    static let unit = Word("行", "rows")
    static let outcome = Word("结果", "Outcome")
    static func firstRows(_ count: Int) -> Word { Word("新增、变更、拒绝各列前 \(count) 行", "the first \(count) rows of each outcome") }
    static let content = Word("内容", "Content")
    static let change = Word("变更内容", "Change")
    static let commit = Word("提交", "Commit")
    static let mode = Word("提交哪些行", "Which rows")
    static let all = Word("全部：有一行错误就都不写入", "All: one error and nothing is written")
    static let good = Word("只写没有错误的行", "Only rows without errors")
    static let reason = Word("依据或文号", "Reason or document number")
    static let commitNow = Word("提交导入", "Commit")
    static let download = Word("下载错误信息表", "Download with errors")
    static let done = Word("导入完成", "Imported")
    static let nothing = Word("没有写入任何内容", "Nothing was written")
    static let nothingNew = Word("文件里的内容都已在库中。", "Everything is in the store already.")
    static let nothingReadable = Word("没有可写入的行，原因见下面的错误和提示。", "There are no rows to write; the errors below say why.")
    static let hasErrors = Word("有错误的行，按“全部”提交时什么都不写；改选“只写没有错误的行”，或下载错误信息表改好后重新导入。", "There are errors.")
    static let next = Word("接下来", "Next")
    static let toEnterprises = Word("看企业档案", "Enterprises")
    static let toPublications = Word("看公布的名单", "Publications")
    static let toJournal = Word("看日志", "Journal")
    static let again = Word("再导入一份", "Import another")
    static let moreIssues = Word("问题很多，这里只列前200条，全部在错误信息表里。", "Only the first 200 are listed.")

    static let readAsHint = Word("文件不用再上传；对工作表和表头的更正要重新做。", "No new upload; corrections of sheets and headings start anew.")

    static func notThis(_ kind: ImportKind) -> Word { Word("不是“\(kind.label)”？", "Not \(english(kind))?") }
    static func readAs(_ kind: ImportKind) -> Word { Word("按“\(kind.label)”重新读", "Read as \(english(kind))") }

    private static func english(_ kind: ImportKind) -> String {
        switch kind {
        case .enterprises: "a register of enterprises"
        case .results: "spot-check results"
        case .followups: "follow-ups"
        }
    }

    // MARK: Long files

    static func title(_ step: ImportJobs.Step) -> Word {
        switch step {
        case .check: Word("正在核对", "Checking the files")
        case .preview: Word("正在比对", "Comparing with the store")
        case .commit: Word("正在提交", "Committing")
        }
    }

    static func stage(_ stage: ImportProgress.Stage) -> Word {
        switch stage {
        case .waiting: Word("前面还有大文件在处理，排队等待", "Waiting for another large import")
        case .opening: Word("正在取出原件", "Fetching the original")
        case .reading: Word("第一遍：读表头和行数", "First reading: headings and length")
        case .matching: Word("第二遍：找出同一企业的各行", "Second reading: rows of the same enterprise")
        case .comparing: Word("第三遍：与库中比对", "Third reading: comparing with the store")
        case .writing: Word("第三遍：比对并写入", "Third reading: comparing and writing")
        case .closing: Word("各行已读完，正在结算计数和日志", "All rows are read; counters and journal are being closed")
        }
    }

    static func rows(_ rows: Int, of total: Int?) -> Word {
        let seen = NumberText.grouped(rows)
        guard let total, total > 0 else { return Word("已读 \(seen) 行", "\(seen) rows read") }
        let (all, share) = (NumberText.grouped(total), min(100, rows * 100 / total))
        return Word("已读 \(seen) 行，共 \(all) 行（\(share)%）", "\(seen) of \(all) rows read (\(share)%)")
    }

    static let stays = Word(
        "这一页每两秒更新一次，完成后自动打开结果；可以离开，稍后从“最近的导入”回到这里。",
        "This page updates every two seconds and opens the result when it is there; you may leave and come back from the latest imports.")
    static let writesNothingYet = Word("这一步不写库。", "Nothing is written by this step.")
    static let writesAtOnce = Word(
        "全部内容一次写入：中途停止或服务器重启，什么都不会写入。其他页面照常查看；别人的保存要等这次提交结束。",
        "All in one act: if it is stopped or the server restarts, nothing is written. Pages stay readable; others' saving waits until it ends."
    )
    static let stop = Word("停止", "Stop")
    static let broken = Word("没有做完", "Not completed")
    static let tryAgain = Word("回到核对页", "Back to the check page")
    static let compareAgain = Word("重新比对", "Compare again")
    static let stale = Word(
        "比对之后库里又有新的写入；提交时按最新内容再比对。", "The store has been written to since; committing compares with its latest state.")
}
