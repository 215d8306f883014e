package import Evidence
package import Places
import Synchronization
package import Values

/// The regions of the country as questions and lists use them: numbers, names, and what lies within what.
///
/// The tree comes from `regulations/regions`; its numbers are the same at every start, so that evidence rows keep them.
package struct RegionDirectory: RegionScope {
    package let tree: RegionTree
    package let resolver: PlaceResolver
    /// Tells today; without one every change of divisions that is known has happened.
    private var clock: Clock?
    private let structures = StructureShelf()

    package init(tree: RegionTree) {
        self.tree = tree
        resolver = PlaceResolver(tree: tree)
    }

    /// The same with a clock, so that divisions change on their day.
    package func timed(by clock: Clock) -> RegionDirectory {
        var timed = self
        timed.clock = clock
        return timed
    }

    package var today: Day { clock?.today ?? Day(number: .max) }

    package func structure(on day: Day) -> (any DivisionStructure)? { structures.structure(tree, on: lastChange(until: day) ?? day) }

    package func lastChange(until day: Day) -> Day? { structures.changes(tree).last { $0 <= day } }

    package func entrusted(to region: Int64) -> [Int64] {
        structures.structure(tree, on: lastChange(until: today) ?? today).entrusted(to: region)
    }

    /// The numbers of a region and all below it; the region by number, GB/T 2260 code or name.
    package func within(_ region: String) throws -> [Int64] {
        let root = try find(region)
        return tree.regions.filter { tree.isWithin($0, root) }.map(\.id.number)
    }

    /// The number of a region written as number, code or name.
    package func number(of text: String) throws -> Int64 { try find(text).id.number }

    package func name(of number: Int64) -> String? { tree.region(ID(number))?.name }

    /// What a form is filled with: the name where it is unmistakable, else the number.
    func unmistakable(_ number: Int64) -> String {
        guard let name = name(of: number), let found = try? find(name), found.id.number == number else { return String(number) }
        return name
    }

    /// A region by number, code, full name or unambiguous short name (`440605`, `南海区`, `南海`).
    package func find(_ text: String) throws -> Region {
        let text = text.filter { !$0.isWhitespace }
        if let number = Int64(text), let region = tree.region(ID(number)) { return region }
        let bearers = tree.bearers(of: text)
        if let region = bearers.first(where: { $0.to == nil }) ?? bearers.last { return region }
        let named = tree.regions.filter { ($0.name == text || $0.short == text) && $0.to == nil }
        let full = named.filter { $0.name == text }
        let found = full.isEmpty ? named : full
        guard let region = found.first else {
            throw Failure(.missing, "region.unknown", "没有名为“\(text)”的地区", cure: "用六位行政区划代码或全称，如 440605 或 南海区")
        }
        guard found.count == 1 else {
            throw Failure(
                .invalid, "region.ambiguous",
                "叫“\(text)”的地区不止一个：" + found.prefix(5).map { "\($0.name)(\($0.code ?? "无代码"))" }.joined(separator: "、"),
                cure: "用六位行政区划代码")
        }
        return region
    }
}

extension RegionStructure: DivisionStructure {}

/// The structures that were asked about, each made once: it stays the same between two changes of divisions.
private final class StructureShelf: Sendable {
    private struct State {
        var structures: [Day: RegionStructure] = [:]
        var changes: [Day]?
    }

    private let state = Mutex(State())
    /// How many are kept.
    private static let most = 16

    func structure(_ tree: RegionTree, on day: Day) -> RegionStructure {
        if let known = state.withLock({ $0.structures[day] }) { return known }
        let made = RegionStructure(tree, on: day)
        state.withLock { state in
            if state.structures.count >= Self.most { state.structures.removeAll() }
            state.structures[day] = made
        }
        return made
    }

    /// The days on which divisions took others' places, in their order.
    func changes(_ tree: RegionTree) -> [Day] {
        if let known = state.withLock({ $0.changes }) { return known }
        let made = Set(tree.regions.compactMap(\.to)).sorted()
        state.withLock { $0.changes = made }
        return made
    }
}
