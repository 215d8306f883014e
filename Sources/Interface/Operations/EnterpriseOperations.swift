import Enterprises
import Evidence
import Questions
import Storage
import Values
import WebSupport

/// The register of firms, and one dossier.
enum EnterpriseOperations {
    static let all = [list, one]

    private static let place = Shape.object([
        .init("id", .id, Word("地区编号", "The region’s number")), .init("name", .optional(.words), Word("名称", "Its name")),
    ])
    private static let firm: [Shape.Member] = [
        .init("id", .id, Word("档案编号", "The dossier’s number")),
        .init("code", .optional(.words), Word("统一社会信用代码", "Unified social credit code")),
        .init("codeState", .choice(CodeState.allCases.map(\.rawValue)), Word("代码是否可靠", "How far the code can be relied on")),
        .init("registrationNumber", .optional(.words), Word("注册号", "Registration number")), .init("name", .words, Word("名称", "Name")),
        .init("region", .optional(place), Word("所在地", "Region")), .init("address", .optional(.words), Word("地址", "Address")),
        .init("industryVersion", .optional(.words), Word("行业代码的版本", "Version of GB/T 4754")),
        .init("industryCode", .optional(.words), Word("行业代码", "Industry code")),
        .init("industry", .optional(.words), Word("行业", "Industry")), .init("registered", .optional(.day), Word("成立日期", "Registered on")),
        .init("kind", .optional(.words), Word("企业类型", "Kind of firm")),
        .init("capitalFen", .optional(.integer(Int64.min...Int64.max)), Word("注册资本，分", "Registered capital in fen")),
        .init("scope", .optional(.words), Word("经营范围", "Scope of business")),
        .init("status", .choice(EnterpriseStatus.allCases.map(\.rawValue)), Word("状态", "Status")),
        .init("mergedInto", .optional(.id), Word("并入的档案", "Merged into")),
    ]

    private static let list = Operation(
        "listEnterprises", "/enterprises", Word("企业档案", "Enterprises"),
        about: Word("按编号排列；有 q 时按名称", "In the order of their numbers; by name where q is given"), may: EnterpriseRights.read,
        [
            .init("q", .text(longest: 100), Word("名称的一部分，或完整的代码", "Part of a name, or a whole code")),
            .init("region", .text(longest: 60), Word("地区的编号、代码或名称", "A region by number, code or name")),
            .init("status", .choice(EnterpriseStatus.allCases.map(\.rawValue)), Word("状态", "Status")), AskedOperation.known,
        ] + AskedOperation.pages,
        answers: .json(
            .object([
                .init("position", .position, Word("日志位置，各页相同", "The journal position, the same on every page")),
                .init("enterprises", .list(.object(firm)), Word("企业", "Enterprises")),
                .init("next", .optional(.words), Word("下一页的游标", "The cursor of the next page")),
            ]))
    ) { asked in
        let (office, actor) = (asked.desk.office, asked.actor)
        return try await office.store.read { session in
            let place = try asked.place(session)
            var filter = EnterpriseFilter()
            filter.known = place.known
            filter.text = asked.text("q")
            filter.status = asked.text("status").flatMap(EnterpriseStatus.init(rawValue:))
            filter.regions = try asked.text("region").map { try office.regions.within($0) }
            filter.after = place.after ?? 0
            let (lines, next) = try ReadEnterpriseList(office: office, actor: actor).page(filter, limit: asked.limit, session)
            return .json(
                .object([
                    ("position", .integer(place.position)), ("enterprises", .list(lines.map { .object(json($0.firm, office)) })),
                    ("next", JSONValue(asked.next(place, after: next))),
                ]))
        }
    }

    // MARK: One dossier

    private static let fen = Shape.optional(.integer(Int64.min...Int64.max))
    private static let account = Shape.object(
        [.init("year", .integer(0...9999), Word("年度", "Year"))]
            + AccountFigure.allCases.map { .init($0.rawValue + "Fen", fen, Word("分；不知道为 null", "In fen; null where unknown")) })
    private static let product = Shape.object([
        .init("name", .words, Word("产品", "Product")), .init("brand", .optional(.words), Word("品牌", "Brand")),
        .init("standard", .optional(.words), Word("执行标准", "Standard")), .init("licence", .optional(.words), Word("许可证", "Licence")),
    ])
    private static let holding = Shape.object([
        .init("kind", .words, Word("种类", "Kind")), .init("name", .optional(.words), Word("名称", "Name")),
        .init("number", .optional(.words), Word("编号", "Number")), .init("issuer", .optional(.words), Word("发证单位", "Issuer")),
        .init("from", .optional(.day), Word("起", "From")), .init("to", .optional(.day), Word("止", "To")),
    ])
    private static let name = Shape.object([
        .init("name", .words, Word("名称", "Name")), .init("kind", .choice(["current", "former"]), Word("现用或曾用", "Current or former")),
    ])

