import Enterprises
package import Evidence
import Imports
import Storage
import Values

/// What the published lists contribute to the evidence: results and what followed failures.
package enum SpotCheckFacts {
    package static let all: [Fact] = [result, followUp]

    private static let publication = Dimension(
        "publication", SpotCheckWords.publication, kind: .record, "f.publication_id", names: RecordTitles(.publication, "title"))
    private static let enterprise = Dimension(
        "enterprise", SpotCheckWords.enterprise, kind: .record, "f.enterprise_id", names: RecordTitles(.enterprise, "name"))

    /// Batches of published lists. A batch that may be counterfeit, or whose maker's name is hidden, has no producer here: it counts against nobody.
    static let result = Fact(
        "spotcheck.result", SpotCheckWords.results, table: .result, time: .event("coalesce(f.event_day, cast(f.year as text), '')"),
        dimensions: [
            Dimension("verdict", SpotCheckWords.verdict, "f.verdict", words: SpotCheckWords.verdicts),
            Dimension("region", SpotCheckWords.region, kind: .region, "f.region_id"),
            publication,
            Dimension("level", SpotCheckWords.level, "f.level", words: SpotCheckWords.levels),
            Dimension("year", SpotCheckWords.year, "cast(f.year as text)", number: "f.year"),
            Dimension("method", SpotCheckWords.method, "f.method", words: SpotCheckWords.methods),
            Dimension("stage", SpotCheckWords.stage, "f.stage", words: SpotCheckWords.stages),
            Dimension("product", SpotCheckWords.productKind, "f.product_kind"),
            enterprise,
            Dimension("producer", SpotCheckWords.producer, "case when f.doubt is null then f.producer end"),
            Dimension("sampled-unit", SpotCheckWords.sampledUnit, "f.sampled_unit"),
            Dimension("laboratory", SpotCheckWords.laboratory, "f.laboratory"),
            Dimension("doubt", SpotCheckWords.doubt, "coalesce(f.doubt, 'none')", words: SpotCheckWords.doubts),
            Dimension(
                "rated", SpotCheckWords.rated, "case when f.rated = 1 then f.verdict else 'left-out' end", words: SpotCheckWords.rates),
            Dimension(
                "follow-up", SpotCheckWords.followUp,
                "case when f.verdict <> 'fail' then 'not-needed' when f.followup_id is null then 'missing' else 'recorded' end",
                words: SpotCheckWords.followUpStates),
        ],
        metrics: [
            Metric("count", SpotCheckWords.batches, unit: SpotCheckWords.batchUnit, .count),
            Metric(
                "batch-pass-rate", SpotCheckWords.batchRate, unit: SpotCheckWords.batchUnit,
                .share(of: ["pass"], among: ["pass", "fail"], dimension: "rated"), needsOne: "method", leavesOut: [SamplingMethod.risk.code]
            ),
            Metric(
                "enterprise-pass-rate", SpotCheckWords.firmRate, unit: SpotCheckWords.firmUnit,
                .shareOfGroups(
                    of: ["pass"], among: ["pass", "fail"], dimension: "rated",
                    group: "case when f.producer_folded = '' then cast(f.id as text) else f.producer_folded end"),
                needsOne: "method", leavesOut: [SamplingMethod.risk.code]),
            Metric(
                "firms", SpotCheckWords.firms, unit: SpotCheckWords.firmUnit,
                .distinct("case when f.doubt is null then coalesce(nullif(f.producer_folded, ''), f.sampled_unit) end")),
            Metric(
                "firm-products", SpotCheckWords.firmProducts, unit: SpotCheckWords.firmProductUnit,
                .distinct(
                    "case when f.doubt is null then coalesce(nullif(f.producer_folded, ''), f.sampled_unit) || '|' || coalesce(f.product_kind, '') end"
                )),
        ],
        columns: resultColumns, scope: "region", counted: SpotCheckTallies.result,
        found: ["enterprise", "producer", "sampled-unit"], indexed: ["publication"])

    private static let resultColumns = [
        Fact.Column("producer", SpotCheckWords.namedProducer, .text, "f.producer"),
        Fact.Column("sampled-unit", SpotCheckWords.sampledUnit, .text, "f.sampled_unit"),
        Fact.Column("enterprise", SpotCheckWords.enterprise, .enterprise, "f.enterprise_id"),
        Fact.Column("product", SpotCheckWords.product, .text, "f.product"),
        Fact.Column("product-kind", SpotCheckWords.productKind, .text, "f.product_kind"),
        Fact.Column("brand", SpotCheckWords.brand, .text, "f.brand"),
        Fact.Column("model", SpotCheckWords.model, .text, "f.model"),
        Fact.Column("batch", SpotCheckWords.batch, .text, "f.batch"),
        Fact.Column("verdict", SpotCheckWords.verdict, .text, "f.verdict", words: SpotCheckWords.verdicts),
        Fact.Column("items", SpotCheckWords.failedItems, .text, "f.failed_items"),
        Fact.Column("region", SpotCheckWords.region, .whole, "f.region_id"),
        Fact.Column("declared", SpotCheckWords.declaredRegion, .text, "f.declared_region"),
        Fact.Column("laboratory", SpotCheckWords.laboratory, .text, "f.laboratory"),
        Fact.Column("method", SpotCheckWords.method, .text, "f.method", words: SpotCheckWords.methods),
        Fact.Column("doubt", SpotCheckWords.doubt, .text, "f.doubt", words: SpotCheckWords.doubts),
        Fact.Column("year", SpotCheckWords.year, .whole, "f.year"),
        Fact.Column("publication", SpotCheckWords.publication, .whole, "f.publication_id"),
        Fact.Column("row", SpotCheckWords.row, .whole, "f.row"),
    ]

    /// What was done after failures; linked to a result where one alone matches.
    static let followUp = Fact(
        "spotcheck.followup", SpotCheckWords.followUps, table: .followUp,
        dimensions: [
            publication, enterprise, Dimension("region", SpotCheckWords.region, kind: .region, "f.region_id"),
            Dimension("firm", SpotCheckWords.firm, "f.firm"), Dimension("product", SpotCheckWords.product, "f.product"),
            Dimension("recheck", SpotCheckWords.recheck, "f.recheck"), Dimension("period", SpotCheckWords.period, "f.period"),
            Dimension("severity", SpotCheckWords.severity, "f.severity"),
            Dimension(
                "linked", SpotCheckWords.linkedResult, "case when f.result_id is null then 'no' else 'yes' end", words: SpotCheckWords.yesNo
            ),
        ],
        metrics: [
            Metric("count", SpotCheckWords.followUpCount, unit: SpotCheckWords.itemUnit, .count),
            Metric("firms", SpotCheckWords.firms, unit: SpotCheckWords.firmUnit, .distinct("f.firm_folded")),
        ],
        columns: [
            Fact.Column("firm", SpotCheckWords.firm, .text, "f.firm"),
            Fact.Column("enterprise", SpotCheckWords.enterprise, .enterprise, "f.enterprise_id"),
            Fact.Column("product", SpotCheckWords.product, .text, "f.product"),
            Fact.Column("items", SpotCheckWords.failedItems, .text, "f.failed_items"),
            Fact.Column("rectification", SpotCheckWords.rectification, .text, "f.rectification"),
            Fact.Column("recheck", SpotCheckWords.recheck, .text, "f.recheck"),
            Fact.Column("penalty", SpotCheckWords.penalty, .text, "f.penalty"),
            Fact.Column("period", SpotCheckWords.period, .text, "f.period"),
            Fact.Column("result", SpotCheckWords.linkedResult, .whole, "f.result_id"),
            Fact.Column("note", SpotCheckWords.linkNote, .text, "f.link_note"),
            Fact.Column("publication", SpotCheckWords.publication, .whole, "f.publication_id"),
            Fact.Column("row", SpotCheckWords.row, .whole, "f.row"),
        ],
        scope: "region", counted: SpotCheckTallies.followUp, found: ["enterprise"], indexed: ["publication"])
}
