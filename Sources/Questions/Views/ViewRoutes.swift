package import Enterprises
package import Evidence
import Storage
import Values
package import WebSupport

/// Addresses of the saved views: `/questions/views`, `/questions/views/{view}`.
package enum ViewRoutes {
    package static func table(_ office: Office, catalogue: FactCatalogue) -> RouteTable {
        let store = office.store
        let text = QuestionText(catalogue: catalogue, regions: office.regions)
        var table = RouteTable()
        table.get("/questions/views", may: QuestionRights.ask) { _ in
            .page(ViewPages.list(try await store.read { try SavedViewStore.all($0) }, text: text))
        }
        table.get("/questions/views/{view}", may: QuestionRights.ask) { context in
            let view = try await saved(store, context)
            return .seeOther(QuestionAddress.of(view.question).with("as", view.form.rawValue))
        }
        table.get("/questions/views/{view}/manage", may: QuestionRights.ask) { context in
            let view = try await saved(store, context)
            return .page(page(view, text, context, fields: ViewPages.renaming(view)))
        }
        table.post("/questions/views", may: QuestionRights.ask) { context, form in try await save(store, text, context, form) }
        table.post("/questions/views/{view}/rename", may: QuestionRights.ask) { context, form in
            var reading = FormReading(form)
            let title = reading.text("title", atMost: SavedView.longestTitle)
            let view = try await saved(store, context)
            guard reading.isGood else { return .formAgain(page(view, text, context, fields: reading.marked(ViewPages.renaming(view)))) }
            try await ChangeView(view.id, .rename(title)).perform(on: store, by: context.actor, request: reading.requestID())
            return .seeOther(Address("questions", "views"))
        }
        table.post("/questions/views/{view}/desk", may: QuestionRights.arrangeDesk) { context, form in
            try await ChangeView(context.id("view"), .show(onDesk: form.text("desk") == "yes")).perform(
                on: store, by: context.actor, request: FormReading(form).requestID())
            return .seeOther(Address("questions", "views"))
        }
        table.post("/questions/views/{view}/drop", may: QuestionRights.ask) { context, form in
            try await ChangeView(context.id("view"), .drop).perform(on: store, by: context.actor, request: FormReading(form).requestID())
            return .seeOther(Address("questions", "views"))
        }
        return table
    }

    private static func saved(_ store: Store, _ context: WebContext) async throws -> SavedView {
        let id: ID<SavedView> = try context.id("view")
        return try await store.read { try SavedViewStore.view(id, $0) }
    }

    private static func page(_ view: SavedView, _ text: QuestionText, _ context: WebContext, fields: [FormField]) -> Page {
        ViewPages.manage(
            view, text: text, seal: view.may(context.actor) ? context.formSeal() : nil,
            mayUseDesk: QuestionRights.arrangeDesk.isHeld(by: context.actor), fields: fields)
    }

    /// Reads the question of the form as an address is read, so that nothing is kept that cannot be asked.
    private static func save(_ store: Store, _ text: QuestionText, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        let request = try FormReading(form).requestID()
        func some(_ name: String) -> String? { form.text(name).isEmpty ? nil : form.text(name) }
        let parts = QuestionText.Parts(
            fact: form.text("fact"), metric: some("metric"), filters: form.all("where"), by: form.all("by"), on: some("on"),
            known: form.text("pin") == "yes" ? some("position") : some("known"),
            structure: some("structure"))
        let question = try await store.read { try text.read(parts, $0).question }
        let save = SaveView(
            title: form.text("title"), question: question, form: QuestionForm(rawValue: form.text("as")) ?? .bars,
            isOnDesk: form.text("desk") == "yes")
        _ = try await save.perform(on: store, by: context.actor, request: request)
        return .seeOther(Address("questions", "views"))
    }
}
