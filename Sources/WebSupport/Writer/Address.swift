package import Values

/// An address inside this server, made of path segments and query items that are encoded when it is written; never glued from strings.
///
/// `Address("enterprises", id, "history").with("on", day)` is `/enterprises/41/history?on=2007-03-31`.
package struct Address: Sendable, Hashable, CustomStringConvertible {
    private var path: String
    /// The query items in order; a name may occur several times.
    package private(set) var items: [QueryItem]
    private var fragment: String?

    /// An address from its path segments; no segment is the home page.
    package init(_ segments: any PathSegment...) {
        path = "/" + segments.map { Address.encodedSegment($0.segment) }.joined(separator: "/")
        items = []
    }

    /// The page that was asked for, as the request line had it.
    init(requestPath: String, items: [QueryItem]) {
        path = requestPath.hasPrefix("/") && !requestPath.hasPrefix("//") ? requestPath : "/"
        self.items = items
    }

    /// An address that came back in a form, such as where to return to; nil unless it stays on this server.
    package init?(returnedBy text: String) {
        let isLocal =
            text.hasPrefix("/") && !text.hasPrefix("//") && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        guard isLocal, text.utf8.count <= 4096 else { return nil }
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts[0].prefix { $0 != "#" })
        items = parts.count > 1 ? Query(parts[1].prefix { $0 != "#" }).items : []
    }

    /// The encoded path, without query and fragment.
    package var pathText: String { path }

    /// The address one step further down the path.
    package func appending(_ segment: any PathSegment) -> Address {
        var copy = self
        copy.path = (path == "/" ? "/" : path + "/") + Address.encodedSegment(segment.segment)
        return copy
    }

    /// The same address with a further query item; an item without value is left out.
    package func with(_ name: String, _ value: (any PathSegment)?) -> Address {
        guard let value else { return self }
        var copy = self
        copy.items.append(QueryItem(name: name, value: value.segment))
        return copy
    }

    /// The same address with one item of this name, or none.
    package func replacing(_ name: String, _ value: (any PathSegment)?) -> Address { removing(name).with(name, value) }

    /// The same address without items of these names.
    package func removing(_ names: String...) -> Address {
        var copy = self
        copy.items.removeAll { names.contains($0.name) }
        return copy
    }

    /// The same page, at an element's `id`.
    package func at(_ id: String) -> Address {
        var copy = self
        copy.fragment = id
        return copy
    }

    package var description: String {
        if items.isEmpty, fragment == nil { return path }
        let query = items.map { PercentCoding.encoded($0.name) + "=" + PercentCoding.encoded($0.value) }.joined(separator: "&")
        return path + (query.isEmpty ? "" : "?" + query) + (fragment.map { "#" + PercentCoding.encoded($0) } ?? "")
    }

    /// A segment of dots would be taken as a step up the path even when encoded, so it is written as `-`.
    private static func encodedSegment(_ text: String) -> String {
        text == "." || text == ".." || text.isEmpty ? "-" : PercentCoding.encoded(text)
    }
}

/// A value that can stand in a path or a query.
package protocol PathSegment: Sendable {
    var segment: String { get }
}

extension String: PathSegment { package var segment: String { self } }
extension Substring: PathSegment { package var segment: String { String(self) } }
extension Int: PathSegment { package var segment: String { String(self) } }
extension Int64: PathSegment { package var segment: String { String(self) } }
extension ID: PathSegment { package var segment: String { String(number) } }
extension Day: PathSegment { package var segment: String { description } }

/// One `name=value` of a query or a form.
package struct QueryItem: Sendable, Hashable {
    package let name: String
    package let value: String
}

/// The query of a request, decoded.
package struct Query: Sendable {
    package let items: [QueryItem]

    /// Items whose bytes are not UTF-8 are dropped: no page writes such a link.
    init(_ text: some StringProtocol) {
        items = text.utf8.split(separator: UInt8(ascii: "&")).prefix(200).compactMap { pair in
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = PercentCoding.text(Array(parts[0]), plusIsSpace: true)
            let value = parts.count > 1 ? PercentCoding.text(Array(parts[1]), plusIsSpace: true) : ""
            guard let name, let value else { return nil }
            return QueryItem(name: name, value: value)
        }
    }

    /// The first value of a name, without spaces around it; nil where it is missing or empty.
    package subscript(_ name: String) -> String? {
        guard let value = items.first(where: { $0.name == name })?.value else { return nil }
        let trimmed = FormText.trimmed(value)
        return trimmed.isEmpty ? nil : trimmed
    }

    /// All values of a name, in order.
    package func all(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }
}

/// An address on another server, such as where an official document is published; only http and https.
package struct ExternalAddress: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// Nil for any other scheme, and for texts with spaces.
    package init?(_ text: String) {
        let lowered = text.lowercased()
        let isWeb = lowered.hasPrefix("https://") || lowered.hasPrefix("http://")
        guard isWeb, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), text.utf8.count <= 2048 else { return nil }
        description = text
    }
}
