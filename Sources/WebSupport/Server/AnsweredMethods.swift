import Values

/// The methods that each address answers to, for requests that come with another one (RFC 9110, 15.5.6), and the right that a page needs.
struct AnsweredMethods: Sendable {
    /// By the number of segments: the segments, nil where any text may stand, and what is asked how.
    private var shapes: [Int: [(segments: [Substring?], method: Route.Method, may: Right)]] = [:]

    init(_ table: RouteTable) {
        for route in table.routes {
            let segments = route.path.split(separator: "/").map { $0.hasPrefix("{") ? nil : $0 }
            shapes[segments.count, default: []].append((segments, route.method, route.may))
        }
    }

    /// What may be asked of an address; nothing where there is none.
    func allowed(_ path: String) -> [String] {
        let methods = Set(met(path).map(\.method))
        return (methods.contains(.get) ? ["GET", "HEAD"] : []) + (methods.contains(.post) ? ["POST"] : [])
    }

    /// What reading a page needs; nil where there is none. As in the router, a segment that is written out goes before one that is any.
    func right(of path: String) -> Right? {
        met(path).filter { $0.method == .get }.max { $0.segments.count { $0 != nil } < $1.segments.count { $0 != nil } }?.may
    }

    private func met(_ path: String) -> [(segments: [Substring?], method: Route.Method, may: Right)] {
        let asked = path.split(separator: "/")
        return (shapes[asked.count] ?? []).filter { shape in
            zip(shape.segments, asked).allSatisfy { segment, text in segment.map { $0 == text } ?? true }
        }
    }
}
