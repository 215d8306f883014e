import Storage
import Values

/// How the registers are counted.
enum EnterpriseTallies {
    /// Merged dossiers are not counted.
    static let enterprise = Tally(
        "enterprise",
        keys: [
            .init("region", "region_id"), .init("status", "status"), .init("code-state", "code_state"), .init("industry", "industry_code"),
            .init("kind", "kind"),
        ],
        cubes: [
            .init("status", "code-state"), .init("region", "status", "code-state"), .init("kind", "status"), .init("industry", "status"),
            .init("region", "industry", "status"),
        ], leavingOut: ("status", EnterpriseStatus.merged.rawValue))

    private static let sums = ["sales", "brand-sales", "exports", "rd", "tax", "brand-sales-share"]

    static let account = Tally(
        "account", keys: [.init("region", "region_id"), .init("year", "year")],
        metrics: [
            .sum("sales", "sales_fen"), .sum("brand-sales", "brand_sales_fen"), .sum("exports", "exports_fen"), .sum("rd", "rd_fen"),
            .sum("tax", "tax_fen"), .ratio("brand-sales-share", of: "brand_sales_fen", to: "sales_fen"),
        ],
        cubes: [.init("year", with: sums), .init("region", "year", with: sums)])

    static let product = Tally(
        "product", keys: [.init("region", "region_id"), .init("adopted", "adopted_standard")],
        cubes: [.init(), .init("region"), .init("region", "adopted")], groups: [firms(pinned: [])])

    static let holding = Tally(
        "holding", keys: [.init("region", "region_id"), .init("kind", "kind")], cubes: [.init("kind"), .init("region", "kind")],
        groups: [firms(pinned: []), firms(pinned: ["kind"])])

    /// Firms with rows, each once.
    private static func firms(pinned: [String]) -> Tally.Groups {
        .init("firms", pinned: pinned, leaf: "region", of: .number("enterprise_id"))
    }
}
