import Storage
import Values
import WebSupport

/// The steps of a run as jobs: each reads the kept originals again, with the choices made so far, and keeps no rows.
extension ImportSite {
    /// Files that are read beside other long ones only one at a time.
    private static let largeBytes: Int64 = 4 << 20

    /// What the files are; the job is still open where that takes long.
    func look(_ record: ImportRecord, for actor: Actor) async throws -> ImportJobs.Done {
        try await jobs.ask(try await wish(record, .check, actor)) { progress in
            .sheets(ImportLook(try await check(record, progress).checked))
        }
    }

    /// What committing would do.
    func preview(_ record: ImportRecord, for actor: Actor, again: Bool = false) async throws -> ImportJobs.Done {
        try await jobs.ask(try await wish(record, .preview, actor, again: again)) { progress in
            let (checked, files) = try await check(record, progress)
            let run = run.telling(progress).acting(for: actor)
            let report = try await store.readLong { try run.previewReport(checked, $0) }
            return withExtendedLifetime(files) { .rows(report) }
        }
    }

    /// Commits a run in one act that also notes what came of it. A run that was committed before is not committed again.
    func commit(_ record: ImportRecord, mode: CommitMode, reason: String, request: String, actor: Actor) async throws -> ImportJobs.Done {
        try await jobs.ask(try await wish(record, .commit, actor)) { progress in
            do {
                return try await write(record, mode, reason, request, actor, progress)
            } catch let failure as Failure {
                if !progress.isStopped {
                    // What went wrong waits on the run for whoever asked for it, as far as the store can still be written to.
                    try? await change(record.id, shown: nil, request: request, action: "import.failed", actor: actor) {
                        $0.choices.trouble = .init(failure)
                    }
                }
                throw failure
            }
        }
    }

    private func write(
        _ record: ImportRecord, _ mode: CommitMode, _ reason: String, _ request: String, _ actor: Actor, _ progress: ImportProgress
    ) async throws -> ImportJobs.Found {
        let (checked, files) = try await check(record, progress)
        defer { withExtendedLifetime(files) {} }
        if mode == .all, checked.start.hasErrors { return .refused }
        let report = try await run.telling(progress).commit(
            checked.files, into: store, mode: mode, by: actor, reason: reason, report: checked.start
        ) { transaction, report in
            try record.finish(report, at: transaction.position, transaction)
        }
        if report.position == nil {
            guard !report.hasErrors, report.read > 0 else { return .refused }
            _ = try await store.actOnce(request: request, "import.finish", by: actor) { transaction in
                transaction.subject = "import/\(record.id)"
                try record.finish(report, at: nil, transaction)
                return ""
            }
        }
        return .committed
    }

    /// Reads the kept originals with the choices made so far; their files lie there as long as the second answer.
    func check(_ record: ImportRecord, _ progress: ImportProgress) async throws -> (checked: ImportRun.Checked, files: LaidFiles) {
        try progress.begin(.opening)
        let files = try await LaidFiles(record.choices, in: folder, store)
        let vocabulary = run.vocabulary
        let (seen, remembered) = try await store.read { session in
            (try ImportRun.seenSheets(session), try HeadingCorrectionStore.remembered(session, vocabulary))
        }
        let choices = record.choices
        let checked = try await run.telling(progress).check(paths: files.files, kind: record.kind) {
            choices.sorting(of: $0, seen: seen, remembered: remembered)
        }
        return (checked, files)
    }

    private func wish(_ record: ImportRecord, _ step: ImportJobs.Step, _ actor: Actor, again: Bool = false) async throws -> ImportJobs.Wish
    {
        let shas = record.choices.files.map(\.sha256)
        let (position, size) = try await store.read { (try JournalQuery.head($0).position, try ImportRecordStore.size(shas, $0)) }
        return ImportJobs.Wish(
            record: record, step: step, actor: actor, position: position, isLarge: size > Self.largeBytes, again: again)
    }
}

extension ImportRecord {
    /// Notes in the act of a commit what came of it.
    fileprivate func finish(_ report: ImportReport, at position: Int64?, _ transaction: Transaction) throws {
        var record = try ImportRecordStore.find(id, transaction.session)
        guard record.state == .checking, record.choices.sheets == choices.sheets else {
            throw Failure(.conflict, "import.run-changed", "这次导入刚被别人改过", cure: "回到核对页，看过最新的内容再提交")
        }
        record.state = .committed
        record.committed = position
        record.counts = [report.new, report.changed, report.unchanged, report.rejected]
        record.choices.trouble = nil
        try transaction.replace(.importRun, id: id.number, record.row)
    }
}
