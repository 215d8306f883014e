package import Storage
package import Values

/// Confirms that a figure agrees with its paper or its rows: 待核 → 已审核.
package struct ReviewFigure: Sendable {
    package let figure: ID<TargetFigure>

    package init(_ figure: ID<TargetFigure>) { self.figure = figure }

    package static let roles: Set<Role> = [.programmeOffice]

    /// - Throws: `figure.role`, `figure.missing`, `figure.state`.
    package func perform(on store: Store, by actor: Actor, request: String) async throws {
        try FigureRules.admit(actor, Self.roles)
        let id = figure
        _ = try await store.actOnce(request: request, "targets.review-figure", by: actor) { transaction in
            let figure = try FigureRules.figure(id, in: .recorded, transaction)
            try transaction.replace(
                .figure, id: id.number,
                figure.row(
                    state: .reviewed, reviewedBy: transaction.actor.name, releasedBy: nil, releasedOn: nil,
                    pinnedPosition: figure.pinnedPosition))
            return FigureStage.reviewed.rawValue
        }
    }
}

extension FigureRules {
    /// The figure, if it is in the state that the act starts from.
    static func figure(_ id: ID<TargetFigure>, in state: FigureStage, _ transaction: Transaction) throws -> TargetFigure {
        guard let figure = try FigureStore.figure(id, transaction.session) else {
            throw Failure(.missing, "figure.missing", "没有编号为 \(id) 的数", cure: "回到目标页面刷新")
        }
        guard figure.state == state else {
            throw Failure(
                .conflict, "figure.state", "这个数现在是“\(figure.state.word.chinese)”，不是“\(state.word.chinese)”", cure: "刷新页面，看是否已有人办理")
        }
        transaction.subject = "target/\(figure.programme)/\(figure.target)"
        transaction.detail = ["figure": String(id.number), "value": figure.value.text, "period": figure.period.text]
        return figure
    }
}
