import Evidence
package import Places
import Values

/// The regions of the country as questions and lists use them: numbers, names, and what lies within what.
///
/// The tree comes from `regulations/regions`; its numbers are the same at every start, so that evidence rows keep them.
package struct RegionDirectory: RegionScope {
    package let tree: RegionTree
    package let resolver: PlaceResolver

    package init(tree: RegionTree) {
        self.tree = tree
        resolver = PlaceResolver(tree: tree)
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
                .invalid, "region.ambiguous", "叫“\(text)”的地区不止一个：" + found.prefix(5).map { "\($0.name)(\($0.code ?? "无代码"))" }.joined(separator: "、"),
                cure: "用六位行政区划代码")
        }
        return region
    }
}
