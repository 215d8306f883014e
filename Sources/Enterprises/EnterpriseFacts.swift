package import Evidence
import Storage
import Values

/// What the registers contribute to the evidence: dossiers, yearly figures, products and holdings.
package enum EnterpriseFacts {
    package static let all: [Fact] = [enterprise, account, product, holding]

    private static let owner: SQL = "left join enterprise as e on e.id = f.enterprise_id and \(RecordTable.asked("e"))"
    private static let firmColumns = [
        Fact.Column("enterprise", Word("企业", "Enterprise"), .enterprise, "f.enterprise_id"),
        Fact.Column("name", Word("企业名称", "Name"), .text, "e.name"),
        Fact.Column("region", Word("地区", "Region"), .whole, "f.region_id"),
    ]
    private static let firm = Dimension(
        "enterprise", Word("企业", "Enterprise"), kind: .record, "f.enterprise_id", names: RecordTitles(.enterprise, "name"))
    private static let region = Dimension("region", Word("地区", "Region"), kind: .region, "f.region_id")

    /// The names of the products that a firm's register listed at the position asked about.
    private static let ownProducts: SQL =
        "select o.name as word from product as o where o.enterprise_id = f.enterprise_id and \(RecordTable.asked("o"))"
    private static let allProducts: SQL =
        "select o.enterprise_id as owner, o.name as word from product as o where \(RecordTable.asked("o"))"

    /// Dossiers without the merged ones.
    static let enterprise = Fact(
        "enterprise", Word("企业", "Enterprises"), table: .enterprise, condition: "f.status <> 'merged'",
        dimensions: [
            region,
            Dimension("status", Word("状态", "Status"), "f.status", words: EnterpriseWords.statuses),
            Dimension("code-state", Word("代码情况", "State of the code"), "f.code_state", words: EnterpriseWords.codeStates),
            Dimension("industry", Word("行业代码", "Industry code"), "f.industry_code"),
            Dimension("kind", Word("企业类型", "Kind"), "f.kind"),
            Dimension("enterprise", Word("企业", "Enterprise"), kind: .record, "f.id", names: RecordTitles(.enterprise, "name")),
        ],
        metrics: [Metric("count", Word("企业数", "Enterprises"), unit: Word("家", "firms"), .count)],
        columns: [
            Fact.Column("enterprise", Word("企业", "Enterprise"), .enterprise, "f.id"),
            Fact.Column("name", Word("企业名称", "Name"), .text, "f.name"),
            Fact.Column("code", Word("统一社会信用代码", "Credit code"), .text, "f.code"),
            Fact.Column("registration", Word("注册号", "Registration number"), .text, "f.registration_number"),
            Fact.Column("region", Word("地区", "Region"), .whole, "f.region_id"),
            Fact.Column("address", Word("地址", "Address"), .text, "f.address"),
            Fact.Column("industry", Word("行业代码", "Industry code"), .text, "f.industry_code"),
            Fact.Column("registered", Word("注册日期", "Registered"), .day, "f.registered_day"),
            Fact.Column("status", Word("状态", "Status"), .text, "f.status", words: EnterpriseWords.statuses),
        ],
        scope: "region", counted: EnterpriseTallies.enterprise, found: ["enterprise"])

    /// Yearly figures; a single firm's are confidential.
    static let account = Fact(
        "account", Word("年度数据", "Yearly accounts"), table: .account, joins: owner,
        dimensions: [
            region, firm, Dimension("year", Word("年度", "Year"), "cast(f.year as text)", number: "f.year"),
            Dimension("industry", Word("行业代码", "Industry code"), "e.industry_code"),
            Dimension("product", Word("产品", "Product"), kind: .several, ownProducts, owned: ("f.enterprise_id", allProducts)),
        ],
        metrics: [
            sum("sales", .sales, Word("销售额", "Sales"), "f.sales_fen"),
            sum("brand-sales", .brandSales, Word("自主品牌销售额", "Sales under own brands"), "f.brand_sales_fen"),
            sum("exports", .exports, Word("出口额", "Exports"), "f.exports_fen"),
            sum("rd", .research, Word("研发投入", "R&D"), "f.rd_fen"),
            sum("tax", .tax, Word("纳税额", "Tax"), "f.tax_fen"),
            Metric(
                "brand-sales-share", Word("自主品牌销售额占比", "Share of sales under own brands"), unit: Word("%", "%"),
                .ratio(of: "f.brand_sales_fen", to: "f.sales_fen"), isConfidential: true,
                columns: [DossierColumn.brandSales.rawValue, DossierColumn.sales.rawValue]),
            Metric("count", Word("填报企业数", "Firms that reported"), unit: Word("家", "firms"), .count),
        ],
        columns: firmColumns + [
            Fact.Column("year", Word("年度", "Year"), .whole, "f.year"),
            money("sales", .sales, Word("销售额", "Sales"), "f.sales_fen"),
            money("brand-sales", .brandSales, Word("自主品牌销售额", "Sales under own brands"), "f.brand_sales_fen"),
            money("exports", .exports, Word("出口额", "Exports"), "f.exports_fen"),
            money("rd", .research, Word("研发投入", "R&D"), "f.rd_fen"),
            money("tax", .tax, Word("纳税额", "Tax"), "f.tax_fen"),
        ],
        scope: "region", counted: EnterpriseTallies.account, guarded: GuardedDimensions(period: "year", place: "region"),
        found: ["enterprise"], alsoReads: [.enterprise, .product])

    /// Products with brand and standards.
    static let product = Fact(
        "product", Word("产品", "Products"), table: .product, joins: owner,
        dimensions: [
            region, firm, Dimension("brand", Word("商标", "Brand"), "f.brand"),
            Dimension("adopted", Word("采用国际标准", "Adopted standard"), "f.adopted_standard"),
        ],
        metrics: [
            Metric("count", Word("产品数", "Products"), unit: Word("个", "products"), .count),
            Metric("firms", Word("企业数", "Firms"), unit: Word("家", "firms"), .distinct("f.enterprise_id")),
        ],
        columns: firmColumns + [
            Fact.Column("product", Word("产品名称", "Product"), .text, "f.name"),
            Fact.Column("brand", Word("商标", "Brand"), .text, "f.brand"),
            Fact.Column("standard", Word("执行标准", "Standard"), .text, "f.standard"),
            Fact.Column("adopted", Word("采用国际标准", "Adopted standard"), .text, "f.adopted_standard"),
            Fact.Column("licence", Word("许可证/CCC", "Licence"), .text, "f.licence"),
        ],
        scope: "region", counted: EnterpriseTallies.product, found: ["enterprise"], alsoReads: [.enterprise])

    /// Holdings; on a day those in force that day.
    static let holding = Fact(
        "holding", Word("资质与称号", "Holdings"), table: .holding, joins: owner, time: .validity(from: "f.from_day", to: "f.to_day"),
        dimensions: [
            region, firm, Dimension("kind", Word("种类", "Kind"), "f.kind"), Dimension("issuer", Word("发证机关", "Issuer"), "f.issuer"),
        ],
        metrics: [
            Metric("count", Word("证照数", "Holdings"), unit: Word("件", "items"), .count),
            Metric("firms", Word("企业数", "Firms"), unit: Word("家", "firms"), .distinct("f.enterprise_id")),
        ],
        columns: firmColumns + [
            Fact.Column("kind", Word("种类", "Kind"), .text, "f.kind"),
            Fact.Column("title", Word("名称", "Title"), .text, "f.name"),
            Fact.Column("number", Word("编号", "Number"), .text, "f.number"),
            Fact.Column("issuer", Word("发证机关", "Issuer"), .text, "f.issuer"),
            Fact.Column("from", Word("有效期自", "From"), .day, "f.from_day"),
            Fact.Column("to", Word("有效期至", "To"), .day, "f.to_day"),
        ],
        scope: "region", counted: EnterpriseTallies.holding, found: ["enterprise"], alsoReads: [.enterprise])

    private static func sum(_ name: String, _ column: DossierColumn, _ label: Word, _ expression: SQL) -> Metric {
        Metric(name, label, unit: Word("分", "fen"), .sum(expression), isConfidential: true, columns: [column.rawValue])
    }

    private static func money(_ name: String, _ column: DossierColumn, _ label: Word, _ expression: SQL) -> Fact.Column {
        Fact.Column(name, label, .money, expression, seenBy: column.rawValue)
    }
}
