import Enterprises
package import Evidence
package import Storage
package import Values

/// Keeps a question and the way it is shown under a name.
package struct SaveView: Sendable {
    package let title: String
    package let question: Question
    package let form: QuestionForm
    package let isOnDesk: Bool

    package init(title: String, question: Question, form: QuestionForm, isOnDesk: Bool = false) {
        self.title = title
        self.question = question
        self.form = form
        self.isOnDesk = isOnDesk
    }

    /// Answers the view's number; a repeated request gets the first answer.
    ///
    /// - Throws: `view.role`, `view.question`, `view.title`, `view.title-taken`, `view.desk-full`, `view.desk-role`.
    package func perform(on store: Store, by actor: Actor, request: String) async throws -> ID<SavedView> {
        try SavedViewRules.admit(actor)
        let title = try SavedViewRules.title(title)
        let (question, form, isOnDesk) = (question, form, isOnDesk)
        guard KeptQuestion.question(KeptQuestion.text(question)) == question.at(nil) else {
            throw Failure(.invalid, "view.question", "这个查询的条件里有不能保存的字符", cure: "去掉带换行的条件再保存")
        }
        let answer = try await store.actOnce(request: request, "questions.save-view", by: actor) { transaction in
            try SavedViewRules.free(title, owner: actor.name, transaction.session)
            if isOnDesk { try SavedViewRules.admitToDesk(actor, transaction.session) }
            let id: ID<SavedView> = try transaction.newID(.savedView)
            let view = SavedView(id: id, title: title, owner: actor.name, question: question, form: form, isOnDesk: isOnDesk)
            transaction.subject = "view/\(id)"
            transaction.detail = ["title": title]
            try transaction.open(.savedView, id: id.number, view.row)
            return String(id.number)
        }
        return ID(Int64(answer) ?? 0)
    }
}

/// What every act on views checks first.
enum SavedViewRules {
    static func admit(_ actor: Actor) throws {
        guard [.programmeOffice, .departmentOfficer, .townOfficer, .spotCheckOfficer, .leader].contains(actor.role) else {
            throw Failure(.refused, "view.role", "您的岗位不能保存查询", cure: "请质强办保存")
        }
    }

    /// The name without spaces around it and without line ends.
    static func title(_ written: String) throws -> String {
        let title = written.split(whereSeparator: \.isNewline).joined(separator: " ")
        guard !title.allSatisfy(\.isWhitespace), title.count <= SavedView.longestTitle else {
            throw Failure(.invalid, "view.title", "名称要写，且不超过\(SavedView.longestTitle)个字", cure: "起一个短名，如“各镇街不合格批次”")
        }
        return title
    }

    static func free(_ title: String, owner: String, except id: ID<SavedView>? = nil, _ session: any Session) throws {
        guard try !SavedViewStore.isTaken(title, by: owner, except: id, session) else {
            throw Failure(.conflict, "view.title-taken", "您已有名为“\(title)”的常用查询", cure: "换一个名称，或先删除原来的")
        }
    }

    static func admitToDesk(_ actor: Actor, _ session: any Session) throws {
        guard actor.role == .programmeOffice else {
            throw Failure(.refused, "view.desk-role", "工作台是大家的，只有质强办能放上去", cure: "请质强办放到工作台")
        }
        guard try SavedViewStore.onDesk(session).count < SavedView.mostOnDesk else {
            throw Failure(.conflict, "view.desk-full", "工作台上已有\(SavedView.mostOnDesk)个查询", cure: "先从工作台取下一个")
        }
    }

    static func own(_ id: ID<SavedView>, _ actor: Actor, _ session: any Session) throws -> SavedView {
        let view = try SavedViewStore.view(id, session)
        guard view.may(actor) else {
            throw Failure(.refused, "view.not-yours", "「\(view.title)」是\(view.owner)保存的，您不能改", cure: "另存一份自己的，或请保存人、质强办改")
        }
        return view
    }
}

extension Question {
    /// The same question at another position of the store's knowledge.
    func at(_ position: Int64?) -> Question {
        var copy = self
        copy.known = position
        return copy
    }
}
