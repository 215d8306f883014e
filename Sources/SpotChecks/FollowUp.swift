import Storage
import Values

/// What was done after a failure (后处理): rectified, retested, punished; or one entry of a list of firms that failed twice running.
package struct FollowUp: Sendable, Equatable {
    package var publication: Int64 = 0
    package var row = 0
    package var sequence: String?
    package var firm = ""
    package var enterprise: Int64?
    package var region: Int64?
    package var product: String?
    package var brand: String?
    package var model: String?
    package var batch: String?
    package var failedItems: String?
    package var rectification: String?
    package var recheck: String?
    package var penalty: String?
    package var period: String?
    package var severity: String?
    /// The result it follows, where one result alone matches.
    package var result: Int64?
    /// Why it is linked, or why it is not.
    package var linkNote = ""
    package var remark: String?

    package init() {}

    package var firmFolded: String { NameFolding.key(firm) }

    /// What was done, in one line: 整改：…；复查：…；处罚：….
    package var sentence: String {
        let parts = [("整改", rectification), ("复查", recheck), ("处罚", penalty)]
        let told = parts.compactMap { part in part.1.map { "\(part.0)：\($0)" } }
        return told.isEmpty ? "已列入后处理名单，未写明情况" : told.joined(separator: "；")
    }

    static let columns: [Identifier] = [
        "publication_id", "row", "sequence", "firm", "firm_folded", "enterprise_id", "region_id", "product", "brand", "model", "batch",
        "failed_items", "rectification", "recheck", "penalty", "period", "severity", "result_id", "link_note", "remark",
    ]
    /// The place of the dossier's number among the columns.
    static let enterpriseColumn = 5
    static let select: SQL = "u.id, " + columns.map { "u.\($0)" as SQL }.joined(", ")

    var values: [Value] {
        [
            .integer(publication), Value(row), Value(sequence), .text(firm), .text(firmFolded), Value(enterprise), Value(region),
            Value(product),
            Value(brand), Value(model), Value(batch), Value(failedItems), Value(rectification), Value(recheck), Value(penalty),
            Value(period),
            Value(severity), Value(result), .text(linkNote), Value(remark),
        ]
    }

    init(_ row: Row) {
        publication = row.integer(1)
        self.row = Int(row.integer(2))
        sequence = row.optionalText(3)
        firm = row.text(4)
        enterprise = row.optionalInteger(6)
        region = row.optionalInteger(7)
        product = row.optionalText(8)
        brand = row.optionalText(9)
        model = row.optionalText(10)
        batch = row.optionalText(11)
        failedItems = row.optionalText(12)
        rectification = row.optionalText(13)
        recheck = row.optionalText(14)
        penalty = row.optionalText(15)
        period = row.optionalText(16)
        severity = row.optionalText(17)
        result = row.optionalInteger(18)
        linkNote = row.text(19)
        remark = row.optionalText(20)
    }
}
