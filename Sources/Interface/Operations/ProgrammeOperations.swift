import DecisionTables
import Enterprises
import Policy
import Programmes
import Questions
import Storage
import Values
import WebSupport

/// Programmes in force, and the classes of firms that they give.
enum ProgrammeOperations {
    static let all = [list, one, classes, members]

    private static let head: [Shape.Member] = [
        .init("id", .words, Word("编号", "Id")), .init("title", .words, Word("标题", "Title")),
        .init("kind", .choice(SourceKind.allCases.map(\.rawValue)), Word("文种", "Kind of text")),
        .init("issuer", .optional(.words), Word("发文单位", "Issuer")), .init("number", .optional(.words), Word("文号", "Number")),
        .init("date", .optional(.day), Word("日期", "Date")), .init("digest", .words, Word("全部文件的 SHA-256", "SHA-256 over all files")),
    ]

    private static let list = Operation(
        "listProgrammes", "/programmes", Word("方案", "Programmes"), about: Word("已采纳的", "Those in force"), may: ProgrammeRights.read,
        [AskedOperation.known],
        answers: .json(
            .object([
                .init("position", .position, Word("日志位置", "The journal position")),
                .init("programmes", .list(.object(head)), Word("方案", "Programmes")),
            ]))
    ) { asked in
        let desk = asked.desk.programmes
        return try await desk.office.store.read { session in
            let place = try asked.place(session)
            let folders = try desk.adopted(session, at: place.known)
            return .json(.object([("position", .integer(place.position)), ("programmes", .list(folders.map { .object(json($0)) }))]))
        }
    }

    private static let programme = Operation.Parameter("programme", .text(longest: 60), Word("方案的编号", "The programme’s id"), in: .path)
    private static let clause = Shape.object([
        .init("id", .words, Word("条款号", "Number")), .init("title", .words, Word("标题", "Title")),
        .init("summary", .words, Word("大意", "What it is about")),
    ])

    private static let one = Operation(
        "getProgramme", "/programmes/{programme}", Word("一个方案", "One programme"), about: Word("逐条款", "Clause by clause"),
        may: ProgrammeRights.read, [programme, AskedOperation.known],
        answers: .json(
            .object(
                [.init("position", .position, Word("日志位置", "The journal position"))] + head + [
                    .init("clauses", .list(clause), Word("条款", "Clauses")),
                    .init("targets", .list(.words), Word("目标的编号", "Ids of its targets")),
                    .init("tables", .list(.words), Word("规则表", "Its decision tables")),
                ]))
    ) { asked in
        let (desk, id) = (asked.desk.programmes, try asked.part("programme"))
        return try await desk.office.store.read { session in
            let place = try asked.place(session)
            let folder = try adopted(id, desk, place, session)
            let clauses = folder.programme.clauses.map {
                JSONValue.object([("id", .text($0.id)), ("title", .text($0.title)), ("summary", .text($0.summary))])
            }
            return .json(
                .object(
                    [("position", .integer(place.position))] + json(folder) + [
                        ("clauses", .list(clauses)), ("targets", .list(folder.programme.targets.map { .text($0.id) })),
                        ("tables", .list(folder.rules.map { .text($0.table.id) })),
                    ]))
        }
    }

    // MARK: Classes

    private static let group: [Shape.Member] = [
        .init("key", .words, Word("组的代码", "The group’s key")),
        .init("kind", .choice(["decided", "overlap", "missing", "uncovered"]), Word("归类、重叠、缺数据、空档", "How the table ends")),
        .init("label", .words, Word("中文", "In Chinese")),
    ]
    private static let table = Shape.object([
        .init("table", .words, Word("规则表", "Decision table")), .init("label", .words, Word("名称", "Name")),
        .init("clause", .words, Word("条款", "Clause")), .init("year", .integer(0...9999), Word("用哪一年的数据", "Year of the facts")),
        .init("total", .count, Word("企业数", "Firms")),
        .init("groups", .list(.object(group + [.init("count", .count, Word("家", "Firms"))])), Word("各组", "Groups")),
        .init("differences", .count, Word("与已确认不一致", "Differing from what was confirmed")),
    ])

