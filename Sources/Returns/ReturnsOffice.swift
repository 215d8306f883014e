package import Enterprises
package import Evidence
import Foundation
package import Places
package import Spreadsheets
package import Storage
import Synchronization
package import Targets
import Values

/// What this slice works with: the office, everything that can be asked, the programmes in force, and the forms' cells.
package struct ReturnsOffice: Sendable {
    package let office: Office
    package let catalogue: FactCatalogue
    package let programmes: any AdoptedProgrammes
    package let shelf: FormShelf

    package init(
        office: Office, catalogue: FactCatalogue, programmes: any AdoptedProgrammes, reader: ReaderCommand = .own
    ) {
        self.office = office
        self.catalogue = catalogue
        self.programmes = programmes
        shelf = FormShelf(reader: reader)
    }

    package var store: Store { office.store }
    package var regions: RegionDirectory { office.regions }

    func asking(_ actor: Actor) -> Asking { Asking(catalogue: catalogue, viewer: Viewer(actor), regions: regions) }

    /// The towns of the government of this store, in the order of the region tree.
    package func towns(_ session: any Session) throws -> [Region] {
        guard let government = try office.government(session) else { return [] }
        return regions.tree.regions.filter { $0.parent == government.id && $0.to == nil }
    }

    /// The cells of a kept workbook.
    package func grid(_ sha: String) async throws -> FormGrid {
        if let known = shelf.kept(sha) { return known }
        let file = try await store.read { try FormStore.original(sha, $0) }
        return try await shelf.read(file.bytes, sha: sha, name: file.name)
    }
}

/// The cells of forms, read once for each file: what a SHA-256 names never changes.
package final class FormShelf: Sendable {
    private let reader: ReaderCommand
    private let grids = Mutex<[String: FormGrid]>([:])
    /// How many forms are kept in memory.
    private static let mostKept = 64

    package init(reader: ReaderCommand) { self.reader = reader }

    func kept(_ sha: String) -> FormGrid? { grids.withLock { $0[sha] } }

    /// Has the child read a form's cells; only then are its parts looked at here.
    ///
    /// - Throws: `returns.not-xlsx`, and what reading throws.
    package func read(_ bytes: [UInt8], sha: String, name: String) async throws -> FormGrid {
        if let known = kept(sha) { return known }
        let workbook = try await workbook(bytes, name: name)
        let facts = try FormInspection(bytes, name: name).sheets
        let grid = FormGrid(workbook.sheets.map { sheet in FormSheet(sheet, facts: facts.first { $0.name == sheet.name }) })
        grids.withLock { grids in
            if grids.count >= Self.mostKept { grids.removeAll() }
            grids[sha] = grid
        }
        return grid
    }

    /// A workbook as the child reads it.
    func workbook(_ bytes: [UInt8], name: String) async throws -> Workbook {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-form-\(UUID().uuidString)").path
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600]) else {
            throw Failure(.busy, "returns.spool", "服务器暂时无法放置要读的文件", cure: "检查磁盘空间后重试")
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        var limits = ReadLimits()
        limits.fileBytes = 20_000_000
        limits.unpackedBytes = 200_000_000
        limits.cells = 2_000_000
        let workbook = try await OutsideFile.read(path, name: name, reader: reader, limits: limits)
        guard case .xlsx = workbook.format else {
            throw Failure(
                .invalid, "returns.not-xlsx", "表样要 .xlsx 格式，这个文件是 \(workbook.format.label)", at: FilePlace(file: name),
                cure: "用 Excel 或 WPS 打开，另存为 .xlsx 再上传")
        }
        return workbook
    }
}
