import Enterprises
import Foundation
import Policy
import Programmes
import Questions
import Storage
import Targets
import Values
import WebSupport

/// The targets as they stand.
enum TargetOperations {
    static let all = [list]

    private static let target = Shape.object([
        .init("programme", .words, Word("方案", "The programme")), .init("id", .words, Word("目标的编号", "The target’s id")),
        .init("title", .words, Word("目标", "Title")), .init("clause", .words, Word("条款", "Clause")),
        .init("kind", .choice(TargetKind.allCases.map(\.rawValue)), Word("种类", "Kind")),
        .init("owner", .optional(.words), Word("责任单位", "Who answers for it")),
        .init("comparison", .optional(.choice(Comparison.allCases.map(\.rawValue))), Word("比较", "Comparison")),
        .init("goal", .optional(.number), Word("目标值", "Goal")), .init("unit", .optional(.words), Word("单位", "Unit")),
        .init("due", .optional(.day), Word("到期", "Due")),
        .init("verdict", .choice(Targets.Verdict.allCases.map(\.rawValue)), Word("判断", "Verdict")),
        .init("value", .optional(.number), Word("现值", "Value")), .init("period", .optional(.words), Word("期间", "Period")),
        .init("n", .optional(.count), Word("依据的行数", "Rows it rests on")),
        .init("interval", .optional(.list(.number)), Word("比例的置信区间，%", "Interval of a share in per cent")),
        .init("overdueDays", .optional(.count), Word("逾期天数", "Days overdue")),
        .init("missing", .optional(.words), Word("缺什么数据", "What is missing")), .init("notes", .list(.words), Word("说明", "Notes")),
    ])

    private static let list = Operation(
        "listTargets", "/targets", Word("目标", "Targets"),
        about: Word("已采纳方案的全部目标；外部系统只看到已发布的数", "All targets of the programmes in force; outside systems see released figures alone"),
        may: TargetRights.read,
        [.init("programme", .text(longest: 60), Word("只看这个方案", "Of this programme alone")), AskedOperation.on, AskedOperation.known],
        answers: .json(
            .object([
                .init("position", .position, Word("日志位置", "The journal position")),
                .init("on", .day, Word("哪一天的情况", "State of affairs on")),
                .init("targets", .list(target), Word("目标", "Targets")),
            ]))
    ) { asked in
        let (desk, actor, on) = (asked.desk, asked.actor, try asked.context.on())
        return try await desk.office.store.read { session in
            let place = try asked.place(session)
            let board = TargetBoard(
                catalogue: desk.catalogue, actor: actor, regions: desk.office.regions, today: desk.office.clock.today, on: on,
                known: place.known)
            let folders = try desk.programmes.adopted(session, at: place.known).filter { folder in
                asked.text("programme").map { $0 == folder.programme.id } ?? true
            }
            let standings = try folders.flatMap { try board.standings(of: $0, session) }
            return .json(
                .object([
                    ("position", .integer(place.position)), ("on", .text(on.description)), ("targets", .list(standings.map(json))),
                ]))
        }
    }

    private static func json(_ standing: Standing) -> JSONValue {
        let (target, judgement) = (standing.target, standing.judgement)
        let interval = judgement.interval.map { JSONValue.list([JSONValue($0.lowerBound), JSONValue($0.upperBound)]) } ?? .null
        return .object([
            ("programme", .text(standing.programme)), ("id", .text(target.id)), ("title", .text(target.title)),
            ("clause", .text(target.clause)), ("kind", .text(target.kind.rawValue)), ("owner", JSONValue(standing.owner)),
            ("comparison", JSONValue(target.comparison?.rawValue)), ("goal", number(target.goal)), ("unit", JSONValue(target.unit)),
            ("due", JSONValue(target.due?.value?.description)), ("verdict", .text(judgement.verdict.rawValue)),
            ("value", number(judgement.shownValue)), ("period", JSONValue(judgement.now?.period.text)), ("n", JSONValue(judgement.now?.n)),
            ("interval", interval), ("overdueDays", JSONValue(judgement.overdueDays)), ("missing", JSONValue(standing.missing?.what)),
            ("notes", .list(standing.notes.map(JSONValue.text))),
        ])
    }

    private static func number(_ decimal: Decimal?) -> JSONValue { JSONValue(decimal.map { NSDecimalNumber(decimal: $0).doubleValue }) }
}
