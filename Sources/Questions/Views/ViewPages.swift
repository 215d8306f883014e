import Enterprises
import Evidence
import Values
import WebSupport

/// The saved views: a list, and one to be changed.
enum ViewPages {
    static func list(_ views: [SavedView], text: QuestionText) -> Page {
        Page(
            QuestionWords.views, lead: QuestionWords.viewsLead, crumbs: [Link(QuestionWords.questions, Address("questions"))],
            actions: [Link(QuestionWords.toQuestions, Address("questions"), look: .button)]
        ) { html in
            html.add(WebSupport.Sheet(QuestionWords.views) { html in html.add(table(views, text: text)) })
        }
    }

    static func table(_ views: [SavedView], text: QuestionText) -> Table<SavedView> {
        Table(
            caption: QuestionWords.views, rows: views,
            columns: [
                .link(QuestionWords.view) { Link($0.title, Address("questions", "views", $0.id)) },
                .text(QuestionWords.asked) { text.line($0.question) }, .text(QuestionWords.forms) { QuestionWords.form($0.form) },
                .status(QuestionWords.onDesk) { $0.isOnDesk ? Badge(.info, QuestionWords.isOnDesk) : nil },
                .text(QuestionWords.owner) { $0.owner },
                Column(QuestionWords.manage, .text) { html, view in
                    html.add(Link(QuestionWords.manage, Address("questions", "views", view.id, "manage")))
                },
            ], empty: EmptyState(QuestionWords.noView, nextStep: QuestionWords.noViewNext))
    }

    static func renaming(_ view: SavedView) -> [FormField] {
        [FormField("title", QuestionWords.keepTitle, values: [view.title], isRequired: true)]
    }

    /// What may be done with one view; without a seal only to be read.
    static func manage(_ view: SavedView, text: QuestionText, seal: FormSeal?, mayUseDesk: Bool, fields: [FormField]) -> Page {
        let here = Address("questions", "views", view.id)
        return Page(
            Word(name: view.title), lead: text.line(view.question),
            crumbs: [Link(QuestionWords.questions, Address("questions")), Link(QuestionWords.views, Address("questions", "views"))],
            actions: [Link(QuestionWords.show, here, look: .button)]
        ) { html in
            guard let seal else { return }
            html.add(
                WebSupport.Sheet(QuestionWords.rename) { html in
                    html.add(Form(action: here.appending("rename"), seal: seal, fields: fields, submit: QuestionWords.rename))
                })
            if mayUseDesk {
                let title = view.isOnDesk ? QuestionWords.takeOffDesk : QuestionWords.putOnDesk
                html.add(
                    WebSupport.Sheet(QuestionWords.onDesk) { html in
                        html.add(
                            Padded { html in
                                html.add(
                                    ActionButton(
                                        title, action: here.appending("desk"), seal: seal, fields: [("desk", view.isOnDesk ? "no" : "yes")])
                                )
                            })
                    })
            }
            html.add(
                WebSupport.Sheet(QuestionWords.drop, note: QuestionWords.dropAsk) { html in
                    html.add(Padded { html in html.add(ActionButton(QuestionWords.drop, action: here.appending("drop"), seal: seal)) })
                })
        }
    }
}
