package import Values

/// An administrative division (行政区划) with the days between which it existed; codes are reused, so the code alone names nothing.
package struct Region: Sendable, Hashable, Identifiable {
    /// Stable across starts: the code filled to nine digits, times ten; a former bearer of a code has 1 to 9 in the last place.
    package let id: Values.ID<Region>
    /// GB/T 2260 code of six digits, nine for a town or street; nil for a former town whose code is not known.
    package let code: String?
    /// Full name with its suffix: 南海区.
    package let name: String
    /// The name without suffix, as firms bear it (南海), or nil where that would be one character or no usual word.
    package let short: String?
    package let level: RegionLevel
    /// The division above; nil for a province.
    package let parent: Values.ID<Region>?
    /// First day; nil when it lies before the records.
    package let from: Day?
    /// First day on which it no longer existed; nil while it exists.
    package let to: Day?
    /// The divisions that took its place or its area.
    package let successors: [Values.ID<Region>]

    /// Whether the division existed on a day.
    package func exists(on day: Day) -> Bool { hasBegun(by: day) && (to.map { day < $0 } ?? true) }

    /// Whether the name had been given by a day; firms keep the names of abolished divisions.
    package func hasBegun(by day: Day) -> Bool { from.map { $0 <= day } ?? true }
}

/// The four levels of divisions that Hallmark knows.
package enum RegionLevel: String, Sendable, Comparable, CaseIterable {
    /// 省级
    case province
    /// 地级
    case city
    /// 县级
    case district
    /// 乡级（镇、街道）
    case town

    package static func < (left: RegionLevel, right: RegionLevel) -> Bool { left.depth < right.depth }

    /// 0 for a province to 3 for a town.
    package var depth: Int {
        switch self {
        case .province: 0
        case .city: 1
        case .district: 2
        case .town: 3
        }
    }
}

extension Region {
    /// The usual short form of a full name: 南海区 → 南海, 永中街道 → 永中; nil where fewer than two characters would remain.
    static func shortened(_ name: String, level: RegionLevel) -> String? {
        let suffixes: [String] =
            switch level {
            case .province: ["省", "市"]
            case .city: ["市", "地区", "盟"]
            case .district: ["自治县", "新区", "区", "县", "市"]
            case .town: ["街道", "镇", "乡"]
            }
        guard let suffix = suffixes.first(where: { name.hasSuffix($0) }) else { return nil }
        let stem = name.dropLast(suffix.count)
        return stem.count >= 2 ? String(stem) : nil
    }
}
