import Values

/// One spelling of one division's name, folded.
struct RegionName: Sendable {
    let spelling: String
    /// Characters of the spelling.
    let length: Int
    let region: Region
    /// The name with its suffix (区, 市, 镇), not the short form.
    let isFull: Bool
}

/// All spellings as a tree of characters, so that a text is read in one walk however many names begin alike.
struct RegionNames: Sendable {
    /// A place of the tree and the character that leads on from it → the next place; the root is 0.
    private var steps: [UInt64: UInt32] = [:]
    /// The names that end at a place.
    private var ends: [[RegionName]] = [[]]

    init(_ regions: [Region]) {
        for region in regions {
            for (spelling, isFull) in RegionNames.spellings(region) {
                let folded = NameFolding.key(spelling)
                let codes = PlaceText.codes(folded)
                guard !codes.isEmpty else { continue }
                var place: UInt32 = 0
                for code in codes {
                    let step = UInt64(place) << 32 | UInt64(code)
                    if let next = steps[step] {
                        place = next
                    } else {
                        place = UInt32(ends.count)
                        steps[step] = place
                        ends.append([])
                    }
                }
                ends[Int(place)].append(RegionName(spelling: folded, length: codes.count, region: region, isFull: isFull))
            }
        }
        for place in ends.indices { ends[place].sort { $0.region.id < $1.region.id } }
    }

    /// The names that stand at a place of a text, longest first, then by number.
    ///
    /// - Parameter reach: how far was looked, the character (or the text's end) that led no further included.
    func matches(in text: [UInt32], at start: Int, reach: inout Int) -> [RegionName] {
        var found: [RegionName] = []
        var place: UInt32 = 0
        var index = start
        while index < text.count, let next = steps[UInt64(place) << 32 | UInt64(text[index])] {
            place = next
            index += 1
            let names = ends[Int(place)]
            if !names.isEmpty { found = found.isEmpty ? names : names + found }
        }
        reach = max(reach, index + 1)
        return found
    }

    /// A town is written with 镇, 街道, 街道办事处 or 乡 long after its rank has changed.
    private static func spellings(_ region: Region) -> [(String, Bool)] {
        var spellings = [(region.name, true)]
        if let short = region.short {
            spellings.append((short, false))
            if region.level == .town {
                let others = ["街道办事处", "街道", "街办", "镇", "乡"].map { short + $0 }
                spellings += others.filter { $0 != region.name }.map { ($0, true) }
            }
        }
        return spellings
    }
}
