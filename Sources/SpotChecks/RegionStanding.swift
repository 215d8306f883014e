package import Places
import Values

/// How places stand to one's own region (辖区); divisions are compared by what they are today, so that a list of an abolished district meets
/// the one that took its place.
package struct RegionStanding: Sendable {
    package enum Relation: Sendable { case within, around, apart }

    package let own: Region
    private let tree: RegionTree
    private let mine: [Region]

    package init(own: Region, tree: RegionTree) {
        self.own = own
        self.tree = tree
        mine = RegionStanding.latest(own, tree)
    }

    private static func latest(_ region: Region, _ tree: RegionTree) -> [Region] {
        region.to == nil ? [region] : tree.successors(of: region, on: Day(number: .max))
    }

    package func relation(_ region: Region) -> Relation {
        let parts = RegionStanding.latest(region, tree)
        if parts.allSatisfy({ part in mine.contains { tree.isWithin(part, $0) } }) { return .within }
        let meets = parts.contains { part in mine.contains { tree.isWithin(part, $0) || tree.isWithin($0, part) } }
        return meets ? .around : .apart
    }

    package func relation(_ number: Int64) -> Relation { tree.region(ID(number)).map(relation) ?? .around }
}
