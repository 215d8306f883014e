package import Places
import Values

/// The towns of the district, or of the city, whose store this is (本辖区镇街): a register of its own often names nothing but the town.
package struct HomeTowns: Sendable {
    private let home: Region
    private let tree: RegionTree
    private let byName: [String: Region]

    /// A name that several towns bear is nobody's; one that an abolished town bore stands for it where no present one bears it.
    package init(of home: Region, in tree: RegionTree) {
        self.home = home
        self.tree = tree
        let towns = tree.regions.filter { $0.level == .town && tree.isWithin($0, home) }
        let named = Dictionary(grouping: towns.flatMap { town in [town.name, town.short].compactMap { name in name.map { ($0, town) } } }) {
            $0.0
        }
        byName = named.compactMapValues { bearers in
            let present = bearers.filter { $0.1.to == nil }
            let found = Set((present.isEmpty ? bearers : present).map(\.1))
            return found.count == 1 ? found.first : nil
        }
    }

    /// The own town of a name, unless the row's other texts have the firm elsewhere, or deeper than the name says.
    func town(named name: String, besides found: Region?) -> Region? {
        guard let town = byName[name.filter { !$0.isWhitespace }], found.map({ tree.isWithin(town, $0) }) ?? true else { return nil }
        return town
    }

    /// Whether a row that names a town has come no nearer to it than the district.
    func misses(_ found: Region?) -> Bool { found.map { tree.isWithin(home, $0) } ?? true }
}
