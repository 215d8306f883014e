import Values

/// Where a row's enterprise is, seen from one's own region: the ground for 本辖区, 外地 and 待核.
package enum PlaceStanding: Sendable, Equatable {
    /// In the own region or below it.
    case inside(Region)
    /// In another region; counted, and nobody is bothered.
    case outside(Region)
    /// Only a region that contains the own one is proven; it may be ours or not.
    case above(Region)
    /// The texts of the row contradict each other, and one of them may be ours.
    case conflict(PlaceConflict)
    /// Nothing is proven.
    case unknown
}

/// A standing, and the names of the own region or its parts that stand in the row without proving anything (地点未证实).
package struct PlaceVerdict: Sendable, Equatable {
    package let standing: PlaceStanding
    package let mentions: [PlaceMention]

    package var isInside: Bool { if case .inside = standing { true } else { false } }
    package var isOutside: Bool { if case .outside = standing { true } else { false } }
}

extension PlaceResolver {
    /// How a resolved place stands to the own region. Divisions are compared by what they are today, so that a list of 2013
    /// (陵县) meets a region of 2014 (陵城区).
    ///
    /// - Parameter clues: the same texts, searched for the own region's name where the place is not proven.
    package func verdict(_ resolution: PlaceResolution, own: Region, clues: PlaceClues) -> PlaceVerdict {
        let standing = standing(resolution, own: own)
        switch standing {
        case .inside, .outside: return PlaceVerdict(standing: standing, mentions: [])
        case .above, .conflict, .unknown: return PlaceVerdict(standing: standing, mentions: ownMentions(resolution, own: own, clues: clues))
        }
    }

    private func standing(_ resolution: PlaceResolution, own: Region) -> PlaceStanding {
        if let conflict = resolution.conflict {
            let regions = [conflict.first.region, conflict.second.region]
            let relations = regions.map { relation($0, own: own) }
            if relations.allSatisfy({ $0 == .apart }) { return .outside(regions[0]) }
            // Two towns of the own region contradict each other, but not about whose enterprise it is.
            if relations.allSatisfy({ $0 == .within }), let shared = resolution.region { return .inside(shared) }
            return .conflict(conflict)
        }
        guard let region = resolution.region else { return .unknown }
        switch relation(region, own: own) {
        case .within: return .inside(region)
        case .apart: return .outside(region)
        case .around: return .above(region)
        }
    }

    private enum Relation { case within, around, apart }

    private func relation(_ region: Region, own: Region) -> Relation {
        let parts = tree.latest(region)
        let mine = tree.latest(own)
        if parts.allSatisfy({ part in mine.contains { tree.isWithin(part, $0) } }) { return .within }
        let meets = parts.contains { part in mine.contains { tree.isWithin(part, $0) || tree.isWithin($0, part) } }
        return meets ? .around : .apart
    }

    /// Names of the own region and its parts that the reader met without accepting, or that stand further on in the texts.
    private func ownMentions(_ resolution: PlaceResolution, own: Region, clues: PlaceClues) -> [PlaceMention] {
        var found = resolution.mentions.filter { relation($0.region, own: own) == .within }
        for (field, text) in [(PlaceField.address, clues.address), (.name, clues.name)] {
            guard let text, !found.contains(where: { $0.field == field }) else { continue }
            let read = resolution.evidence.filter { $0.field == field }.map(\.span.upperBound).max() ?? 0
            let rest = String(NameFolding.key(text).dropFirst(read))
            let spellings = [own.short, own.name].compactMap { $0 }
            guard let word = spellings.first(where: { rest.contains(NameFolding.key($0)) }) else { continue }
            found.append(PlaceMention(field: field, region: own, text: word))
        }
        return found
    }
}

extension RegionTree {
    /// What stands in a division's place today: itself, or its successors to the end of the records.
    func latest(_ region: Region) -> [Region] { successors(of: region, on: Day(number: .max)) }
}
