package import Imports
import Storage
package import Values

/// One batch of a published list (一个批次): what was written, what of it is proven, and whose it is.
package struct SampleResult: Sendable, Equatable {
    /// What a row says that keeps it from counting against the named maker.
    package enum Doubt: String, Sendable, CaseIterable {
        /// The name is hidden (某某公司).
        case masked
        /// Suspected counterfeit, or the maker denies having made it.
        case counterfeit
    }

    package var publication: Int64 = 0
    /// As the sheet shows it.
    package var row = 0
    package var sequence: String?
    /// 标称生产者
    package var producer: String?
    package var producerCode: String?
    /// 被抽样单位
    package var sampledUnit: String?
    package var address: String?
    package var declaredRegion: String?
    /// The deepest proven region; for a linked row that says less, the dossier's.
    package var region: Int64?
    /// What the place was read from, in a sentence.
    package var placeNote = ""
    /// Regions that are named without proof.
    package var mentions: [Int64] = []
    /// Regions that the row's texts contradict each other about.
    package var conflict: [Int64] = []
    package var enterprise: Int64?
    package var linkNote: String?
    package var settled: Settlement?
    package var product: String?
    package var productKind: String?
    package var brand: String?
    package var model: String?
    package var batch: String?
    package var verdict = Verdict.pass
    package var failedItems: String?
    package var laboratory: String?
    package var method = SamplingMethod.unstated
    package var stage = SamplingStage.unstated
    package var doubt: Doubt?
    package var recheck: String?
    package var eventDay: Day?
    package var remark: String?
    package var year: Int?
    package var level = ListLevel.unstated
    /// Whether the row may enter a rate: its list names passing and failing batches alike, and nothing is doubtful.
    package var isRated = true
    package var followUp: Int64?

    package init() {}

    package var producerFolded: String { producer.map(NameFolding.key) ?? "" }
    /// The firm that the row speaks of: the maker, or where none is named the firm the sample was taken from.
    package var firm: String { producer ?? sampledUnit ?? "" }

    static let columns: [Identifier] = [
        "publication_id", "row", "sequence", "producer", "producer_folded", "producer_code", "sampled_unit", "address", "declared_region",
        "region_id", "place_note", "mentions", "conflict", "enterprise_id", "link_note", "settled", "product", "product_kind", "brand",
        "model",
        "batch", "verdict", "failed_items", "laboratory", "method", "stage", "doubt", "recheck", "event_day", "remark", "year", "level",
        "rated",
        "followup_id",
    ]
    /// The place of the dossier's number among the columns.
    static let enterpriseColumn = 13
    static let select: SQL = "r.id, " + columns.map { "r.\($0)" as SQL }.joined(", ")

    var values: [Value] {
        [
            .integer(publication), Value(row), Value(sequence), Value(producer), .text(producerFolded), Value(producerCode),
            Value(sampledUnit),
            Value(address), Value(declaredRegion), Value(region), .text(placeNote), SampleResult.list(mentions),
            SampleResult.list(conflict),
            Value(enterprise), Value(linkNote), Value(settled?.text), Value(product), Value(productKind), Value(brand), Value(model),
            Value(batch),
            .text(verdict.rawValue), Value(failedItems), Value(laboratory), .text(method.code), .text(stage.rawValue),
            Value(doubt?.rawValue),
            Value(recheck), Value(eventDay), Value(remark), Value(year), .text(level.rawValue), Value(isRated), Value(followUp),
        ]
    }

    /// Reads `select`; the record's number stands first.
    init(_ row: Row) {
        publication = row.integer(1)
        self.row = Int(row.integer(2))
        sequence = row.optionalText(3)
        producer = row.optionalText(4)
        producerCode = row.optionalText(6)
        sampledUnit = row.optionalText(7)
        address = row.optionalText(8)
        declaredRegion = row.optionalText(9)
        region = row.optionalInteger(10)
        placeNote = row.text(11)
        mentions = SampleResult.numbers(row.text(12))
        conflict = SampleResult.numbers(row.text(13))
        enterprise = row.optionalInteger(14)
        linkNote = row.optionalText(15)
        settled = row.optionalText(16).flatMap { Settlement(text: $0) }
        product = row.optionalText(17)
        productKind = row.optionalText(18)
        brand = row.optionalText(19)
        model = row.optionalText(20)
        batch = row.optionalText(21)
        verdict = Verdict(rawValue: row.text(22)) ?? .pending
        failedItems = row.optionalText(23)
        laboratory = row.optionalText(24)
        method = SamplingMethod(code: row.text(25)) ?? .unstated
        stage = SamplingStage(rawValue: row.text(26)) ?? .unstated
        doubt = row.optionalText(27).flatMap { Doubt(rawValue: $0) }
        recheck = row.optionalText(28)
        eventDay = row.day(29)
        remark = row.optionalText(30)
        year = row.optionalInteger(31).map(Int.init)
        level = ListLevel(rawValue: row.text(32)) ?? .unstated
        isRated = row.integer(33) == 1
        followUp = row.optionalInteger(34)
    }

    /// `,12,34,`: numbers that can be searched as text on both engines.
    private static func list(_ numbers: [Int64]) -> Value {
        numbers.isEmpty ? .null : .text("," + numbers.map(String.init).joined(separator: ",") + ",")
    }

    private static func numbers(_ text: String) -> [Int64] { text.split(separator: ",").compactMap { Int64($0) } }
}

/// What a person decided about a row that could not be placed (人工认定).
package enum Settlement: Sendable, Equatable {
    /// The firm is in this region.
    case inside(Int64)
    /// The firm is not in this region.
    case outside(Int64)
    /// The firm is the one of this dossier.
    case linked(Int64)

    var text: String {
        switch self {
        case .inside(let region): "in:\(region)"
        case .outside(let region): "out:\(region)"
        case .linked(let enterprise): "link:\(enterprise)"
        }
    }

    init?(text: String) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let number = Int64(parts[1]) else { return nil }
        switch parts[0] {
        case "in": self = .inside(number)
        case "out": self = .outside(number)
        case "link": self = .linked(number)
        default: return nil
        }
    }
}
