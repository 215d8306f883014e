import Enterprises
package import Evidence
import Storage
import Values

/// The evidence of this slice: confirmed classes.
package enum ProgrammeFacts {
    package static let all: [Fact] = [classification]

    /// Confirmed classes, one row a firm and table; the region is that of the day of confirmation.
    package static let classification = Fact(
        "classification", ProgrammeWords.classification, table: .enterpriseClass,
        joins: "left join enterprise as e on e.id = f.enterprise_id and \(RecordTable.asked("e"))",
        time: .event("f.confirmed_day"),
        dimensions: [
            Dimension("class", ProgrammeWords.classLabel, "f.label"),
            Dimension("rule", ProgrammeWords.rule, "f.rule"),
            Dimension("programme", ProgrammeWords.programme, "f.programme"),
            Dimension("table", ProgrammeWords.table, "f.table_id"),
            Dimension("region", ProgrammeWords.region, kind: .region, "f.region_id"),
            Dimension("enterprise", ProgrammeWords.enterprise, kind: .record, "f.enterprise_id", names: RecordTitles(.enterprise, "name")),
            Dimension(
                "exception", ProgrammeWords.exception, "case when f.exception_reason is null then 'no' else 'yes' end",
                words: ["no": ProgrammeWords.byRule, "yes": ProgrammeWords.exception]),
        ],
        metrics: [
            Metric("count", ProgrammeWords.confirmedClasses, unit: ProgrammeWords.firms, .count),
            Metric("firms", ProgrammeWords.confirmedFirms, unit: ProgrammeWords.firms, .distinct("f.enterprise_id")),
        ],
        columns: [
            Fact.Column("enterprise", ProgrammeWords.enterprise, .enterprise, "f.enterprise_id"),
            Fact.Column("name", ProgrammeWords.enterpriseName, .text, "e.name"),
            Fact.Column("class", ProgrammeWords.classLabel, .text, "f.label"),
            Fact.Column("programme", ProgrammeWords.programme, .text, "f.programme"),
            Fact.Column("basis", ProgrammeWords.basis, .text, "f.basis", seenBy: DossierColumn.classBasis.rawValue),
            Fact.Column("document", ProgrammeWords.documentNumber, .text, "f.document_number"),
            Fact.Column("exception", ProgrammeWords.exceptionReason, .text, "f.exception_reason"),
            Fact.Column("confirmed", ProgrammeWords.confirmedOn, .day, "f.confirmed_day"),
        ],
        scope: "region", counted: ProgrammeTallies.classification, found: ["enterprise"], alsoReads: [.enterprise])
}
