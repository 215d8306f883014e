import Enterprises
import Foundation
package import Policy
import Storage
package import Values

/// Adopts a programme's files: from then on they are what decides (采纳).
package struct AdoptProgramme: Sendable {
    package let desk: ProgrammeDesk

    package init(_ desk: ProgrammeDesk) { self.desk = desk }

    /// Stores the bytes by their SHA-256 and puts them in force; rulings on files that change end with them. The first programme says whose
    /// government the store is.
    ///
    /// - Parameter digest: that of the preview which the person has seen; nil adopts what stands on disk.
    /// - Returns: the programme's id.
    /// - Throws: `programme.unknown`, `programme.broken`, `programme.changed-since` where the files are not the ones that were seen.
    @discardableResult
    package func adopt(_ id: String, digest: String? = nil, reason: String = "", by actor: Actor, request: String) async throws -> String {
        let folder = try folder(id)
        if let digest, digest != folder.digest {
            throw Failure(.conflict, "programme.changed-since", "方案文件在您看过预览以后又改了，没有采纳", cure: "重新看预览，再采纳")
        }
        return try await adopt(folder, reason: reason, by: actor, request: request)
    }

    /// The same for a folder that has been read already.
    @discardableResult
    package func adopt(_ folder: ProgrammeFolder, reason: String = "", by actor: Actor, request: String) async throws -> String {
        try ProgrammeRights.adopt.require(actor)
        let id = folder.programme.id
        let desk = desk
        return try await desk.office.store.actOnce(request: request, "programmes.adopt", by: actor, reason: reason) { transaction in
            transaction.subject = "programme/\(id)"
            transaction.detail["digest"] = folder.digest
            try Self.write(folder, transaction)
            try Self.endRulings(folder, transaction)
            if try Settings.value(Office.governmentSetting, transaction.session) == nil,
                let region = try? Self.number(of: folder.programme.region.code, desk.office.regions)
            {
                try Settings.set(Office.governmentSetting, String(region), transaction)
            }
            return id
        }
    }

    private func folder(_ id: String) throws -> ProgrammeFolder {
        guard let entry = try desk.folders().first(where: { $0.id == id }) else {
            throw Failure(.missing, "programme.unknown", "没有名为“\(id)”的方案", cure: "看方案清单里的编号")
        }
        switch entry.result {
        case .success(let folder): return folder
        case .failure(let failures):
            let first = failures.all.first
            throw Failure(
                .invalid, "programme.broken", "方案文件有\(failures.all.count)处错误，不能采纳。第一处：" + (first?.message ?? ""),
                at: first?.place ?? FilePlace(file: id), cure: "用 programme check 看全部错误，改正后再采纳")
        }
    }

    /// The store's number of a region: the one that all others below it lie within.
    private static func number(of code: String, _ regions: RegionDirectory) throws -> Int64? {
        let all = try regions.within(code)
        return try all.first { try regions.within(String($0)).count == all.count }
    }

    private static func write(_ folder: ProgrammeFolder, _ transaction: Transaction) throws {
        let id = folder.programme.id
        let known = try AdoptionStore.files(of: id, transaction.session)
        for file in folder.files {
            let row: [Value] = [.text(id), .text(file.name), .text(file.sha256)]
            let earlier = known.first { $0.name == file.name }
            if earlier?.sha256 == file.sha256 { continue }
            try transaction.keep(original: Array(file.bytes), name: id + "/" + file.name)
            if let earlier {
                try transaction.replace(.adoptedFile, id: earlier.id, row)
            } else {
                let number: ID<PolicyFile> = try transaction.newID(.adoptedFile)
                try transaction.open(.adoptedFile, id: number.number, row)
            }
        }
        let names = Set(folder.files.map(\.name))
        for file in known where !names.contains(file.name) { try transaction.close(.adoptedFile, id: file.id) }
    }

    /// A ruling answers the wording of one file; with another file the question is open again.
    private static func endRulings(_ folder: ProgrammeFolder, _ transaction: Transaction) throws {
        let hashes = Set(folder.files.map(\.sha256))
        let rulings = try transaction.session.rows(
            "select id, file_sha from ruling as r where programme = \(folder.programme.id) and \(RecordTable.current("r"))")
        for row in rulings where !hashes.contains(row.text(1)) { try transaction.close(.ruling, id: row.integer(0)) }
    }
}
