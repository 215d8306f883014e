import Storage
import Values

/// What a clerk says about the columns of one sheet.
struct HeadingChoices: Sendable {
    let file: String
    let sheet: String
    let kind: ImportKind
    /// 1-based column → field; the empty text leaves the column out.
    let columns: [Int: String]
    /// What is kept for later files.
    let remembered: [HeadingCorrectionStore.Made]

    /// The choices that differ from what stood there.
    ///
    /// - Parameter chosen: column → field, as the form sent it.
    init(file: String, sheet: SortedSheet, kind: ImportKind, chosen: [Int: String], isRemembered: Bool, writing: WritingWords) {
        self.file = file
        self.sheet = sheet.name
        self.kind = kind
        let all = sheet.table?.layouts.flatMap(\.columns) ?? []
        let changed = all.filter { column in chosen[column.number].map { $0 != (column.field ?? "") } ?? false }
        let kept = all.filter { column in column.isByHand && chosen[column.number] != nil }
        columns = Dictionary((changed + kept).map { ($0.number, chosen[$0.number] ?? "") }, uniquingKeysWith: { first, _ in first })
        // A heading that stands twice means different things by its place, which no later file can know.
        let counts = Dictionary(all.map { (RememberedHeadings.key($0.heading, writing), 1) }, uniquingKeysWith: +)
        let single = (changed + kept).filter { !$0.heading.isEmpty && counts[RememberedHeadings.key($0.heading, writing)] == 1 }
        remembered =
            isRemembered
            ? single.map { column in
                let field = chosen[column.number] ?? ""
                return HeadingCorrectionStore.Made(printed: column.heading, field: field.isEmpty ? nil : field)
            } : []
    }
}

extension ImportSite {
    /// Notes the choices in the run and keeps them for later files, in one act.
    func correct(_ id: ID<ImportRecord>, _ choices: HeadingChoices, shown version: Int64?, request: String, actor: Actor) async throws {
        let writing = run.vocabulary.writing
        _ = try await store.actOnce(request: request, "import.choose", by: actor) { transaction in
            var record = try ImportRecordStore.find(id, transaction.session)
            try ImportRights.right(record.kind).require(actor)
            try record.demandUnchanged(since: version)
            record.choices[choices.file, choices.sheet].columns.merge(choices.columns) { $1 }
            transaction.subject = "import/\(id)"
            transaction.detail = Dictionary(
                choices.remembered.map { ($0.printed, $0.field ?? "—") }, uniquingKeysWith: { first, _ in first })
            try transaction.replace(.importRun, id: id.number, record.row)
            try HeadingCorrectionStore.keep(choices.remembered, of: choices.kind, writing, transaction)
            return ""
        }
    }

    /// Takes back a correction: later files are read by the vocabulary again.
    func forget(_ id: ID<HeadingCorrection>, request: String, actor: Actor) async throws {
        _ = try await store.actOnce(request: request, "import.forget-heading", by: actor) { transaction in
            guard let correction = try HeadingCorrectionStore.all(transaction.session).first(where: { $0.id == id }) else {
                throw Failure(.missing, "import.no-correction", "没有这条表头更正，可能已被撤回", cure: "回到更正列表看最新的内容")
            }
            try ImportRights.right(correction.kind).require(actor)
            transaction.subject = "heading/\(id)"
            transaction.detail = ["heading": correction.printed, "kind": correction.kind.rawValue, "field": correction.field ?? "—"]
            try transaction.close(.headingCorrection, id: id.number)
            return ""
        }
    }
}
