import Spreadsheets
import Storage
import Values

extension ImportRun {
    /// Reads and sorts files as `check(paths:kind:choices:)` does, without holding the rows of long ones: those are read again, window by
    /// window, when they are compared, for which the files must stay where they are.
    package func checkInWindows(
        paths: [(path: String, name: String)], kind: ImportKind, choices: SheetSorting.Choices
    ) async throws -> Checked {
        guard try target(kind) is any WindowedTarget else { return try await check(paths: paths, kind: kind) { _ in choices } }
        var report = ImportReport()
        var files: [CheckedFile] = []
        for (path, name) in paths {
            do {
                let (file, aside) = try await checkInWindows(path: path, name: name, kind: kind, choices: choices)
                files.append(file)
                report.setAside += aside
                if file.tables.isEmpty { report.add(Self.nothingFound(name, kind), file: name) }
            } catch let failure as Failure {
                report.add(failure, file: name)
            }
        }
        return Checked(files: files, start: report)
    }

    private func checkInWindows(
        path: String, name: String, kind: ImportKind, choices: SheetSorting.Choices
    ) async throws -> (file: CheckedFile, setAside: [ImportReport.SetAside]) {
        let outside = OutsideFile(path: path, name: name, reader: reader, limits: limits)
        let head = try await outside.fold(into: FileHead(size: size)) { $0.take($1) }
        if head.parts.contains(where: \.isLong), let long = try self.long(head, path: path, name: name, kind: kind, choices: choices) {
            return long
        }
        let workbook = head.parts.contains(where: \.isLong) ? nil : head.workbook
        return try check(try await read(path: path, name: name, workbook: workbook), kind: kind, choices: choices)
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
                let long = part.isLong ? LongTable(path: path, file: name, sheet: sheet.number, merged: part.merged) : nil
                let rows = long == nil ? try RowReading(sheet: sheet, vocabulary: vocabulary).read(sheet.table?.rows ?? []) : []
                tables.append(
                    CheckedTable(
                        file: name, source: source, original: sha, sheet: sheet, kind: kind, rows: rows, long: long,
                        corrections: choices.corrections(of: sheet.name)))
            }
        }
        let opened = OpenedFile(
            name: name, source: source, path: path, sha256: sha, workbook: Workbook(format: head.workbook.format, sheets: []))
        return (CheckedFile(opened: opened, sheets: sorted, tables: tables), aside)
    }
}

extension SortedSheet {
    /// A table that was imported before under another title.
    fileprivate mutating func setAsideAsSeen(_ other: String) {
        guard isTaken, other != title.text else { return }
        setAside = .init(reason: .leftover, sentence: "内容与已导入的「\(other)」完全相同，只是表题不同。")
    }
}
