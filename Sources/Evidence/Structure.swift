package import Storage
package import Values

/// Under which divisions rows are counted (区划口径).
package enum Structure: Sendable, Hashable {
    /// 当时区划: each row under the division that it was recorded with.
    case then
    /// 现行区划: rows of divisions that no longer exist under those that took their place.
    case now
    /// The same as of a day.
    case day(Day)

    /// As an address names it; nil for what needs no word.
    package var text: String? {
        switch self {
        case .then: nil
        case .now: "now"
        case .day(let day): day.description
        }
    }

    /// - Throws: `question.structure`.
    package init(text: String?) throws {
        switch text ?? "" {
        case "", "then": self = .then
        case "now": self = .now
        default:
            guard let day = text.flatMap({ Day($0) }) else {
                throw Failure(
                    .invalid, "question.structure", "“\((text ?? "").prefix(20))”不是区划口径", cure: "写 then（当时区划）、now（现行区划）或日期，如 2013-12-31")
            }
            self = .day(day)
        }
    }
}

/// The divisions as they stood on a day; see `RegionScope.structure`.
package protocol DivisionStructure: Sendable {
    /// The numbers of all whose rows are counted within a region.
    func within(_ number: Int64) -> [Int64]
    /// Where a region's rows are counted.
    func group(of number: Int64) -> Int64
    /// From the outermost region down to where a region's rows are counted.
    func path(of number: Int64) -> [Int64]
    /// Whether several took its place, so that its rows belong to none of them for certain.
    func isDivided(_ number: Int64) -> Bool
    /// The divided ones of which a part, and not the whole, lies within a region.
    func divided(around number: Int64) -> [Int64]
}

extension RegionScope {
    /// The structure that a question counts under; nil for the rows' own divisions.
    package func structure(_ structure: Structure) -> (any DivisionStructure)? {
        switch structure {
        case .then: nil
        case .now: self.structure(on: today)
        case .day(let day): self.structure(on: day)
        }
    }

    /// The numbers that a filter of a question takes in.
    func within(_ value: String, _ question: Question) throws -> [Int64] {
        guard let structure = structure(question.structure) else { return try within(value) }
        return structure.within(try number(of: value))
    }

    /// The regions that a region lies in under a question's structure.
    package func path(of number: Int64, _ question: Question) -> [Int64] {
        structure(question.structure)?.path(of: number) ?? path(of: number)
    }

    /// The regions whose rows an actor may see and change; nil for all.
    package func entrusted(to actor: Actor) throws -> [Int64]? {
        guard let own = actor.region else { return nil }
        var found: [Int64] = []
        for region in [own] + actor.heldRegions.sorted() {
            found += try entrusted(to: region).filter { !found.contains($0) }
        }
        return found
    }

    // What a scope without dated divisions answers.
    package var today: Day { Day(number: .max) }
    package func structure(on day: Day) -> (any DivisionStructure)? { nil }
    package func lastChange(until day: Day) -> Day? { nil }
    package func entrusted(to region: Int64) throws -> [Int64] { try within(String(region)) }
}

/// What is said of rows that no present division can be given.
package enum StructureWords {
    /// Beside the name of a division that stands on its own row.
    package static let divided = Word("已拆分，不能归到一处", "divided: belongs to no single division")

    static func apart(_ name: String, _ rows: Int64) -> String { "“\(name)”已拆分，不能归到一处：\(rows)行未计入" }
}

extension Asking {
    /// The question with its structure as of a day: today's, or that of the position asked about, told by the last change of divisions up to it,
    /// so that a question means the same whenever it is answered for one position.
    package func settled(_ question: Question, _ session: any Session) throws -> Question {
        let asked: Day
        switch question.structure {
        case .then: return question
        case .day(let day): asked = day
        case .now:
            let head = try JournalQuery.head(session).position
            if let known = question.known, known != head, let entry = try JournalQuery.entry(session, at: known) {
                asked = entry.time.day
            } else {
                asked = regions.today
            }
        }
        var settled = question
        settled.structure = .day(regions.lastChange(until: asked) ?? asked)
        return settled
    }

    /// Rows of divided divisions that a filter by region has to leave out, told with how many.
    func apartNotes(_ fact: Fact, _ question: Question, _ session: any Session) throws -> [String] {
        guard let structure = regions.structure(question.structure), let count = fact.countMetric else { return [] }
        var notes: [String] = []
        for (index, filter) in question.filters.enumerated() {
            guard case .region = try fact.dimension(filter.dimension).kind else { continue }
            let numbers = try filter.values.map(regions.number)
            let wanted = Set(numbers.flatMap(structure.within))
            let apart = Set(numbers.flatMap(structure.divided)).subtracting(wanted)
            for number in apart.sorted() {
                var asked = question
                asked.metric = count.name
                asked.by = []
                asked.filters[index] = .init(filter.dimension, [String(number)])
                let rows = try figures(fact, count, asked, session).first?.figure.n ?? 0
                if rows > 0 { notes.append(StructureWords.apart(regions.name(of: number) ?? String(number), rows)) }
            }
        }
        return notes
    }
}

/// Puts groups of former divisions together with those that took their place.
struct GroupFolding {
    private let structure: any DivisionStructure
    private let places: [Int]

    /// nil where nothing is asked by region, or under the rows' own divisions.
    init?(_ question: Question, _ dimensions: [Dimension], _ regions: any RegionScope) {
        guard let structure = regions.structure(question.structure) else { return nil }
        places = dimensions.indices.filter { if case .region = dimensions[$0].kind { true } else { false } }
        guard !places.isEmpty else { return nil }
        self.structure = structure
    }

    func keys(_ keys: [String]) -> [String] {
        var folded = keys
        for place in places { if let number = Int64(keys[place]) { folded[place] = String(structure.group(of: number)) } }
        return folded
    }

    /// Groups' sums with those of one key added up.
    func sums(_ found: [[String]: [Int64]]) -> [[String]: [Int64]] {
        var folded: [[String]: [Int64]] = [:]
        for (keys, sums) in found {
            let key = self.keys(keys)
            folded[key] = folded[key].map { before in zip(before, sums).map { $0 + $1 } } ?? sums
        }
        return folded
    }
}
