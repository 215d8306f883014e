package import Enterprises
package import Imports
package import Storage
import Values

/// Takes published lists of results (抽查结果) into the store.
///
/// A list that comes again is recognised by its title and period, its rows by what they say; a correction changes the row, a repetition nothing.
package struct ResultsImport: ImportTarget {
    package let kind = ImportKind.results
    private let regions: RegionDirectory
    private let vocabulary: HeadingVocabulary

    package init(regions: RegionDirectory, vocabulary: HeadingVocabulary) {
        self.regions = regions
        self.vocabulary = vocabulary
    }

    package init(_ office: Office) { self.init(regions: office.regions, vocabulary: office.vocabulary) }

    package func plan(_ table: CheckedTable, _ session: any Session) throws -> [PlannedRow] { try compare(table, session).plan }

    package func commit(_ table: CheckedTable, plan: [PlannedRow], _ transaction: Transaction) throws {
        var comparison = try compare(table, transaction.session)
        guard comparison.hasSomething else { return }
        let publication: Int64
        if let known = comparison.publicationID {
            publication = known
        } else {
            let id: ID<Publication> = try transaction.newID(.publication)
            try transaction.open(.publication, id: id.number, comparison.publication.row)
            publication = id.number
        }
        var fresh: [(id: Int64, result: SampleResult)] = []
        for index in comparison.drafts.indices {
            comparison.drafts[index].publication = publication
            switch comparison.plan[index].outcome {
            case .new:
                let id: ID<SampleResult> = try transaction.newID(.result)
                fresh.append((id.number, comparison.drafts[index]))
            case .changed:
                guard let stored = comparison.stored[index] else { continue }
                guard !transaction.hasWritten(.result, id: stored.id) else { throw table.rowTwice(comparison.plan[index].number) }
                try transaction.replace(.result, id: stored.id, comparison.merged(index, stored.result).values)
            case .unchanged, .rejected: break
            }
        }
        try FollowUpLinking.link(fresh: &fresh, transaction)
        try transaction.open(.result, rows: fresh.map { ($0.id, $0.result.values) })
        transaction.subject = "publication/\(publication)"
    }

    private func compare(_ table: CheckedTable, _ session: any Session) throws -> ResultComparison {
        let identity = PublicationIdentity(regions: regions)
        var publication = identity.draft(table)
        publication.stage = titleStage(publication.title)
        let drafts = try ResultDrafts(regions: regions, vocabulary: vocabulary, publication: publication, table: table).all(session)
        let incoming = drafts.map(ResultComparison.keys)
        var candidates: [Int64: (publication: Publication, rows: [(id: Int64, result: SampleResult)])] = [:]
        var shared: [(id: Int64, shared: Int, isEmpty: Bool)] = []
        let weak = Set(drafts.map(ResultComparison.weakKey))
        for (id, known) in try identity.candidates(publication, session) {
            let rows = try SpotCheckStore.results(of: [id], session)
            candidates[id] = (known, rows)
            shared.append((id, rows.count { weak.contains(ResultComparison.weakKey($0.result)) }, rows.isEmpty))
        }
        let id = PublicationIdentity.best(shared)
        let known = id.flatMap { candidates[$0] }
        return ResultComparison(
            table: table, publicationID: id, publication: known?.publication ?? publication, drafts: drafts, incoming: incoming,
            known: known?.rows ?? [])
    }

    /// 流通领域, 生产环节, 网络交易: only where the title says it outright.
    private func titleStage(_ title: String) -> SamplingStage {
        let ends = ["领域", "环节", "交易"]
        for entry in vocabulary.values.stages {
            if entry.words.contains(where: { word in ends.contains { title.contains(word + $0) } }) { return entry.stage }
        }
        return .unstated
    }
}

extension CheckedTable {
    /// A row that an earlier file of the same act gave in other words: which of the two corrects the other, nobody has said.
    func rowTwice(_ row: Int) -> Failure {
        Failure(
            .conflict, "import.row-twice", "同一次导入的前一个文件里已有这一行，内容不同", at: place(row), cure: "先导入原来的名单，再单独导入更正的名单")
    }
}

