import Foundation
import Policy
import TestSupport
import Testing
import Values

/// The programmes that are delivered with the project.
@Suite struct ProgrammeFilesTests {
    static let names = ["dezhou", "longwan-2006", "nanhai-2017", "panyu-2014", "suzhou-2017"]

    static func folder(_ id: String) throws -> ProgrammeFolder {
        try ProgrammeLibrary.load(programme: ProjectFiles.url("programmes/\(id)")).get()
    }

    @Test("the library finds the five texts, each valid", arguments: names)
    func valid(_ id: String) throws {
        let folder = try Self.folder(id)
        #expect(folder.programme.id == id)
        #expect(folder.digest.count == 64)
        #expect(folder.files.allSatisfy { $0.sha256.count == 64 })
    }

    @Test("the library lists folders by name")
    func library() throws {
        let entries = try ProgrammeLibrary.load(directory: ProjectFiles.url("programmes"))
        #expect(entries.map(\.id) == Self.names)
    }

    @Test(
        "every number of the text is carried by an element in its clause, or is no commitment and says why",
        .enabled(if: SharedData.isPresent, "the shared documents are missing"), arguments: names)
    func numbers(_ id: String) throws {
        let folder = try Self.folder(id)
        let name = try #require(folder.programme.source.text)
        let url = try #require(SharedData.url("documents/\(name)"))
        let match = folder.matchNumbers(in: try String(contentsOf: url, encoding: .utf8))
        #expect(match.missingClauses == [])
        #expect(match.uncarried.map(\.description) == [])
        #expect(match.unfounded.map(\.description) == [])
        #expect(!match.carried.isEmpty)
    }

    @Test("every case of every rule file comes out as it says", arguments: names)
    func cases(_ id: String) throws {
        let verdicts = try Self.folder(id).runCases()
        #expect(verdicts.filter { !$0.passes }.map { "\($0.name)：应得\($0.expected)，得\($0.answered)" } == [])
    }

    @Test("every clause that is cited exists, and organisations are named by the text's list", arguments: names)
    func clauses(_ id: String) throws {
        let programme = try Self.folder(id).programme
        #expect(programme.clauses.count > 3)
        #expect(programme.targets.allSatisfy { programme.clause($0.clause) != nil })
    }

    @Test("a clause shows what it runs: Longwan's classes with their table, duties and open questions")
    func contents() throws {
        let found = try Self.folder("longwan-2006").contents(of: "四(三)2")
        #expect(found.filter { $0.kind == .rule }.map(\.id) == ["rules/enterprise-class.yaml"])
        #expect(found.contains { $0.kind == .duty && $0.id == "class-c" && $0.runs == [.programmes, .spotChecks] })
        #expect(found.contains { $0.kind == .openPoint && $0.id == "which-year" })
        #expect(try Self.folder("longwan-2006").contents(of: "五").isEmpty)
    }
}
