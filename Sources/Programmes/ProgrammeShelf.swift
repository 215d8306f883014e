import Foundation
import Policy
import Synchronization

/// What has been read and counted before, kept while the process runs; every key changes with what it was made from.
final class ProgrammeShelf: Sendable {
    private let adopted = Mutex<[String: ProgrammeFolder]>([:])
    private let disk = Mutex<(signature: String, entries: [ProgrammeLibrary.Entry])?>(nil)
    private let tables = Mutex<[String: ClassTable]>([:])
    private let runs = Mutex<[(key: String, run: ClassRun)]>([])
    /// Held while every firm is judged, so that requests that come meanwhile wait for the one run instead of making it each.
    private let judging = Mutex<Void>(())
    private static let keptRuns = 6

    /// An adopted programme by the digest of its files.
    func folder(_ digest: String, read: () throws -> ProgrammeFolder) rethrows -> ProgrammeFolder {
        if let known = adopted.withLock({ $0[digest] }) { return known }
        let folder = try read()
        adopted.withLock { $0[digest] = folder }
        return folder
    }

    /// The folders of a directory.
    func entries(of directory: URL) throws -> [ProgrammeLibrary.Entry] {
        let signature = Self.signature(directory)
        if let known = disk.withLock({ $0 }), known.signature == signature { return known.entries }
        let entries = try ProgrammeLibrary.load(directory: directory)
        disk.withLock { $0 = (signature, entries) }
        return entries
    }

    /// A table under its rulings, by everything it was made from.
    func table(_ key: String, make: () throws -> ClassTable) rethrows -> ClassTable {
        if let known = tables.withLock({ $0[key] }) { return known }
        let table = try make()
        tables.withLock { tables in
            if tables.count > 100 { tables.removeAll() }
            tables[key] = table
        }
        return table
    }

    /// A classification at a position; `make` gets a kept one of the nearest other position. The last few are kept.
    func run(_ key: String, at position: Int64, make: (_ base: ClassRun?) throws -> ClassRun) throws -> ClassRun {
        if let known = kept(key, position) { return known }
        if let base = nearest(key, position) { return keep(key, try make(base)) }
        return try judging.withLock { _ in
            if let known = kept(key, position) { return known }
            return keep(key, try make(nearest(key, position)))
        }
    }

    private func kept(_ key: String, _ position: Int64) -> ClassRun? {
        runs.withLock { $0.first { $0.key == key && $0.run.position == position }?.run }
    }

    private func nearest(_ key: String, _ position: Int64) -> ClassRun? {
        runs.withLock { runs in
            runs.filter { $0.key == key }.map(\.run).min { abs($0.position - position) < abs($1.position - position) }
        }
    }

    private func keep(_ key: String, _ run: ClassRun) -> ClassRun {
        runs.withLock { runs in
            runs.removeAll { $0.key == key && $0.run.position == run.position }
            runs.append((key, run))
            if runs.count > Self.keptRuns { runs.removeFirst() }
        }
        return run
    }

    /// Names, sizes and times of all files.
    private static func signature(_ directory: URL) -> String {
        let keys: [URLResourceKey] = [.fileSizeKey, .contentModificationDateKey]
        guard let files = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: keys) else { return "" }
        var lines: [String] = []
        for case let file as URL in files {
            let values = try? file.resourceValues(forKeys: Set(keys))
            let time = values?.contentModificationDate?.timeIntervalSince1970 ?? 0
            lines.append("\(file.path) \(values?.fileSize ?? 0) \(time)")
        }
        return lines.sorted().joined(separator: "\n")
    }
}
