package import Foundation
import Values
import Yams

/// Reads `regulations/regions/*.yaml` into a tree: provinces, cities, districts, towns, former divisions, customary names.
package enum RegionFiles {
    /// The tree of a folder.
    ///
    /// - Throws: `Failure` with file and line for a missing file, a wrong node, an unknown parent or an impossible date.
    package static func load(folder: URL) throws -> RegionTree {
        var build = RegionBuild()
        for level in RegionLevel.allCases {
            try build.add(level: level, RegulationYAML(folder.appendingPathComponent(fileName(level))))
        }
        try build.addFormer(RegulationYAML(folder.appendingPathComponent("former.yaml")))
        try build.addAliases(RegulationYAML(folder.appendingPathComponent("aliases.yaml")))
        return build.tree()
    }

    private static func fileName(_ level: RegionLevel) -> String {
        switch level {
        case .province: "provinces.yaml"
        case .city: "cities.yaml"
        case .district: "districts.yaml"
        case .town: "towns.yaml"
        }
    }
}

/// The regions while the files are being read.
private struct RegionBuild {
    var drafts: [RegionDraft] = []
    var current: [String: Int] = [:]
    var generations: [String: Int64] = [:]
    var aliases: [ID<Region>: [String: ID<Region>]] = [:]
    var ambiguous: Set<String> = []
    var namesakes: Set<String> = []

    mutating func add(level: RegionLevel, _ file: RegulationYAML) throws {
        for (prefix, children) in try file.pairs("regions") {
            for (rest, node) in try file.pairs(children) {
                let code = (prefix + rest).padding(to: level == .town ? 9 : 6)
                guard current[code] == nil else { throw file.failure("region.twice", "区划代码 \(code) 写了两次", node) }
                var draft = RegionDraft(id: RegionDraft.id(code, 0), code: code, name: try file.text(node), level: level)
                draft.parent = try parent(of: code, level, file, node)
                current[code] = drafts.count
                drafts.append(draft)
            }
        }
        for (prefix, node) in try file.pairs("short", optional: true) { try change(prefix, file, node) { $0.short = try file.text(node) } }
        for (prefix, node) in try file.pairs("dates", optional: true) {
            let days = try file.items(node)
            guard days.count == 2 else { throw file.failure("region.dates", "起止日要写成 [起, 止]", node) }
            try change(prefix, file, node) {
                $0.from = try file.day(days[0])
                $0.to = try file.day(days[1])
            }
        }
    }

    private mutating func change(_ prefix: String, _ file: RegulationYAML, _ node: Node, _ edit: (inout RegionDraft) throws -> Void) throws
    {
        guard let index = current[prefix.padding(to: 6)] else { throw file.failure("region.unknown", "没有代码为 \(prefix) 的区划", node) }
        try edit(&drafts[index])
    }

    /// Counties directly under a province and the districts of municipalities have no division between.
    private func parent(of code: String, _ level: RegionLevel, _ file: RegulationYAML, _ node: Node) throws -> ID<Region>? {
        let candidates: [String]
        switch level {
        case .province: return nil
        case .city: candidates = [String(code.prefix(2))]
        case .district: candidates = [String(code.prefix(4)), String(code.prefix(2))]
        case .town: candidates = [String(code.prefix(6))]
        }
        guard let index = candidates.lazy.compactMap({ current[$0.padding(to: 6)] }).first else {
            throw file.failure("region.parent", "区划 \(code) 的上级不在表中", node)
        }
        return drafts[index].id
    }

    mutating func addFormer(_ file: RegulationYAML) throws {
        for node in try file.items("renewed") { try addFormer(file, node, renewed: true) }
        for node in try file.items("merged") { try addFormer(file, node, renewed: false) }
        for node in try file.items("towns") { try addFormerTown(file, node) }
    }

    private mutating func addFormer(_ file: RegulationYAML, _ node: Node, renewed: Bool) throws {
        let row = try formerRow(file, node)
        let code = row.code
        let level: RegionLevel = code.hasSuffix("00") ? .city : .district
        let generation = nextGeneration(code)
        var draft = RegionDraft(id: RegionDraft.id(code, generation), code: code, name: row.name, level: level)
        draft.parent = try parent(of: code, level, file, node)
        (draft.from, draft.to) = (row.from, row.to)
        draft.successors = row.successors.map { drafts[$0].id }
        drafts.append(draft)
        guard renewed else { return }
        for index in row.successors { drafts[index].from = later(drafts[index].from, row.to) }
    }

