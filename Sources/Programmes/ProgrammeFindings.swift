package import Foundation
package import Policy
package import Values

/// What `programme check` finds: overlaps, holes, unknown names, discrepancies, open points, and faults of the files (`invalid`).
package struct ProgrammeFindings: Sendable, Encodable {
    /// One finding, with the file relative to the programmes folder.
    package struct Item: Sendable, Encodable {
        package let kind: String
        package let code: String
        package let programme: String
        package let file: String
        package let line: Int?
        package let clause: String
        package let message: String
        package let cure: String?

        private enum CodingKeys: String, CodingKey { case kind, code, programme, file, line, clause, message, cure }

        /// `line` and `cure` are written as null where there is none, so that every finding has the same keys.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(kind, forKey: .kind)
            try container.encode(code, forKey: .code)
            try container.encode(programme, forKey: .programme)
            try container.encode(file, forKey: .file)
            try container.encode(line, forKey: .line)
            try container.encode(clause, forKey: .clause)
            try container.encode(message, forKey: .message)
            try container.encode(cure, forKey: .cure)
        }

        /// `longwan-2006/rules/enterprise-class.yaml:9 [overlap] …`
        package var sentence: String {
            file + (line.map { ":\($0)" } ?? "") + " [\(kind)] \(message)" + (clause.isEmpty ? "" : "（条款\(clause)）")
                + (cure.map { " 处理办法：\($0)" } ?? "")
        }
    }

    package let findings: [Item]

    /// Whether a file cannot be used: the command ends with 1.
    package var hasFaults: Bool { findings.contains { $0.kind == "invalid" } }

    /// Checks directories: a folder of programmes, or one programme's own folder.
    ///
    /// - Throws: `programme.folder-missing`.
    package static func check(directories: [URL], knownMetrics: Set<String>) throws -> ProgrammeFindings {
        let entries = try directories.flatMap(entries)
        return ProgrammeFindings(findings: entries.flatMap { items($0, knownMetrics) })
    }

    /// The folders that a directory stands for.
    package static func entries(_ directory: URL) throws -> [CheckedFolder] {
        let head = directory.appendingPathComponent("programme.yaml")
        guard FileManager.default.fileExists(atPath: head.path) else {
            return try ProgrammeLibrary.load(directory: directory).map { CheckedFolder(id: $0.id, result: $0.result) }
        }
        let folder = directory.standardizedFileURL
        return [CheckedFolder(id: folder.lastPathComponent, result: ProgrammeLibrary.load(programme: folder))]
    }

    private static func items(_ entry: CheckedFolder, _ names: Set<String>) -> [Item] {
        switch entry.result {
        case .success(let folder): return ProgrammeCheck(folder, knownMetrics: names).findings().map(Item.init)
        case .failure(let failures):
            return failures.all.map { failure in
                Item(
                    kind: "invalid", code: failure.code, programme: entry.id, file: entry.id + (failure.place.file.map { "/" + $0 } ?? ""),
                    line: failure.place.line, clause: failure.place.clause ?? "", message: failure.message, cure: failure.cure)
            }
        }
    }

    /// The JSON of the command line's contract.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}

/// A folder as `programme check` has read it.
package struct CheckedFolder: Sendable {
    package let id: String
    package let result: Result<ProgrammeFolder, PolicyFailures>
}

extension ProgrammeFindings.Item {
    init(_ finding: PolicyFinding) {
        self.init(
            kind: finding.kind.rawValue, code: finding.code, programme: finding.programme, file: finding.file, line: finding.line,
            clause: finding.clause, message: finding.message, cure: finding.cure)
    }
}

/// What `programme test` finds: every given→expected case tried on its table.
package struct ProgrammeTrial: Sendable {
    package let programme: String
    package let verdicts: [RuleCases.Verdict]

    package var failed: [RuleCases.Verdict] { verdicts.filter { !$0.passes } }

    /// Tries the cases of every programme of the directories; a folder that cannot be read has its failures in the second part.
    package static func run(directories: [URL]) throws -> (trials: [ProgrammeTrial], failures: [Failure]) {
        var trials: [ProgrammeTrial] = []
        var failures: [Failure] = []
        for entry in try directories.flatMap(ProgrammeFindings.entries) {
            switch entry.result {
            case .success(let folder): trials.append(ProgrammeTrial(programme: entry.id, verdicts: folder.runCases()))
            case .failure(let all): failures += all.all
            }
        }
        return (trials, failures)
    }
}
