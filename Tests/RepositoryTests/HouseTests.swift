import Foundation
import TestSupport
import Testing

@Suite struct HouseTests {
    @Test("nothing that is delivered speaks of the place where it was written")
    func strangers() {
        // Written in pieces, so that this file does not find itself.
        let words = ["/wo" + "rk/", "far" + "m-", "sub" + "agent", "bash" + "_jobs", "mini" + "-p", "/tmp/" + "plan", "Cla" + "ude"]
        for file in ProjectText.delivered {
            for word in words { #expect(!file.text.contains(word), "\(file.path) says \(word)") }
        }
    }

    @Test("what is built or resolved is not kept: the manifest's ranges decide")
    func resolved() throws {
        let ignored = try #require(ProjectText.at(".gitignore")).lines.map(String.init)
        #expect(ignored.contains("Package.resolved"))
        #expect(ignored.contains("/data/"))
        let index = ProjectFiles.url(".git/index")
        guard let bytes = try? Data(contentsOf: index) else { return }
        #expect(bytes.range(of: Data("Package.resolved".utf8)) == nil)
    }

    @Test("the layout of the code is settled by a file")
    func format() throws {
        let bytes = try Data(contentsOf: ProjectFiles.url(".swift-format"))
        let settings = try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        #expect(settings["lineLength"] as? Int == 140)
    }

    @Test("the scripts stop at the first error", arguments: ["start", "test", ".ci/run", "Benchmarks/run"])
    func scripts(_ path: String) throws {
        let script = try #require(ProjectText.at(path))
        #expect(script.text.hasPrefix("#!/usr/bin/env bash"))
        #expect(script.text.contains("set -euo pipefail"))
        #expect(FileManager.default.isExecutableFile(atPath: ProjectFiles.url(path).path))
    }

    @Test("pages load nothing from elsewhere: the intranet has no internet")
    func intranet() {
        let files = ProjectText.under("public", "css", "js", "svg") + ProjectText.under("Sources/WebSupport", "swift")
        for file in files {
            #expect(!file.text.contains(/(src|href|url)[=(]["']?https?:/), "\(file.path)")
        }
    }

    @Test("tests that wait for programs and sockets do so on threads of their own: others would stand still with them")
    func blocking() {
        let waiting =
            /HallmarkCommand\.run|(HallmarkServer|ServingProcess|KillableProcess|IdentityProvider|PostgresServer|WritingClerks|RawConnection|PlainRequest|Process)\(|RawExchange|AttackSite\.open/
        let files = ProjectText.under("Tests", "swift").filter { !$0.path.hasPrefix("Tests/TestSupport/") && $0.name != "HouseTests.swift" }
        for file in files where file.text.contains(waiting) {
            for suite in file.text.split(separator: "\n@Suite").dropFirst() {
                let traits = suite.prefix(while: { $0 != "{" })
                #expect(traits.contains(".blocking"), "\(file.path)")
            }
        }
    }
}
