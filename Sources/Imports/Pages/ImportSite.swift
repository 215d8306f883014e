package import Foundation
package import Storage
package import Values
package import WebSupport

/// What the import pages work with: the store, the steps of an import, and where a finished one leads.
package struct ImportSite: Sendable {
    /// Where the records of a commit can be seen: a publication, a list of dossiers.
    package typealias Destination = @Sendable (_ kind: ImportKind, _ position: Int64, _ session: any Storage.Session) throws -> Link?

    let store: Store
    let run: ImportRun
    /// Originals are laid out here while the child reads them.
    let folder: URL
    let destination: Destination
    /// Who uses a kept file.
    let uses: [OriginalUse.Finder]

    package init(
        store: Store, run: ImportRun, folder: URL, uses: [OriginalUse.Finder] = [ImportRecordStore.uses],
        destination: @escaping Destination = { _, _, _ in nil }
    ) {
        self.store = store
        self.run = run
        self.folder = folder
        self.uses = uses
        self.destination = destination
    }

    func record(_ id: ID<ImportRecord>) async throws -> ImportRecord { try await store.read { try ImportRecordStore.find(id, $0) } }

    /// Reads the kept originals of a run again, with the choices made so far.
    func check(_ record: ImportRecord) async throws -> ImportRun.Checked {
        let place = folder.appendingPathComponent("import-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: place) }
        var paths: [(path: String, name: String)] = []
        for (index, file) in record.choices.files.enumerated() {
            let path = place.appendingPathComponent(String(index)).path
            let bytes = try await store.read { try OriginalStore.file(file.sha256, $0).bytes }
            guard FileManager.default.createFile(atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600]) else {
                throw Failure(.busy, "import.spool", "服务器暂时无法放置要读的文件", cure: "检查磁盘空间后重试")
            }
            paths.append((path, file.name))
        }
        let vocabulary = run.vocabulary
        let (seen, remembered) = try await store.read { session in
            (try ImportRun.seenSheets(session), try HeadingCorrectionStore.remembered(session, vocabulary))
        }
        let choices = record.choices
        return try await run.check(paths: paths, kind: record.kind) { choices.sorting(of: $0, seen: seen, remembered: remembered) }
    }

    /// Those of the uploaded files whose originals were erased.
    func erased(among files: [UploadedFile]) async throws -> [KeptOriginal] {
        let hashes = try files.map { Storage.sha256([UInt8](try Data(contentsOf: $0.url))) }
        return try await store.read { try OriginalStore.known(hashes, $0).filter { $0.erasure != nil } }
    }

    /// Keeps the uploaded files and opens a run; answers its number.
    ///
    /// - Parameter keepsAgain: whether files that were erased are kept again; without their bytes no page can read them.
    func begin(
        _ kind: ImportKind, files: [UploadedFile], keepsAgain: Bool = false, request: String, actor: Actor
    ) async throws -> ID<ImportRecord> {
        if keepsAgain { try EraseOriginal.admit(actor) }
        let names = Self.distinct(files.map(\.name))
        let kept = try zip(files, names).map { file, name in (name: name, bytes: [UInt8](try Data(contentsOf: file.url))) }
        let answer = try await store.actOnce(request: request, "import.read", by: actor) { transaction in
            if keepsAgain { for file in kept { try transaction.keepAgain(original: file.bytes) } }
            let list = try kept.map { file in
                ImportChoices.File(name: file.name, sha256: try transaction.keep(original: file.bytes, name: file.name))
            }
            let id: ID<ImportRecord> = try transaction.newID(.importRun)
            let record = ImportRecord(
                id: id, kind: kind, choices: ImportChoices(files: list), state: .checking, committed: nil, counts: [], version: 0)
            try transaction.open(.importRun, id: id.number, record.row)
            transaction.subject = "import/\(id)"
            transaction.detail = ["files": names.joined(separator: "\n"), "kind": kind.rawValue]
            if keepsAgain { transaction.detail["kept-again"] = names.joined(separator: "\n") }
            return String(id.number)
        }
        return ID(Int64(answer) ?? 0)
    }

    /// Changes a run that is still being checked, if nobody else has changed it since it was shown.
    func change(
        _ id: ID<ImportRecord>, shown version: Int64?, action: String, actor: Actor,
        _ edit: @Sendable @escaping (inout ImportRecord) -> Void
    ) async throws {
        try await store.act(action, by: actor) { transaction in
            var record = try ImportRecordStore.find(id, transaction.session)
            guard version == nil || version == record.version else {
                throw Failure(.conflict, "import.run-changed", "这次导入刚被别人改过", cure: "回到核对页，看过最新的内容再改")
            }
            edit(&record)
            transaction.subject = "import/\(id)"
            try transaction.replace(.importRun, id: id.number, record.row)
        }
    }

    /// Commits a run in one act and notes what came of it. A run that was committed before is not committed again.
    func commit(_ id: ID<ImportRecord>, mode: CommitMode, reason: String, actor: Actor) async throws -> ImportReport? {
        let record = try await record(id)
        guard record.state == .checking else { return nil }
        let checked = try await check(record)
        if mode == .all, checked.start.hasErrors { return checked.start }
        let report = try await run.commit(checked.files, into: store, mode: mode, by: actor, reason: reason, report: checked.start)
        let wroteNothing = report.position == nil && (report.hasErrors || report.read == 0)
        guard !wroteNothing else { return report }
        try await change(id, shown: nil, action: "import.finish", actor: actor) { record in
            record.state = .committed
            record.committed = report.position
            record.counts = [report.new, report.changed, report.unchanged, report.rejected]
        }
        return nil
    }

    /// Two files of one name in one upload are told apart by a number.
    static func distinct(_ names: [String]) -> [String] {
        var used: [String: Int] = [:]
        return names.map { name in
            used[name, default: 0] += 1
            guard let count = used[name], count > 1 else { return name }
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count > 1, let end = parts.last else { return "\(name)(\(count))" }
            return parts.dropLast().joined(separator: ".") + "(\(count))." + end
        }
    }
}
