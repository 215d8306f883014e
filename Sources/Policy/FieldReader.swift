import Foundation
import Values

/// Collects what is wrong while a file is read, so that an editor mends everything in one go.
///
/// Lives only inside one reading; it is a class because nested readers write to the same list.
final class FailureLog {
    let file: String
    private(set) var failures: [Failure] = []
    /// Clauses of the document, once they are known; nil while they are read, or where a file stands alone.
    var clauses: Set<String>?
    /// Ids of the organisations that the document names.
    var organisations: Set<String> = []
    /// The places of the document that the elements read so far account for.
    private(set) var claims: [NumberClaim] = []

    init(file: String) { self.file = file }

    func fail(_ code: String, _ message: String, cure: String, line: Int?, clause: String? = nil) {
        failures.append(Failure(.invalid, "programme." + code, message, at: FilePlace(file: file, line: line, clause: clause), cure: cure))
    }

    func add(_ more: [Failure]) { failures += more }

    func claim(_ said: SaidNumber, by carrier: String, isCommitment: Bool = true) {
        claims.append(NumberClaim(said: said, file: file, carrier: carrier, isCommitment: isCommitment))
    }
}

/// Reads one map by its keys; a key that nobody asks for is unknown, a missing or ill-formed one is reported and read as nil.
final class FieldReader {
    let node: YamlNode
    let log: FailureLog
    /// What the map is, as sentences name it: 目标「national-pass-rate」.
    let name: String
    private var asked: Set<String> = []
    private(set) var clause: String?

    /// Nil where the node is no map; that is reported.
    init?(_ node: YamlNode, _ kind: String, log: FailureLog) {
        guard let entries = node.entries else {
            log.fail("not-a-map", "\(kind)应为一组「键: 值」，这里是\(node.chinese)。", cure: "照 programmes/README.md 的例子写。", line: node.line)
            return nil
        }
        self.node = node
        self.log = log
        let id = entries.first { $0.key == "id" || $0.key == "name" }?.value.text
        name = kind + (id.map { "「\($0)」" } ?? "")
        let written = entries.first { $0.key == "clause" }?.value.text
        clause = written
    }

    var line: Int { node.line }

    func fail(_ code: String, _ message: String, cure: String, line: Int? = nil) {
        log.fail(code, message, cure: cure, line: line ?? node.line, clause: clause)
    }

    /// The value of a key, whatever it is.
    func value(_ key: String) -> YamlNode? {
        asked.insert(key)
        return node.entries?.first { $0.key == key }?.value
    }

    /// Whether the file writes `open` for one of these keys; looks without asking for them.
    func writesOpen(_ keys: String...) -> Bool {
        (node.entries ?? []).contains { keys.contains($0.key) && $0.value.text == "open" }
    }

    func has(_ key: String) -> Bool { value(key) != nil }

    /// The value of a key that has to be there.
    func required(_ key: String) -> YamlNode? {
        if let found = value(key) { return found }
        if key == "clause" {
            fail("clause-missing", "\(name)没有写条款。", cure: "加上「clause:」，写原文的条款编号。")
        } else {
            fail("key-missing", "\(name)缺少「\(key)」。", cure: "加上「\(key):」，写法见 programmes/README.md。")
        }
        return nil
    }

    // MARK: Texts and numbers

    func text(_ key: String) -> String? {
        guard let found = value(key) else { return nil }
        return text(found, key)
    }

    func requiredText(_ key: String) -> String? {
        guard let found = required(key) else { return nil }
        return text(found, key)
    }

    private func text(_ found: YamlNode, _ key: String) -> String? {
        guard let text = found.text else {
            fail("not-text", "\(name)的「\(key)」应为一段文字，这里是\(found.chinese)。", cure: "写成一段文字。", line: found.line)
            return nil
        }
        guard !text.isEmpty else {
            fail("empty-text", "\(name)的「\(key)」是空的。", cure: "写上内容，没有就删去这一行。", line: found.line)
            return nil
        }
        return text
    }

    func number(_ key: String) -> Decimal? {
        guard let text = text(key) else { return nil }
        guard let number = PlainNumber.decimal(text) else {
            fail("not-a-number", "\(name)的「\(key)」应为数值，这里是「\(text)」。", cure: "写成不带单位和逗号的数，单位写在「unit」。", line: value(key)?.line)
            return nil
        }
        return number
    }

    func requiredNumber(_ key: String) -> Decimal? { required(key) == nil ? nil : number(key) }

    /// A list of texts; one text alone counts as a list of one.
    func texts(_ key: String) -> [String] {
        guard let found = value(key) else { return [] }
        if found.text != nil { return text(found, key).map { [$0] } ?? [] }
        return (found.items ?? []).compactMap { item in
            guard let text = item.text else {
                fail("not-text", "\(name)的「\(key)」里应为文字，这里是\(item.chinese)。", cure: "每一项写一段文字。", line: item.line)
                return nil
            }
            return text
        }
    }

    /// One word of a closed list.
    func word<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type) -> Word? where Word.RawValue == String {
        guard let text = requiredText(key) else { return nil }
        return word(text, key, type, line: value(key)?.line)
    }

    func word<Word: RawRepresentable & CaseIterable>(_ text: String, _ key: String, _ type: Word.Type, line: Int?) -> Word?
    where Word.RawValue == String {
        if let word = Word(rawValue: text) { return word }
        let known = Word.allCases.map(\.rawValue).joined(separator: "、")
        fail("unknown-word", "\(name)的「\(key)」写了「\(text)」，没有这个词。", cure: "可用的词：\(known)。", line: line)
        return nil
    }

    /// The items of a list of maps.
    func maps(_ key: String, _ kind: String) -> [FieldReader] {
        guard let found = value(key) else { return [] }
        guard let items = found.items else {
            fail("not-a-list", "\(name)的「\(key)」应为列表，这里是\(found.chinese)。", cure: "每一项以「- 」开头。", line: found.line)
            return []
        }
        return items.compactMap { FieldReader($0, kind, log: log) }
    }

    /// A nested map.
    func map(_ key: String, _ kind: String) -> FieldReader? { value(key).flatMap { FieldReader($0, kind, log: log) } }

    /// Reports the keys that nobody asked for.
    func done() {
        for entry in node.entries ?? [] where !asked.contains(entry.key) {
            fail("unknown-key", "\(name)里没有「\(entry.key)」这个键。", cure: "可用的键：\(asked.sorted().joined(separator: "、"))。", line: entry.line)
        }
    }
}

/// Decimal numbers as files write them: digits, an optional sign and a point.
enum PlainNumber {
    static func decimal(_ text: String) -> Decimal? {
        let body = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let halves = body.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count), body.count <= 30 else { return nil }
        guard halves.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }) else { return nil }
        return Decimal(string: text)
    }
}
