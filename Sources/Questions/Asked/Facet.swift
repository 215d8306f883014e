import Enterprises
import Evidence
import Storage
import Values

/// A dimension with its values and how many rows each has under the other conditions (分面).
struct Facet: Sendable {
    /// One value.
    struct Choice: Sendable {
        /// As a condition carries it; nil for what cannot be asked for on its own.
        let value: String?
        let label: Word
        /// nil where the number is withheld.
        let count: Int64?
        let isChosen: Bool
        /// Takes the place of the chosen value instead of joining it: one step down or up the places.
        var replaces = false
    }

    let dimension: Dimension
    /// nil where counting would keep the page waiting; it is asked for on demand.
    let choices: [Choice]?
    /// How many values there are.
    let total: Int

    static func unasked(_ dimension: Dimension) -> Facet { Facet(dimension: dimension, choices: nil, total: 0) }
}

/// Reads the facets of a question: each dimension is asked without its own condition, so that its values can be exchanged.
struct FacetReader {
    let fact: Fact
    let question: Question
    let asking: Asking
    let regions: RegionDirectory
    let text: QuestionText

    /// Values shown beside a question; the rest stand on a page of their own.
    static let shown = 7

    /// `opened` are dimensions that the reader asked for although counting them takes time.
    func facets(opened: Set<String>, isSmall: Bool, _ session: any Session) throws -> [Facet] {
        try fact.breakable.map { dimension in
            let asked = counting(dimension)
            let isQuick = try isSmall || opened.contains(dimension.name) || asking.isQuick(asked, session)
            return isQuick ? try facet(dimension, limit: Self.shown, session) : .unasked(dimension)
        }
    }

    /// One value with its rows, before it is known whether it will be shown.
    private struct Counted {
        let key: String
        /// nil where the number is withheld.
        let count: Int64?
        /// nil where the text has not been read yet.
        var label: String?
    }

    /// One dimension with its most frequent values, the chosen ones always among them; `finding` narrows to texts that hold it.
    func facet(_ dimension: Dimension, limit: Int, finding: String? = nil, _ session: any Session) throws -> Facet {
        let chosen = question.filters.filter { $0.dimension == dimension.name }.flatMap(\.values)
        if finding == nil, let counts = try asking.counts(counting(dimension), session) {
            return try facet(dimension, counts, chosen, limit: limit, session)
        }
        let counted = try asking.ask(counting(dimension), session, wantsTotal: false).groups.map { group in
            Counted(key: group.keys[0], count: group.figure.isSuppressed ? nil : group.figure.n, label: group.labels[0])
        }
        if case .region = dimension.kind {
            return places(dimension, counted.map { (Int64($0.key), $0.count ?? 0) }, chosen, limit: limit, finding: finding)
        }
        let missing = missing(chosen.filter { value in !counted.contains { $0.key == value } }, dimension)
        let all = ordered(counted, dimension)
        guard let wanted = finding?.lowercased() else {
            let shown = Array(all.prefix(limit)) + all.dropFirst(limit).filter { chosen.contains($0.key) }
            return Facet(
                dimension: dimension, choices: try choices(shown, chosen, dimension, session) + missing, total: all.count + missing.count)
        }
        let found = try choices(all, chosen, dimension, session).filter {
            $0.isChosen || $0.label.chinese.lowercased().contains(wanted) || $0.label.said(.english).lowercased().contains(wanted)
        }
        return Facet(
            dimension: dimension, choices: Array(found.prefix(limit)) + found.dropFirst(limit).filter(\.isChosen) + missing,
            total: found.count + missing.count)
    }

    /// The same from counts of which only the most frequent are put in order and get their texts.
    private func facet(
        _ dimension: Dimension, _ counts: ValueCounts, _ chosen: [String], limit: Int, _ session: any Session
    ) throws -> Facet {
        if case .region = dimension.kind {
            return places(dimension, counts.all.map { (Int64($0.key), $0.count) }, chosen, limit: limit, finding: nil)
        }
        let isPeriod = fact.periods.contains { $0.name == dimension.name }
        let most = isPeriod ? Array(counts.all.sorted { $0.key > $1.key }.prefix(limit)) : counts.most(limit)
        let present = chosen.isEmpty ? [] : counts.counted(chosen)
        let shown = most + present.filter { value in !most.contains { $0.key == value.key } }
        let missing = missing(chosen.filter { value in !present.contains { $0.key == value } }, dimension)
        let counted = shown.map { Counted(key: $0.key, count: $0.count) }
        return Facet(
            dimension: dimension, choices: try choices(counted, chosen, dimension, session) + missing, total: counts.total + missing.count)
    }

    private func places(
        _ dimension: Dimension, _ counts: [(place: Int64?, count: Int64)], _ chosen: [String], limit: Int, finding: String?
    ) -> Facet {
        let steps = RegionSteps(
            regions: regions, counts: counts, chosen: chosen.compactMap { Int64($0) }, structure: regions.structure(question.structure))
        let choices = finding.map(steps.found) ?? steps.choices
        return Facet(dimension: dimension, choices: Array(choices.prefix(limit * 2)), total: choices.count)
    }

    /// Chosen values that no row has under the other conditions.
    private func missing(_ values: [String], _ dimension: Dimension) -> [Facet.Choice] {
        values.map { Facet.Choice(value: $0, label: text.word($0, of: dimension.name, in: fact.name), count: 0, isChosen: true) }
    }

