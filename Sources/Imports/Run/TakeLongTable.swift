import Dispatch
import Spreadsheets
import Storage
import Values

extension ImportRun {
    /// Takes a long table through the store: once for the keys, once in windows. The file is read beside, on the other processor.
    ///
    /// - Parameter writing: the act and the file that it keeps; nil only looks.
    func take<Target: WindowedTarget>(
        _ long: LongTable, _ table: CheckedTable, _ target: Target, _ session: any Session,
        writing act: (transaction: Transaction, file: OpenedFile)?, mode: CommitMode, report: inout ImportReport
    ) throws {
        guard let sheet = table.sheet.table else { return }
        let known = try target.known(session)
        try progress.begin(.matching, file: table.file, total: long.rows)
        let first = try groups(long, table, target, known, session)
        // Further blocks of the sheet are known after the first reading.
        var whole = sheet
        whole.layouts = first.layouts
        let shares = ReadingShares(target.reader(of: table.with(whole), keysOnly: false))
        try progress.begin(act == nil ? .comparing : .writing, file: table.file, total: long.rows)
        let parcels = beside(long, try reading(long, table, fields: nil), shares)
        defer { parcels.close() }
        let windows = windows(parcels, of: table, target, known, first.groups)
        defer { windows.close() }
        var isWriting = act != nil
        while let next = try windows.next() {
            switch next {
            case .window(let window, let laid):
                let laid = try laid ?? LaidWindow(target.lay(window, of: table, known: known, session))
                report.add(table, window, laid.planned)
                if mode == .all, report.hasErrors { isWriting = false }
                guard isWriting, let act else { continue }
                try target.write(laid.drafts, act.transaction)
                if laid.planned.contains(where: \.writes) { try keep(act.file, act.transaction) }
            case .issues(let issues): for issue in issues { report.add(issue, table) }
            }
        }
    }

    /// Sorts rows into windows on a thread of its own, and lays those that need nothing from the store over the firms they mean.
    private func windows<Target: WindowedTarget>(
        _ parcels: Passage<RowParcel<Target.Entry>>, of table: CheckedTable, _ target: Target, _ known: Target.Known, _ groups: RowGroups
    ) -> Passage<WindowParcel<Target.Entry, Target.Draft>> {
        let passage = Passage<WindowParcel<Target.Entry, Target.Draft>>(room: 1)
        let size = size.window
        DispatchQueue(label: "hallmark.lay-windows").async {
            var windows = WindowSorter<Target.Entry>(groups: groups, size: size)
            func put(_ window: [WindowRow<Target.Entry>]) throws {
                let laid = target.lay(window, of: table, known: known)
                try passage.put(.window(window, laid.map { LaidWindow($0) }))
            }
            do {
                while let parcel = try parcels.next() {
                    switch parcel {
                    case .rows(let rows): for row in rows.get() ?? [] { if let full = windows.add(row) { try put(full) } }
                    case .end(let issues, _):
                        if let last = windows.rest() { try put(last) }
                        try passage.put(.issues(issues))
                    }
                }
                passage.finish()
            } catch {
                passage.finish(error)
            }
        }
        return passage
    }

    /// The first reading: which rows may be about one record.
    private func groups<Target: WindowedTarget>(
        _ long: LongTable, _ table: CheckedTable, _ target: Target, _ known: Target.Known, _ session: any Session
    ) throws -> (groups: RowGroups, layouts: [TableLayout]) {
        let shares = ReadingShares(target.reader(of: table, keysOnly: true))
        let parcels = beside(long, try reading(long, table, fields: target.keyFields), shares)
        defer { parcels.close() }
        var marks = RowMarks()
        var layouts: [TableLayout] = []
        var waiting: [Target.Entry] = []
        func mark() throws {
            for found in try target.marks(waiting, known: known, session) { marks.add(found) }
            waiting.removeAll(keepingCapacity: true)
        }
        while let parcel = try parcels.next() {
            switch parcel {
            case .rows(let rows):
                for row in rows.get() ?? [] { waiting.append(row.entry) }
                if waiting.count >= size.window { try mark() }
            case .end(_, let found):
                try mark()
                layouts = found
            }
        }
        return (marks.groups(), layouts)
    }

    private func reading(_ long: LongTable, _ table: CheckedTable, fields: Set<String>?) throws -> LongRows {
        guard let sheet = table.sheet.table,
            let rows = LongTableReading(long, table: sheet, reader: TableReader(vocabulary: vocabulary), corrections: table.corrections)
        else { throw Failure(.invalid, "import.no-heading", "没有认出表头，不能读取各行。", cure: "检查表头一行的栏目名称，或手工指定对应关系。") }
        return try LongRows(rows, sheet: table.sheet, vocabulary: vocabulary, fields: fields)
    }

    /// The rows of certain numbers, read once more: what a page shows of a table that is not held.
    func rows(_ wanted: Set<Int>, of long: LongTable, _ table: CheckedTable) throws -> [ReadRow] {
        guard !wanted.isEmpty else { return [] }
        var pass = (rows: try reading(long, table, fields: nil), left: wanted)
        let parcels: Passage<[ReadRow]> = beside(long) { event, put in
            guard let event else { return }
            let found = try pass.rows.take(event, only: wanted)
            guard !found.isEmpty else { return }
            try put(found)
            pass.left.subtract(found.map(\.number))
            // The rest of the file need not be read.
            if pass.left.isEmpty { throw CancellationError() }
        }
        defer { parcels.close() }
        var rows: [ReadRow] = []
        while rows.count < wanted.count, let found = try parcels.next() { rows += found }
        return rows
    }

    /// Reads the file's rows on a thread of its own, into entries on others, and hands them on in their order.
    private func beside<Reader: EntryReader>(
        _ long: LongTable, _ rows: LongRows, _ shares: ReadingShares<Reader>
    ) -> Passage<RowParcel<Reader.Entry>> {
        var pass = RowPass(rows: rows, shares: shares, size: min(size.window, RowPass<Reader>.usual))
        return beside(long, room: max(2, size.window / pass.size)) { event, put in
            guard let event else { return try pass.finish(put) }
            try pass.take(event, put)
        }
    }

    /// Reads the file on a thread of its own and hands on what the body makes of it; the body gets nil after the last event.
    private func beside<Parcel: Sendable>(
        _ long: LongTable, room: Int = 2, _ body: @escaping (SheetEvent?, (Parcel) throws -> Void) throws -> Void
    ) -> Passage<Parcel> {
        let passage = Passage<Parcel>(room: room)
        let file = OutsideFile(path: long.path, name: long.file, reader: reader, limits: limits)
        // Called by one thread alone, one event after the other.
        nonisolated(unsafe) let body = body
        let progress = progress
        Task.detached {
            do {
                _ = try await file.fold(into: 0) { rows, event in
                    if case .row = event {
                        rows += 1
                        if rows % 1000 == 0 { try progress.tell(rows) }
                    }
                    try body(event, passage.put)
                }
                try body(nil, passage.put)
                passage.finish()
            } catch {
                passage.finish(error)
            }
        }
        return passage
    }
}
