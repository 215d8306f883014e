/// What a row is recognised by when a list comes again: everything it says, then fewer and fewer of its parts.
struct RowKeys {
    /// All that was written, folded; equal content is the same row, unchanged.
    let content: String
    /// Weaker keys, the strongest first; nil where the row does not have the parts.
    let loose: [String?]
}

/// Finds for each row of a list that comes again the row that the store holds, so that a correction changes it and a repetition does nothing.
enum RowMatching {
    /// For each incoming row the index of the stored row, or nil for a new one. Equal rows pair off one by one; a weaker key counts only where it
    /// is unique among what is left on both sides.
    static func match(stored: [RowKeys], incoming: [RowKeys]) -> [Int?] {
        var result = [Int?](repeating: nil, count: incoming.count)
        var free = [Bool](repeating: true, count: stored.count)
        var places: [String: [Int]] = [:]
        for index in stored.indices.reversed() { places[stored[index].content, default: []].append(index) }
        for index in incoming.indices {
            guard let found = places[incoming[index].content]?.popLast() else { continue }
            result[index] = found
            free[found] = false
        }
        let levels = incoming.first?.loose.count ?? 0
        for level in 0..<levels {
            let left = unique(stored.indices.filter { free[$0] }) { stored[$0].loose[level] }
            let right = unique(incoming.indices.filter { result[$0] == nil }) { incoming[$0].loose[level] }
            for (key, index) in right {
                guard let found = left[key] else { continue }
                result[index] = found
                free[found] = false
            }
        }
        return result
    }

    /// Keys that one row alone has.
    private static func unique(_ indices: [Int], _ key: (Int) -> String?) -> [String: Int] {
        var found: [String: Int] = [:]
        var twice: Set<String> = []
        for index in indices {
            guard let key = key(index) else { continue }
            if found.updateValue(index, forKey: key) != nil { twice.insert(key) }
        }
        for key in twice { found[key] = nil }
        return found
    }
}
