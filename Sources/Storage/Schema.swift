import Crypto

/// One append-only change of the store's shape; shipped ones are never edited, their checksum is kept in the store.
package struct Migration: Sendable {
    /// `enterprises-0001`: the slice and its own counting.
    package let name: String
    /// Definitions with the type tokens of `Dialect.definition`.
    package let statements: [String]
    /// Definitions for one engine alone (full-text search).
    package let only: [Dialect: [String]]

    package init(_ name: String, _ statements: [String], only: [Dialect: [String]] = [:]) {
        self.name = name
        self.statements = statements
        self.only = only
    }

    package var checksum: String {
        let special = Dialect.allCases.flatMap { only[$0] ?? [] }
        return hexadecimal(SHA256.hash(data: Array((statements + special).joined(separator: "\n;\n").utf8)))
    }
}

/// A table that only one engine has, or has in its own form, made from the rows of others: a search index.
package struct DerivedTable: Sendable {
    package let name: Identifier
    /// Fills the empty table.
    package let make: @Sendable (any Session) throws -> Void

    package init(_ name: Identifier, make: @Sendable @escaping (any Session) throws -> Void) {
        self.name = name
        self.make = make
    }
}

/// The whole shape of a store: its migrations in order, and the tables whose rows the journal vouches for.
package struct Schema: Sendable {
    package let migrations: [Migration]
    package let tables: [RecordTable]
    /// What is made again where a store is made from the rows of another.
    package let derived: [DerivedTable]

    package init(migrations: [Migration], tables: [RecordTable], derived: [DerivedTable] = []) {
        self.migrations = migrations
        self.tables = tables
        self.derived = derived
    }

    /// What is looked at after many rows were written: what records hold, and the indexes of texts made from them.
    var measured: [Identifier] { tables.map(\.name) + derived.map(\.name) }

    /// The kernel's part and the slices' parts, in this order.
    package static func + (left: Schema, right: Schema) -> Schema {
        Schema(migrations: left.migrations + right.migrations, tables: left.tables + right.tables, derived: left.derived + right.derived)
    }
}

/// Lower-case hexadecimal of a digest.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var result: [UInt8] = []
    for byte in bytes {
        result.append(digits[Int(byte >> 4)])
        result.append(digits[Int(byte & 15)])
    }
    return String(decoding: result, as: UTF8.self)
}
