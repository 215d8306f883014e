import Values

/// That the bytes of a kept file are gone (抹去原件), with what proves the row without them.
///
/// The record stays for ever; it ends only where somebody who still has the file has it kept again.
package struct OriginalErasure: Sendable, Hashable {
    package let id: Int64
    package let sha256: String
    package let name: String
    /// The digest of the row as it was, which the digest of the entry that kept the file goes on asking for.
    package let digest: String
    /// How many bytes went away.
    package let size: Int64
    /// The entry that erased: who, when and why.
    package let position: Int64

    init(_ row: Row) {
        id = row.integer(0)
        sha256 = row.text(1)
        name = row.text(2)
        digest = row.text(3)
        size = row.integer(4)
        position = row.integer(5)
    }

    static let columns: SQL = "e.id, e.sha256, e.name, e.digest, e.size, e.known_from"
}

extension RecordTable {
    /// Erased originals, each with the digest of the row as it was.
    package static let originalErasure = RecordTable("original_erasure", columns: ["sha256", "name", "digest", "size"])
}

extension Schema {
    static let erasures = Migration(
        "kernel-0003",
        [
            """
            create table original_erasure (
                id {int} not null, known_from {int} not null, known_to {int} not null, sha256 {text} not null, name {text} not null,
                digest {text} not null, size {int} not null, primary key (id, known_from)
            ) {strict}
            """,
            "create unique index original_erasure_current on original_erasure (sha256) where known_to = 9223372036854775807",
        ])
}

extension Transaction {
    /// Lets the bytes of a kept file go: the row stays with its name and hash, its digest as it was is kept beside.
    ///
    /// - Throws: `original.missing`, `original.erased-already`; `original.changed` where the bytes are not those that came in, so that an
    ///   erasure never covers up a change.
    package func erase(original sha: String) throws {
        guard let row = try session.row("select name, bytes from original where sha256 = \(sha)"), case .blob(let bytes) = row.value(1)
        else {
            throw OriginalStore.unknown(sha)
        }
        guard try OriginalStore.erasure(of: sha, session) == nil else {
            throw Failure(.conflict, "original.erased-already", "原件“\(row.text(0))”已经抹去", cure: "刷新页面，看何时、何人、为何")
        }
        guard Storage.sha256(bytes) == sha else {
            throw Failure(.conflict, "original.changed", "原件“\(row.text(0))”与其哈希不符，不能抹去", cure: "先运行 hallmark verify，查明谁改了数据库")
        }
        let kept = RecordTable.original.digest(key: .text(sha), row: row.values).text
        try session.overwrite("update original set bytes = \(Value.blob([])) where sha256 = \(sha)")
        let id: ID<OriginalErasure> = try newID(.originalErasure)
        try open(.originalErasure, id: id.number, [.text(sha), row.value(0), .text(kept), .integer(Int64(bytes.count))])
        subject = "original/" + sha
        detail = ["file": row.text(0), "sha256": sha, "size": String(bytes.count)]
    }

    /// Puts the bytes of an erased file back, which somebody has brought again; the record of the erasure ends here.
    ///
    /// - Throws: `original.changed` where the kept digest is not that of these bytes under the name of then.
    package func keepAgain(original bytes: [UInt8]) throws {
        let sha = Storage.sha256(bytes)
        guard let erasure = try OriginalStore.erasure(of: sha, session) else { return }
        guard RecordTable.original.digest(key: .text(sha), row: [.text(erasure.name), .blob(bytes)]).text == erasure.digest else {
            throw Failure(.conflict, "original.changed", "原件“\(erasure.name)”留下的摘要被改过，不能重新保存", cure: "先运行 hallmark verify，查明谁改了数据库")
        }
        try session.run("update original set bytes = \(Value.blob(bytes)) where sha256 = \(sha)")
        try close(.originalErasure, id: erasure.id)
    }
}
