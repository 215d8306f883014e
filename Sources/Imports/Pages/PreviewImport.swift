package import Storage
import Values

extension ImportRun {
    /// Files read and sorted, with what was set aside and what could not be read at all.
    package struct Checked: Sendable {
        package let files: [CheckedFile]
        /// Set-aside sheets and unreadable files.
        package let start: ImportReport
    }

    /// Reads and sorts files by their paths, each with its own choices; unreadable files become errors of the report.
    package func check(
        paths: [(path: String, name: String)], kind: ImportKind, choices: @Sendable (_ file: String) -> SheetSorting.Choices
    ) async throws -> Checked {
        var report = ImportReport()
        var files: [CheckedFile] = []
        for (path, name) in paths {
            do {
                let (file, aside) = try check(try await read(path: path, name: name), kind: kind, choices: choices(name))
                files.append(file)
                report.setAside += aside
                if file.tables.isEmpty { report.add(Self.nothingToTake(name, kind), file: name) }
            } catch let failure as Failure {
                report.add(failure, file: name)
            }
        }
        return Checked(files: files, start: report)
    }

    /// What committing would do, as a report; nothing is written.
    package func previewReport(_ checked: Checked, _ session: any Storage.Session) throws -> ImportReport {
        var report = checked.start
        for table in checked.files.flatMap(\.tables) {
            let target = try target(table.kind)
            if let long = table.long, let target = target as? any WindowedTarget {
                try take(long, table, target, session, writing: nil, mode: .good, report: &report)
            } else {
                report.add(table, try target.plan(table, session))
            }
        }
        report.settle()
        return report
    }

    private static func nothingToTake(_ name: String, _ kind: ImportKind) -> Failure {
        Failure(
            .invalid, "import.no-table", "没有找到「\(kind.label)」的表", at: FilePlace(file: name),
            cure: "看搁置的工作表和原因；确要导入时点名取用，或换一种导入")
    }
}

/// Names for files that were given together: the base name, with as many of its folders as keep it distinct.
package enum FileDisplayNames {
    package static func of(_ paths: [String]) -> [String] {
        let parts = paths.map { $0.split(separator: "/").map(String.init).filter { $0 != "." } }
        func name(_ index: Int, _ depth: Int) -> String { parts[index].suffix(depth).joined(separator: "/") }
        return parts.indices.map { index in
            var depth = 1
            while depth < parts[index].count, parts.indices.contains(where: { $0 != index && name($0, depth) == name(index, depth) }) {
                depth += 1
            }
            return name(index, depth)
        }
    }
}
