/// Marks rows of one file that look like the same batch written twice.
enum Duplicates {
    /// What makes two rows the same: maker, product, model, batch, verdict; where the list names them also the sampled unit, the
    /// supplier, the item tested and the report, so that one product bought in two shops stays two samples.
    private struct Key: Hashable {
        let parts: [String]
    }

    private static let fields = [
        "producer", "product", "brand", "model", "batch", "batch_number", "verdict", "sampled_unit", "supplier", "report_number",
        "test_item",
        "failed_items",
    ]

    static func mark(_ rows: inout [ReadRow]) {
        var first: [Key: Int] = [:]
        first.reserveCapacity(rows.count)
        for index in rows.indices {
            let row = rows[index]
            guard row.isGood, (row.text("producer") ?? row.text("sampled_unit")) != nil else { continue }
            let key = Key(parts: fields.map { CellWords.key(row.text($0) ?? "") })
            guard let other = first[key] else {
                first[key] = row.number
                continue
            }
            rows[index].issues.append(
                RowIssue(
                    .warning, "import.duplicate-row", row: row.number, column: nil,
                    message: "与第\(other)行的企业、产品、规格型号、批号和结论都相同，可能重复。", cure: "确是同一批次时删去一行；不是时不必处理。"))
        }
    }
}
