import Enterprises
import Evidence
import Places
import Policy
import Programmes
import Storage
import Values
import WebSupport

/// What the navigation tells beside its entries; counted once for a page.
struct FrameState: Sendable {
    let government: String?
    let programmes: [(id: String, title: String)]
    let enterprises: Int
    let results: Int
}

extension Assembly {
    /// Reads what stands around every page of an actor; it is the same for every page until the next act.
    func frameState(_ session: any Storage.Session, _ actor: Actor = .local) throws -> FrameState {
        let head = try JournalQuery.head(session).position
        let key = "\(actor.role.rawValue) \(actor.region ?? 0) \(actor.heldRegions.sorted())"
        return try frames.answer(key, at: head) { try readFrameState(session, actor) }
    }

    /// The counts come from counters.
    private func readFrameState(_ session: any Storage.Session, _ actor: Actor) throws -> FrameState {
        let asking = Asking(catalogue: catalogue, viewer: Viewer(actor), regions: office.regions)
        func count(_ fact: String) throws -> Int { Int(try asking.ask(Question(fact), session).figure.value ?? 0) }
        return FrameState(
            government: try office.government(session)?.name,
            programmes: try desk.adopted(session, at: nil).map { ($0.programme.id, $0.programme.title) },
            enterprises: try count("enterprise"), results: try count("spotcheck.result"))
    }
}

/// The entries on the left of every page.
enum Navigation {
    /// What an actor may open.
    static func groups(_ state: FrameState, _ actor: Actor, _ rights: [String: Right]) -> [NavigationGroup] {
        all(state).compactMap { group in
            let items = group.items.filter { rights[$0.address.pathText]?.isHeld(by: actor) == true }
            return items.isEmpty ? nil : NavigationGroup(group.heading, items)
        }
    }

    /// Where somebody begins who may not open the desk; nil for those who may open nothing.
    static func home(of actor: Actor, _ rights: [String: Right]) -> Address? {
        let nothing = FrameState(government: nil, programmes: [], enterprises: 0, results: 0)
        // Leaders are here for the released figures, assessors for their panel.
        if actor.role == .leader { return Address("targets", "released") }
        if actor.role == .assessor { return Address("assessor") }
        return groups(nothing, actor, rights).first?.items.first?.address
    }

    private static func all(_ state: FrameState) -> [NavigationGroup] {
        [
            NavigationGroup(nil, [NavigationItem(Word("工作台", "Desk"), Address())]),
            NavigationGroup(
                Word("方案", "Programme"),
                [
                    NavigationItem(Word("方案", "Programmes"), Address("programmes")),
                    NavigationItem(Word("目标", "Targets"), Address("targets")),
                    NavigationItem(Word("已发布的数", "Released figures"), Address("targets", "released")),
                    NavigationItem(Word("数据出入", "Discrepancies"), Address("discrepancies")),
                    NavigationItem(Word("待明确", "Open points"), Address("open-points")),
                ]),
            NavigationGroup(
                Word("业务", "Work"),
                [
                    NavigationItem(Word("本辖区上榜", "Published lists"), Address("publications")),
                    NavigationItem(Word("抽查结果", "Results"), Address("results"), .total(state.results)),
                    NavigationItem(Word("企业档案", "Enterprises"), Address("enterprises"), .total(state.enterprises)),
                    NavigationItem(Word("我的企业", "My enterprise"), Address("my-enterprise")),
                    NavigationItem(Word("我的评审组", "My panel"), Address("assessor")),
                    NavigationItem(Word("评审组", "Panels"), Address("panels")),
                    NavigationItem(Word("更正申请", "Corrections asked"), Address("correction-requests")),
                    NavigationItem(Word("补报", "Fill-ins"), Address("fill-ins")),
                    NavigationItem(Word("报表", "Forms"), Address("returns")),
                    NavigationItem(Word("镇街报表", "Towns’ forms"), Address("returns", "send-outs")),
                ]),
            NavigationGroup(
                Word("数据", "Data"),
                [
                    NavigationItem(Word("导入", "Import"), Address("imports", "new")),
                    NavigationItem(Word("统计查询", "Questions"), Address("questions")),
                    NavigationItem(Word("部门职责", "Duties"), Address("duties")),
                    NavigationItem(Word("日志", "Journal"), Address("journal")),
                    NavigationItem(Word("公众查询", "Public pages"), Address("published")),
                ]),
            NavigationGroup(
                Word("系统", "System"),
                [
                    NavigationItem(Word("账号", "Accounts"), Address("accounts")),
                    NavigationItem(Word("机构", "Organisations"), Address("organisations")),
                    NavigationItem(Word("令牌", "Tokens"), Address("tokens")),
                    NavigationItem(Word("接口", "API"), Address("api")),
                    NavigationItem(Word("查阅记录", "Who read what"), Address("readings")),
                ]),
        ]
    }
}
