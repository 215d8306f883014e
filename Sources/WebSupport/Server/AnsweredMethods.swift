import Values

/// The methods that each address answers to, for requests that come with another one (RFC 9110, 15.5.6).
struct AnsweredMethods: Sendable {
    /// By the number of segments: the segments, nil where any text may stand, and the methods.
    private var shapes: [Int: [(segments: [Substring?], method: Route.Method)]] = [:]

    init(_ table: RouteTable) {
        for route in table.routes {
            let segments = route.path.split(separator: "/").map { $0.hasPrefix("{") ? nil : $0 }
            shapes[segments.count, default: []].append((segments, route.method))
        }
    }

    /// What may be asked of an address; nothing where there is none.
    func allowed(_ path: String) -> [String] {
        let asked = path.split(separator: "/")
        let met = (shapes[asked.count] ?? []).filter { shape in
            zip(shape.segments, asked).allSatisfy { segment, text in segment.map { $0 == text } ?? true }
        }
        let methods = Set(met.map(\.method))
        return (methods.contains(.get) ? ["GET", "HEAD"] : []) + (methods.contains(.post) ? ["POST"] : [])
    }
}
