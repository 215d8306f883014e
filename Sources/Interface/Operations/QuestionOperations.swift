import Enterprises
import Evidence
import Jobs
import Questions
import Storage
import Values
import WebSupport

/// What can be asked, a question, the rows behind a number, and all of them as a file.
enum QuestionOperations {
    static let all = [facts, question, rows, bulk]

    private static let fact = Operation.Parameter(
        "fact", .text(longest: 60), Word("明细的名字，见 /api/v1/facts", "The fact’s name, see /api/v1/facts"), in: .path)
    static let filters = Operation.Parameter(
        "where", .text(longest: 400), Word("条件，写成 维度=值，几个值用 | 隔开", "A condition: dimension=value, several values with |"), isRepeated: true)
    private static let metric = Operation.Parameter("metric", .text(longest: 60), Word("指标，缺省为第一个", "The metric, the first one by default"))
    private static let by = Operation.Parameter(
        "by", .text(longest: 60), Word("按维度分组，最多两个", "Broken down by a dimension, two at most"), isRepeated: true)

    static let structure = Operation.Parameter(
        "structure", .choice(["then", "now"]),
        Word("区划口径：then 当时区划（缺省），now 现行区划", "Divisions: then, as recorded (by default), or now, as they stand today"))

    // MARK: Facts

    private static let named: [Shape.Member] = [
        .init("name", .words, Word("查询里的写法", "As a question names it")), .init("label", .words, Word("中文名", "In Chinese")),
    ]
    private static let value = Shape.object([
        .init("code", .words, Word("代码", "Code")), .init("label", .words, Word("中文", "In Chinese")),
    ])
    private static let factShape = Shape.object(
        named + [
            .init("confidential", .boolean, Word("只供主管部门", "For the responsible offices alone")),
            .init("metrics", .list(.object(named + [.init("unit", .words, Word("单位", "Unit"))])), Word("指标", "Metrics")),
            .init("dimensions", .list(.object(named + [.init("values", .list(value), Word("代码表", "Codes"))])), Word("维度", "Dimensions")),
        ])

    private static let facts = Operation(
        "listFacts", "/facts", Word("可以查询什么", "What can be asked"),
        about: Word("每种明细的维度、代码表和指标", "The dimensions with their codes and the metrics of every fact"), may: QuestionRights.ask,
        answers: .json(.object([.init("facts", .list(factShape), Word("明细", "Facts"))]))
    ) { .json(AnswerJSON.list($0.desk.catalogue)) }

    // MARK: A question

    private static let figure: [Shape.Member] = [
        .init("value", .optional(.number), Word("数；没有可给的为 null", "The number; null where there is none to give")),
        .init("n", .count, Word("依据的行数或组数", "How many rows or groups it rests on")),
        .init("interval", .optional(.list(.number)), Word("比例的 95% 置信区间", "The 95 % interval of a share")),
    ]
    private static let answerShape = Shape.object(
        [
            .init("fact", .words, Word("明细", "The fact")), .init("metric", .words, Word("指标", "The metric")),
            .init("unit", .words, Word("单位", "Unit")), .init("position", .position, Word("日志位置", "The journal position")),
            .init("on", .optional(.day), Word("哪一天的情况", "State of affairs on")),
            .init("structure", .choice(["then", "now"]), Word("区划口径", "Which divisions")),
        ] + figure + [
            .init(
                "groups",
                .list(
                    .object(
                        [
                            .init("key", .list(.words), Word("各维度的值", "The value of each dimension")),
                            .init("label", .list(.words), Word("中文", "In Chinese")),
                        ] + figure)), Word("各组", "The groups")), .init("notes", .list(.words), Word("读者须知", "What a reader must know")),
        ])
    static let waiting = Shape.object([
        .init("state", .choice(["counting"]), Word("正在统计", "Being counted")),
        .init("position", .position, Word("日志位置", "The journal position")),
        .init("done", .count, Word("已看的行", "Rows walked")), .init("total", .count, Word("总行数", "Rows in all")),
    ])

    private static let question = Operation(
        "askQuestion", "/questions/{fact}", Word("统计查询", "A question"),
        about: Word("一个数和它的分组，与页面同一个答案", "A number and its groups: the same answer as on the page"), may: QuestionRights.ask,
        [fact, metric, filters, by, AskedOperation.on, AskedOperation.known, structure], answers: .json(answerShape), mayTakeLong: true
    ) { try await ask($0) }

