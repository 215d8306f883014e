/// How the rows of a table are counted (计数口径): cubes of a few keys, and what a row adds to their cells.
///
/// Cells are kept with every write, so that a figure over millions of rows is a sum over some hundred cells. A change of this declaration
/// has the counters made anew from the rows when the store is next opened; where a closure alone changes, its `edition` is raised.
package struct Tally: Sendable {
    /// One key of cells, read from some columns of the row; empty where the row has none.
    package struct Key: Sendable {
        package let name: String
        let columns: [Identifier]
        /// nil: the column's own value.
        let read: (@Sendable ([Value]) -> String)?

        package init(_ name: String, _ column: Identifier) {
            self.name = name
            columns = [column]
            read = nil
        }

        package init(_ name: String, from columns: [Identifier], _ read: @escaping @Sendable ([Value]) -> String) {
            self.name = name
            self.columns = columns
            self.read = read
        }
    }

    /// One number that a row adds to its cells.
    package struct Part: Sendable {
        let name: String
        /// The metric it is a part of; cubes name metrics.
        let metric: String
        let columns: [Identifier]
        let read: @Sendable ([Value]) -> Int64
    }

    /// Cells by some keys; the one with the fewest cells that has what a question names is to stand first.
    package struct Cube: Sendable {
        package let keys: [String]
        /// The metrics kept beside the count.
        package let metrics: [String]

        package init(_ keys: String..., with metrics: [String] = []) {
            self.keys = keys
            self.metrics = metrics
        }
    }

    /// What the things that are counted once are known by: the columns of a row that name them, the first that says something.
    ///
    /// Each column has an index over the current rows: where a thing stands is read from its rows.
    package enum Naming: Sendable, Hashable {
        /// A number, as that of a record.
        case number(Identifier)
        /// A name. A row without one belongs to nothing.
        case name([Identifier])
        /// A name. A row without one is a thing of its own.
        case nameOrRow([Identifier])

        var columns: [Identifier] {
            switch self {
            case .number(let column): [column]
            case .name(let columns), .nameOrRow(let columns): columns
            }
        }
    }

    /// Things that have several rows (firms) and are to be counted once, by the keys of `pinned` exactly and over any set of `leaf` values.
    ///
    /// Every thing stands in exactly one cell: that of all its leaf values together, so that cells can be added up.
    package struct Groups: Sendable {
        package let metric: String
        /// Up to five keys.
        package let pinned: [String]
        package let leaf: String
        let naming: Naming
        let conditions: [Identifier]
        /// Whether the row misses the metric's condition; nil where it takes no part.
        let misses: @Sendable (_ values: [Value]) -> Bool?

        package init(
            _ metric: String, pinned: [String], leaf: String, of naming: Naming, from conditions: [Identifier] = [],
            _ misses: @escaping @Sendable (_ values: [Value]) -> Bool? = { _ in false }
        ) {
            self.metric = metric
            self.pinned = pinned
            self.leaf = leaf
            self.naming = naming
            self.conditions = conditions
            self.misses = misses
        }

        var columns: [Identifier] { conditions + naming.columns }
    }

    /// The most keys a cell has.
    package static let width = 6

    package let fact: String
    package let keys: [Key]
    let parts: [Part]
    package let cubes: [Cube]
    package let groups: [Groups]
    /// Rows whose column has this value are not counted (merged dossiers).
    let leftOut: (column: Identifier, value: String)?
    let edition: Int

    package init(
        _ fact: String, keys: [Key], metrics: [[Part]] = [], cubes: [Cube], groups: [Groups] = [],
        leavingOut leftOut: (column: Identifier, value: String)? = nil, edition: Int = 1
    ) {
        self.fact = fact
        self.keys = keys
        parts = [Part(name: "count", metric: "count", columns: []) { _ in 1 }] + metrics.flatMap { $0 }
        self.cubes = cubes
        self.groups = groups
        self.leftOut = leftOut
        self.edition = edition
    }

    /// The name under which a cube's cells are kept.
    package func name(_ cube: Cube) -> String { fact + "/" + cube.keys.joined(separator: ".") }

    /// The name under which things are kept.
    package func name(_ groups: Groups) -> String { fact + "/" + groups.metric + "@" + groups.pinned.joined(separator: ".") }

    /// The same for things that have several leaf values.
    package func severalName(_ groups: Groups) -> String { name(groups) + "+" }

    /// A digest of the declaration, kept in the store beside the cells.
    var declaration: String {
        var lines = ["tally 1", fact, String(edition), leftOut.map { "\($0.column)=\($0.value)" } ?? ""]
        lines += keys.map { "key \($0.name) \($0.columns)" } + parts.map { "part \($0.name) \($0.metric) \($0.columns)" }
        lines += cubes.map { "cube \($0.keys) \($0.metrics)" } + groups.map { "groups \($0.metric) \($0.pinned) \($0.leaf) \($0.columns)" }
        return sha256(Array(lines.joined(separator: "\n").utf8))
    }
}

extension [Tally.Part] {
    /// A sum with the number of rows that have the value.
    package static func sum(_ metric: String, _ column: Identifier) -> [Tally.Part] {
        [
            Tally.Part(name: metric, metric: metric, columns: [column]) { $0[0].integer ?? 0 },
            Tally.Part(name: metric + "#", metric: metric, columns: [column]) { $0[0].integer == nil ? 0 : 1 },
        ]
    }

    /// Two sums over the rows where both are known, with their number.
    package static func ratio(_ metric: String, of part: Identifier, to whole: Identifier) -> [Tally.Part] {
        func both(_ name: String, _ value: @escaping @Sendable (Int64, Int64) -> Int64) -> Tally.Part {
            Tally.Part(name: name, metric: metric, columns: [part, whole]) { values in
                guard let part = values[0].integer, let whole = values[1].integer else { return 0 }
                return value(part, whole)
            }
        }
        return [both(metric) { part, _ in part }, both(metric + "/") { _, whole in whole }, both(metric + "#") { _, _ in 1 }]
    }

    /// How many rows meet a condition among how many; nil where a row is not among them.
    package static func share(
        _ metric: String, from columns: [Identifier], _ hits: @escaping @Sendable ([Value]) -> Bool?
    ) -> [Tally.Part] {
        [
            Tally.Part(name: metric + "+", metric: metric, columns: columns) { hits($0) == true ? 1 : 0 },
            Tally.Part(name: metric + "#", metric: metric, columns: columns) { hits($0) == nil ? 0 : 1 },
        ]
    }
}
