package import Enterprises
import Imports
import Storage
import Values
package import WebSupport

/// Where lists are opened to the public; served only where there are pages for the public.
package enum OpenListRoutes {
    package static func table(_ office: Office) -> RouteTable {
        var table = RouteTable()
        table.get("/publications/{publication}/opening", may: SpotCheckRights.openLists) { context in
            .page(OpenListPages.page(try await model(office, context), seal: context.formSeal()))
        }
        table.post("/publications/{publication}/open", may: SpotCheckRights.openLists) { context, form in
            let id: ID<Publication> = try context.id("publication")
            var reading = FormReading(form)
            let source = reading.text("source", atMost: 200)
            if form.text("checked") != "yes" { reading.refuse("checked", OpenListWords.notChecked) }
            guard reading.isGood else {
                return .formAgain(
                    OpenListPages.page(
                        try await model(office, context), seal: context.formSeal(), fields: reading.marked(OpenListPages.fields)))
            }
            try await OpenList.open(
                id.number, source: source, showsSampled: form.text("sampled") == "yes", office: office, actor: context.actor,
                request: try reading.requestID())
            return .seeOther(Address("publications", id, "opening"))
        }
        table.post("/publications/{publication}/close", may: SpotCheckRights.openLists) { context, form in
            let id: ID<Publication> = try context.id("publication")
            var reading = FormReading(form)
            let reason = reading.text("reason", atMost: 200)
            guard reading.isGood else {
                return .formAgain(
                    OpenListPages.page(
                        try await model(office, context), seal: context.formSeal(), fields: reading.marked(OpenListPages.closeFields)))
            }
            try await OpenList.close(id.number, office: office, actor: context.actor, reason: reason, request: try reading.requestID())
            return .seeOther(Address("publications", id, "opening"))
        }
        return table
    }

    /// Rows that the officer sees before opening.
    private static let previewed = 50

    private static func model(_ office: Office, _ context: WebContext) async throws -> OpenListPages.Model {
        let id: ID<Publication> = try context.id("publication")
        let number = id.number
        return try await office.store.read { session in
            let publication = try SpotCheckStore.publication(number, session)
            let opened = try OpenedListStore.list(number, session)
            let shown = opened ?? OpenedList(asIf: number, publication)
            return OpenListPages.Model(
                id: number, publication: publication, opened: opened,
                rows: publication.kind == .results ? try OpenedListStore.rows(of: shown, limit: previewed, session) : [])
        }
    }
}

extension OpenedList {
    /// As the list would be with everything shown that can be.
    init(asIf id: Int64, _ publication: Publication) {
        self.init(
            id: id, title: publication.title, level: publication.level, year: publication.year, quarter: publication.quarter,
            issuer: publication.issuer, publishedDay: publication.publishedDay, source: "", showsSampled: true, openedOn: Day(number: 0),
            position: .max)
    }
}
