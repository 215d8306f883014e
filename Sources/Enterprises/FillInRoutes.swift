import Evidence
import Hummingbird
import Imports
import Places
import Storage
import Values
import WebSupport

/// Requests to fill in what is unknown: issue, download one file a town, see who has not returned.
enum FillInRoutes {
    static func table(_ office: Office) -> RouteTable {
        var table = RouteTable()
        table.get("/fill-ins", may: EnterpriseRights.readFillIns) { context in
            let all = try await office.store.read { session in (try FillInStore.all(session), try office.government(session)) }
            let mayIssue = EnterpriseRights.issueFillIns.isHeld(by: context.actor)
            return .page(
                FillInPages.list(
                    all.0, fields: fields(office, all.1, context), office.regions, seal: mayIssue ? context.formSeal() : nil,
                    isWhole: context.actor.region == nil))
        }
        table.post("/fill-ins", may: EnterpriseRights.issueFillIns) { try await issue(office, $0, $1) }
        table.get("/fill-ins/{fill-in}", may: EnterpriseRights.readFillIns) { context in
            let id: ID<FillIn> = try context.id("fill-in")
            let own = try own(office, context)
            let actor = context.actor
            let mayImport = ImportRights.right(.enterprises).isHeld(by: actor)
            let (fillIn, towns, waiting) = try await office.store.read { session in
                let fillIn = try FillInStore.one(id, session)
                let waiting = try FillInAnswerStore.open(to: actor, of: id, office.regions, session).count
                return (fillIn, try FillInStore.towns(fillIn, own: own, session), waiting)
            }
            return .page(FillInPages.one(fillIn, towns, office.regions, waiting: waiting, mayImport: mayImport))
        }
        table.get("/fill-ins/{fill-in}/towns/{town}", may: EnterpriseRights.readFillIns) { try await download(office, $0) }
        return table
    }

    /// The regions of the reader's own town; nil for those who see all.
    private static func own(_ office: Office, _ context: WebContext) throws -> Set<Int64>? {
        try office.regions.entrusted(to: context.actor).map { Set($0) }
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
        let own = try own(office, context)
        if let own, !(region.map(own.contains) ?? false) {
            throw Failure(.missing, "fill-in.unknown", "没有编号为\(id)的补报", cure: "从补报一览打开")
        }
        let (fillIn, firms) = try await office.store.read { session in
            let fillIn = try FillInStore.one(id, session)
            return (fillIn, try FillInStore.firms(fillIn, region: region, own: own, session))
        }
        if let closed = fillIn.fields.compactMap(\.figure).first(where: { !context.actor.sees($0) }) {
            throw Failure(
                .refused, "duty.not-shown", "「\(closed.column.label.chinese)」的单户数归\(context.actor.owners(of: closed.column.rawValue))",
                cure: "请负责的部门或质强办下载")
        }
        let book = FillInWorkbook(fillIn, town: region.flatMap(office.regions.name))
        let file = try context.newFile()
        try await context.onWorkerThread { try book.write(firms, to: file.path) }
        return .download(Download(name: book.name, kind: .xlsx, file: file))
    }
}
