import Hummingbird
import Spreadsheets
import Values
package import WebSupport

/// The addresses of the desk, the targets and their figures.
package enum TargetRoutes {
    package static func table(_ office: TargetOffice) -> RouteTable {
        var table = RouteTable()
        table.get("/", may: TargetRights.desk) { context in .page(try await office.deskPage(reader(context))) }
        table.get("/targets", may: TargetRights.read) { context in .page(try await office.listPage(reader(context))) }
        table.get("/targets/released", may: TargetRights.read) { context in .page(try await office.releasedPage()) }
        table.get("/targets/waiting", may: TargetRights.state) { context in
            .page(try await office.waitingPage(reader(context), seal: seal(context, TargetRights.release)))
        }
        table.get("/targets/{programme}/{target}", may: TargetRights.read) { context in
            let (programme, target) = try names(context)
            return .page(try await office.detailPage(programme, target, reader(context), seals: seals(context)))
        }
        table.get("/targets/{programme}/{target}/rows", may: TargetRights.readRows) { context in
            let (programme, target) = try names(context)
            return .download(try await RowsDownload.csv(office, programme, target, reader(context)))
        }
        add(recording: office, to: &table)
        return table
    }

    private static func add(recording office: TargetOffice, to table: inout RouteTable) {
        table.post("/targets/{programme}/{target}/figures", may: TargetRights.state) { context, form in
            let (programme, name) = try names(context)
            let target = try await office.target(programme, name)
            var reading = FormReading(form)
            guard let draft = FigureForm.draft(&reading, programme: programme, target: target) else {
                let fields = reading.marked(FigureForm.fields(target))
                return .formAgain(try await office.detailPage(programme, name, reader(context), seals: seals(context), fields: fields))
            }
            _ = try await RecordFigure(draft).perform(
                on: office.store, by: context.actor, request: reading.requestID(), programmes: office.programmes)
            return .seeOther(Address("targets", programme, name).at("figures"))
        }
        table.post("/targets/{programme}/{target}/own", may: TargetRights.state) { context, form in
            let (programme, name) = try names(context)
            _ = try await SubmitOwnFigure(programme: programme, target: name).perform(
                on: office.store, by: context.actor, request: FormReading(form).requestID(), programmes: office.programmes,
                catalogue: office.catalogue, regions: office.regions)
            return .seeOther(Address("targets", programme, name).at("figures"))
        }
        table.post("/figures/{figure}/review", may: TargetRights.release) { context, form in
            try await ReviewFigure(context.id("figure")).perform(
                on: office.store, by: context.actor, request: FormReading(form).requestID())
            return .seeOther(back(form))
        }
        table.post("/figures/{figure}/release", may: TargetRights.release) { context, form in
            try await ReleaseFigure(context.id("figure")).perform(
                on: office.store, by: context.actor, request: FormReading(form).requestID(), catalogue: office.catalogue,
                regions: office.regions)
            return .seeOther(back(form))
        }
    }

    private static func names(_ context: WebContext) throws -> (String, String) {
        (try context.parameter("programme"), try context.parameter("target"))
    }

    private static func reader(_ context: WebContext) throws -> TargetOffice.Reader {
        TargetOffice.Reader(context.actor, on: try context.day("on"), known: try context.known())
    }

    /// Only those who may do a thing get a form for it.
    private static func seal(_ context: WebContext, _ right: Right) -> FormSeal? {
        right.isHeld(by: context.actor) ? context.formSeal() : nil
    }

    private static func seals(_ context: WebContext) throws -> FigureSeals {
        let duty = DutyTable.target(try context.parameter("programme"), try context.parameter("target"))
        let mayState = context.actor.answers(for: duty)
        return FigureSeals(
            stating: mayState ? seal(context, TargetRights.state) : nil, releasing: seal(context, TargetRights.release),
            statedBy: mayState ? nil : context.actor.owners(of: duty))
    }

    private static func back(_ form: FormBody) -> Address { Address(returnedBy: form.text("back")) ?? Address("targets", "waiting") }
}

/// The rows behind a target's value as a file, read page by page at one journal position.
enum RowsDownload {
    static func csv(_ office: TargetOffice, _ programme: String, _ target: String, _ reader: TargetOffice.Reader) async throws -> Download {
        let first = try await office.rows(programme, target, reader, after: 0, limit: 1000)
        return Download(name: "\(programme)-\(target).csv", kind: .csv) { writer in
            try await writer.write(bytes: CsvText.byteOrderMark)
            var page = first
            try await writer.write(bytes: line((page?.headings ?? []).map(\.chinese)))
            while let present = page {
                for row in present.rows { try await writer.write(bytes: line(row)) }
                guard let next = present.next else { break }
                page = try await office.rows(programme, target, reader, after: next, limit: 1000)
            }
        }
    }

    private static func line(_ texts: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        CsvText.append(texts.map { .text($0) }, to: &bytes)
        return bytes
    }
}
