import Foundation
import Values

/// Where a list goes on (游标): the journal position of its first page, so that later pages show the same store, and the last row shown. Opaque to
/// callers; it grants nothing that its query does not.
struct PageCursor: Sendable, Hashable {
    let position: Int64
    let after: Int64?

    init(position: Int64, after: Int64?) {
        self.position = position
        self.after = after
    }

    /// - Throws: `interface.cursor`.
    init(_ text: String, of query: String, head: Int64) throws {
        let padded = text.replacing("-", with: "+").replacing("_", with: "/") + String(repeating: "=", count: (4 - text.count % 4) % 4)
        let parts = Data(base64Encoded: padded).map { String(decoding: $0, as: UTF8.self).split(separator: ".") } ?? []
        guard parts.count == 3, let position = Int64(parts[0]), let after = Int64(parts[1]), (0...head).contains(position),
            parts[2] == query
        else {
            throw Failure(.invalid, "interface.cursor", "游标不是这个查询给出的", cure: "从第一页重新开始，条件不变时才能用 next")
        }
        self.init(position: position, after: after)
    }

    func text(of query: String) -> String {
        let plain = Data("\(position).\(after ?? 0).\(query)".utf8).base64EncodedString()
        return plain.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
