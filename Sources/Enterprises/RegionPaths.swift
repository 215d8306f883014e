import Places
import Values

/// Where a region stands in the tree, by numbers, for slices that keep only numbers.
extension RegionDirectory {
    /// From the province down to the region itself; empty for a number that no region has.
    package func path(of number: Int64) -> [Int64] {
        guard let region = tree.region(ID(number)) else { return [] }
        return tree.chain(region).map(\.id.number)
    }

    /// Who bears a code of GB/T 2260 now.
    package func bearer(ofCode code: String) -> (number: Int64, name: String)? {
        tree.bearers(of: code).first { $0.to == nil }.map { ($0.id.number, $0.name) }
    }

    /// The regions that bear a full name now.
    package func bearers(ofName name: String) -> [Int64] {
        tree.regions.filter { $0.name == name && $0.to == nil }.map(\.id.number)
    }
}
