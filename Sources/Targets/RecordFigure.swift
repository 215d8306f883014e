import Policy
package import Storage
package import Values

/// A figure as somebody states it, before it is recorded.
package struct FigureDraft: Sendable, Hashable {
    package var programme: String
    package var target: String
    /// Empty for our own region.
    package var subject: String
    package var source: FigureSource
    package var reporter: String
    package var document: String
    package var period: FigurePeriod
    package var value: Millionths
    package var unit: String
    package var question: String?
    package var note: String?

    package init(
        programme: String, target: String, subject: String = "", source: FigureSource, reporter: String = "", document: String = "",
        period: FigurePeriod, value: Millionths, unit: String, question: String? = nil, note: String? = nil
    ) {
        self.programme = programme
        self.target = target
        self.subject = subject
        self.source = source
        self.reporter = reporter
        self.document = document
        self.period = period
        self.value = value
        self.unit = unit
        self.question = question
        self.note = note
    }
}

/// Records a figure as 待核: a department's report, the superior's notice, or our own answer put forward.
///
/// The same target, source and period again with another value is a correction: a new version, 待核 once more; what had been published
/// stays readable at its pinned position.
package struct RecordFigure: Sendable {
    package let draft: FigureDraft

    package init(_ draft: FigureDraft) { self.draft = draft }

    /// Who may state figures: the programme office, and departments those of their own targets.
    package static let roles: Set<Role> = [.programmeOffice, .departmentOfficer]

    /// Answers the figure's number; a repeated request gets the first answer.
    ///
    /// - Throws: `figure.role`, `figure.not-yours`, `figure.unknown-target`, `figure.document-missing`, `figure.reporter-missing`, `figure.period-missing`,
    ///   `figure.unit`, `figure.unchanged`.
    package func perform(on store: Store, by actor: Actor, request: String, programmes: any AdoptedProgrammes) async throws -> ID<
        TargetFigure
    > {
        try FigureRules.admit(actor, Self.roles)
        try FigureRules.admit(actor, draft.programme, draft.target)
        let draft = draft
        let answer = try await store.actOnce(request: request, "targets.record-figure", by: actor, reason: draft.document) { transaction in
            try FigureRules.check(draft, target: FigureRules.target(draft, programmes, transaction.session))
            return String(try Self.write(draft, transaction).number)
        }
        return ID(Int64(answer) ?? 0)
    }

    /// Opens the figure, or the next version of the one it corrects.
    static func write(_ draft: FigureDraft, _ transaction: Transaction) throws -> ID<TargetFigure> {
        transaction.subject = "target/\(draft.programme)/\(draft.target)"
        transaction.detail = ["value": draft.value.text, "unit": draft.unit, "period": draft.period.text, "source": draft.source.rawValue]
        if let current = try FigureStore.same(as: draft, transaction.session) {
            guard current.value != draft.value || current.unit != draft.unit || current.document != draft.document else {
                throw Failure(
                    .conflict, "figure.unchanged",
                    "「\(draft.period.text)」的\(draft.source.word.chinese)已经是 \(draft.value.text)\(draft.unit)",
                    cure: "不必重复录入；如果是另一期的数，请改期间")
            }
            try transaction.replace(.figure, id: current.id.number, row(draft, by: transaction.actor.name, pinned: current.pinnedPosition))
            return current.id
        }
        let id: ID<TargetFigure> = try transaction.newID(.figure)
        try transaction.open(.figure, id: id.number, row(draft, by: transaction.actor.name, pinned: nil))
        return id
    }

    private static func row(_ draft: FigureDraft, by actor: String, pinned: Int64?) -> [Value] {
        [
            .text(draft.programme), .text(draft.target), .text(draft.subject), .text(draft.source.rawValue), .text(draft.reporter),
            .text(draft.document), .text(draft.period.text), Value(draft.period.from), Value(draft.period.to), .integer(draft.value.number),
            .text(draft.unit), .text(FigureStage.recorded.rawValue), Value(draft.question), .text(actor), .null, .null, .null,
            Value(pinned),
            Value(draft.note),
        ]
    }
}

/// What every act on figures checks first.
enum FigureRules {
    static func admit(_ actor: Actor, _ roles: Set<Role>) throws {
        guard roles.contains(actor.role) else {
            throw Failure(.refused, "figure.role", "您的岗位不能录入或发布目标的数", cure: "请质强办或责任部门办理")
        }
    }

    /// A department states the targets alone that the file of duties gives it.
    static func admit(_ actor: Actor, _ programme: String, _ target: String) throws {
        let column = DutyTable.target(programme, target)
        guard actor.answers(for: column) else {
            let owners = actor.owners(of: column)
            throw Failure(
                .refused, "figure.not-yours", "这个目标的数由\(owners)填报，您的部门不能录入", cure: "请\(owners)录入；分工有误的，请质强办改部门职责文件")
        }
    }

    static func target(_ draft: FigureDraft, _ programmes: any AdoptedProgrammes, _ session: any Session) throws -> Target {
        let folder = try programmes.folders(session).first { $0.programme.id == draft.programme }
        guard let target = folder?.programme.target(draft.target) else {
            throw Failure(.missing, "figure.unknown-target", "没有目标“\(draft.programme)/\(draft.target)”", cure: "从目标页面进入再录入")
        }
        return target
    }

    static func check(_ draft: FigureDraft, target: Target) throws {
        guard !draft.period.text.isEmpty else {
            throw Failure(.invalid, "figure.period-missing", "没有写这个数是哪一期的", cure: "写成“2017年”“2017年上半年”或“截至2017年6月”")
        }
        if let from = draft.period.from, let to = draft.period.to, from > to {
            throw Failure(.invalid, "figure.period-order", "期间的起日 \(from) 在止日 \(to) 之后", cure: "改正起止日期")
        }
        if draft.source != .own {
            guard !draft.document.isEmpty else {
                throw Failure(.invalid, "figure.document-missing", "\(draft.source.word.chinese)要写明出自哪份文件", cure: "填文号；没有文号的填文件标题和日期")
            }
            guard !draft.reporter.isEmpty else {
                throw Failure(.invalid, "figure.reporter-missing", "没有写是哪个单位报的数", cure: "填报送或通报的单位")
            }
        }
        guard draft.unit == target.unit || target.unit == nil || target.kind == .growth else {
            throw Failure(
                .invalid, "figure.unit", "目标「\(target.title)」以“\(target.unit ?? "")”计，这个数的单位是“\(draft.unit)”",
                at: FilePlace(clause: target.clause),
                cure: "换算成“\(target.unit ?? "")”再录入")
        }
    }
}
