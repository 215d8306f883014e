import Crypto

/// Checks the kept files: whole ones against their hash, erased ones against the digest that was kept of them.
struct VerifyOriginals {
    private let erasures: [String: OriginalErasure]
    private var seen: Set<String> = []
    private(set) var findings: [Verification.Finding] = []
    /// Erased files by the entry that kept them, which asks for their digests.
    private var erased: [Int64: [String]] = [:]
    private static let emptyFile = sha256([])

    init(_ session: any Session) throws {
        let all = try session.rows("select \(OriginalErasure.columns) from original_erasure as e where \(RecordTable.current("e"))")
        erasures = Dictionary(all.map { OriginalErasure($0) }.map { ($0.sha256, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// How many files are erased.
    var count: Int64 { Int64(erasures.count) }

    /// Adds the digests with which the rows of `original` take part in their entries'; files are read in pieces. Answers how many there are.
    mutating func collect(_ session: any Session, into digests: FiledDigests) throws -> Int64 {
        let rows = try session.rows("select sha256, name, known_from from original order by sha256")
        for row in rows {
            var (text, hash, size) = (DigestText("open", RecordTable.original.name.name), SHA256(), 0)
            text.add(row.value(0))
            text.add(row.value(1))
            try text.addBlob { take in
                _ = try session.readBytes(of: "bytes", in: "original", where: ("sha256", row.value(0))) { piece in
                    take(piece)
                    hash.update(bufferPointer: piece)
                    size += piece.count
                }
            }
            let content = hexadecimal(hash.finalize())
            let own = text.digest()
            try digests.add(
                digest(row.text(0), name: row.value(1), size: size, content: content, keptAt: row.integer(2), own: own), at: row.integer(2))
        }
        return Int64(rows.count)
    }

    /// - Parameters:
    ///   - content: the SHA-256 of the bytes that are there.
    ///   - own: the digest of the row as it is.
    private mutating func digest(
        _ sha: String, name: Value, size: Int, content: String, keptAt position: Int64, own: RowDigest
    ) -> RowDigest {
        guard let erasure = erasures[sha] else {
            if size == 0, sha != Self.emptyFile {
                add("original-missing", "保存的原始文件没有字节，也没有抹去的记录：\(sha)")
            } else if content != sha {
                add("original-changed", "保存的原始文件与其哈希不符：\(sha)")
            }
            return own
        }
        seen.insert(sha)
        erased[position, default: []].append(sha)
        if size > 0 { add("erased-still-there", "记为已抹去的原件，字节还在：\(sha)") }
        if name != .text(erasure.name) { add("original-changed", "已抹去的原件的文件名被改过：\(sha)") }
        return RowDigest(text: erasure.digest) ?? own
    }

    /// Called for an entry whose rows are not those it recorded: which erased files may be why.
    mutating func doubt(entry position: Int64) {
        for sha in (erased[position] ?? []).sorted() {
            add("erasure-unproven", "已抹去的原件留下的摘要，与保存它的日志第\(position)条对不上：\(sha)", position)
        }
    }

    /// Called after the last row: erasures of files that there are not.
    mutating func finish() {
        for sha in erasures.keys.sorted() where !seen.contains(sha) {
            add("erasure-without-original", "有抹去的记录，却没有这份原件：\(sha)", erasures[sha]?.position)
        }
    }

    private mutating func add(_ code: String, _ message: String, _ position: Int64? = nil) {
        findings.append(.init(code: code, position: position, message: message))
    }
}
