package import Storage
import Values

extension ImportRun {
    /// What committing would do, as a report; nothing is written.
    package func previewReport(_ checked: Checked, _ session: any Storage.Session) throws -> ImportReport {
        var report = checked.start
        for table in checked.files.flatMap(\.tables) {
            let target = try target(table.kind)
            if let long = table.long, let target = target as? any WindowedTarget {
                try take(long, table, target, session, writing: nil, mode: .good, report: &report)
                report.tell(try rows(report.untold(table), of: long, table), of: table)
            } else {
                try progress.begin(.comparing, file: table.file)
                report.add(table, try target.plan(table, session))
            }
        }
        report.settle()
        return report
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
