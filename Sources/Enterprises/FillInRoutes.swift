import Foundation
import Hummingbird
import Places
import Storage
import Values
import WebSupport

/// Requests to fill in what is unknown: issue, download one file a town, see who has not returned.
enum FillInRoutes {
    static func table(_ office: Office) -> RouteTable {
        var table = RouteTable()
        table.get("/fill-ins", may: .officers) { context in
            let all = try await office.store.read { session in (try FillInStore.all(session), try office.government(session)) }
            return .page(FillInPages.list(all.0, fields: fields(office, all.1, context), office.regions, seal: context.formSeal()))
        }
        table.post("/fill-ins", may: .programmeOffice) { try await issue(office, $0, $1) }
        table.get("/fill-ins/{fill-in}", may: .officers) { context in
            let id: ID<FillIn> = try context.id("fill-in")
            let (fillIn, towns) = try await office.store.read { session in
                let fillIn = try FillInStore.one(id, session)
                return (fillIn, try FillInStore.towns(fillIn, session))
            }
            return .page(FillInPages.one(fillIn, towns, office.regions))
        }
        table.get("/fill-ins/{fill-in}/towns/{town}", may: .officers) { try await download(office, $0) }
        return table
    }

    private static func fields(_ office: Office, _ government: Region?, _ context: WebContext) -> [FormField] {
        FillInPages.fields(region: government.map { office.regions.unmistakable($0.id.number) }, year: context.clock.today.year - 1)
    }

    private static func issue(_ office: Office, _ context: WebContext, _ body: FormBody) async throws -> Reply {
        let government = try await office.store.read { try office.government($0) }
        var reading = FormReading(body)
        let title = reading.text("title", atMost: 100)
        let year = reading.number("year", in: 1949...2100)
        let asked = body.all("fields").compactMap(FillInField.init(rawValue:))
        if asked.isEmpty { reading.refuse("fields", EnterpriseWords.noFields) }
        var region: Int64?
        if let text = reading.optionalText("region", atMost: 40) {
            do { region = try office.regions.find(text).id.number } catch {
                reading.refuse("region", Word((error as? Failure)?.message ?? EnterpriseWords.notRegion.chinese))
            }
        }
        guard reading.isGood, let year else {
            let all = try await office.store.read { try FillInStore.all($0) }
            return .formAgain(
                FillInPages.list(all, fields: reading.marked(fields(office, government, context)), office.regions, seal: context.formSeal())
            )
        }
        let id = try await IssueFillIn.run(
            title: title, region: region, year: year, fields: asked, request: try reading.requestID(), office: office, actor: context.actor)
        return .seeOther(Address("fill-ins", id))
    }

    private static func download(_ office: Office, _ context: WebContext) async throws -> Reply {
        let id: ID<FillIn> = try context.id("fill-in")
        let town = try context.parameter("town")
        let region = Int64(town)
        let (fillIn, firms) = try await office.store.read { session in
            let fillIn = try FillInStore.one(id, session)
            return (fillIn, try FillInStore.firms(fillIn, region: region, session))
        }
        let book = FillInWorkbook(fillIn, town: region.flatMap(office.regions.name))
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-\(UUID().uuidString).xlsx")
        try await context.onWorkerThread { try book.write(firms, to: file.path) }
        return .download(Download(name: book.name, kind: .xlsx, file: file, removeAfterwards: true))
    }
}
