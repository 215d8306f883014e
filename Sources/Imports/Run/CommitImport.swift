package import Storage
package import Values

extension ImportRun {
    /// Commits files in one act: one entry, all rows or the good ones; nothing at all where the mode or the files forbid it.
    ///
    /// Planned again inside the transaction, so that what is written is what the store holds at that moment.
    ///
    /// - Parameter then: what the same act does after the last row, where something was written.
    package func commit(
        _ files: [CheckedFile], into store: Store, mode: CommitMode, by actor: Actor, reason: String = "",
        report start: ImportReport = ImportReport(), then: @escaping @Sendable (Transaction, ImportReport) throws -> Void = { _, _ in }
    ) async throws -> ImportReport {
        try ImportRights.load.require(actor)
        let kinds = Set(files.flatMap(\.tables).map(\.kind.rawValue)).sorted().joined(separator: "+")
        let run = acting(for: actor)
        do {
            let acted = try await store.act("import." + (kinds.isEmpty ? "nothing" : kinds), by: actor, reason: reason, waits: true) {
                transaction in
                let report = try run.write(files, mode: mode, start: start, transaction)
                try progress.begin(.closing)
                try then(transaction, report)
                return report
            }
            var report = acted.answer
            report.position = acted.entry.position
            return report
        } catch let nothing as NothingToWrite {
            return nothing.report
        }
    }

    private func write(_ files: [CheckedFile], mode: CommitMode, start: ImportReport, _ transaction: Transaction) throws -> ImportReport {
        var report = start
        for (file, table) in files.flatMap({ file in file.tables.map { (file, $0) } }) {
            // A file may hold lists of several kinds: each is written only by who may write its rows.
            try ImportRights.right(table.kind).require(transaction.actor)
            let target = try target(table.kind)
            if let long = table.long, let target = target as? any WindowedTarget {
                try transaction.session.expectManyRows()
                let (before, read) = (report.new + report.changed, report.read)
                try take(long, table, target, transaction.session, writing: (transaction, file.opened), mode: mode, report: &report)
                if report.new + report.changed > before { try remember(table, rows: report.read - read, transaction) }
            } else {
                try progress.begin(.writing, file: table.file)
                let plan = try target.take(table, transaction)
                report.add(table, plan)
                if plan.contains(where: \.writes) {
                    try keep(file.opened, transaction)
                    try remember(table, rows: table.rows.count, transaction)
                }
            }
        }
        report.settle()
        if mode == .all, report.hasErrors {
            report.new = 0
            report.changed = 0
            throw NothingToWrite(report: report)
        }
        guard report.new + report.changed > 0 else { throw NothingToWrite(report: report) }
        transaction.detail = [
            "files": files.map { "\($0.opened.name) \($0.opened.sha256)" }.joined(separator: "\n"), "mode": mode.rawValue,
            "read": String(report.read), "new": String(report.new), "changed": String(report.changed),
            "unchanged": String(report.unchanged), "rejected": String(report.rejected),
        ]
        return report
    }

    /// Keeps a file as it came in, read where it lies.
    func keep(_ file: OpenedFile, _ transaction: Transaction) throws {
        guard let path = file.path else {
            try transaction.keep(original: file.bytes, name: file.name)
            return
        }
        guard !transaction.hasKept(original: file.sha256) else { return }
        try transaction.keep(original: KeptFile(path: path, name: file.name), sha256: file.sha256, name: file.name)
    }

    private func remember(_ table: CheckedTable, rows: Int, _ transaction: Transaction) throws {
        let id: ID<CheckedTable> = try transaction.newID(.importSheet)
        try transaction.open(
            .importSheet, id: id.number,
            [
                .text(String(table.sheet.fingerprint)), .text(table.sheet.title.text), .text(table.original), .text(table.file),
                .text(table.sheet.name), .text(table.kind.rawValue), .integer(Int64(rows)),
            ])
    }
}

/// Rolls the transaction back while carrying what was found.
private struct NothingToWrite: Error {
    let report: ImportReport
}

extension RecordTable {
    /// Sheets that were imported, with the fingerprint of their content.
    package static let importSheet = RecordTable(
        appending: "import_sheet", columns: ["fingerprint", "title", "original", "file", "sheet", "kind", "row_count"])
}

extension Schema {
    /// What the imports keep of themselves.
    package static let imports = Schema(
        migrations: [
            Migration(
                "imports-0001",
                [
                    """
                    create table import_sheet (
                        id {id}, known_from {int} not null, fingerprint {text} not null, title {text} not null, original {text} not null,
                        file {text} not null, sheet {text} not null, kind {text} not null, row_count {int} not null
                    ) {strict}
                    """
                ])
        ],
        tables: [.importSheet])
}
