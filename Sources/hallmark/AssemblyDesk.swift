import DecisionTables
import Enterprises
import Evidence
import Policy
import Programmes
import Questions
import Returns
import SpotChecks
import Storage
import Targets
import Values
import WebSupport

/// What the slices put on the desk: each line a count, a due date where there is one, and one button.
extension Assembly {
    var deskParts: DeskParts {
        DeskParts(lines: [lists, unadopted, held, unconfirmed, owing, lateReturns], recent: recent, charts: charts)
    }

    /// The saved views on the desk.
    private var charts: @Sendable (Actor, any Storage.Session) throws -> [DeskChart] {
        { actor, session in
            try DeskViews(catalogue: catalogue, regions: office.regions).read(actor, session).map {
                DeskChart($0.title, $0.address, content: $0.content)
            }
        }
    }

    /// The newest list: rows of ours to settle, without a dossier, or failed and not followed up.
    private var lists: DeskLine {
        { session in
            guard let region = try office.government(session), let newest = try SpotCheckStore.list(before: .max, limit: 1, session).first,
                newest.publication.kind == .results
            else { return nil }
            let waiting = try summaries.summary(of: newest.id, region: region, regions: office.regions, session).waiting
            guard waiting > 0 else { return nil }
            return DeskItem(
                Word("最近一份名单：待定、待建档、待后处理", "Newest list: unclear, without a dossier, not followed up"), count: waiting,
                action: Word("去看名单", "Open the list"), address: Address("publications", newest.id))
        }
    }

    /// Programme files that nobody has adopted, or that changed since.
    private var unadopted: DeskLine {
        { session in
            let adopted = try desk.adopted(session, at: nil)
            let changed = try desk.states(session).filter { state in
                state.standing == .changed && adopted.contains { $0.programme.id == state.id }
            }
            guard let first = changed.first else { return nil }
            return DeskItem(
                Word("方案文件改过，尚未采纳", "Programme files changed, not adopted"), count: changed.count,
                action: Word("看影响", "See who is affected"), address: Address("programmes", first.id, "adopt"))
        }
    }

    /// Firms on which two rules of a table both lay hands.
    private var held: DeskLine {
        { session in
            try classes(session) { table, run in
                let groups = run.groups.filter { $0.kind == .overlap && $0.count > 0 }
                guard !groups.isEmpty else { return nil }
                return DeskItem(
                    Word("规则重叠处的企业，待口径认定", "Firms where rules overlap: a ruling is needed"), count: groups.reduce(0) { $0 + $1.count },
                    action: Word("去认定", "Rule on it"), address: Address("programmes", table.programme.id, "rules", table.table.id))
            }
        }
    }

    /// Proposals that nobody has confirmed, or that differ from what was confirmed.
    private var unconfirmed: DeskLine {
        { session in
            try classes(session) { table, run in
                let proposed = run.groups.filter { $0.kind == .decided }.reduce(0) { $0 + $1.count }
                let asking = Asking(catalogue: catalogue, viewer: Viewer(.local), regions: office.regions)
                let question = Question("classification", where: [.init("programme", [table.programme.id])])
                let confirmed = try asking.ask(question, session).figure.value ?? 0
                let waiting = max(0, proposed - Int(confirmed)) + run.differenceCount
                guard waiting > 0 else { return nil }
                return DeskItem(
                    Word("企业分类，待人确认", "Classes to confirm"), count: waiting, action: Word("去确认", "Confirm"),
                    address: Address("programmes", table.programme.id, "classes"))
            }
        }
    }

    /// Towns that owe what they were asked.
    private var owing: DeskLine {
        { session in
            guard let latest = try FillInStore.all(session).first else { return nil }
            let towns = try FillInStore.towns(latest, session).filter { !$0.isComplete }
            guard !towns.isEmpty else { return nil }
            return DeskItem(
                Word("镇街还没有报回", "Towns that have not returned"), count: towns.count, action: Word("看催报", "See who owes"),
                address: Address("fill-ins", latest.id))
        }
    }

    /// Towns that are late with a form that was sent to them.
    private var lateReturns: DeskLine {
        { session in
            let today = office.clock.today
            var late = 0
            var first: SendOut?
            for form in try FormStore.all(session) {
                guard let sendOut = try SendOutStore.all(of: form.id, session).first else { continue }
                let tasks = try SendOutStore.tasks(of: sendOut.id, session).filter { $0.isLate(sendOut, on: today) }
                late += tasks.count
                if first == nil, !tasks.isEmpty { first = sendOut }
            }
            guard let first else { return nil }
            return DeskItem(
                Word("报表逾期未报的镇街", "Towns that are late with a form"), count: late, action: Word("去催报", "Remind them"),
                address: Address("returns", "send-outs", first.id))
        }
    }

    /// The first class table of the programmes in force, with its run today.
    private func classes(
        _ session: any Storage.Session, _ body: (ClassTable, ClassRun) throws -> DeskItem?
    ) throws -> DeskItem? {
        for folder in try desk.adopted(session, at: nil) {
            for table in try desk.classTables(folder, session, at: nil) {
                let run = try desk.classify(table, on: office.clock.today, known: nil, by: .local, session)
                if let item = try body(table, run) { return item }
            }
        }
        return nil
    }

    /// The newest lists with what they say of our region.
    private var recent: @Sendable (any Storage.Session) throws -> [RecentPublication] {
        { session in
            guard let region = try office.government(session) else { return [] }
            return try SpotCheckStore.list(before: .max, limit: 8, session).filter { $0.publication.kind == .results }.prefix(4).map {
                listed in
                let summary = try summaries.summary(of: listed.id, region: region, regions: office.regions, session)
                return RecentPublication(
                    listed.publication.title, day: listed.publication.publishedDay,
                    detail: "我辖区\(summary.firms)家、\(summary.batches)批次，不合格\(summary.failing)批次",
                    address: Address("publications", listed.id))
            }
        }
    }
}
