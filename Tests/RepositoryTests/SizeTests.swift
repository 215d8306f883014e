import Testing

@Suite struct SizeTests {
    @Test("no Swift file is longer than 400 lines")
    func files() {
        let long = (ProjectText.sources + ProjectText.tests).filter { $0.lines.count > 401 }
        #expect(long.map { "\($0.path): \($0.lines.count)" } == [])
        #expect(ProjectText.sources.count > 100)
    }

    @Test("no function is longer than 60 lines")
    func functions() {
        let long = ProjectText.sources.flatMap { file in
            Self.functions(file).filter { $0.length > 60 }.map { "\(file.path):\($0.line): \($0.length)" }
        }
        #expect(long == [])
    }

    /// Where functions begin and how long they are: from `func` or `init` to the brace at the same depth.
    private static func functions(_ file: ProjectText) -> [(line: Int, length: Int)] {
        let lines = file.lines
        var found: [(Int, Int)] = []
        for (index, line) in lines.enumerated()
        where (line.contains("func ") || line.contains("init")) && line.contains(/^ *([a-z]+(\([a-z]+\))? )*(func |init[?(<])/)
            && !line.hasSuffix("}")
        {
            let depth = line.prefix { $0 == " " }
            let end = lines[(index + 1)...].firstIndex { $0 == depth + "}" || $0.hasPrefix(depth + "} ") } ?? index
            found.append((index + 1, end - index + 1))
        }
        return found
    }

    @Test("basenames are unique inside a target, and none says Service, Manager, Helper, Util or V2")
    func names() {
        for (target, files) in Dictionary(grouping: ProjectText.sources, by: \.target) {
            let repeated = Dictionary(grouping: files, by: \.name).filter { $0.value.count > 1 }.keys.sorted()
            #expect(repeated == [], "in \(target)")
        }
        #expect(ProjectText.sources.map(\.stem).filter { $0.contains(/(Service|Manager|Helper|Utils?|V2)$/) } == [])
    }
}
