import Foundation
package import Policy
package import Storage
package import Values

/// How a programme stands in this store.
package struct ProgrammeState: Sendable {
    /// Whether what stands on disk is what is in force.
    package enum Standing: String, Sendable {
        /// 已采纳
        case adopted
        /// 已改动，未采纳
        case changed
        /// 新方案，未采纳
        case new
        /// 文件有错
        case broken
        /// 已采纳，文件夹已不在
        case gone
    }

    package let id: String
    package let standing: Standing
    /// As the folder stands on disk now.
    package let onDisk: ProgrammeFolder?
    /// What is in force.
    package let adopted: ProgrammeFolder?
    package let failures: [Failure]
    /// When its files were last adopted.
    package let adoptedOn: Day?

    /// The folder to show: what is in force, else what is proposed.
    package var shown: ProgrammeFolder? { adopted ?? onDisk }
    package var title: String { shown?.programme.title ?? id }
}

/// Reads adopted programmes.
package enum AdoptionStore {
    /// The programmes whose files these are or ever were: they are read again to answer for any past position.
    package static let uses: OriginalUse.Finder = { sha, session in
        try session.rows("select distinct programme, name from adopted_file where sha256 = \(sha) order by programme, name").map { row in
            OriginalUse(
                Word("方案文件", "Programme file"), title: row.text(0) + "/" + row.text(1), path: ["programmes", row.text(0)], isNeeded: true)
        }
    }

    /// One adopted file.
    struct File {
        let id: Int64
        let name: String
        let sha256: String
        let position: Int64
    }

    static func programmes(_ session: any Session, at position: Int64? = nil) throws -> [String] {
        try session.rows(
            "select distinct programme from adopted_file as a where \(RecordTable.known("a", at: position)) order by programme"
        )
        .map { $0.text(0) }
    }

    static func files(of programme: String, _ session: any Session, at position: Int64? = nil) throws -> [File] {
        try session.rows(
            """
            select id, name, sha256, known_from from adopted_file as a
            where programme = \(programme) and \(RecordTable.known("a", at: position)) order by name
            """
        ).map { File(id: $0.integer(0), name: $0.text(1), sha256: $0.text(2), position: $0.integer(3)) }
    }

    /// Every file with its bytes, exactly as it was adopted.
    static func contents(of programme: String, _ session: any Session, at position: Int64? = nil) throws -> [PolicyFile] {
        try session.rows(
            """
            select a.name, o.bytes from adopted_file as a join original as o on o.sha256 = a.sha256
            where a.programme = \(programme) and \(RecordTable.known("a", at: position)) order by a.name
            """
        ).map { row in
            guard case .blob(let bytes) = row.value(1) else { return PolicyFile(name: row.text(0), bytes: Data()) }
            return PolicyFile(name: row.text(0), bytes: Data(bytes))
        }
    }
}

extension ProgrammeDesk {
    /// The programme in force, read from the stored bytes; nil where none is adopted.
    package func adopted(_ id: String, _ session: any Session, at position: Int64? = nil) throws -> ProgrammeFolder? {
        let files = try AdoptionStore.files(of: id, session, at: position)
        guard !files.isEmpty else { return nil }
        let key = id + "\n" + files.map { $0.sha256 + " " + $0.name }.joined(separator: "\n")
        return try shelf.folder(key) {
            do {
                return try ReadProgrammeFolder.read(id, files: AdoptionStore.contents(of: id, session, at: position))
            } catch let failures as PolicyFailures {
                throw failures.all.first ?? Failure(.internal, "programme.unreadable", "已采纳的方案“\(id)”读不出来", cure: "重新采纳方案文件")
            }
        }
    }

    /// All programmes in force, in the order of their ids.
    package func adopted(_ session: any Session, at position: Int64? = nil) throws -> [ProgrammeFolder] {
        try AdoptionStore.programmes(session, at: position).compactMap { try adopted($0, session, at: position) }
    }

    /// Every programme that stands on disk or is in force.
    package func states(_ session: any Session) throws -> [ProgrammeState] {
        let entries = try folders()
        let adoptedIDs = try AdoptionStore.programmes(session)
        let ids = Set(entries.map(\.id)).union(adoptedIDs).sorted()
        return try ids.map { id in try state(id, entries.first { $0.id == id }, session) }
    }

    /// - Throws: `programme.unknown`.
    package func state(_ id: String, _ session: any Session) throws -> ProgrammeState {
        let state = try state(id, folders().first { $0.id == id }, session)
        guard state.shown != nil || !state.failures.isEmpty else {
            throw Failure(.missing, "programme.unknown", "没有名为“\(id)”的方案", cure: "看方案清单里的编号")
        }
        return state
    }

    private func state(_ id: String, _ entry: ProgrammeLibrary.Entry?, _ session: any Session) throws -> ProgrammeState {
        let files = try AdoptionStore.files(of: id, session)
        let adopted = try adopted(id, session)
        let day = try files.map(\.position).max().flatMap { try JournalQuery.entry(session, at: $0)?.time.day }
        var onDisk: ProgrammeFolder?
        var failures: [Failure] = []
        switch entry?.result {
        case .success(let folder): onDisk = folder
        case .failure(let all): failures = all.all
        case nil: break
        }
        let standing: ProgrammeState.Standing =
            if !failures.isEmpty { .broken } else if onDisk == nil { .gone } else if adopted == nil { .new } else {
                onDisk?.digest == adopted?.digest ? .adopted : .changed
            }
        return ProgrammeState(id: id, standing: standing, onDisk: onDisk, adopted: adopted, failures: failures, adoptedOn: day)
    }
}
