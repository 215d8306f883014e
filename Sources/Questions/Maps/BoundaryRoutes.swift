package import Enterprises
import Foundation
import Storage
import Values
package import WebSupport

/// Addresses of the maps' boundaries: `/questions/maps`, `/questions/maps/{map}`.
package enum BoundaryRoutes {
    package static func table(_ office: Office) -> RouteTable {
        let store = office.store
        var table = RouteTable()
        table.get("/questions/maps", may: QuestionRights.ask) { context in
            let maps = try await store.read { try BoundaryStore.maps($0) }
            return .page(BoundaryPages.list(maps, seal: seal(context)))
        }
        table.get("/questions/maps/{map}", may: QuestionRights.ask) { context in
            let id: ID<BoundaryMap> = try context.id("map")
            let (map, boundaries) = try await store.read { session in
                (try BoundaryStore.map(id, session), try BoundaryStore.boundaries(of: id, session))
            }
            return .page(BoundaryPages.map(map, boundaries, regions: office.regions, seal: seal(context)))
        }
        table.post("/questions/maps", may: QuestionRights.loadMaps, limits: FormLimits(files: 1, fileBytes: ReadBoundaries.mostBytes)) {
            context, form in
            try await load(office, context, form)
        }
        table.post("/questions/maps/{map}/withdraw", may: QuestionRights.loadMaps) { context, form in
            try await WithdrawBoundaries(context.id("map")).perform(
                on: store, by: context.actor, request: FormReading(form).requestID())
            return .seeOther(Address("questions", "maps"))
        }
        return table
    }

    private static func load(_ office: Office, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        var reading = FormReading(form)
        let title = reading.text("title", atMost: 60)
        let source = reading.text("source", atMost: 200)
        let file = reading.file("file")
        guard let file, reading.isGood else {
            let maps = try await office.store.read { try BoundaryStore.maps($0) }
            return .formAgain(BoundaryPages.list(maps, seal: seal(context), fields: reading.marked(BoundaryPages.fields)))
        }
        let request = try reading.requestID()
        let bytes = try Data(contentsOf: file.url)
        let map = try await LoadBoundaries(title: title, source: source, file: file.name, bytes: bytes).perform(
            on: office.store, regions: office.regions, by: context.actor, request: request)
        return .seeOther(Address("questions", "maps", map))
    }

    private static func seal(_ context: WebContext) -> FormSeal? {
        QuestionRights.loadMaps.isHeld(by: context.actor) ? context.formSeal() : nil
    }
}
