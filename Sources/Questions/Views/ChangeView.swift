package import Storage
package import Values

/// Changes a saved view: another name, on the desk or off it, or dropped.
package struct ChangeView: Sendable {
    package enum Change: Sendable {
        case rename(String)
        case show(onDesk: Bool)
        case drop
    }

    package let id: ID<SavedView>
    package let change: Change

    package init(_ id: ID<SavedView>, _ change: Change) {
        self.id = id
        self.change = change
    }

    /// - Throws: `view.missing`, `view.not-yours`, `view.title`, `view.title-taken`, `view.desk-full`, `view.desk-role`.
    package func perform(on store: Store, by actor: Actor, request: String) async throws {
        let (id, change) = (id, change)
        _ = try await store.actOnce(request: request, action, by: actor) { transaction in
            let view = try SavedViewRules.own(id, actor, transaction.session)
            transaction.subject = "view/\(id)"
            transaction.detail = ["title": view.title]
            switch change {
            case .rename(let written):
                let title = try SavedViewRules.title(written)
                try SavedViewRules.free(title, owner: view.owner, except: id, transaction.session)
                transaction.detail["new-title"] = title
                try transaction.replace(.savedView, id: id.number, view.with(title: title).row)
            case .show(let onDesk):
                guard onDesk != view.isOnDesk else { return "" }
                if onDesk { try SavedViewRules.admitToDesk(actor, transaction.session) }
                try transaction.replace(.savedView, id: id.number, view.with(isOnDesk: onDesk).row)
            case .drop:
                try transaction.close(.savedView, id: id.number)
            }
            return ""
        }
    }

    private var action: String {
        switch change {
        case .rename: "questions.rename-view"
        case .show(onDesk: true): "questions.show-view"
        case .show(onDesk: false): "questions.hide-view"
        case .drop: "questions.drop-view"
        }
    }
}

extension SavedView {
    fileprivate func with(title: String? = nil, isOnDesk: Bool? = nil) -> SavedView {
        SavedView(
            id: id, title: title ?? self.title, owner: owner, question: question, form: form, isOnDesk: isOnDesk ?? self.isOnDesk)
    }
}