    static func parts(_ asked: AskedOperation) throws -> QuestionText.Parts {
        QuestionText.Parts(
            fact: try asked.part("fact"), metric: asked.text("metric"), filters: asked.all("where"), by: asked.all("by"),
            on: asked.text("on"),
            known: asked.text("known"), structure: asked.text("structure"))
    }

    private static func ask(_ asked: AskedOperation) async throws -> Operation.Outcome {
        let (parts, text, asking) = (try parts(asked), asked.desk.text, asked.desk.asking(asked.actor))
        let question = try await asked.desk.office.store.read { session in
            try text.read(parts, session).question.at(try asked.place(session).known)
        }
        let reading = try await asked.desk.jobs.read(
            question, sentence: text.sentence(question), page: asked.context.address, asking: asking
        ) { asking, position, session in
            try asking.ask(question.at(position ?? question.known), session)
        }
        switch reading {
        case .read(let answer): return .json(json(answer))
        case .waits(let job):
            let told = job.told
            return .later(
                job.page,
                .object([
                    ("state", .text("counting")), ("position", JSONValue(job.wish.position)), ("done", JSONValue(told.done)),
                    ("total", JSONValue(told.total)),
                ]))
        }
    }

    private static func json(_ answer: Answer) -> JSONValue {
        let head: [(String, JSONValue)] = [
            ("fact", .text(answer.question.fact)), ("metric", .text(answer.metric.name)), ("unit", .text(answer.metric.unit.chinese)),
            ("position", .integer(answer.position)), ("on", JSONValue(answer.question.on?.description)),
            ("structure", .text(answer.question.structure.text ?? "then")),
        ]
        guard case .object(let members) = AnswerJSON.of(answer) else { return .null }
        let rest = members.filter { !["rows", "structure"].contains($0.0) }
        return .object(head + rest + [("notes", .list(answer.notes.map(JSONValue.text)))])
    }

    // MARK: Rows

    static let rowsShape = Shape.object([
        .init("position", .position, Word("日志位置，各页相同", "The journal position, the same on every page")),
        .init("rows", .list(.open(.cell)), Word("明细；金额单位为分", "Rows; money in fen")),
        .init("next", .optional(.words), Word("下一页的游标", "The cursor of the next page")),
    ])

    private static let rows = Operation(
        "listRows", "/questions/{fact}/rows", Word("一个数背后的明细", "The rows behind a number"),
        about: Word("恰是这个数所计的各行", "Exactly the rows that the number counts"), may: QuestionRights.ask,
        [fact, metric, filters, AskedOperation.on, AskedOperation.known, structure] + AskedOperation.pages, answers: .json(rowsShape)
    ) { .json(try await page(try parts($0), $0)) }

    /// One page of rows of a question, at the position of its first page.
    static func page(_ parts: QuestionText.Parts, _ asked: AskedOperation) async throws -> JSONValue {
        let (text, asking, limit) = (asked.desk.text, asked.desk.asking(asked.actor), asked.limit)
        return try await asked.desk.office.store.read { session in
            let place = try asked.place(session)
            let question = try text.read(parts, session).question.at(place.known)
            let page = try asking.rows(question, session, after: place.after ?? 0, limit: limit)
            return .object([
                ("position", .integer(place.position)), ("rows", .list(page.rows.map { row(page.columns, $0) })),
                ("next", JSONValue(asked.next(place, after: page.next))),
            ])
        }
    }

    /// The number of the row's record, then its columns.
    private static func row(_ columns: [Fact.Column], _ row: (id: Int64, values: [Value])) -> JSONValue {
        guard case .object(let members) = AnswerJSON.row(columns, row.values) else { return .null }
        return .object([("record", .integer(row.id))] + members)
    }

    // MARK: Bulk

    private static let format = Operation.Parameter(
        "format", .choice(["ndjson", "csv"]), Word("缺省 ndjson，每行一条", "ndjson by default, a record a line"))

    private static let bulk = Operation(
        "downloadRows", "/bulk/{fact}", Word("全部明细", "All rows as a file"),
        about: Word(
            "边读边发，不论多少行；全部是一个日志位置的数据。中途出错时连接断开",
            "Sent as it is read, however many rows, all at one journal position; a fault ends the connection"),
        may: QuestionRights.ask, [fact, metric, filters, AskedOperation.on, AskedOperation.known, structure, format],
        answers: .stream(["application/x-ndjson", "text/csv"])
    ) { try await BulkFile($0).outcome() }
}

extension Question {
    /// The same question at a position; nil means the latest.
    func at(_ position: Int64?) -> Question {
        var pinned = self
        pinned.known = position
        return pinned
    }
}
