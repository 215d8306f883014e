import Foundation
import Policy
import TestSupport
import Testing
import Yams

@Suite struct PolicyFilesTests {
    @Test("every programme folder is read whole, and its cases come out as they say")
    func programmes() throws {
        let entries = try ProgrammeLibrary.load(directory: ProjectFiles.url("programmes"))
        #expect(entries.count >= 5)
        for entry in entries {
            let folder = try entry.result.get()
            #expect(folder.programme.id == entry.id)
            #expect(folder.runCases().filter { !$0.passes }.map(\.name) == [])
            #expect(FileManager.default.fileExists(atPath: entry.directory.appendingPathComponent("README.md").path), "\(entry.id)")
        }
    }

    @Test("every number that a programme carries names its clause, and the clause exists")
    func numbers() throws {
        for entry in try ProgrammeLibrary.load(directory: ProjectFiles.url("programmes")) {
            let programme = try entry.result.get().programme
            for target in programme.targets { #expect(programme.clause(target.clause) != nil, "\(entry.id): \(target.id)") }
        }
    }

    @Test("every findings code is one of the six, with file, clause and cure")
    func findings() throws {
        for entry in try ProgrammeLibrary.load(directory: ProjectFiles.url("programmes")) {
            for finding in ProgrammeCheck(try entry.result.get(), knownMetrics: ["enterprise.sales"]).findings() {
                #expect(!finding.message.isEmpty)
                #expect(!finding.file.isEmpty)
            }
        }
    }

    /// The lines of the duties' file with what each rests on.
    private func duties() throws -> [(name: String, node: Node)] {
        let text = try String(contentsOf: ProjectFiles.url("regulations/duties/departments.yaml"), encoding: .utf8)
        let root = try #require(try Yams.compose(yaml: text))
        let named = ["departments", "columns", "targets"].flatMap { key in
            (root[key]?.mapping).map { Array($0) } ?? []
        }.map { (name: $0.key.string ?? "", node: $0.value) }
        let holdings = (root["holdings"]?.sequence).map { Array($0) } ?? []
        return named + holdings.map { (name: $0["words"]?.sequence?.first?.string ?? "", node: $0) }
    }

    @Test("every line of the departments' duties cites a clause of a programme that ships")
    func dutiesCite() throws {
        let lines = try duties()
        #expect(lines.count > 25)
        let programmes = try ProgrammeLibrary.load(directory: ProjectFiles.url("programmes")).map { try $0.result.get().programme }
        for (name, node) in lines {
            let programme = programmes.first { $0.id == node["document"]?.string }
            #expect(programme?.clause(node["clause"]?.string ?? "") != nil, "\(name)")
        }
    }

    @Test("every target that the duties speak of stands in its programme, by that title")
    func dutiesOfTargets() throws {
        let programmes = try ProgrammeLibrary.load(directory: ProjectFiles.url("programmes")).map { try $0.result.get().programme }
        let lines = try duties().filter { $0.name.contains("/") }
        #expect(lines.count > 20)
        for (name, node) in lines {
            let parts = name.split(separator: "/").map(String.init)
            let target = programmes.first { $0.id == parts[0] }?.target(parts[1])
            #expect(target?.title == node["title"]?.string, "\(name)")
        }
    }

    @Test(
        "and says what stands in that document",
        .enabled(if: SharedData.url("documents/longwan-2006.txt") != nil, "the documents are not here"))
    func dutiesSay() throws {
        for (name, node) in try duties() {
            let document = try #require(SharedData.url("documents/\(node["document"]?.string ?? "").txt"), "\(name)")
            let text = try String(contentsOf: document, encoding: .utf8).filter { !$0.isWhitespace }
            #expect(text.contains((node["says"]?.string ?? "-").filter { !$0.isWhitespace }), "\(name)")
        }
    }

    @Test("every regulations file is plain YAML, its mappings without a key twice")
    func regulations() throws {
        let files = ProjectText.under("regulations", "yaml", "yml")
        #expect(files.count >= 10)
        for file in files {
            let node = try Yams.compose(yaml: file.text)
            #expect(node?.mapping != nil, "\(file.path)")
            #expect(file.text.hasPrefix("#"), "\(file.path) begins with what it is")
        }
    }
}
