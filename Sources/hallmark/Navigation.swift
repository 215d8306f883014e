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
    /// Reads what stands around every page; it is the same for every page until the next act.
    func frameState(_ session: any Storage.Session) throws -> FrameState {
        let head = try JournalQuery.head(session).position
        return try frames.answer("", at: head) { try readFrameState(session) }
    }

    /// The counts come from counters.
    private func readFrameState(_ session: any Storage.Session) throws -> FrameState {
        let asking = Asking(catalogue: catalogue, viewer: Viewer(.local), regions: office.regions)
        func count(_ fact: String) throws -> Int { Int(try asking.ask(Question(fact), session).figure.value ?? 0) }
        return FrameState(
            government: try office.government(session)?.name,
            programmes: try desk.adopted(session, at: nil).map { ($0.programme.id, $0.programme.title) },
            enterprises: try count("enterprise"), results: try count("spotcheck.result"))
    }
}

/// The entries on the left of every page.
enum Navigation {
    static func groups(_ state: FrameState) -> [NavigationGroup] {
        [
            NavigationGroup(nil, [NavigationItem(Word("工作台", "Desk"), Address())]),
            NavigationGroup(
                Word("方案", "Programme"),
                [
                    NavigationItem(Word("方案", "Programmes"), Address("programmes")),
                    NavigationItem(Word("目标", "Targets"), Address("targets")),
                    NavigationItem(Word("数据出入", "Discrepancies"), Address("discrepancies")),
                    NavigationItem(Word("待明确", "Open points"), Address("open-points")),
                ]),
            NavigationGroup(
                Word("业务", "Work"),
                [
                    NavigationItem(Word("本辖区上榜", "Published lists"), Address("publications")),
                    NavigationItem(Word("抽查结果", "Results"), Address("results"), .total(state.results)),
                    NavigationItem(Word("企业档案", "Enterprises"), Address("enterprises"), .total(state.enterprises)),
                    NavigationItem(Word("补报", "Fill-ins"), Address("fill-ins")),
                    NavigationItem(Word("报表", "Forms"), Address("returns")),
                ]),
            NavigationGroup(
                Word("数据", "Data"),
                [
                    NavigationItem(Word("导入", "Import"), Address("imports", "new")),
                    NavigationItem(Word("统计查询", "Questions"), Address("questions")),
                    NavigationItem(Word("日志", "Journal"), Address("journal")),
                ]),
        ]
    }
}
