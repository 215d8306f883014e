package import Foundation
package import Storage
import Values
package import WebSupport

/// What the import pages work with: the store, the steps of an import, and where a finished one leads.
package struct ImportSite: Sendable {
    /// Where the records of a commit can be seen: a publication, a list of dossiers.
    package typealias Destination = @Sendable (_ kind: ImportKind, _ position: Int64, _ session: any Storage.Session) throws -> Link?

    let store: Store
    let run: ImportRun
    /// Originals are laid out here while the child reads them.
    let folder: URL
    let jobs: ImportJobs
    let destination: Destination
    /// Who uses a kept file.
    let uses: [OriginalUse.Finder]

    /// - Parameter patience: how long a page waits for a step before it shows how far the step is.
    package init(
        store: Store, run: ImportRun, folder: URL, patience: Duration = .seconds(2), uses: [OriginalUse.Finder] = [ImportRecordStore.uses],
        destination: @escaping Destination = { _, _, _ in nil }
    ) {
        self.store = store
        self.run = run
        self.folder = folder
        self.uses = uses
        self.destination = destination
        jobs = ImportJobs(store, patience: patience)
    }

    /// - Throws: `import.no-run`; `access.role` where its kind of list is not the actor's to import.
    func record(_ id: ID<ImportRecord>, for actor: Actor) async throws -> ImportRecord {
        let record = try await store.read { try ImportRecordStore.find(id, for: actor, $0) }
        try ImportRights.right(record.kind).require(actor)
        return record
    }

    /// Those of the uploaded files whose originals were erased.
    func erased(among files: [UploadedFile]) async throws -> [KeptOriginal] {
        let hashes = files.map(\.sha256)
        return try await store.read { try OriginalStore.known(hashes, $0).filter { $0.erasure != nil } }
    }

    /// Keeps the uploaded files and opens a run; answers its number. The files go from the disk into the store in pieces.
    ///
    /// - Parameter keepsAgain: whether files that were erased are kept again; without their bytes no page can read them.
    func begin(
        _ kind: ImportKind, files: [UploadedFile], keepsAgain: Bool = false, request: String, actor: Actor
    ) async throws -> ID<ImportRecord> {
        try ImportRights.right(kind).require(actor)
        if keepsAgain { try EraseOriginal.admit(actor) }
        let names = Self.distinct(files.map(\.name))
        let answer = try await store.actOnce(request: request, "import.read", by: actor) { transaction in
            if keepsAgain { for file in files { try transaction.keepAgain(original: [UInt8](try Data(contentsOf: file.url))) } }
            let list = try zip(files, names).map { file, name in
                try transaction.keep(original: KeptFile(path: file.url.path, name: name), sha256: file.sha256, name: name)
                return ImportChoices.File(name: name, sha256: file.sha256)
            }
            let id: ID<ImportRecord> = try transaction.newID(.importRun)
            let record = ImportRecord(
                id: id, kind: kind, choices: ImportChoices(files: list, departments: actor.duties?.codes.sorted()), state: .checking,
                committed: nil, counts: [], version: 0)
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
        _ id: ID<ImportRecord>, shown version: Int64?, request: String, action: String, actor: Actor,
        _ edit: @Sendable @escaping (inout ImportRecord) -> Void
    ) async throws {
        _ = try await store.actOnce(request: request, action, by: actor) { transaction in
            var record = try ImportRecordStore.find(id, for: actor, transaction.session)
            try ImportRights.right(record.kind).require(actor)
            try record.demandUnchanged(since: version)
            edit(&record)
            // Nobody makes of it what is not open to them.
            guard try ImportRecordStore.isOpen(record, to: actor, transaction.session) else { throw Right.refusal }
            transaction.subject = "import/\(id)"
            try transaction.replace(.importRun, id: id.number, record.row)
            return ""
        }
    }

    /// Reads the same files as another kind of list; what was decided about their sheets is forgotten, because it was about other fields.
    func read(_ id: ID<ImportRecord>, as kind: ImportKind, shown version: Int64?, request: String, actor: Actor) async throws {
        try ImportRights.right(kind).require(actor)
        try await change(id, shown: version, request: request, action: "import.read-as", actor: actor) { record in
            record.kind = kind
            record.choices.sheets = [:]
            record.choices.trouble = nil
        }
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

extension ImportRecord {
    /// - Throws: `import.run-changed` where somebody else has changed or committed the run since it was shown.
    func demandUnchanged(since shown: Int64?) throws {
        guard state == .checking, shown == nil || shown == version else {
            throw Failure(.conflict, "import.run-changed", "这次导入刚被别人改过", cure: "回到核对页，看过最新的内容再改")
        }
    }
}
