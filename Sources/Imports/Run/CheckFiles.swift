import Dispatch
import Spreadsheets
import Storage
import Values

extension ImportRun {
    /// Files read and sorted, with what was set aside and what could not be read at all.
    package struct Checked: Sendable {
        package let files: [CheckedFile]
        /// Set-aside sheets and unreadable files.
        package let start: ImportReport
    }

    /// Reads and sorts files by their paths, each with its own choices; unreadable files become errors of the report.
    ///
    /// The rows of long registers are not held: they are read again, window by window, when they are compared, for which the files must
    /// stay where they are. Lists that are compared as a whole are held, as many as there is room for.
    package func check(
        paths: [(path: String, name: String)], kind: ImportKind, choices: @Sendable (_ file: String) -> SheetSorting.Choices
    ) async throws -> Checked {
        var report = ImportReport()
        var files: [CheckedFile] = []
        var room = HeldRoom(size.whole)
        for (path, name) in paths {
            do {
                try progress.begin(.reading, file: name)
                let (file, aside) = try await check(path: path, name: name, kind: kind, choices: choices(name), room: &room)
                files.append(file)
                report.setAside += aside
                if file.tables.isEmpty { report.add(Self.nothingToTake(name, kind), file: name) }
            } catch let failure as Failure {
                if progress.isStopped { throw failure }
                report.add(failure, file: name)
            }
        }
        return Checked(files: files, start: report)
    }

    private func check(
        path: String, name: String, kind: ImportKind, choices: SheetSorting.Choices, room: inout HeldRoom
    ) async throws -> (file: CheckedFile, setAside: [ImportReport.SetAside]) {
        let isWindowed = try target(kind) is any WindowedTarget
        var head = try await self.head(path, name, room, mayBeLong: isWindowed)
        if head.isLong {
            let long = head
            if let found = try await aside({ try self.long(long, path: path, name: name, kind: kind, choices: choices) }) {
                room = head.left
                return found
            }
            head = try await self.head(path, name, room, mayBeLong: false)
        }
        room = head.left
        let whole = head.workbook
        return try await aside { [self] in
            let sha = try KeptFile(path: path, name: name).sha256()
            let source = FileNameHints.source(of: path, name: name)
            let opened = OpenedFile(name: name, source: source, path: path, sha256: sha, workbook: whole)
            let (file, setAside) = try check(opened, kind: kind, choices: choices)
            return (file.withoutCells, setAside)
        }
    }

    private func head(_ path: String, _ name: String, _ room: HeldRoom, mayBeLong: Bool) async throws -> FileHead {
        let outside = OutsideFile(path: path, name: name, reader: reader, limits: limits)
        let progress = progress
        return try await outside.fold(into: FileHead(size: size, room: room, mayBeLong: mayBeLong, file: name)) { head, event in
            try head.take(event)
            if head.rows % 1000 == 0 { try progress.tell(head.rows) }
        }
    }

    /// Work for the processor, on a thread of its own: those that answer pages are few.
    private func aside<Answer: Sendable>(_ body: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "hallmark.check-sheet").async { continuation.resume(with: Result { try body() }) }
        }
    }

    /// A file with long sheets; nil for one whose sheets must be held.
    private func long(
        _ head: FileHead, path: String, name: String, kind: ImportKind, choices: SheetSorting.Choices
    ) throws -> (file: CheckedFile, setAside: [ImportReport.SetAside])? {
        let source = FileNameHints.source(of: path, name: name)
        var sorted = SheetSorting(vocabulary: vocabulary).sort(head.workbook, path: source, choices: choices)
        let sha = try KeptFile(path: path, name: name).sha256()
        var tables: [CheckedTable] = []
        var aside: [ImportReport.SetAside] = []
        for (index, part) in head.parts.enumerated() where part.isLong {
            // Halves that stand side by side are read one after the other, for which the sheet must be held.
            guard (sorted[index].table?.layouts.count ?? 1) == 1 else { return nil }
            sorted[index].fingerprint = part.fingerprint.value
            if let before = choices.seen[part.fingerprint.value], !choices.taken.contains(part.name) {
                sorted[index].setAsideAsSeen(before)
            }
        }
        for (sheet, part) in zip(sorted, head.parts) {
            if let why = Self.notWanted(sheet, kind) {
                aside.append(.init(file: name, sheet: sheet.name, why: why))
            } else {
                let long = part.isLong ? LongTable(part, of: head, sheet, path: path, file: name) : nil
                let rows = long == nil ? try RowReading(sheet: sheet, vocabulary: vocabulary).read(sheet.table?.rows ?? []) : []
                tables.append(
                    CheckedTable(
                        file: name, source: source, original: sha, sheet: sheet, kind: kind, rows: rows, long: long,
                        corrections: choices.corrections(of: sheet.name)))
            }
        }
        let opened = OpenedFile(
            name: name, source: source, path: path, sha256: sha, workbook: Workbook(format: head.workbook.format, sheets: []))
        return (CheckedFile(opened: opened, sheets: sorted, tables: tables).withoutCells, aside)
    }

    private static func nothingToTake(_ name: String, _ kind: ImportKind) -> Failure {
        Failure(
            .invalid, "import.no-table", "没有找到「\(kind.label)」的表", at: FilePlace(file: name),
            cure: "看搁置的工作表和原因；确要导入时点名取用，或换一种导入")
    }
}

extension SortedSheet {
    /// A table that was imported before under another title.
    fileprivate mutating func setAsideAsSeen(_ other: String) {
        guard isTaken, other != title.text else { return }
        setAside = .init(reason: .leftover, sentence: "内容与已导入的「\(other)」完全相同，只是表题不同。")
    }

    /// What its rows were read from is not needed beside the rows.
    fileprivate var withoutCells: SortedSheet {
        var sheet = self
        sheet.table?.rows = []
        return sheet
    }
}

extension CheckedFile {
    /// The same without the cells that the rows were read from.
    fileprivate var withoutCells: CheckedFile {
        let book = Workbook(format: opened.workbook.format, sheets: [])
        let bare = OpenedFile(name: opened.name, source: opened.source, path: opened.path, sha256: opened.sha256, workbook: book)
        let tables = tables.map { table in table.sheet.withoutCells.table.map { table.with($0) } ?? table }
        return CheckedFile(opened: bare, sheets: sheets.map(\.withoutCells), tables: tables)
    }
}
