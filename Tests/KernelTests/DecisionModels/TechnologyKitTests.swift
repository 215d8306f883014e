import Testing

@testable import DecisionModels

/// Level 2 of the kit that the field measures engines by; it lies beside the project.
@Suite("The DMN technology compatibility kit, level 2", .enabled(if: TechnologyKit.folder != nil, "the kit is not there: data/dmn-tck"))
struct TechnologyKitTests {
    @Test("Every result node comes out as the kit says: 116 cases, 126 results")
    func whole() throws {
        var (cases, results, failed) = (0, 0, [String]())
        for folder in TechnologyKit.folders {
            let model = try TechnologyKit.model(in: folder)
            for item in try TechnologyKit.cases(in: folder) {
                cases += 1
                for result in item.results {
                    results += 1
                    let value = try model.prepare(result.decision).evaluate(item.inputs).value
                    if !TechnologyKit.agrees(value, result.expected) {
                        failed.append("\(item.model) \(item.id) \(result.decision): \(value) instead of \(result.expected)")
                    }
                }
            }
        }
        #expect(failed == [])
        #expect(cases == 116)
        #expect(results == 126)
    }
}
