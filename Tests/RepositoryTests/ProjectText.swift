import Foundation
import TestSupport

/// The project's own text files, as the repository tests read them.
struct ProjectText: Sendable, CustomStringConvertible {
    /// From the root: `Sources/Values/Day.swift`.
    let path: String
    let text: String

    var description: String { path }
    var name: String { String(path.split(separator: "/").last ?? "") }
    var stem: String { String(name.prefix { $0 != "." }) }
    /// The folder below `Sources`.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The modules that it imports.
    var imports: Set<String> {
        Set(
            lines.compactMap { line in
                let words = line.split(separator: " ")
                guard let index = words.firstIndex(of: "import"), index <= 2, words.count > index + 1 else { return nil }
                return String(words[index + 1])
            })
    }

    /// The lines without comments and the contents of strings.
    var code: [String] { Self.code(lines) }

    private static func code(_ lines: [Substring]) -> [String] {
        var isInText = false
        return lines.map { line in
            if line.contains("\"\"\"") {
                isInText.toggle()
                return ""
            }
            if isInText { return "" }
            return bare(line)
        }
    }

    /// A line without comment and without what stands between quotation marks; by bytes, since there are many lines.
    private static func bare(_ line: Substring) -> String {
        var kept: [UInt8] = []
        var isInText = false
        var previous: UInt8 = 0
        for byte in line.utf8 {
            if byte == UInt8(ascii: "\""), previous != UInt8(ascii: "\\") {
                isInText.toggle()
                kept.append(byte)
            } else if !isInText {
                if byte == UInt8(ascii: "/"), previous == byte { return String(decoding: kept.dropLast(), as: UTF8.self) }
                kept.append(byte)
            }
            previous = byte
        }
        return String(decoding: kept, as: UTF8.self)
    }

    static let sources = under("Sources", "swift")
    static let tests = under("Tests", "swift")

    static let slices = [
        "Accounts", "Enterprises", "SpotChecks", "Programmes", "Targets", "Questions", "Returns", "Interface", "Published", "Panels",
    ]

    /// Every file of a kind under a folder, by path.
    static func under(_ folder: String, _ endings: String...) -> [ProjectText] {
        let base = ProjectFiles.url(folder)
        let paths = (FileManager.default.enumerator(atPath: base.path)?.allObjects ?? []).compactMap { $0 as? String }
        return paths.filter { path in endings.contains { path.hasSuffix("." + $0) } && !path.contains("__pycache__") }.sorted()
            .compactMap { at(folder + "/" + $0) }
    }

    /// One file, or nil where it is missing or no text.
    static func at(_ path: String) -> ProjectText? {
        (try? String(contentsOf: ProjectFiles.url(path), encoding: .utf8)).map { ProjectText(path: path, text: $0) }
    }

    /// Files that a person reads first.
    static let documents =
        ["README.md", "ARCHITECTURE.md", "GLOSSARY.md", "STYLE.md", "CHANGELOG.md"].compactMap(at)
        + under("docs", "md") + under("Benchmarks", "md")

    /// Everything that is delivered, apart from pictures.
    static let delivered =
        sources + tests + documents
        + ["programmes", "regulations", "forms", "texts", "public", "tools", "Tests", "Benchmarks"].flatMap {
            under($0, "yaml", "md", "mustache", "css", "js", "py", "sh", "svg", "lua", "html")
        } + ["start", "test", ".ci/run", "Benchmarks/run", "Package.swift", ".gitignore"].compactMap(at)
}