    private static let one = Operation(
        "getEnterprise", "/enterprises/{enterprise}", Word("一企一档", "One dossier"),
        about: Word("年度数据只供主管部门：其他人得到 null", "Yearly figures are for the responsible offices: others get null"), may: EnterpriseRights.read,
        [
            .init("enterprise", .id, Word("档案编号", "The dossier’s number"), in: .path), AskedOperation.known,
        ],
        answers: .json(
            .object(
                [
                    .init("position", .position, Word("日志位置", "The journal position")),
                    .init("version", .position, Word("这份档案最后变动的位置", "Where this dossier last changed")),
                ] + firm + [
                    .init("names", .list(name), Word("现用名和曾用名", "Names")),
                    .init("accounts", .optional(.list(account)), Word("年度数据", "Yearly figures")),
                    .init("products", .list(product), Word("产品", "Products")), .init("holdings", .list(holding), Word("证照和称号", "Holdings")),
                    .init("absorbed", .list(.id), Word("并入的档案", "Dossiers merged into this one")),
                ]))
    ) { asked in
        let id: ID<Enterprise> = try asked.context.id("enterprise")
        let (office, actor) = (asked.desk.office, asked.actor)
        return try await office.store.read { session in
            let place = try asked.place(session)
            let dossier = try EnterpriseStore.dossier(id, for: actor, at: place.known, office.regions, session)
            return .json(.object([("position", .integer(place.position))] + json(dossier, office, actor)))
        }
    }

    private static func json(_ dossier: Dossier, _ office: Office, _ actor: Actor) -> [(String, JSONValue)] {
        let names = dossier.names.map { JSONValue.object([("name", .text($0.name)), ("kind", .text($0.kind.rawValue))]) }
        let accounts = dossier.accounts.map { account in
            JSONValue.object(
                [("year", JSONValue(account.year))]
                    + AccountFigure.allCases.map { ($0.rawValue + "Fen", actor.sees($0) ? JSONValue(account.figures[$0]?.number) : .null) })
        }
        let products = dossier.products.map {
            JSONValue.object([
                ("name", .text($0.name)), ("brand", JSONValue($0.brand)), ("standard", JSONValue($0.standard)),
                ("licence", JSONValue($0.licence)),
            ])
        }
        let holdings = dossier.holdings.map {
            JSONValue.object([
                ("kind", .text($0.kind)), ("name", JSONValue($0.name)), ("number", JSONValue($0.number)), ("issuer", JSONValue($0.issuer)),
                ("from", JSONValue($0.from?.description)), ("to", JSONValue($0.to?.description)),
            ])
        }
        return [("version", .integer(dossier.version))] + json(dossier.firm, office) + [
            ("names", .list(names)), ("accounts", AccountFigure.allCases.contains { actor.sees($0) } ? .list(accounts) : .null),
            ("products", .list(products)),
            ("holdings", .list(holdings)), ("absorbed", .list(dossier.absorbed.map { .integer($0.id.number) })),
        ]
    }

    private static func json(_ firm: Enterprise, _ office: Office) -> [(String, JSONValue)] {
        [
            ("id", .integer(firm.id.number)), ("code", JSONValue(firm.code)), ("codeState", .text(firm.codeState.rawValue)),
            ("registrationNumber", JSONValue(firm.registrationNumber)), ("name", .text(firm.name)),
            ("region", PlaceJSON.of(firm.region, office)), ("address", JSONValue(firm.address)),
            ("industryVersion", JSONValue(firm.industryVersion)), ("industryCode", JSONValue(firm.industryCode)),
            ("industry", JSONValue(firm.industry)), ("registered", JSONValue(firm.registeredDay?.description)),
            ("kind", JSONValue(firm.kind)), ("capitalFen", JSONValue(firm.capital?.number)), ("scope", JSONValue(firm.scope)),
            ("status", .text(firm.status.rawValue)), ("mergedInto", JSONValue(firm.mergedInto?.number)),
        ]
    }
}

/// A region by number and name.
enum PlaceJSON {
    static func of(_ region: Int64?, _ office: Office) -> JSONValue {
        guard let region else { return .null }
        return .object([("id", .integer(region)), ("name", JSONValue(office.regions.name(of: region)))])
    }
}
