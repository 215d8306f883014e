/// What the two engines say differently; everything else is written once in their common subset.
package enum Dialect: String, Sendable, CaseIterable {
    case sqlite
    case postgres

    /// A table definition with the tokens `{id}`, `{int}`, `{text}`, `{real}`, `{blob}` and `{strict}` spelled for this engine.
    package func definition(_ text: String) -> String {
        var result = text
        for (token, word) in words { result = result.replacing(token, with: word) }
        return result
    }

    private var words: [(String, String)] {
        switch self {
        case .sqlite:
            [
                ("{id}", "INTEGER PRIMARY KEY"), ("{int}", "INTEGER"), ("{text}", "TEXT"), ("{real}", "REAL"), ("{blob}", "BLOB"),
                ("{strict}", "STRICT"),
            ]
        case .postgres:
            [
                ("{id}", "BIGINT PRIMARY KEY"), ("{int}", "BIGINT"), ("{text}", "TEXT"), ("{real}", "DOUBLE PRECISION"),
                ("{blob}", "BYTEA"),
                ("{strict}", ""),
            ]
        }
    }

    /// `?` becomes `$1`, `$2` … outside quotes; PostgreSQL alone asks for it.
    package func numbered(_ text: String) -> String {
        guard self == .postgres, text.utf8.contains(UInt8(ascii: "?")) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 16)
        var quoted = false
        var count = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "'") { quoted.toggle() }
            if byte == UInt8(ascii: "?"), !quoted {
                count += 1
                result.append(UInt8(ascii: "$"))
                result.append(contentsOf: String(count).utf8)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