/// A list beside what the store holds of it.
struct ResultComparison {
    let publicationID: Int64?
    let publication: Publication
    var drafts: [SampleResult]
    /// For each row the stored one it is.
    let stored: [(id: Int64, result: SampleResult)?]
    private(set) var plan: [PlannedRow] = []

    init(
        table: CheckedTable, publicationID: Int64?, publication: Publication, drafts: [SampleResult], incoming: [RowKeys],
        known: [(id: Int64, result: SampleResult)]
    ) {
        self.publicationID = publicationID
        self.publication = publication
        self.drafts = drafts
        let good = table.rows.indices.filter { table.rows[$0].isGood }
        let matches = RowMatching.match(stored: known.map { ResultComparison.keys($0.result) }, incoming: good.map { incoming[$0] })
        var stored = [(id: Int64, result: SampleResult)?](repeating: nil, count: drafts.count)
        for (place, index) in good.enumerated() { stored[index] = matches[place].map { known[$0] } }
        self.stored = stored
        for (index, row) in table.rows.enumerated() {
            let outcome: RowOutcome
            if !row.isGood {
                outcome = .rejected
            } else if let match = stored[index] {
                let changes = ResultComparison.changes(from: match.result, to: drafts[index])
                outcome = changes.isEmpty ? .unchanged : .changed(changes.joined(separator: "；"))
            } else {
                outcome = .new
            }
            plan.append(PlannedRow(number: row.number, outcome: outcome))
        }
    }

    var hasSomething: Bool { plan.contains { $0.outcome != .unchanged && $0.outcome != .rejected } }

    /// The corrected row with what a person had decided about the same firm.
    func merged(_ index: Int, _ old: SampleResult) -> SampleResult {
        var row = drafts[index]
        row.followUp = old.followUp
        if row.method == .unstated { row.method = old.method }
        if row.stage == .unstated { row.stage = old.stage }
        if let settled = old.settled, row.producerFolded == old.producerFolded {
            (row.settled, row.enterprise, row.region) = (settled, old.enterprise, old.region)
            (row.linkNote, row.placeNote) = (old.linkNote, old.placeNote)
        }
        return row
    }

    private static func fields(_ row: SampleResult) -> [(label: Word, text: String?)] {
        [
            (SpotCheckWords.namedProducer, row.producer), (SpotCheckWords.sampledUnit, row.sampledUnit),
            (SpotCheckWords.code, row.producerCode),
            (SpotCheckWords.address, row.address), (SpotCheckWords.declaredRegion, row.declaredRegion),
            (SpotCheckWords.product, row.product),
            (SpotCheckWords.brand, row.brand), (SpotCheckWords.model, row.model), (SpotCheckWords.batch, row.batch),
            (SpotCheckWords.verdict, row.verdict.label), (SpotCheckWords.failedItems, row.failedItems),
            (SpotCheckWords.laboratory, row.laboratory), (SpotCheckWords.recheck, row.recheck), (SpotCheckWords.remark, row.remark),
            (SpotCheckWords.doubt, row.doubt?.rawValue),
        ]
    }

    /// What differs, in words: `检验结论：合格 → 不合格`.
    static func changes(from old: SampleResult, to new: SampleResult) -> [String] {
        zip(fields(old), fields(new)).compactMap { before, after in
            guard NameFolding.key(before.text ?? "") != NameFolding.key(after.text ?? "") else { return nil }
            return "\(before.label.chinese)：\(before.text ?? "空") → \(after.text ?? "空")"
        }
    }

    static func keys(_ row: SampleResult) -> RowKeys {
        let content = key(fields(row).map(\.text))
        let firm = NameFolding.key(row.firm)
        let mark = key([row.product, row.model, row.batch])
        return RowKeys(
            content: content,
            loose: [
                key([firm, mark, row.failedItems]), key([firm, mark]), row.sequence.map { key([$0, firm]) },
                row.sequence.map { key([$0, mark]) },
            ])
    }

    /// Firm and product: two lists that share none of these are different lists under one title.
    static func weakKey(_ row: SampleResult) -> String { key([row.firm, row.product]) }

    private static func key(_ texts: [String?]) -> String { texts.map { NameFolding.key($0 ?? "") }.joined(separator: "\u{1F}") }
}
