import Enterprises
package import Evidence
import Policy
package import Storage
package import Values

/// Puts our own answer forward as a figure (提交本级数): 待核, with the question it answers.
package struct SubmitOwnFigure: Sendable {
    package let programme: String
    package let target: String

    package init(programme: String, target: String) {
        self.programme = programme
        self.target = target
    }

    /// - Throws: `figure.role`, `figure.not-yours`, `figure.unknown-target`, `figure.not-computed`, `figure.unchanged`.
    package func perform(
        on store: Store, by actor: Actor, request: String, programmes: any AdoptedProgrammes, catalogue: FactCatalogue,
        regions: any RegionScope
    ) async throws -> ID<TargetFigure> {
        try FigureRules.admit(actor, RecordFigure.roles)
        try FigureRules.admit(actor, programme, target)
        let (id, name) = (programme, target)
        let answer = try await store.actOnce(request: request, "targets.submit-figure", by: actor) { transaction in
            let folder = try programmes.folders(transaction.session).first { $0.programme.id == id }
            let board = TargetBoard(catalogue: catalogue, actor: actor, regions: regions, today: transaction.time.day)
            guard let standing = try folder.flatMap({ try board.standing(name, of: $0, transaction.session) }) else {
                throw Failure(.missing, "figure.unknown-target", "没有目标“\(id)/\(name)”", cure: "从目标页面进入再录入")
            }
            return String(try RecordFigure.write(Self.draft(standing, id), transaction).number)
        }
        return ID(Int64(answer) ?? 0)
    }

    private static func draft(_ standing: Standing, _ programme: String) throws -> FigureDraft {
        guard let now = standing.judgement.now, let question = now.question, let value = now.value.flatMap({ Millionths($0) }) else {
            throw Failure(
                .invalid, "figure.not-computed", "目标「\(standing.target.title)」还算不出本级数", at: FilePlace(clause: standing.target.clause),
                cure: standing.missing?.sentence ?? "抽样方式混合或样本不足时不提交，先在目标页面看分组")
        }
        return FigureDraft(
            programme: programme, target: standing.target.id, source: .own, reporter: standing.owner ?? "", period: now.period,
            value: value,
            unit: standing.target.unit ?? (now.hits == nil ? "" : "%"), question: KeptQuestion.text(question))
    }
}

/// Releases a reviewed figure: 已审核 → 已发布. The journal position of the release is pinned, so that what was published can be asked again.
///
/// Our own figure is asked once more: where the rows have changed since the review, it is not released.
package struct ReleaseFigure: Sendable {
    package let figure: ID<TargetFigure>

    package init(_ figure: ID<TargetFigure>) { self.figure = figure }

    package static let roles: Set<Role> = [.programmeOffice]

    /// - Throws: `figure.role`, `figure.missing`, `figure.state`, `figure.changed-since-review`.
    package func perform(on store: Store, by actor: Actor, request: String, catalogue: FactCatalogue, regions: any RegionScope) async throws
    {
        try FigureRules.admit(actor, Self.roles)
        let id = figure
        _ = try await store.actOnce(request: request, "targets.release-figure", by: actor) { transaction in
            let figure = try FigureRules.figure(id, in: .reviewed, transaction)
            let asking = Asking(catalogue: catalogue, viewer: Viewer(actor), regions: regions)
            if let now = try OwnFigure.value(figure, known: nil, asking, transaction.session), now != figure.value {
                throw Failure(
                    .conflict, "figure.changed-since-review",
                    "审核以后明细又变了：审核的是 \(figure.value.text)\(figure.unit)，现在是 \(now.text)\(figure.unit)", cure: "重新提交本级数，再审核、发布")
            }
            try transaction.replace(
                .figure, id: id.number,
                figure.row(
                    state: .released, reviewedBy: figure.reviewedBy, releasedBy: transaction.actor.name, releasedOn: transaction.time.day,
                    pinnedPosition: transaction.position))
            return FigureStage.released.rawValue
        }
    }
}

/// What an own figure's question answers at a position.
enum OwnFigure {
    /// nil where the figure was not computed, or its question has no answer any more.
    static func value(_ figure: TargetFigure, known: Int64?, _ asking: Asking, _ session: any Session) throws -> Millionths? {
        guard figure.source == .own, var question = figure.question.flatMap(KeptQuestion.question) else { return nil }
        question.known = known
        let fact = try asking.catalogue.fact(question.fact)
        let reading = MetricReading(
            fact: fact, metric: try fact.metric(question.metric), question: question, period: nil, apart: nil, unit: figure.unit)
        return reading.value(try asking.ask(question, session).figure).flatMap { Millionths($0) }
    }
}

/// What was published, and what the same figure is now.
package struct PublishedFigure: Sendable, Hashable {
    package let figure: TargetFigure
    /// The value at the pinned position.
    package let published: Millionths
    /// The value now, or at the position that the reader looks back to: of an own figure, its question's answer; of a stated one, its
    /// latest correction. nil: no answer any more.
    package let present: Millionths?

    package var hasChanged: Bool { present != published }

    /// `发布时 88.2%，现为 87.5%`
    package var sentence: String {
        "发布时 \(published.text(atMost: 2))\(figure.unit)，现为 \(present.map { $0.text(atMost: 2) + figure.unit } ?? "无数据")"
    }

    /// nil for a figure that was never released.
    package static func read(
        _ figure: TargetFigure, known: Int64? = nil, _ asking: Asking, _ session: any Session
    ) throws -> PublishedFigure? {
        guard let position = figure.pinnedPosition, let then = try FigureStore.figure(figure.id, known: position, session) else {
            return nil
        }
        let present = figure.source == .own ? try OwnFigure.value(figure, known: known, asking, session) : figure.value
        return PublishedFigure(figure: figure, published: then.value, present: present)
    }
}
