package import Spreadsheets
package import Storage
package import Values

/// A file as it came in: its bytes, their hash and what the child process read from it.
package struct OpenedFile: Sendable {
    package let name: String
    /// The name with the folder that tells the day of publication, where one does.
    package let source: String
    /// The content; empty where the file lies at `path`.
    package let bytes: [UInt8]
    /// Where the file lies while it is imported.
    let path: String?
    package let sha256: String
    package let workbook: Workbook

    package init(name: String, source: String? = nil, bytes: [UInt8], sha256: String, workbook: Workbook) {
        self.init(name: name, source: source, bytes: bytes, path: nil, sha256: sha256, workbook: workbook)
    }

    init(name: String, source: String?, bytes: [UInt8] = [], path: String?, sha256: String, workbook: Workbook) {
        self.name = name
        self.path = path
        self.source = source ?? name
        self.bytes = bytes
        self.sha256 = sha256
        self.workbook = workbook
    }
}

/// A file whose sheets are sorted and whose rows are read.
package struct CheckedFile: Sendable {
    package let opened: OpenedFile
    package let sheets: [SortedSheet]
    package let tables: [CheckedTable]
}

/// How much of a file with errors is committed.
package enum CommitMode: String, Sendable, CaseIterable {
    /// Everything or nothing.
    case all
    /// The rows without errors.
    case good
}

/// The steps of an import: read → check → preview → commit, the same for page and command.
package struct ImportRun: Sendable {
    package let vocabulary: HeadingVocabulary
    package private(set) var targets: [any ImportTarget]
    package let reader: ReaderCommand
    package let limits: ReadLimits
    package let size: WindowSize
    /// Who is told how far it is.
    private(set) var progress = ImportProgress()

    package init(
        vocabulary: HeadingVocabulary, targets: [any ImportTarget], reader: ReaderCommand = .own, limits: ReadLimits = ReadLimits(),
        size: WindowSize = WindowSize()
    ) {
        self.vocabulary = vocabulary
        self.targets = targets
        self.reader = reader
        self.limits = limits
        self.size = size
    }

    /// The same, telling how far it is.
    package func telling(_ progress: ImportProgress) -> ImportRun {
        var run = self
        run.progress = progress
        return run
    }

    /// The same for what somebody brings.
    package func acting(for actor: Actor) -> ImportRun {
        var run = self
        run.targets = targets.map { $0.acting(for: actor) }
        return run
    }

    /// Sorts the sheets and reads the rows of those that are lists of the wanted kind.
    package func check(
        _ opened: OpenedFile, kind: ImportKind, choices: SheetSorting.Choices = SheetSorting.Choices()
    ) throws -> (file: CheckedFile, setAside: [ImportReport.SetAside]) {
        let sorted = SheetSorting(vocabulary: vocabulary).sort(opened.workbook, path: opened.source, choices: choices)
        var tables: [CheckedTable] = []
        var aside: [ImportReport.SetAside] = []
        for sheet in sorted {
            if let why = Self.notWanted(sheet, kind) {
                aside.append(.init(file: opened.name, sheet: sheet.name, why: why))
            } else {
                let reading = try RowReading(sheet: sheet, vocabulary: vocabulary)
                let rows = reading.read(sheet.table?.rows ?? [])
                tables.append(
                    CheckedTable(
                        file: opened.name, source: opened.source, original: opened.sha256, sheet: sheet, kind: kind, rows: rows))
            }
        }
        return (CheckedFile(opened: opened, sheets: sorted, tables: tables), aside)
    }

    /// Why a sheet is not imported; nil for a list of the wanted kind.
    static func notWanted(_ sheet: SortedSheet, _ kind: ImportKind) -> String? {
        if let reason = sheet.setAside { return reason.sentence }
        guard sheet.kind != kind else { return nil }
        return sheet.kind.map { "这张表像是「\($0.label)」，不是「\(kind.label)」" } ?? "没有认出表头"
    }

    /// Fingerprints of the sheets imported before, so that a leftover is known again.
    package static func seenSheets(_ session: any Session) throws -> [UInt64: String] {
        let rows = try session.rows("select fingerprint, title from import_sheet order by id")
        return Dictionary(rows.compactMap { row in UInt64(row.text(0)).map { ($0, row.text(1)) } }, uniquingKeysWith: { first, _ in first })
    }

    func target(_ kind: ImportKind) throws -> any ImportTarget {
        guard let target = targets.first(where: { $0.kind == kind }) else {
            throw Failure(.internal, "import.no-target", "没有登记「\(kind.label)」的导入")
        }
        return target
    }
}