    private mutating func addFormerTown(_ file: RegulationYAML, _ node: Node) throws {
        let row = try formerRow(file, node)
        guard let district = current[row.code] else { throw file.failure("region.unknown", "没有代码为 \(row.code) 的区划", node) }
        let number = 900 + nextGeneration(row.code + "towns")
        var draft = RegionDraft(id: RegionDraft.id(row.code + String(number), 0), code: nil, name: row.name, level: .town)
        draft.parent = drafts[district].id
        (draft.from, draft.to) = (row.from, row.to)
        draft.successors = row.successors.map { drafts[$0].id }
        drafts.append(draft)
    }

    private struct FormerRow {
        let code: String
        let name: String
        let from: Day?
        let to: Day?
        let successors: [Int]
    }

    private func formerRow(_ file: RegulationYAML, _ node: Node) throws -> FormerRow {
        let row = try file.items(node)
        guard row.count == 5 else { throw file.failure("region.former", "每行要有五项：代码、名称、起、止、去向", node) }
        let successors = try file.items(row[4]).map { successor in
            let code = try file.text(successor)
            guard let index = current[code] else { throw file.failure("region.unknown", "没有代码为 \(code) 的区划", successor) }
            return index
        }
        let (from, to) = (try file.day(row[2]), try file.day(row[3]))
        if let from, let to, to <= from { throw file.failure("region.dates", "止日早于起日", node) }
        return FormerRow(code: try file.text(row[0]), name: try file.text(row[1]), from: from, to: to, successors: successors)
    }

    private mutating func nextGeneration(_ code: String) -> Int64 {
        // A code whose present bearer is in the tables starts at 1; one that nobody bears any more keeps 0 for its last bearer.
        let first: Int64 = current[code] == nil && !code.hasSuffix("towns") ? 0 : 1
        let next = generations[code].map { $0 + 1 } ?? first
        generations[code] = next
        return next
    }

    /// The end of several predecessors: the new division begins with the first of them that ends last before today's name.
    private func later(_ left: Day?, _ right: Day?) -> Day? {
        guard let left else { return right }
        guard let right else { return left }
        return max(left, right)
    }

    mutating func addAliases(_ file: RegulationYAML) throws {
        for (prefix, node) in try file.pairs("aliases") {
            guard let parent = current[prefix.padding(to: 6)] else { throw file.failure("region.unknown", "没有代码为 \(prefix) 的区划", node) }
            for (name, target) in try file.pairs(node) {
                let code = try file.text(target)
                guard let index = current[code] else { throw file.failure("region.unknown", "没有代码为 \(code) 的区划", target) }
                aliases[drafts[parent].id, default: [:]][name] = drafts[index].id
            }
        }
        ambiguous = Set(try file.items("ambiguous").map { try file.text($0) })
        namesakes = Set(try file.items("namesakes").map { try file.text($0) })
    }

    func tree() -> RegionTree {
        RegionTree(regions: drafts.map { $0.region() }, aliases: aliases, ambiguousShorts: ambiguous, namesakes: namesakes)
    }
}

/// A region that is not finished yet.
private struct RegionDraft {
    let id: ID<Region>
    let code: String?
    let name: String
    let level: RegionLevel
    var short: String?
    var parent: ID<Region>?
    var from: Day?
    var to: Day?
    var successors: [ID<Region>] = []

    init(id: ID<Region>, code: String?, name: String, level: RegionLevel) {
        (self.id, self.code, self.name, self.level) = (id, code, name, level)
        short = Region.shortened(name, level: level)
    }

    static func id(_ code: String, _ generation: Int64) -> ID<Region> { ID((Int64(code.padding(to: 9)) ?? 0) * 10 + generation) }

    func region() -> Region {
        Region(id: id, code: code, name: name, short: short, level: level, parent: parent, from: from, to: to, successors: successors)
    }
}
