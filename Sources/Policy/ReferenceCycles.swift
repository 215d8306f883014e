/// Finds references that lead back to where they began: `a` part of `b`, `b` part of `a`.
enum ReferenceCycles {
    /// Each cycle once, as the path from its first member in `order` back to it.
    static func find(_ references: [String: [String]], order: [String]) -> [[String]] {
        var done: Set<String> = []
        var found: [[String]] = []
        for start in order where !done.contains(start) {
            // A walk with an explicit path, because a hostile file may chain twenty thousand of them.
            var path: [String] = []
            var places: [String: Int] = [:]
            var rest: [[String]] = [[start]]
            while let next = rest.last {
                guard let here = next.last else {
                    rest.removeLast()
                    if let left = path.popLast() {
                        places[left] = nil
                        done.insert(left)
                    }
                    continue
                }
                rest[rest.count - 1].removeLast()
                if let place = places[here] {
                    found.append(path[place...] + [here])
                } else if !done.contains(here) {
                    places[here] = path.count
                    path.append(here)
                    rest.append((references[here] ?? []).reversed())
                }
            }
        }
        return found
    }
}
