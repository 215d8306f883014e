package import Imports
import Storage
package import Values

/// One published list (公布的名单): what its title and its file say, and nothing assumed beyond that.
package struct Publication: Sendable, Equatable {
    /// What a list holds.
    package enum Kind: String, Sendable, CaseIterable {
        case results
        case followUps = "followups"
        case failedTwice = "failed-twice"
    }

    package var title: String
    package var level: ListLevel
    package var year: Int?
    package var quarter: Int?
    /// How the samples were chosen, by the title or by a person who stated it with a reason.
    package var method: SamplingMethod
    package var stage: SamplingStage
    package var issuer: String?
    package var publishedDay: Day?
    package var kind: Kind
    /// The kind of product, where the title names exactly one.
    package var productKind: String?
    package var file: String
    package var sheet: String
    /// SHA-256 of the file it came in.
    package var original: String
    /// The region of the government that published it, where the title proves one.
    package var region: Int64?

    /// Titles are compared without white space, widths and brackets' shapes, and without the annex's number.
    package var folded: String { Publication.fold(title) }

    package static func fold(_ title: String) -> String {
        NameFolding.key(title.replacing(/^\s*附[件表]?\s*[0-9一二三四五六七八九十]+(?:[-—.－][0-9]+)?\s*[：:、.]?/, with: ""))
    }

    static let columns: [Identifier] = [
        "title", "folded", "level", "year", "quarter", "method", "stage", "issuer", "published_day", "kind", "product_kind", "file",
        "sheet",
        "original", "region_id",
    ]
    static let select: SQL =
        "p.id, p.title, p.level, p.year, p.quarter, p.method, p.stage, p.issuer, p.published_day, p.kind, p.product_kind, p.file, p.sheet, p.original, p.region_id"

    var row: [Value] {
        [
            .text(title), .text(folded), .text(level.rawValue), Value(year), Value(quarter), .text(method.code), .text(stage.rawValue),
            Value(issuer),
            Value(publishedDay), .text(kind.rawValue), Value(productKind), .text(file), .text(sheet), .text(original), Value(region),
        ]
    }

    /// Reads `select`; the number of the record stands first.
    init(_ row: Row) {
        title = row.text(1)
        level = ListLevel(rawValue: row.text(2)) ?? .unstated
        year = row.optionalInteger(3).map(Int.init)
        quarter = row.optionalInteger(4).map(Int.init)
        method = SamplingMethod(code: row.text(5)) ?? .unstated
        stage = SamplingStage(rawValue: row.text(6)) ?? .unstated
        issuer = row.optionalText(7)
        publishedDay = row.day(8)
        kind = Kind(rawValue: row.text(9)) ?? .results
        productKind = row.optionalText(10)
        file = row.text(11)
        sheet = row.text(12)
        original = row.text(13)
        region = row.optionalInteger(14)
    }

    package init(
        title: String, level: ListLevel, year: Int?, quarter: Int?, method: SamplingMethod, stage: SamplingStage, issuer: String?,
        publishedDay: Day?, kind: Kind, productKind: String?, file: String, sheet: String, original: String, region: Int64?
    ) {
        self.title = title
        self.level = level
        self.year = year
        self.quarter = quarter
        self.method = method
        self.stage = stage
        self.issuer = issuer
        self.publishedDay = publishedDay
        self.kind = kind
        self.productKind = productKind
        self.file = file
        self.sheet = sheet
        self.original = original
        self.region = region
    }
}

extension SamplingMethod {
    /// The code in the store and in questions.
    package var code: String {
        switch self {
        case .doubleRandom: "double-random"
        case .risk: "risk-monitoring"
        case .special, .joint, .recheck, .complaint, .unstated: rawValue
        }
    }

    /// The method of a code or of its Chinese word (双随机).
    package init?(code: String) {
        guard let found = Self.allCases.first(where: { $0.code == code || $0.label == code }) else { return nil }
        self = found
    }
}
