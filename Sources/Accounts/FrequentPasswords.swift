package import Foundation
import Values
import Yams

/// Which passwords many people have (常用密码): made of listed words with the usual substitutions, walks over the keyboard, digits and repeats, by the
/// rule and the words of a file.
package struct FrequentPasswords: Sendable {
    let words: [[Character]]
    let walks: [[Character]]
    let readings: [Character: Set<Character>]
    let mostWords: Int
    let loose: Int
    let digits: Int

    package static let none = FrequentPasswords(words: [], walks: [], readings: [:], mostWords: 0, loose: -1, digits: 0)

    package static let file = "regulations/security/frequent-passwords.yaml"

    /// - Throws: `password.list`.
    package static func load(root: URL) throws -> FrequentPasswords {
        let text = try? String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
        guard let text, let node = try? Yams.compose(yaml: text), let groups = node["words"]?.sequence,
            let walks = node["walks"]?.sequence?.map(\.string), let pairs = node["readings"]?.mapping,
            let mostWords = node["most-words"]?.int, let loose = node["loose"]?.int, let digits = node["digits"]?.int
        else { throw wrong }
        let words = groups.flatMap { $0.sequence?.map(\.string) ?? [nil] }
        let readings = pairs.map { ($0.string ?? "", $1.string ?? "") }
        let texts = (words + walks).compactMap { $0 }
        guard texts.count == words.count + walks.count, texts.allSatisfy({ $0.count >= 2 && $0 == $0.lowercased() }),
            readings.allSatisfy({ $0.0.count == 1 && !$0.1.isEmpty }), mostWords > 0, loose >= 0, digits >= 0
        else { throw wrong }
        return FrequentPasswords(
            words: Set(words.compactMap { $0 }).sorted().map(Array.init), walks: walks.compactMap { $0.map(Array.init) },
            readings: Dictionary(
                readings.compactMap { left, right in left.first.map { ($0, Set(right)) } }, uniquingKeysWith: { $0.union($1) }),
            mostWords: mostWords, loose: loose, digits: digits)
    }

    private static let wrong = Failure(
        .invalid, "password.list", "常用密码表读不到，或不是“words、walks、readings、most-words、loose、digits”的写法", at: FilePlace(file: file),
        cure: "从安装包恢复该文件；词和顺序用小写，至少两个字符")

    /// Whether nothing but the listed parts and a few other characters make the password.
    func has(_ password: String) -> Bool {
        guard loose >= 0 else { return false }
        let text = Array(password.precomposedStringWithCompatibilityMapping.lowercased())
        // The fewest characters left over, by how many words were taken, up to each place.
        var left = Array(repeating: Array(repeating: text.count, count: mostWords + 1), count: text.count + 1)
        left[0][0] = 0
        for place in text.indices {
            let runs = free(text, place)
            let found = words.filter { stands($0, in: text, at: place) }.map(\.count)
            for taken in 0...mostWords {
                let here = left[place][taken]
                left[place + 1][taken] = min(left[place + 1][taken], here + 1)
                for length in runs { left[place + length][taken] = min(left[place + length][taken], here) }
                guard taken < mostWords else { continue }
                for length in found { left[place + length][taken + 1] = min(left[place + length][taken + 1], here) }
            }
        }
        return left[text.count].contains { $0 <= loose }
    }

    /// Whether a text stands in the password, its characters read as they are usually replaced.
    func contains(_ word: String, in password: String) -> Bool {
        let (word, text) = (Array(word.lowercased()), Array(password.precomposedStringWithCompatibilityMapping.lowercased()))
        return text.indices.contains { stands(word, in: text, at: $0) }
    }

    private func stands(_ word: [Character], in text: [Character], at place: Int) -> Bool {
        place + word.count <= text.count && word.indices.allSatisfy { reads(text[place + $0], as: word[$0]) }
    }

    private func reads(_ given: Character, as wanted: Character) -> Bool { given == wanted || readings[given]?.contains(wanted) == true }

    /// Lengths of what counts as no word at a place: digits, one character again and again, three or more of a walk.
    private func free(_ text: [Character], _ place: Int) -> Set<Int> {
        let rest = text[place...]
        var lengths: Set<Int> = []
        let digits = min(rest.prefix { ("0"..."9").contains($0) }.count, digits)
        if digits > 0 { lengths.formUnion(1...digits) }
        let same = rest.prefix { $0 == text[place] }.count
        if same >= 3 { lengths.formUnion(3...same) }
        for walk in walks + walks.map({ $0.reversed() }) {
            for start in walk.indices {
                let length = zip(walk[start...], rest).prefix { reads($1, as: $0) }.count
                if length >= 3 { lengths.formUnion(3...length) }
            }
        }
        return lengths
    }
}

/// What of a person or an organisation must not stand in a password: the name itself, its pinyin, its initials.
enum NamePinyin {
    /// Short ones are in too many words to be refused.
    static func texts(_ name: String) -> [String] {
        let syllables = syllables(name)
        let begins = syllables.prefix(2).joined()
        let initials = syllables.compactMap { $0.first.map(String.init) }.joined()
        // Two characters of Chinese are a name, two letters are in half of all words.
        let written = name.count >= (name.allSatisfy(\.isASCII) ? 4 : 2) ? [name] : []
        return written + [syllables.joined(), begins].filter { $0.count >= 5 } + [initials].filter { $0.count >= 4 }
    }

    private static func syllables(_ name: String) -> [String] {
        let latin = name.applyingTransform(.mandarinToLatin, reverse: false)?.applyingTransform(.stripDiacritics, reverse: false) ?? ""
        return latin.lowercased().split { !("a"..."z").contains($0) }.map(String.init)
    }
}
