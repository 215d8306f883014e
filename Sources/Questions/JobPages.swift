import Jobs
import Values
import WebSupport

/// A long question while it is being worked on; the page asks again by itself, without a script.
enum JobPages {
    static func page(_ job: Job, seal: FormSeal) -> Page {
        Page(JobWords.title, lead: Word(job.wish.title), crumbs: [Link(QuestionWords.questions, Address("questions"))]) { html in
            html.add(
                JobSheet(state(job), job, progress: progress(job), remarks: [job.isOpen ? JobWords.stays : JobWords.again]) { html in
                    if job.isOpen {
                        html.add(ActionButton(JobWords.cancel, action: Address("jobs", job.id, "cancel"), seal: seal))
                    } else {
                        html.add(Link(JobWords.askAgain, job.page, look: .primary))
                    }
                })
        }
    }

    static func state(_ job: Job) -> Word {
        switch job.state {
        case .waiting: JobWords.waiting
        case .running: JobWords.running
        case .finished: JobWords.finished
        case .cancelled: JobWords.cancelled
        case .brokenOff: JobWords.brokenOff
        case .failed(let failure): Word(failure.message)
        }
    }

    private static func progress(_ job: Job) -> Word? {
        guard let total = job.told.total, total > 0 else { return nil }
        let (seen, all) = (NumberText.grouped(Int(job.told.done)), NumberText.grouped(Int(total)))
        let share = job.told.done * 100 / total
        return Word("已看 \(seen) 行，共 \(all) 行（\(share)%）", "\(seen) of \(all) rows (\(share)%)")
    }

    static func json(_ job: Job) -> JSONValue {
        let state =
            switch job.state {
            case .waiting: "waiting"
            case .running: "running"
            case .finished: "finished"
            case .cancelled: "cancelled"
            case .brokenOff: "broken-off"
            case .failed: "failed"
            }
        let done = job.told.total == nil ? nil : job.told.done
        return .object([
            ("job", .text(job.id)), ("state", .text(state)), ("done", JSONValue(done)), ("total", JSONValue(job.told.total)),
            ("answer", .text(job.page.description)),
        ])
    }
}

/// Texts of long questions.
enum JobWords {
    static let title = Word("正在统计", "Counting")
    static let waiting = Word("前面还有统计在进行，排队等待", "Waiting for other questions")
    static let running = Word("正在逐行统计", "Counting row by row")
    static let finished = Word("统计完成", "Done")
    static let cancelled = Word("统计已取消", "Cancelled")
    static let brokenOff = Word("统计中断：处理它的服务进程已结束", "Broken off: the process that worked on it has ended")
    static let stays = Word(
        "这一页每两秒更新一次，完成后自动打开结果；可以离开，稍后再回到这个地址。",
        "This page updates every two seconds and opens the result when it is there; you may leave and come back.")
    static let again = Word("没有给出结果。", "There is no result.")
    static let cancel = Word("取消统计", "Cancel")
    static let askAgain = Word("重新查询", "Ask again")
}

/// Addresses of long questions: `/jobs/{job}`, `/jobs/{job}/cancel`.
enum JobRoutes {
    static func table(_ jobs: QuestionJobs) -> RouteTable {
        var table = RouteTable()
        table.get("/jobs/{job}", may: QuestionRights.ask) { context in
            let job = try await find(jobs, context)
            // One whose process is gone is taken up by the process that is asked for it.
            if job.state == .finished || job.state == .brokenOff { return .seeOther(job.page) }
            if context.wantsJSON { return .json(JobPages.json(job).bytes) }
            let reply = Reply.page(JobPages.page(job, seal: context.formSeal()))
            return job.isOpen ? reply.again(after: JobSheet.secondsBetween) : reply
        }
        table.post("/jobs/{job}/cancel", may: QuestionRights.ask) { context, _ in
            let job = try await find(jobs, context)
            try await jobs.cancel(job.id, of: context.actor)
            return .seeOther(Address("jobs", job.id))
        }
        return table
    }

    private static func find(_ jobs: QuestionJobs, _ context: WebContext) async throws -> Job {
        guard let job = try await jobs.job(try context.parameter("job"), of: context.actor) else {
            throw Failure(.missing, "question.no-job", "没有这项统计，或已过保留时间", cure: "重新查询")
        }
        return job
    }
}
