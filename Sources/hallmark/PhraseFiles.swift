import Evidence
import Foundation
import Values
import Yams

/// Reads the English of composed sentences from `texts/english/`: one flat mapping in each file.
enum PhraseFiles {
    /// - Throws: `texts.missing`, `texts.form`, `texts.twice`.
    static func load(root: URL, words: [Word] = []) throws -> Phrasebook {
        let folder = root.appendingPathComponent("texts/english")
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
            throw Failure(.missing, "texts.missing", "找不到界面英文的文件夹", at: FilePlace(file: "texts/english"), cure: "从安装包恢复 texts 文件夹")
        }
        var phrases: [String: String] = [:]
        for name in names.sorted() where name.hasSuffix(".yaml") {
            for (chinese, english) in try read(folder.appendingPathComponent(name), name) {
                guard phrases.updateValue(english, forKey: chinese) == nil else {
                    throw Failure(.invalid, "texts.twice", "“\(chinese)”写了两次", at: FilePlace(file: name), cure: "删去一处")
                }
            }
        }
        return Phrasebook(phrases, words: words)
    }

    private static func read(_ url: URL, _ name: String) throws -> [(String, String)] {
        do {
            guard let text = try? String(contentsOf: url, encoding: .utf8), let pairs = try Yams.compose(yaml: text)?.mapping else {
                throw form(name, "不是“中文: English”的列表")
            }
            return try pairs.map { key, value in
                guard let chinese = key.string, let english = value.string, !english.isEmpty else { throw form(name, "有一项不是文字") }
                return (chinese, english)
            }
        } catch let error as YamlError {
            throw form(name, "不是合法的 YAML：\(error)")
        }
    }

    private static func form(_ name: String, _ message: String) -> Failure {
        Failure(.invalid, "texts.form", message, at: FilePlace(file: name), cure: "照同一文件夹里的其他文件写")
    }
}

extension FactCatalogue {
    /// The texts by which facts, metrics, dimensions, columns and their values are called.
    var words: [Word] {
        facts.flatMap { fact in
            [fact.label] + fact.metrics.flatMap { [$0.label, $0.unit] } + fact.dimensions.flatMap { [$0.label] + $0.words.values }
                + fact.columns.flatMap { [$0.label] + $0.words.values }
        }
    }
}
