import Enterprises
import Imports
import Questions
import SpotChecks
import Storage
import Values
import WebSupport

/// Published lists and their rows.
enum PublicationOperations {
    static let all = [list, one, results]

    private static let place = Shape.object([
        .init("id", .id, Word("地区编号", "The region’s number")), .init("name", .optional(.words), Word("名称", "Its name")),
    ])
    private static let shape: [Shape.Member] = [
        .init("id", .id, Word("名单编号", "The list’s number")), .init("title", .words, Word("标题", "Title")),
        .init("level", .choice(ListLevel.allCases.map(\.rawValue)), Word("级别", "Level")),
        .init("year", .optional(.integer(0...9999)), Word("年度", "Year")),
        .init("quarter", .optional(.integer(1...4)), Word("季度", "Quarter")),
        .init("method", .choice(SamplingMethod.allCases.map(\.code)), Word("抽样方式", "How samples were chosen")),
        .init("stage", .choice(SamplingStage.allCases.map(\.rawValue)), Word("环节", "Stage")),
        .init("issuer", .optional(.words), Word("发布单位", "Issuer")), .init("published", .optional(.day), Word("公布日期", "Published on")),
        .init("kind", .choice(Publication.Kind.allCases.map(\.rawValue)), Word("种类", "Kind")),
        .init("productKind", .optional(.words), Word("产品种类", "Kind of product")),
        .init("region", .optional(place), Word("发布地", "Region of the publisher")), .init("rows", .count, Word("行数", "Rows")),
        .init("failing", .count, Word("不合格批次", "Failing batches")), .init("imported", .position, Word("入库的日志位置", "Brought in at")),
    ]

    private static let list = Operation(
        "listPublications", "/publications", Word("公布的名单", "Published lists"), about: Word("最近入库的在前", "The newest first"),
        may: SpotCheckRights.readLists, [AskedOperation.known] + AskedOperation.pages,
        answers: .json(
            .object([
                .init("position", .position, Word("日志位置，各页相同", "The journal position, the same on every page")),
                .init("publications", .list(.object(shape)), Word("名单", "Lists")),
                .init("next", .optional(.words), Word("下一页的游标", "The cursor of the next page")),
            ]))
    ) { asked in
        let office = asked.desk.office
        return try await office.store.read { session in
            let place = try asked.place(session)
            let limit = asked.limit
            let found = try SpotCheckStore.list(before: place.after ?? .max, limit: limit + 1, at: place.known, session)
            let next = found.count > limit ? found[limit - 1].id : nil
            return .json(
                .object([
                    ("position", .integer(place.position)), ("publications", .list(found.prefix(limit).map { .object(json($0, office)) })),
                    ("next", JSONValue(asked.next(place, after: next))),
                ]))
        }
    }

    private static let publication = Operation.Parameter("publication", .id, Word("名单编号", "The list’s number"), in: .path)

    private static let one = Operation(
        "getPublication", "/publications/{publication}", Word("一份名单", "One list"),
        about: Word("标题和文件所说的", "What its title and its file say"),
        may: SpotCheckRights.readLists, [publication, AskedOperation.known],
        answers: .json(.object([.init("position", .position, Word("日志位置", "The journal position"))] + shape))
    ) { asked in
        let id: ID<Publication> = try asked.context.id("publication")
        let office = asked.desk.office
        return try await office.store.read { session in
            let place = try asked.place(session)
            let until = id.number == .max ? .max : id.number + 1
            let found = try SpotCheckStore.list(before: until, limit: 1, at: place.known, session).first { $0.id == id.number }
            guard let found else {
                throw Failure(.missing, "publication.missing", "没有编号为\(id)的名单", cure: "从名单列表重新进入")
            }
            return .json(.object([("position", .integer(place.position))] + json(found, office)))
        }
    }

    private static let results = Operation(
        "listResults", "/publications/{publication}/results", Word("一份名单的抽查结果", "The results of a list"),
        about: Word(
            "同 /api/v1/questions/spotcheck.result/rows?where=publication=编号",
            "As /api/v1/questions/spotcheck.result/rows?where=publication=…"),
        may: SpotCheckRights.readLists, [publication, QuestionOperations.filters, AskedOperation.known] + AskedOperation.pages,
        answers: .json(QuestionOperations.rowsShape)
    ) { asked in
        let id: ID<Publication> = try asked.context.id("publication")
        _ = try await asked.desk.office.store.read { try SpotCheckStore.publication(id.number, at: try asked.place($0).known, $0) }
        let parts = QuestionText.Parts(fact: "spotcheck.result", filters: ["publication=\(id.number)"] + asked.all("where"))
        return .json(try await QuestionOperations.page(parts, asked))
    }

    private static func json(_ listed: SpotCheckStore.ListedPublication, _ office: Office) -> [(String, JSONValue)] {
        let list = listed.publication
        return [
            ("id", .integer(listed.id)), ("title", .text(list.title)), ("level", .text(list.level.rawValue)),
            ("year", JSONValue(list.year)),
            ("quarter", JSONValue(list.quarter)), ("method", .text(list.method.code)), ("stage", .text(list.stage.rawValue)),
            ("issuer", JSONValue(list.issuer)), ("published", JSONValue(list.publishedDay?.description)),
            ("kind", .text(list.kind.rawValue)),
            ("productKind", JSONValue(list.productKind)), ("region", PlaceJSON.of(list.region, office)), ("rows", JSONValue(listed.rows)),
            ("failing", JSONValue(listed.failing)), ("imported", .integer(listed.position)),
        ]
    }
}
