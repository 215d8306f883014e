import Values

extension OrganisationTree {
    /// Which region a town officer of a region is of on a day: once all organisations of the region have ended and one took their place, that one's.
    func region(following region: Int64, on day: Day) -> Int64 {
        let bearers = towns(of: region).filter { $0.from <= day }
        guard !bearers.isEmpty, bearers.allSatisfy({ !$0.exists(on: day) }) else { return region }
        let heirs = bearers.flatMap { successors(of: $0.id, on: day) }.filter { $0.kind == .town && $0.exists(on: day) }
        let regions = Set(heirs.compactMap(\.region))
        return regions.count == 1 ? regions.first ?? region : region
    }

    /// The regions of the ended organisations whose place a region's own took: their rows are entrusted to it. One that several divided among them
    /// is nobody's.
    func heldRegions(by region: Int64, on day: Day) -> Set<Int64> {
        let own = Set(towns(of: region).filter { $0.exists(on: day) }.map(\.id))
        let before = own.flatMap { withPredecessors($0, on: day) }.compactMap(organisation).filter {
            $0.kind == .town && !$0.exists(on: day)
        }
        let ended = before.filter { old in successors(of: old.id, on: day).allSatisfy { own.contains($0.id) } }
        return Set(ended.compactMap(\.region)).filter { held in
            held != region
                && towns(of: held).filter { $0.from <= day }.allSatisfy { bearer in
                    !bearer.exists(on: day) && successors(of: bearer.id, on: day).allSatisfy { own.contains($0.id) }
                }
        }
    }

    private func towns(of region: Int64) -> [Organisation] { all.filter { $0.kind == .town && $0.region == region } }
}

extension Person {
    /// A town officer as an actor: of the town that took their town's place, with the rows of those whose place it took.
    func townActor(_ tree: OrganisationTree, on day: Day) -> Actor {
        guard let region else { return actor }
        let own = tree.region(following: region, on: day)
        return Actor(name: account, role: role, region: own, heldRegions: tree.heldRegions(by: own, on: day))
    }
}
