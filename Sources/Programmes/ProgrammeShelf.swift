import Foundation
import Policy
import Synchronization

/// What has been read and counted before, kept while the process runs; every key changes with what it was made from.
final class ProgrammeShelf: Sendable {
    private let adopted = Mutex<[String: ProgrammeFolder]>([:])
    private let disk = Mutex<(signature: String, entries: [ProgrammeLibrary.Entry])?>(nil)
    private let runs = Mutex<[(key: String, run: ClassRun)]>([])

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

    /// A classification; the last four are kept.
    func run(_ key: String, make: () throws -> ClassRun) rethrows -> ClassRun {
        if let known = runs.withLock({ $0.first { $0.key == key }?.run }) { return known }
        let run = try make()
        runs.withLock { kept in
            kept.append((key, run))
            if kept.count > 4 { kept.removeFirst() }
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
