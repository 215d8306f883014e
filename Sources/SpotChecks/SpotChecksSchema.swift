package import Enterprises
package import Storage
import Values

extension Schema {
    /// Published lists, their results, and what was done after failures.
    package static let spotChecks = Schema(
        migrations: [
            Migration("spotchecks-0001", publicationTables + resultTables + followUpTables), Migration("spotchecks-0002", questionIndexes),
            Migration("spotchecks-0003", openedTables),
        ],
        tables: [.publication, .result, .followUp, .openedList])

    private static let publicationTables = [
        """
        create table publication (
            id {int} not null, known_from {int} not null, known_to {int} not null, title {text} not null, folded {text} not null,
            level {text} not null, year {int}, quarter {int}, method {text} not null, stage {text} not null, issuer {text},
            published_day {text}, kind {text} not null, product_kind {text}, file {text} not null, sheet {text} not null,
            original {text} not null, region_id {int}, primary key (id, known_from)
        ) {strict}
        """,
        "create unique index publication_current on publication (id) where known_to = 9223372036854775807",
        "create index publication_folded on publication (folded) where known_to = 9223372036854775807",
        "create index publication_from on publication (known_from, id)",
    ]

    private static let resultTables = [
        """
        create table result (
            id {int} not null, known_from {int} not null, known_to {int} not null, publication_id {int} not null, row {int} not null,
            sequence {text}, producer {text}, producer_folded {text} not null, producer_code {text}, sampled_unit {text}, address {text},
            declared_region {text}, region_id {int}, place_note {text} not null, mentions {text}, conflict {text}, enterprise_id {int},
            link_note {text}, settled {text}, product {text}, product_kind {text}, brand {text}, model {text}, batch {text},
            verdict {text} not null, failed_items {text}, laboratory {text}, method {text} not null, stage {text} not null, doubt {text},
            recheck {text}, event_day {text}, remark {text}, year {int}, level {text} not null, rated {int} not null, followup_id {int},
            primary key (id, known_from)
        ) {strict}
        """,
        "create unique index result_current on result (id) where known_to = 9223372036854775807",
        "create index result_publication on result (publication_id, id) where known_to = 9223372036854775807",
        "create index result_enterprise on result (enterprise_id, id) where known_to = 9223372036854775807 and enterprise_id is not null",
        "create index result_producer on result (producer_folded, id) where known_to = 9223372036854775807",
        "create index result_region on result (region_id, id) where known_to = 9223372036854775807",
        "create index result_verdict on result (verdict, id) where known_to = 9223372036854775807",
    ]

    /// What questions beyond the counters filter by, also in the past: the past of a record is found by its number.
    private static let questionIndexes = [
        """
        create index result_named on result ((case when doubt is null then producer end), id) where known_to = 9223372036854775807
        """,
        "create index result_sampled on result (sampled_unit, id) where known_to = 9223372036854775807 and sampled_unit is not null",
        "create index result_laboratory on result (laboratory, id) where known_to = 9223372036854775807 and laboratory is not null",
        "create index result_product on result (product_kind, year, id) where known_to = 9223372036854775807",
        "create index result_year on result (year, id) where known_to = 9223372036854775807",
        "create index result_in_publication on result (publication_id, region_id, id) where known_to = 9223372036854775807",
        "create index result_of_firm on result (enterprise_id, known_from) where enterprise_id is not null",
        "create index result_of_publication on result (publication_id, known_from)",
        "create index followup_of_publication on followup (publication_id, known_from)",
        "create index followup_of_firm on followup (enterprise_id, known_from) where enterprise_id is not null",
    ]

    private static let openedTables = [
        """
        create table opened_list (
            id {int} not null, known_from {int} not null, known_to {int} not null, publication_id {int} not null, source {text} not null,
            shows_sampled {int} not null, opened_on {text} not null, primary key (id, known_from)
        ) {strict}
        """,
        "create unique index opened_list_current on opened_list (publication_id) where known_to = 9223372036854775807",
    ]

    private static let followUpTables = [
        """
        create table followup (
            id {int} not null, known_from {int} not null, known_to {int} not null, publication_id {int} not null, row {int} not null,
            sequence {text}, firm {text} not null, firm_folded {text} not null, enterprise_id {int}, region_id {int}, product {text},
            brand {text}, model {text}, batch {text}, failed_items {text}, rectification {text}, recheck {text}, penalty {text},
            period {text}, severity {text}, result_id {int}, link_note {text} not null, remark {text}, primary key (id, known_from)
        ) {strict}
        """,
        "create unique index followup_current on followup (id) where known_to = 9223372036854775807",
        "create index followup_publication on followup (publication_id, id) where known_to = 9223372036854775807",
        "create index followup_firm on followup (firm_folded, id) where known_to = 9223372036854775807",
        "create index followup_enterprise on followup (enterprise_id, id) where known_to = 9223372036854775807 and enterprise_id is not null",
        "create index followup_region on followup (region_id, id) where known_to = 9223372036854775807",
        "create index followup_result on followup (result_id) where known_to = 9223372036854775807 and result_id is not null",
    ]
}

extension RecordTable {
    /// Published lists: one sheet of a workbook is one publication.
    package static let publication = RecordTable("publication", columns: Publication.columns)
    /// Results, one row a batch.
    package static let result = RecordTable("result", columns: SampleResult.columns, counted: SpotCheckTallies.result)
    /// Lists that are open to the public.
    package static let openedList = RecordTable("opened_list", columns: ["publication_id", "source", "shows_sampled", "opened_on"])
    /// What was done after failures.
    package static let followUp = RecordTable("followup", columns: FollowUp.columns, counted: SpotCheckTallies.followUp)
}

extension DossierTable {
    /// The lists' tables that name a firm, for merging dossiers.
    package static let spotChecks: [DossierTable] = [
        DossierTable(.result, column: SampleResult.enterpriseColumn), DossierTable(.followUp, column: FollowUp.enterpriseColumn),
    ]
}
