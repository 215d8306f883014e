import Foundation
import TestSupport
import Testing

@Suite struct DocumentTests {
    private static let roots = [
        "Sources/", "Tests/", "Benchmarks/", "docs/", "programmes/", "regulations/", "forms/", "texts/", "public/", "tools/", ".ci/",
    ]

    /// Paths in backticks or links that begin at a folder of the project.
    private static func paths(_ text: String) -> Set<String> {
        let quoted = text.matches(of: /`([^`\s]+)`/).map { String($0.output.1) }
        let linked = text.matches(of: /\]\(([^)#\s]+)/).map { String($0.output.1) }
        return Set(
            (quoted + linked).filter { path in
                roots.contains { path.hasPrefix($0) } && !path.contains(/[<>*{…]/)
            })
    }

    @Test("every path that a document names exists", arguments: ProjectText.documents)
    func pathsExist(_ document: ProjectText) {
        let missing = Self.paths(document.text).filter { !FileManager.default.fileExists(atPath: ProjectFiles.url($0).path) }
        #expect(missing.sorted() == [])
    }

    @Test(
        "the front door is there", arguments: ["README.md", "ARCHITECTURE.md", "GLOSSARY.md", "STYLE.md", "CHANGELOG.md", "docs/plan.md"])
    func present(_ path: String) {
        #expect(ProjectText.at(path) != nil)
    }

    @Test("links between documents lead somewhere", arguments: ProjectText.documents)
    func links(_ document: ProjectText) {
        let folder = ProjectFiles.url(document.path).deletingLastPathComponent()
        let targets = document.text.matches(of: /\]\(([^)#\s:]+)\)/).map { String($0.output.1) }
        #expect(targets.filter { !FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path) } == [])
    }

    @Test("the glossary has its words, each with a path, and no Chinese word twice")
    func glossary() throws {
        let text = try #require(ProjectText.at("GLOSSARY.md")).text
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| 中文") && !$0.hasPrefix("| ---") }
        #expect(rows.count >= 60)
        #expect(rows.filter { !$0.contains("`") } == [])
        let words = rows.compactMap { $0.split(separator: "|").first.map { $0.trimmingCharacters(in: .whitespaces) } }
        #expect(Dictionary(grouping: words, by: \.self).filter { $0.value.count > 1 }.keys.sorted() == [])
    }

    @Test("the identifiers of the glossary occur where it says")
    func identifiers() throws {
        let text = try #require(ProjectText.at("GLOSSARY.md")).text
        for row in text.split(separator: "\n") where row.hasPrefix("| ") {
            let quoted = row.matches(of: /`([^`]+)`/).map { String($0.output.1) }
            guard quoted.count >= 2, let identifier = quoted.first, let path = quoted.last else { continue }
            let files = ProjectText.at(path).map { [$0] } ?? ProjectText.under(path, "swift", "yaml", "md")
            #expect(files.contains { $0.text.contains(identifier) }, "\(identifier) is not in \(path)")
        }
    }

    @Test("decisions are numbered once each, without gaps, and say why")
    func decisions() {
        let names = ProjectText.under("docs/adr", "md").filter { $0.name != "README.md" }
        let numbers = names.compactMap { Int($0.name.prefix(4)) }
        #expect(numbers == Array(1...max(1, names.count)))
        for file in names {
            #expect(file.text.contains("## Decision"), "\(file.path)")
            #expect(file.text.contains("## Why"), "\(file.path)")
            #expect(file.lines.count <= 70, "\(file.path)")
        }
    }

    @Test("README is short, and its two commands are there to run")
    func readme() throws {
        let text = try #require(ProjectText.at("README.md")).text
        for command in ["start", "test"] {
            #expect(text.contains("./" + command))
            #expect(FileManager.default.isExecutableFile(atPath: ProjectFiles.url(command).path))
        }
        #expect(text.split(separator: "\n").count < 80)
    }
}
