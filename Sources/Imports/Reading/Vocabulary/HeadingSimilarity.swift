import Synchronization

/// How like a heading is to the listed spellings of each field, by the runs of one to three characters that they share.
///
/// A run counts the more, the fewer spellings have it; spellings in other words (被抽检 for 被抽样) are made equal by the listed synonyms.
struct HeadingSimilarity: Sendable {
    /// What a heading equal to a spelling would score; a heading without any weighted word needs two thirds of it to be recognised.
    static let weight = 60.0
    /// Longer texts are sentences.
    private static let longest = 40

    private struct Posting: Sendable {
        let spelling: Int
        let weight: Double
    }

    private let synonyms: [(from: String, to: String)]
    private let places: [Int]
    private let shares: [Double]
    private let rarities: [UInt64: Double]
    private let unknownRarity: Double
    private let postings: [UInt64: [Posting]]
    private let cache = Cache()

    init(fields: [FieldDefinition], writing: WritingWords) {
        synonyms = writing.synonyms
        var runs: [[UInt64: Int]] = []
        var places: [Int] = []
        var shares: [Double] = []
        for (place, field) in fields.enumerated() {
            for (text, score) in field.headings.map({ ($0, 100) }) + field.loosely.sorted(by: { $0.key < $1.key }) {
                runs.append(HeadingSimilarity.runs(HeadingText(text, writing: writing).whole, writing.synonyms))
                places.append(place)
                shares.append(Double(score) / 100)
            }
        }
        var holders: [UInt64: Int] = [:]
        for set in runs { for run in set.keys { holders[run, default: 0] += 1 } }
        let count = Double(runs.count + 1)
        let rarities = holders.mapValues { HeadingSimilarity.logarithm(count / (Double($0) + 0.5)) }
        let unknown = HeadingSimilarity.logarithm(count / 0.5)
        var postings: [UInt64: [Posting]] = [:]
        for (index, set) in runs.enumerated() {
            for (run, weight) in HeadingSimilarity.unit(set, rarities, unknown) {
                postings[run, default: []].append(Posting(spelling: index, weight: weight))
            }
        }
        (self.places, self.shares, self.rarities, unknownRarity, self.postings) = (places, shares, rarities, unknown, postings)
    }

    /// Field place → likeness, 0…1, of the likest spelling.
    func likeness(_ text: String) -> [Int: Double] {
        guard !text.isEmpty, text.utf8.count <= HeadingSimilarity.longest * 3 else { return [:] }
        if let known = cache.found(text) { return known }
        var sums: [Int: Double] = [:]
        for (run, weight) in HeadingSimilarity.unit(HeadingSimilarity.runs(text, synonyms), rarities, unknownRarity) {
            for posting in postings[run] ?? [] { sums[posting.spelling, default: 0] += weight * posting.weight }
        }
        var best: [Int: Double] = [:]
        for (spelling, sum) in sums { best[places[spelling]] = max(best[places[spelling]] ?? 0, sum * shares[spelling]) }
        cache.keep(text, best)
        return best
    }

    /// The runs of a text between its ends, each with its number; a run of three scalars fits one number.
    private static func runs(_ text: String, _ synonyms: [(from: String, to: String)]) -> [UInt64: Int] {
        var folded = text
        for pair in synonyms where folded.contains(pair.from) { folded = folded.replacing(pair.from, with: pair.to) }
        // 2 and 3 (start and end of text) occur in no heading.
        let scalars = [2] + folded.unicodeScalars.map { UInt64($0.value) } + [3]
        var result: [UInt64: Int] = [:]
        for start in scalars.indices {
            var run: UInt64 = 0
            for length in 1...3 where start + length <= scalars.count {
                run = run << 21 | scalars[start + length - 1]
                if length > 1 || scalars[start] > 3 { result[run, default: 0] += 1 }
            }
        }
        return result
    }

    /// The runs weighted by how often they stand in the text and how rare they are, as a vector of length one.
    private static func unit(_ runs: [UInt64: Int], _ rarities: [UInt64: Double], _ unknown: Double) -> [UInt64: Double] {
        let weighted = runs.reduce(into: [UInt64: Double]()) { result, run in
            result[run.key] = (1 + logarithm(Double(run.value))) * (rarities[run.key] ?? unknown)
        }
        let length = weighted.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? weighted.mapValues { $0 / length } : weighted
    }

    /// The natural logarithm of a positive number, without the C library, so that every machine gives the same digits.
    static func logarithm(_ number: Double) -> Double {
        guard number > 0, number.isFinite else { return 0 }
        var exponent = Double(number.exponent)
        var rest = number.significand
        if rest > 1.4142135623730951 {
            rest /= 2
            exponent += 1
        }
        let step = (rest - 1) / (rest + 1)
        var sum = 0.0
        var power = step
        for odd in stride(from: 1.0, through: 31, by: 2) {
            sum += power / odd
            power *= step * step
        }
        return 2 * sum + exponent * 0.6931471805599453
    }

    /// The same headings are looked at several times while the heading row is sought.
    private final class Cache: Sendable {
        private let known = Mutex<[String: [Int: Double]]>([:])
        private static let most = 4_096

        func found(_ text: String) -> [Int: Double]? { known.withLock { $0[text] } }

        func keep(_ text: String, _ likeness: [Int: Double]) {
            known.withLock { known in
                if known.count >= Cache.most { known.removeAll(keepingCapacity: true) }
                known[text] = likeness
            }
        }
    }
}
