import Imports
import Storage
import Values

/// How results and follow-ups are counted: what the lists, briefs and targets ask, each from a few hundred cells.
enum SpotCheckTallies {
    private static let rate = ["batch-pass-rate"]

    static let result = Tally(
        "spotcheck.result",
        keys: [
            .init("region", "region_id"), .init("publication", "publication_id"), .init("level", "level"), .init("year", "year"),
            .init("method", "method"), .init("stage", "stage"), .init("product", "product_kind"), .init("verdict", "verdict"),
            .init("doubt", from: ["doubt"]) { $0[0].text ?? "none" },
            .init("follow-up", from: ["verdict", "followup_id"]) { values in
                guard values[0].text == Verdict.fail.rawValue else { return "not-needed" }
                return values[1].isNull ? "missing" : "recorded"
            },
        ],
        metrics: [.share("batch-pass-rate", from: ["rated", "verdict", "method"], passes)],
        cubes: [
            .init(), .init("verdict", "year"), .init("year", "method", with: rate), .init("doubt", "verdict"), .init("region", "verdict"),
            .init("level", "year", "method", "stage", "verdict", with: rate), .init("product", "year", "verdict"),
            .init("region", "year", "method", "verdict", with: rate), .init("publication", "doubt", "verdict", "follow-up"),
            .init("region", "year", "level", "product", "method", with: rate), .init("region", "product", "year", "verdict"),
            .init("publication", "region", "doubt", "verdict", "follow-up"),
        ],
        groups: [
            passingFirms(pinned: ["year", "method"]), passingFirms(pinned: ["year", "method", "level", "product"]), firms,
        ])

    /// Whether a batch that enters rates passed; risk monitoring, doubtful batches and lists of failures alone enter none.
    private static func passes(_ values: [Value]) -> Bool? {
        guard values[0].integer == 1, values[2].text != SamplingMethod.risk.code else { return nil }
        switch values[1].text.flatMap(Verdict.init(rawValue:)) {
        case .pass: return true
        case .fail: return false
        case .refused, .notSampled, .pending, nil: return nil
        }
    }

    /// Makers whose batches enter rates, each once; one whose name is not given stands for itself.
    private static func passingFirms(pinned: [String]) -> Tally.Groups {
        .init(
            "enterprise-pass-rate", pinned: pinned, leaf: "region", of: .nameOrRow(["producer_folded"]),
            from: ["rated", "verdict", "method"]
        ) { values in passes(values).map { !$0 } }
    }

    /// Makers, or who was sampled where no maker is named, each once; a batch that may be counterfeit counts for nobody.
    private static let firms = Tally.Groups(
        "firms", pinned: [], leaf: "region", of: .name(["producer_folded", "sampled_unit"]), from: ["doubt"]
    ) { values in values[0].isNull ? false : nil }

    static let followUp = Tally(
        "spotcheck.followup",
        keys: [
            .init("region", "region_id"), .init("publication", "publication_id"),
            .init("linked", from: ["result_id"]) { $0[0].isNull ? "no" : "yes" },
        ],
        cubes: [.init(), .init("region", "linked"), .init("publication", "linked"), .init("publication", "region", "linked")],
        groups: [
            .init("firms", pinned: [], leaf: "region", of: .name(["firm_folded"]))
        ])
}
