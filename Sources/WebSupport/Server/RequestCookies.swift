/// The cookies of a request; a name sent twice counts as not sent, since one of the two was planted.
struct RequestCookies {
    private var values: [String: String] = [:]

    init(_ fields: [String]) {
        var seen: Set<String> = []
        for field in fields {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { continue }
                let name = FormText.trimmed(String(parts[0]))
                values[name] = seen.insert(name).inserted ? FormText.trimmed(String(parts[1])) : nil
            }
        }
    }

    subscript(_ name: String) -> String? { values[name] }
}
