import Storage
import Values

/// How confirmed classes are counted.
enum ProgrammeTallies {
    static let classification = Tally(
        "classification",
        keys: [
            .init("class", "label"), .init("rule", "rule"), .init("programme", "programme"), .init("table", "table_id"),
            .init("region", "region_id"), .init("exception", from: ["exception_reason"]) { $0[0].isNull ? "no" : "yes" },
        ],
        cubes: [
            .init("programme"), .init("programme", "table", "rule", "class", "exception"), .init("region", "programme", "class"),
            .init("region", "programme", "table", "rule", "class", "exception"),
        ],
        groups: [firms(pinned: []), firms(pinned: ["programme"]), firms(pinned: ["programme", "class"])])

    private static func firms(pinned: [String]) -> Tally.Groups {
        .init("firms", pinned: pinned, leaf: "region", of: .number("enterprise_id"))
    }
}
