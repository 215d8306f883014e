/// A conversation with the engine inside `read` or `write`; it does not leave the closure.
package protocol Session: AnyObject {
    var dialect: Dialect { get }

    /// Cells of counters that were read before.
    var held: HeldCells { get }

    /// All rows of an answer.
    func rows(_ sql: SQL) throws -> [Row]

    /// Row by row, in constant memory.
    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws

    /// Row by row columns of whole numbers, without making rows, for walks over a million; a null is `Int64.min`.
    func forEachNumbers(_ sql: SQL, _ body: (UnsafeBufferPointer<Int64>) throws -> Void) throws

    /// Runs a change and tells how many rows it touched.
    @discardableResult func run(_ sql: SQL) throws -> Int

    /// Runs a change after which the old content does not lie about in the file, as far as the engine can do that.
    func overwrite(_ sql: SQL) throws

    /// Inserts many rows of the same columns as fast as the engine can.
    func insert(into table: Identifier, columns: [Identifier], rows: [[Value]]) throws

    /// Inserts many rows that share the values of some columns: the bounds of versions.
    func insert(
        into table: Identifier, key: Identifier, fixed: [(Identifier, Value)], columns: [Identifier], rows: [(id: Int64, row: [Value])]
    ) throws

    /// Inserts one row, one of whose columns is the content of a file.
    func insert(into table: Identifier, fixed: [(Identifier, Value)], file: KeptFile, as column: Identifier) throws

    /// Hands over the bytes of one row's column piece by piece, a few megabytes at a time; false where there is no such row.
    func readBytes(
        of column: Identifier, in table: Identifier, where key: (column: Identifier, value: Value),
        _ take: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Bool

    /// Says that this conversation writes rows by the hundred thousand: until it ends, the engine may hold more of the store in memory.
    func expectManyRows() throws

    /// Says that this act has written much of a table and is about to look its rows up: the engine may look at the table as it stands now.
    func measure(_ table: Identifier) throws

    /// Runs a definition as it is; for migrations alone.
    func define(_ text: String) throws
}

extension Session {
    package func expectManyRows() throws {}

    package func measure(_ table: Identifier) throws {}

    package func forEachNumbers(_ sql: SQL, _ body: (UnsafeBufferPointer<Int64>) throws -> Void) throws {
        var numbers: [Int64] = []
        try forEach(sql) { row in
            numbers.removeAll(keepingCapacity: true)
            for value in row.values { numbers.append(value.integer ?? .min) }
            try numbers.withUnsafeBufferPointer(body)
        }
    }

    /// The first row, or nil.
    package func row(_ sql: SQL) throws -> Row? { try rows(sql).first }

    /// The first column of the first row as a whole number; 0 where there is no row.
    package func integer(_ sql: SQL) throws -> Int64 { try row(sql)?.integer(0) ?? 0 }
}
