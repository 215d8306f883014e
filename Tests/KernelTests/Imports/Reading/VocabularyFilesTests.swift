import Foundation
import Imports
import TestSupport
import Testing
import Values

/// The vocabulary files: complete, and refused with their place where they are wrong.
@Suite struct VocabularyFilesTests {
    private func failure(_ name: String, _ change: (String) -> String) throws -> Failure? {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("headings-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: ProjectFiles.url("regulations/headings"), to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appendingPathComponent(name)
        try change(String(contentsOf: url, encoding: .utf8)).write(to: url, atomically: true, encoding: .utf8)
        do {
            _ = try HeadingVocabulary.read(folder: folder)
            return nil
        } catch {
            return error as? Failure
        }
    }

    @Test("the shipped files are read, each kind with its fields")
    func shipped() throws {
        let vocabulary = try Vocabularies.shipped()
        #expect(vocabulary.kinds.map(\.kind) == ImportKind.allCases)
        #expect(vocabulary[.enterprises]?["legal_person"]?.isPersonal == true)
        #expect(vocabulary[.results]?["model"]?.joint == " ")
    }

    @Test("no spelling means two fields alike")
    func ambiguous() throws {
        let vocabulary = try Vocabularies.shipped()
        for kind in vocabulary.kinds {
            var owners: [String: String] = [:]
            for field in kind.fields {
                for heading in field.headings.map({ HeadingText($0, writing: vocabulary.writing).whole }) {
                    let owner = owners.updateValue(field.name, forKey: heading)
                    #expect(owner == nil || owner == field.name, "\(kind.kind) \(heading): \(owner ?? "") and \(field.name)")
                }
            }
        }
    }

    @Test("an unknown key, an unknown word and broken YAML are refused with file and line")
    func refused() throws {
        let key = try #require(try failure("results.yaml") { $0.replacing("telling: 40", with: "teling: 40") })
        #expect(key.message == "词表里有不认识的键「teling」。")
        #expect(key.place.file == "results.yaml")
        #expect(key.place.line != nil)
        let word = try #require(try failure("values.yaml") { $0.replacing("verdict: refused", with: "verdict: maybe") })
        #expect(word.message == "不认识的词「maybe」。")
        let broken = try #require(try failure("titles.yaml") { _ in "notes: [a" })
        #expect(broken.code == "headings.yaml")
        let double = try #require(try failure("writing.yaml") { $0 + "\nunits: [元]\n" })
        #expect(double.code == "headings.yaml")
        let field = try #require(try failure("followups.yaml") { $0.replacing("- [firm]", with: "- [nobody]") })
        #expect(field.message == "词表提到没有定义的字段「nobody」。")
    }

    @Test("a missing file is named")
    func missing() {
        let error = #expect(throws: Failure.self) { _ = try HeadingVocabulary.read(folder: URL(fileURLWithPath: "/nowhere")) }
        #expect(error?.message == "找不到词表文件。")
        #expect(error?.place.file == "enterprises.yaml")
    }
}
