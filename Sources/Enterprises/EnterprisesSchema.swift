package import Storage
import Values

extension Schema {
    /// Registers of enterprises: dossiers, names and their search, yearly accounts, products, holdings, and what was asked back.
    package static let enterprises = Schema(
        migrations: [
            Migration(
                "enterprises-0001", registerTables + yearlyTables + fillInTables,
                only: [
                    .sqlite: ["create virtual table enterprise_search using fts5(text, content='', tokenize='unicode61')"],
                    .postgres: [
                        """
                        create table enterprise_search (
                            rowid bigint primary key, text text not null,
                            grams tsvector generated always as (to_tsvector('simple', text)) stored)
                        """,
                        "create index enterprise_search_grams on enterprise_search using gin (grams)",
                    ],
                ]),
            // Registers with nine-character codes find their firms by the organisation code inside the credit code.
            Migration(
                "enterprises-organisation-0001",
                [
                    "create index enterprise_organisation on enterprise (substr(code, 9, 9)) where known_to = 9223372036854775807 and code is not null"
                ]),
            enterpriseReading, enterpriseCodes, .enterpriseUsers, .fillInAnswers,
        ],
        tables: [
            .enterprise, .enterpriseName, .account, .product, .holding, .fillIn, .fillInRow, .enterpriseUser, .correctionRequest,
            .fillInAnswer,
        ],
        derived: [DerivedTable("enterprise_search", make: NameSearch.make)])

    private static let registerTables = [
        """
        create table enterprise (
            id {int} not null, known_from {int} not null, known_to {int} not null, code {text}, registration_number {text}, name {text} not null,
            folded {text} not null, region_id {int}, address {text}, industry_version {text}, industry_code {text}, industry {text},
            registered_day {text}, kind {text}, capital_fen {int}, capital_text {text}, scope {text}, status {text} not null,
            merged_into {int}, note {text}, code_state {text} not null, primary key (id, known_from)
        ) {strict}
        """,
        "create unique index enterprise_code on enterprise (code) where known_to = 9223372036854775807 and code is not null and status <> 'merged'",
        "create unique index enterprise_current on enterprise (id) where known_to = 9223372036854775807",
        "create index enterprise_registration on enterprise (registration_number) where known_to = 9223372036854775807 and registration_number is not null",
        "create index enterprise_folded on enterprise (folded) where known_to = 9223372036854775807",
        "create index enterprise_region on enterprise (region_id, id) where known_to = 9223372036854775807",
        "create index enterprise_status on enterprise (status, id) where known_to = 9223372036854775807",
        """
        create table enterprise_name (
            id {int} not null, known_from {int} not null, known_to {int} not null, enterprise_id {int} not null, name {text} not null,
            folded {text} not null, kind {text} not null, primary key (id, known_from)
        ) {strict}
        """,
        "create index enterprise_name_enterprise on enterprise_name (enterprise_id)",
        "create index enterprise_name_folded on enterprise_name (folded) where known_to = 9223372036854775807",
        "create unique index enterprise_name_once on enterprise_name (enterprise_id, folded) where known_to = 9223372036854775807",
    ]

    private static let yearlyTables = [
        """
        create table account (
            id {int} not null, known_from {int} not null, known_to {int} not null, enterprise_id {int} not null, year {int} not null,
            sales_fen {int}, brand_sales_fen {int}, exports_fen {int}, rd_fen {int}, tax_fen {int}, region_id {int}, primary key (id, known_from)
        ) {strict}
        """,
        "create unique index account_year on account (enterprise_id, year) where known_to = 9223372036854775807",
        "create index account_by_year on account (year, enterprise_id) where known_to = 9223372036854775807",
        "create index account_enterprise on account (enterprise_id)",
        """
        create table product (
            id {int} not null, known_from {int} not null, known_to {int} not null, enterprise_id {int} not null, name {text} not null,
            brand {text}, standard {text}, adopted_standard {text}, licence {text}, region_id {int}, primary key (id, known_from)
        ) {strict}
        """,
        "create index product_enterprise on product (enterprise_id)",
        """
        create table holding (
            id {int} not null, known_from {int} not null, known_to {int} not null, enterprise_id {int} not null, kind {text} not null,
            name {text}, number {text}, issuer {text}, from_day {text}, to_day {text}, region_id {int}, primary key (id, known_from)
        ) {strict}
        """,
        "create index holding_enterprise on holding (enterprise_id)",
        "create index holding_kind on holding (kind, id) where known_to = 9223372036854775807",
    ]

    private static let fillInTables = [
        """
        create table fill_in (
            id {int} not null, known_from {int} not null, known_to {int} not null, title {text} not null, region_id {int}, year {int} not null,
            fields {text} not null, issued_day {text} not null, expected {int} not null, primary key (id, known_from)
        ) {strict}
        """,
        "create table fill_in_row (id {id}, known_from {int} not null, fill_in_id {int} not null, enterprise_id {int} not null, region_id {int}) {strict}",
        "create index fill_in_row_of on fill_in_row (fill_in_id, region_id)",
    ]
}

extension RecordTable {
    /// Dossiers. Counted by region, status and state of the code; merged ones are not counted.
    package static let enterprise = RecordTable(
        "enterprise",
        columns: [
            "code", "registration_number", "name", "folded", "region_id", "address", "industry_version", "industry_code", "industry",
            "registered_day", "kind", "capital_fen", "capital_text", "scope", "status", "merged_into", "note", "code_state",
        ],
        counted: EnterpriseTallies.enterprise)
    /// Current and former names; the search index refers to these rows.
    package static let enterpriseName = RecordTable("enterprise_name", columns: ["enterprise_id", "name", "folded", "kind"])
    /// One row for each firm and year.
    package static let account = RecordTable(
        "account",
        columns: ["enterprise_id", "year", "sales_fen", "brand_sales_fen", "exports_fen", "rd_fen", "tax_fen", "region_id"],
        counted: EnterpriseTallies.account)
    /// Products with brand and standards.
    package static let product = RecordTable(
        "product", columns: ["enterprise_id", "name", "brand", "standard", "adopted_standard", "licence", "region_id"],
        counted: EnterpriseTallies.product)
    /// Certificates, trademarks, laboratories, titles.
    package static let holding = RecordTable(
        "holding", columns: ["enterprise_id", "kind", "name", "number", "issuer", "from_day", "to_day", "region_id"],
        counted: EnterpriseTallies.holding)
    /// Requests to fill in what is unknown.
    package static let fillIn = RecordTable("fill_in", columns: ["title", "region_id", "year", "fields", "issued_day", "expected"])
    /// The firms a request asks about.
    package static let fillInRow = RecordTable(appending: "fill_in_row", columns: ["fill_in_id", "enterprise_id", "region_id"])
}
