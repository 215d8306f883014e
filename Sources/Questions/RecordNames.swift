import Enterprises
import Evidence
package import Storage
import Values
import WebSupport

/// Names of the records that rows and conditions point to by number, and where they open.
package struct RecordNames: Sendable {
    package typealias Reading = @Sendable (Set<Int64>, Int64?, any Storage.Session) throws -> [Int64: String]

    /// Where one sort of records has its names: the table they stand in, and how they are read.
    package struct Source: Sendable {
        let table: RecordTable
        let reading: Reading

        package init(_ table: RecordTable, _ reading: @escaping Reading) {
            self.table = table
            self.reading = reading
        }
    }

    private let sources: [String: Source]

    /// By the name of the dimension or column: `publication`. Firms are known without.
    package init(_ sources: [String: Source] = [:]) {
        let firms = Source(.enterprise) { try EnterpriseStore.titles(of: $0, at: $1, $2) }
        self.sources = sources.merging(["enterprise": firms]) { own, _ in own }
    }

    /// What the names are read from: a page that shows them is as old as the last change of these.
    var tables: Set<Identifier> { Set(sources.values.map(\.table.name)) }

    /// Whether numbers under this name are names of records.
    func knows(_ name: String) -> Bool { sources[name] != nil }

    func names(_ name: String, _ numbers: Set<Int64>, at position: Int64?, _ session: any Storage.Session) throws -> [Int64: String] {
        guard !numbers.isEmpty, let source = sources[name] else { return [:] }
        return try source.reading(numbers, position, session)
    }

    static func address(_ name: String, _ number: Int64) -> Address? {
        switch name {
        case "enterprise": Address("enterprises", number)
        case "publication": Address("publications", number)
        default: nil
        }
    }
}

/// The names that one page needs, read once.
struct NamedRecords: Sendable {
    private var names: [String: [Int64: String]] = [:]

    init() {}

    /// A condition can name any number, also of a firm that is not the viewer's to see: of those only the viewer's own are named. Rows are the
    /// viewer's own already.
    init(
        _ question: Question, _ fact: Fact, _ rows: RowPage?, directory: RecordNames, asking: Asking, at position: Int64?,
        _ session: any Storage.Session
    ) throws {
        let own = try asking.regions.entrusted(to: asking.viewer.actor)
        var wanted: [String: Set<Int64>] = [:]
        var firms: Set<Int64> = []
        for filter in question.filters where directory.knows(filter.dimension) {
            let numbers = filter.values.compactMap { Int64($0) }
            if own != nil, filter.dimension == "enterprise" {
                firms.formUnion(numbers)
            } else {
                wanted[filter.dimension, default: []].formUnion(numbers)
            }
        }
        for (index, column) in (rows?.columns ?? []).enumerated() where directory.knows(column.name) {
            wanted[column.name, default: []].formUnion((rows?.rows ?? []).compactMap { $0.values[index].integer })
        }
        for (name, numbers) in wanted { names[name] = try directory.names(name, numbers, at: position, session) }
        guard !firms.isEmpty else { return }
        names["enterprise", default: [:]].merge(try EnterpriseStore.titles(of: firms, at: position, own: own, session)) { shown, _ in shown
        }
    }

    func name(_ kind: String, _ number: Int64) -> String? { names[kind]?[number] }

    /// The name of a condition's value, where it is a record's number.
    func word(_ dimension: String, _ value: String) -> Word? { Int64(value).flatMap { name(dimension, $0) }.map { Word($0) } }
}
