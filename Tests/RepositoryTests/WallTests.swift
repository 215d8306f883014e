import Testing

/// What may import what; the manifest says it for targets, these tests inside them.
@Suite struct WallTests {
    @Test("only Storage speaks to an engine")
    func engines() {
        let others = ProjectText.sources.filter { $0.target != "Storage" && !$0.imports.isDisjoint(with: ["GRDB", "GRDBSQLite", "CPQ"]) }
        #expect(others.map(\.path) == [])
    }

    @Test("pure targets know no store, no web and no clock")
    func pure() {
        let pure: Set = ["Values", "XMLReading", "DecisionTables", "DecisionModels", "Policy", "QualityStatistics", "Places"]
        let outside: Set = ["Storage", "Evidence", "GRDB", "CPQ", "Hummingbird", "WebSupport", "NIOCore", "Dispatch"]
        let files = ProjectText.sources.filter { pure.contains($0.target) }
        #expect(files.count > 50)
        #expect(files.filter { !$0.imports.isDisjoint(with: outside) }.map(\.path) == [])
        #expect(files.filter { $0.code.contains { $0.contains("Date()") || $0.contains(".random(in:") } }.map(\.path) == [])
    }

    @Test("the kernel knows no slice")
    func kernel() {
        let kernel: Set = [
            "Values", "XMLReading", "DecisionTables", "DecisionModels", "Policy", "QualityStatistics", "Places", "Spreadsheets", "Storage",
            "Evidence", "Jobs", "Imports",
            "WebSupport",
        ]
        let files = ProjectText.sources.filter { kernel.contains($0.target) && !$0.imports.isDisjoint(with: ProjectText.slices) }
        #expect(files.map(\.path) == [])
    }

    @Test("facts, stores, schemas and actions know no page")
    func actions() {
        let business = ProjectText.sources.filter { file in
            ProjectText.slices.contains(file.target)
                && (file.stem.contains(/(Store|Facts|Schema)$/) || file.code.contains { $0.contains(/\.act(Once)?\(/) })
                && !file.stem.contains(/(Routes|Pages|Page)$/)
        }
        #expect(!business.isEmpty)
        #expect(business.filter { !$0.imports.isDisjoint(with: ["Hummingbird", "WebSupport"]) }.map(\.path) == [])
    }

    @Test("SQL stands in stores, facts, schemas, actions and the kernel, never in pages or words")
    func sql() {
        let shown = ProjectText.sources.filter {
            $0.stem.contains(/(Pages|Page|Words)$/) || ["WebSupport", "Values", "Policy", "DecisionTables"].contains($0.target)
        }
        let found = shown.filter { file in
            ["\"select ", "\"insert into ", "\"update ", "\"delete from "].contains { file.text.contains($0) }
        }
        #expect(found.map(\.path) == [])
    }

    @Test("no try!, as! or forced unwrapping in the sources")
    func forced() {
        let found = ProjectText.sources.flatMap { file in
            // A header's name from a literal is the one exception: the library offers no other way to a constant.
            file.code.enumerated().filter { $0.element.contains("!") && !$0.element.contains(".init(\"\")!]") }
                .filter { $0.element.contains(/\btry!|\bas!|[A-Za-z0-9_)\]]!([^=]|$)/) }.map { "\(file.path):\($0.offset + 1)" }
        }
        #expect(found == [])
    }

    @Test("no global reads the machine's clock outside the command line and the web's edge")
    func clock() {
        let found = ProjectText.sources.filter { ProjectText.slices.contains($0.target) && $0.code.contains { $0.contains(/\bDate\(\)/) } }
        #expect(found.map(\.path) == [])
    }

    @Test("Longwan's class limits stand in its rule file, not in Swift")
    func policyNumbers() {
        let found = ProjectText.sources.filter { ProjectText.slices.contains($0.target) }.flatMap { file in
            file.code.enumerated().filter {
                $0.element.contains("000") && !$0.element.contains("limit") && $0.element.contains(/\b(5_?000|1_?000)\b/)
            }.map { "\(file.path):\($0.offset + 1)" }
        }
        #expect(found == [])
        #expect(ProjectText.under("programmes/longwan-2006/rules", "yaml").contains { $0.text.contains("5000") })
    }
}