    private static let classes = Operation(
        "listClasses", "/programmes/{programme}/classes", Word("企业分类", "Classes of firms"),
        about: Word("系统建议：每张规则表各组的家数", "What the rules propose: how many firms in each group of each table"),
        may: ProgrammeRights.readClasses,
        [programme, AskedOperation.on, AskedOperation.known],
        answers: .json(
            .object([
                .init("position", .position, Word("日志位置", "The journal position")),
                .init("on", .day, Word("哪一天的情况", "State of affairs on")),
                .init("tables", .list(table), Word("规则表", "Decision tables")),
            ]))
    ) { asked in
        let (desk, id, on, actor) = (asked.desk.programmes, try asked.part("programme"), try asked.context.on(), asked.actor)
        return try await desk.office.store.read { session in
            let place = try asked.place(session)
            let folder = try adopted(id, desk, place, session)
            let runs = try desk.classTables(folder, session, at: place.known).map {
                try desk.classify($0, on: on, known: place.known, by: actor, session)
            }
            return .json(
                .object([("position", .integer(place.position)), ("on", .text(on.description)), ("tables", .list(runs.map(json)))]))
        }
    }

    private static let members = Operation(
        "listClassMembers", "/programmes/{programme}/classes/{table}", Word("一组企业", "The firms of a group"),
        about: Word("一张规则表一组里的企业，按编号排列", "The firms of one group of a table, in the order of their numbers"),
        may: ProgrammeRights.readClasses,
        [
            programme, .init("table", .text(longest: 60), Word("规则表", "The decision table"), in: .path),
            .init("group", .text(longest: 200), Word("组的代码，缺省为第一组", "The group’s key, the first one by default")), AskedOperation.on,
            AskedOperation.known,
        ] + AskedOperation.pages,
        answers: .json(
            .object([
                .init("position", .position, Word("日志位置，各页相同", "The journal position, the same on every page")),
                .init("group", .words, Word("组的代码", "The group’s key")),
                .init(
                    "enterprises",
                    .list(.object([.init("id", .id, Word("档案编号", "The dossier’s number")), .init("name", .words, Word("名称", "Name"))])),
                    Word("企业", "Firms")), .init("next", .optional(.words), Word("下一页的游标", "The cursor of the next page")),
            ]))
    ) { asked in
        let (desk, id, name) = (asked.desk.programmes, try asked.part("programme"), try asked.part("table"))
        let (on, actor, limit) = (try asked.context.on(), asked.actor, asked.limit)
        return try await desk.office.store.read { session in
            let place = try asked.place(session)
            _ = try adopted(id, desk, place, session)
            let run = try desk.classify(desk.classTable(id, name, session, at: place.known), on: on, known: place.known, by: actor, session)
            guard let group = asked.text("group").map({ run.group($0) }) ?? run.groups.first else {
                throw Failure(.missing, "interface.no-group", "这张规则表没有这一组", cure: "看 /api/v1/programmes/方案/classes 里的组")
            }
            let ids = run.members(of: group.key, after: place.after ?? 0, limit: limit + 1)
            let shown = Array(ids.prefix(limit))
            let names = try EnterpriseStore.titles(of: Set(shown), at: place.known, session)
            return .json(
                .object([
                    ("position", .integer(place.position)), ("group", .text(group.key)),
                    ("enterprises", .list(shown.map { .object([("id", .integer($0)), ("name", .text(names[$0] ?? ""))]) })),
                    ("next", JSONValue(asked.next(place, after: ids.count > limit ? shown.last : nil))),
                ]))
        }
    }

    private static func adopted(
        _ id: String, _ desk: ProgrammeDesk, _ place: PagePlace, _ session: any Storage.Session
    ) throws -> ProgrammeFolder {
        guard let folder = try desk.adopted(id, session, at: place.known) else {
            throw Failure(.missing, "programme.unknown", "没有名为“\(id)”的方案", cure: "看方案清单里的编号")
        }
        return folder
    }

    private static func json(_ folder: ProgrammeFolder) -> [(String, JSONValue)] {
        let (programme, source) = (folder.programme, folder.programme.source)
        return [
            ("id", .text(programme.id)), ("title", .text(programme.title)), ("kind", .text(source.kind.rawValue)),
            ("issuer", JSONValue(source.issuer.value)), ("number", JSONValue(source.number.value)),
            ("date", JSONValue(source.date.value?.description)), ("digest", .text(folder.digest)),
        ]
    }

    private static func json(_ run: ClassRun) -> JSONValue {
        let groups = run.groups.map { group in
            JSONValue.object([
                ("key", .text(group.key)), ("kind", .text(group.kind.rawValue)), ("label", .text(group.label)),
                ("count", JSONValue(group.count)),
            ])
        }
        return .object([
            ("table", .text(run.table.asWritten.id)), ("label", .text(run.table.asWritten.label)),
            ("clause", .text(run.table.asWritten.clause)),
            ("year", JSONValue(run.year)), ("total", JSONValue(run.total)), ("groups", .list(groups)),
            ("differences", JSONValue(run.differenceCount)),
        ])
    }
}
