package import Values

/// The divisions as they stood on a day (现行区划): where the rows of each division are counted, former ones with what took their place.
package struct RegionStructure: Sendable {
    package let day: Day
    /// Of every division, from the outermost down to where its rows are counted.
    private let paths: [Int64: [Int64]]
    /// Every division with all whose rows are counted within it.
    private let below: [Int64: [Int64]]
    /// What took a divided division's place.
    private let parts: [Int64: [Int64]]

    package init(_ tree: RegionTree, on day: Day) {
        self.day = day
        var build = StructureBuild(tree: tree, day: day)
        var below: [Int64: [Int64]] = [:]
        for region in tree.regions {
            for number in build.path(region) { below[number, default: []].append(region.id.number) }
        }
        (paths, parts) = (build.paths, build.parts)
        self.below = below
    }

    /// Where a division's rows are counted: what took its place, itself while it exists or where it was divided.
    package func group(of number: Int64) -> Int64 { paths[number]?.last ?? number }

    /// From the outermost down to where a division's rows are counted.
    package func path(of number: Int64) -> [Int64] { paths[number] ?? [] }

    /// All divisions whose rows are counted within what stands for a division.
    package func within(_ number: Int64) -> [Int64] { below[group(of: number)] ?? [] }

    /// Whether several took its place, so that nobody knows from a row to which of them it belongs.
    package func isDivided(_ number: Int64) -> Bool { parts[number] != nil }

    /// The divided divisions of which a part, and not the whole, lies within a division.
    package func divided(around number: Int64) -> [Int64] {
        let root = group(of: number)
        return parts.filter { former, parts in
            !path(of: former).contains(root) && parts.contains { path(of: $0).contains(root) }
        }.keys.sorted()
    }

    /// The divisions whose rows are entrusted to who answers for a division that day: its own and its predecessors'; none once others took its place.
    package func entrusted(to number: Int64) -> [Int64] {
        group(of: number) == number && !isDivided(number) ? below[number] ?? [] : []
    }
}

/// The paths while they are being found.
private struct StructureBuild {
    let tree: RegionTree
    let day: Day
    var paths: [Int64: [Int64]] = [:]
    var parts: [Int64: [Int64]] = [:]
    /// Deeper than this a succession leads in a circle.
    private static let deepest = 12

    mutating func path(_ region: Region, depth: Int = 0) -> [Int64] {
        let number = region.id.number
        if let known = paths[number] { return known }
        guard depth < Self.deepest else { return [number] }
        let heirs = tree.successors(of: region, on: day).filter { $0.id != region.id }
        let path: [Int64]
        if heirs.count > 1 {
            parts[number] = heirs.map(\.id.number)
            path = common(heirs.map { self.path($0, depth: depth + 1) }) + [number]
        } else if let heir = heirs.first {
            path = self.path(heir, depth: depth + 1)
        } else {
            path = (region.parent.flatMap(tree.region).map { self.path($0, depth: depth + 1) } ?? []) + [number]
        }
        paths[number] = path
        return path
    }

    private func common(_ paths: [[Int64]]) -> [Int64] {
        guard var common = paths.first else { return [] }
        for path in paths { common = Array(zip(common, path).prefix { $0 == $1 }.map(\.0)) }
        return common
    }
}