    /// The most frequent first, periods by their time; those of one number by their keys.
    private func ordered(_ counted: [Counted], _ dimension: Dimension) -> [Counted] {
        let isPeriod = fact.periods.contains { $0.name == dimension.name }
        if isPeriod { return counted.sorted { $0.key > $1.key } }
        return counted.map { (counted: $0, number: Int64($0.key)) }.sorted { left, right in
            let (one, other) = (left.counted.count ?? -1, right.counted.count ?? -1)
            if one != other { return one > other }
            if let first = left.number, let second = right.number { return first < second }
            return left.counted.key < right.counted.key
        }.map(\.counted)
    }

    private func choices(
        _ counted: [Counted], _ chosen: [String], _ dimension: Dimension, _ session: any Session
    ) throws -> [Facet.Choice] {
        let unread = counted.filter { $0.label == nil }.map(\.key)
        let read = Dictionary(
            zip(unread, try asking.labels(unread, of: dimension.name, question, session)), uniquingKeysWith: { first, _ in first })
        return counted.map { value in
            Facet.Choice(
                value: self.value(of: value.key, dimension),
                label: label(value.key, value.label ?? read[value.key] ?? value.key, dimension),
                count: value.count, isChosen: chosen.contains(value.key))
        }
    }

    /// The question that counts a dimension's rows: the other conditions alone.
    func counting(_ dimension: Dimension) -> Question {
        var asked = question
        asked.metric = fact.countMetric?.name ?? question.metric
        asked.filters.removeAll { $0.dimension == dimension.name }
        asked.by = [dimension.name]
        return asked
    }

    private func label(_ key: String, _ label: String, _ dimension: Dimension) -> Word {
        dimension.words[key] ?? (key.isEmpty ? QuestionWords.unstated : Word(label))
    }

    /// Rows without a record or a place cannot be asked for by a value.
    private func value(of key: String, _ dimension: Dimension) -> String? {
        guard key.isEmpty else { return key }
        if case .text = dimension.kind { return "" }
        return nil
    }
}

/// Places one step below the chosen one, each with the rows of everything in it, as a condition by it takes them in.
struct RegionSteps {
    let regions: RegionDirectory
    /// The rows of each place; nil is no place.
    let counts: [(place: Int64?, count: Int64)]
    let chosen: [Int64]
    /// The divisions that rows are counted under; nil for their own.
    var structure: (any DivisionStructure)?

    private func path(of number: Int64) -> [Int64] { structure?.path(of: number) ?? regions.path(of: number) }

    var choices: [Facet.Choice] {
        let paths = counts.map { (path: $0.place.map(path) ?? [], count: $0.count) }
        let node = node(paths.map(\.path).filter { !$0.isEmpty })
        var below: [Int64: Int64] = [:]
        var unknown: Int64 = 0
        var own: Int64 = 0
        for (path, count) in paths {
            guard !path.isEmpty else {
                unknown += count
                continue
            }
            if path == node { own += count }
            guard path.count > node.count, Array(path.prefix(node.count)) == node else { continue }
            below[path[node.count], default: 0] += count
        }
        let above = node.map { number in
            choice(number, paths.reduce(0) { $0 + ($1.path.contains(number) ? $1.count : 0) }, replaces: true)
        }
        let children = below.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map {
            choice($0.key, $0.value, replaces: chosen.count <= 1)
        }
        let others = chosen.filter { number in !node.contains(number) && below[number] == nil }.map { number in
            // A former division is met by what took its place.
            let heir = structure?.group(of: number) ?? number
            return choice(number, paths.reduce(0) { $0 + ($1.path.contains(heir) ? $1.count : 0) }, replaces: false)
        }
        let rest = [(own, QuestionWords.noFiner), (unknown, QuestionWords.unstated)].filter { $0.0 > 0 }.map {
            Facet.Choice(value: nil, label: $0.1, count: $0.0, isChosen: false)
        }
        return above + others + children + rest
    }

    /// Every place that holds rows and whose name holds a text, from above to below.
    func found(_ text: String) -> [Facet.Choice] {
        var counts: [Int64: Int64] = [:]
        for (place, count) in self.counts {
            for number in place.map(path) ?? [] { counts[number, default: 0] += count }
        }
        let places = Set(counts.keys).union(chosen).filter {
            text.isEmpty || regions.name(of: $0)?.contains(text) == true || chosen.contains($0)
        }
        return places.sorted().map { choice($0, counts[$0] ?? 0, replaces: false) }
    }

    private func choice(_ number: Int64, _ count: Int64, replaces: Bool) -> Facet.Choice {
        Facet.Choice(
            value: String(number), label: label(number), count: count, isChosen: chosen.contains(number),
            replaces: replaces && !chosen.contains(number))
    }

    private func label(_ number: Int64) -> Word {
        let name = Word(regions.name(of: number) ?? String(number))
        guard structure?.isDivided(number) == true else { return name }
        return name.followed(by: "（\(StructureWords.divided.chinese)）", " (\(StructureWords.divided.said(.english)))")
    }

    /// The way down to the place whose parts are shown: the chosen one where it has parts, else what all rows have in common.
    private func node(_ paths: [[Int64]]) -> [Int64] {
        if chosen.count == 1 {
            let way = path(of: chosen[0])
            let hasParts = paths.contains { $0.count > way.count && Array($0.prefix(way.count)) == way }
            return hasParts ? way : Array(way.dropLast())
        }
        guard var common = paths.first else { return [] }
        for path in paths { common = Array(zip(common, path).prefix { $0 == $1 }.map(\.0)) }
        // A single place has no parts to choose from: its neighbours' level is shown.
        return paths.contains { $0.count > common.count } ? common : Array(common.dropLast())
    }
}
