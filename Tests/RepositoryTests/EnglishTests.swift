import Foundation
import TestSupport
import Testing
import Values
import Yams

/// Every sentence in which something is refused or doubted can be read in English.
@Suite struct EnglishTests {
    static let phrases: [(file: String, chinese: String, english: String)] = ProjectText.under("texts/english", "yaml").flatMap { file in
        let pairs = (try? Yams.compose(yaml: file.text))?.mapping.map { Array($0) } ?? []
        return pairs.compactMap { pair in pair.key.string.flatMap { key in pair.value.string.map { (file.path, key, $0) } } }
    }

    @Test("a phrase stands once, its English has no Chinese and names only values that the Chinese has")
    func phrasesAreWellFormed() {
        #expect(Self.phrases.count > 500)
        var seen: Set<String> = []
        for (file, chinese, english) in Self.phrases {
            #expect(seen.insert(chinese).inserted, "\(file): “\(chinese)” twice")
            let places = chinese.ranges(of: /\{#?\}/).count
            for match in english.matches(of: /\{([0-9]+)\}/) {
                #expect((Int(match.output.1) ?? 0) <= places, "\(file): \(english)")
            }
        }
    }

    @Test("what a failure or a row's issue says has its English, cure included")
    func failuresAreTranslated() {
        let book = Phrasebook(Dictionary(Self.phrases.map { ($0.chinese, $0.english) }, uniquingKeysWith: { first, _ in first }))
        var checked = 0
        // The command line speaks Chinese.
        for file in ProjectText.sources where !file.path.contains("Sources/hallmark/") {
            for sentence in Literals.inCalls(of: ["Failure", "RowIssue"], file.text) {
                checked += 1
                #expect(book.english(Self.whole(sentence)) != nil, "\(file.path): no English for “\(sentence)”")
            }
        }
        #expect(checked > 300)
    }

    /// A part of a sentence that is put together with `+`, with a value where the rest stands.
    private static func whole(_ part: String) -> String {
        let ends = part.last.map { "：；，、".contains($0) } ?? false
        let begins = part.first.map { "。，；：、".contains($0) } ?? false
        return (begins ? "1" : "") + part + (ends ? "1" : "")
    }
}

/// Chinese texts inside certain calls of Swift sources, with `1` where a value is put in.
enum Literals {
    static func inCalls(of names: [String], _ text: String) -> [String] {
        var found: [String] = []
        let characters = Array(text)
        for name in names {
            for range in text.ranges(of: name + "(") {
                let start = text.distance(from: text.startIndex, to: range.upperBound)
                found += literals(characters, from: start)
            }
        }
        return found.filter { $0.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
    }

    /// The string literals of a call, to its closing bracket.
    private static func literals(_ text: [Character], from start: Int) -> [String] {
        var (depth, index, found) = (1, start, [String]())
        while index < text.count, depth > 0 {
            switch text[index] {
            case "(": depth += 1
            case ")": depth -= 1
            case "\"":
                let (literal, end) = literal(text, from: index + 1)
                found.append(literal)
                index = end
            default: break
            }
            index += 1
        }
        return found
    }

    /// One literal and the place of its closing mark.
    private static func literal(_ text: [Character], from start: Int) -> (String, Int) {
        var (result, index) = ("", start)
        while index < text.count, text[index] != "\"" {
            if text[index] == "\\", index + 1 < text.count {
                index += 1
                if text[index] == "(" {
                    result += "1"
                    index = closing(text, from: index + 1)
                } else {
                    result.append(text[index] == "n" ? "\n" : text[index])
                }
            } else {
                result.append(text[index])
            }
            index += 1
        }
        return (result, index)
    }

    private static func closing(_ text: [Character], from start: Int) -> Int {
        var (depth, index) = (1, start)
        while index < text.count {
            switch text[index] {
            case "(": depth += 1
            case ")": depth -= 1
            case "\"": index = literal(text, from: index + 1).1
            default: break
            }
            if depth == 0 { return index }
            index += 1
        }
        return index
    }
}
