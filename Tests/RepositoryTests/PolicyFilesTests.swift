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
