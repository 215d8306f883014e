package import Foundation
import Values

extension HeadingVocabulary {
    /// Reads the vocabulary from a folder (`regulations/headings`).
    ///
    /// - Throws: `Failure` `headings.missing`, `headings.yaml`, `headings.wrong` with file and line.
    package static func read(folder: URL) throws -> HeadingVocabulary {
        func root(_ name: String) throws -> VocabularyNode {
            let url = folder.appendingPathComponent(name)
            guard let data = FileManager.default.contents(atPath: url.path) else {
                throw Failure(
                    .missing, "headings.missing", "找不到词表文件。", at: FilePlace(file: name),
                    cure: "恢复 regulations/headings 目录，或指明它的位置。")
            }
            return try VocabularyNode.parse(String(decoding: data, as: UTF8.self), file: name)
        }
        let reader = VocabularyReader()
        return try HeadingVocabulary(
            kinds: ImportKind.allCases.map { try reader.kind(root("\($0.rawValue).yaml")) },
            writing: reader.writing(root("writing.yaml")),
            titles: reader.titles(root("titles.yaml")),
            values: reader.values(root("values.yaml")))
    }
}

/// Reads each vocabulary file into its words.
struct VocabularyReader {
    func kind(_ root: VocabularyNode) throws -> KindVocabulary {
        let entries = try root.entries(["kind", "label", "needs", "fields"])
        guard let kind = entries["kind"], let needs = entries["needs"], let fields = entries["fields"] else {
            throw root.wrong("词表缺少 kind、needs 或 fields。", "补上缺少的键。")
        }
        let vocabulary = try KindVocabulary(
            kind: kind.word(ImportKind.self), needs: needs.items().map { try $0.texts() }, fields: fields.items().map(field))
        for name in vocabulary.needs.joined() + vocabulary.fields.flatMap({ $0.beside.values }) where vocabulary[name] == nil {
            throw needs.wrong("词表提到没有定义的字段「\(name)」。", "改成 fields 里的名字。")
        }
        return vocabulary
    }

    private func field(_ node: VocabularyNode) throws -> FieldDefinition {
        let entries = try node.entries([
            "name", "label", "type", "personal", "unit", "joins", "carries", "counts", "telling", "headings", "loosely", "words", "bare",
            "beside",
        ])
        guard let name = entries["name"], let label = entries["label"], let type = entries["type"], let headings = entries["headings"]
        else {
            throw node.wrong("字段缺少 name、label、type 或 headings。", "补上缺少的键。")
        }
        return try FieldDefinition(
            name: name.text(), label: label.text(), type: type.word(FieldType.self), isPersonal: entries["personal"]?.flag() ?? false,
            unit: entries["unit"]?.text(), joint: entries["joins"]?.text(), carries: entries["carries"]?.flag() ?? false,
            counts: entries["counts"]?.flag() ?? true, telling: entries["telling"]?.number() ?? 0, headings: headings.texts(),
            loosely: entries["loosely"]?.weights() ?? [:], words: entries["words"]?.weights() ?? [:], bare: entries["bare"]?.texts() ?? [],
            beside: entries["beside"]?.table() ?? [:])
    }

    func writing(_ root: VocabularyNode) throws -> WritingWords {
        let entries = try root.entries(["traditional", "units", "synonyms"])
        var words = WritingWords()
        for (from, to) in try entries["traditional"]?.table() ?? [:] {
            // A pair of several characters is covered by its single characters.
            guard from.count == 1, to.count == 1, let source = from.first, let target = to.first else { continue }
            words.simplified[source] = target
        }
        words.units = try Set(entries["units"]?.texts() ?? [])
        words.synonyms = try (entries["synonyms"]?.pairs() ?? []).flatMap { to, list in try list.texts().map { (from: $0, to: to) } }
        return words
    }

    func titles(_ root: VocabularyNode) throws -> TitleWords {
        let entries = try root.entries([
            "default_sheet_names", "list_kinds", "levels", "methods", "product_ends", "product_noise", "notes", "totals",
            "summary_headings",
            "other_headings",
        ])
        func texts(_ name: String) throws -> [String] { try entries[name]?.texts() ?? [] }
        var words = TitleWords()
        words.defaultSheetNames = try texts("default_sheet_names")
        words.listKinds = try named(entries["list_kinds"], "kind").map { (kind: $0.0, words: $0.1) }
        words.levels = try named(entries["levels"], "level").map { (level: $0.0, words: $0.1) }
        words.methods = try named(entries["methods"], "method").map { (method: $0.0, words: $0.1) }
        words.productEnds = try texts("product_ends")
        words.productNoise = try texts("product_noise").sorted { $0.count > $1.count }
        words.notes = try texts("notes")
        words.totals = try texts("totals")
        words.summaryHeadings = try Set(texts("summary_headings"))
        words.otherHeadings = try Set(texts("other_headings"))
        return words
    }

    func values(_ root: VocabularyNode) throws -> ValueWords {
        let entries = try root.entries([
            "verdicts", "absent", "nothing", "blanks", "counterfeit", "not_counterfeit", "counterfeit_flags", "masked", "stages",
        ])
        var words = ValueWords()
        words.verdicts = try (entries["verdicts"]?.items() ?? []).map { node in
            let entry = try node.entries(["verdict", "is", "contains"])
            guard let verdict = entry["verdict"] else { throw node.wrong("结论用词缺少 verdict。", "补上 verdict。") }
            return try (verdict.word(Verdict.self), Set(entry["is"]?.texts() ?? []), entry["contains"]?.texts() ?? [])
        }
        words.absent = try Set(entries["absent"]?.texts() ?? [])
        words.nothing = try Set(entries["nothing"]?.texts() ?? [])
        words.blanks = try Set(entries["blanks"]?.text() ?? "")
        words.counterfeit = try entries["counterfeit"]?.texts() ?? []
        words.notCounterfeit = try entries["not_counterfeit"]?.texts() ?? []
        let flags = try entries["counterfeit_flags"]?.entries(["yes", "no"]) ?? [:]
        words.flagsYes = try Set(flags["yes"]?.texts() ?? [])
        words.flagsNo = try Set(flags["no"]?.texts() ?? [])
        words.masked = try entries["masked"]?.texts() ?? []
        words.stages = try named(entries["stages"], "stage").map { (stage: $0.0, words: $0.1) }
        return words
    }

    private func named<Value: RawRepresentable & CaseIterable>(
        _ node: VocabularyNode?, _ key: String
    ) throws -> [(Value, [String])] where Value.RawValue == String {
        try (node?.items() ?? []).map { item in
            let entry = try item.entries([key, "words"])
            guard let name = entry[key], let words = entry["words"] else { throw item.wrong("缺少 \(key) 或 words。", "补上缺少的键。") }
            return try (name.word(Value.self), words.texts())
        }
    }
}
