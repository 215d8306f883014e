import Foundation
import Storage
import Values

/// Originals of a run, laid out as files while they are read; removed when nobody reads them any more.
final class LaidFiles: Sendable {
    let folder: URL
    let files: [(path: String, name: String)]

    init(_ choices: ImportChoices, in parent: URL, _ store: Store) async throws {
        let folder = parent.appendingPathComponent("import-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        self.folder = folder
        files = choices.files.enumerated().map { (folder.appendingPathComponent(String($0)).path, $1.name) }
        let wanted = zip(files.map(\.path), choices.files.map(\.sha256)).map { ($0, $1) }
        // Pieces pass from the store to the disk; an original is never held.
        try await store.read { session in
            for (path, sha) in wanted { try ImportRecordStore.lay(sha, at: path, session) }
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
