package import Enterprises
import Foundation
import Imports
import Places
package import Spreadsheets
import Storage
import Values
package import WebSupport

/// Addresses of published lists, of what they say about a region, and of results.
package enum SpotCheckRoutes {
    package static func table(_ office: Office, reader: ReaderCommand = .own) -> RouteTable {
        var table = RouteTable()
        let kept = KeptListings()
        table.get("/publications", may: SpotCheckRights.readLists) { context in try await publications(office, context) }
        table.get("/results", may: SpotCheckRights.readResults) { context in try await ResultPages.reply(office, context) }
        for (path, source) in sources {
            table.get(path, may: SpotCheckRights.readLists) { context in
                try await page(office, try await source(office, context), kept, context)
            }
            table.get(path + "/brief", may: SpotCheckRights.readLists) { context in
                try await brief(office, try await source(office, context), kept, context)
            }
            table.get(path + "/workbook", may: SpotCheckRights.readLists) { context in
                try await workbook(office, try await source(office, context), kept, "上榜明细", context)
            }
            table.get(path + "/unclear", may: SpotCheckRights.readLists) { context in
                try await workbook(office, try await source(office, context), kept, "待定", context)
            }
            table.post(path + "/accept", may: SpotCheckRights.workLists) { context, form in
                try await accept(office, try await source(office, context), kept, context, form)
            }
            table.post(path + "/settle", may: SpotCheckRights.workLists) { context, form in
                try await settle(office, try await source(office, context), kept, reader, context, form)
            }
            table.post(path + "/decide", may: SpotCheckRights.workLists) { context, form in
                try await decide(office, try await source(office, context), kept, context, form)
            }
            table.post(path + "/link", may: SpotCheckRights.workLists) { context, form in
                let from = try await source(office, context)
                try await LinkResults.run(
                    publications: from.publications, office: office, actor: context.actor, request: try FormReading(form).requestID())
                return .seeOther(from.address())
            }
        }
        table.post("/publications/{publication}/sampling", may: SpotCheckRights.workLists) { context, form in
            try await sampling(office, context, form)
        }
        return table
    }

    private typealias Source = @Sendable (Office, WebContext) async throws -> ListingSource
    private static let sources: [(String, Source)] = [
        ("/publications/{publication}", { try await ListingSource.publication($0, $1) }),
        ("/listings/{position}", { try await ListingSource.position($0, $1) }),
    ]

    private static func publications(_ office: Office, _ context: WebContext) async throws -> Reply {
        let after = context.query["after"].flatMap { Int64($0) } ?? .max
        let rows = try await office.store.read { try SpotCheckStore.list(before: after, limit: 51, $0) }
        return .page(PublicationPages.list(rows, context))
    }

    private static func page(
        _ office: Office, _ source: ListingSource, _ kept: KeptListings, _ context: WebContext
    ) async throws -> Reply {
        let all = source.publications
        let (publication, originals) = try await office.store.read { session in
            let lists = try all.map { try SpotCheckStore.publication($0, session) }
            return (lists[0], try OriginalStore.known(lists.map(\.original), session))
        }
        guard publication.kind == .results else {
            let ids = source.publications
            let rows = try await office.store.read { try SpotCheckStore.followUps(of: ids, $0) }
            return .page(PublicationPages.followUps(publication, originals, rows, context))
        }
        guard source.region != nil else { return .page(ListingPages.chooseRegion(publication, originals, source, context)) }
        let listing = try await source.listing(office, from: kept)
        let position = try await office.store.read { try JournalQuery.head($0).position }
        return .page(ListingPages.page(listing, originals, source, position, context))
    }

    private static func brief(
        _ office: Office, _ source: ListingSource, _ kept: KeptListings, _ context: WebContext
    ) async throws -> Reply {
        let listing = try await source.listing(office, from: kept)
        let document = SpotCheckBrief.document(listing, form: try BriefForm(root: office.root), made: office.clock.now())
        return try file("\(document.title).docx", .docx, context) { try DocumentWriter.write(document, to: $0) }
    }

    private static func workbook(
        _ office: Office, _ source: ListingSource, _ kept: KeptListings, _ name: String, _ context: WebContext
    ) async throws -> Reply {
        let listing = try await source.listing(office, from: kept)
        return try file("\(listing.region.name)\(name).xlsx", .xlsx, context) { path in
            if name == "待定" { try SettlementSheet.write(listing, to: path) } else { try SpotCheckBrief.write(listing, to: path) }
        }
    }

    private static func file(
        _ name: String, _ kind: Download.Kind, _ context: WebContext, _ write: (String) throws -> Void
    ) throws -> Reply {
        let file = try context.newFile()
        try write(file.path)
        return .download(Download(name: name, kind: kind, file: file))
    }

    private static func accept(
        _ office: Office, _ source: ListingSource, _ kept: KeptListings, _ context: WebContext, _ form: FormBody
    ) async throws -> Reply {
        let reading = FormReading(form)
        let listing = try await source.listing(office, from: kept)
        _ = try await AcceptListedCandidates.run(
            publications: source.publications, region: listing.region, office: office, actor: context.actor,
            reason: form.text("reason"), request: try reading.requestID())
        return .seeOther(source.address())
    }

    private static func settle(
        _ office: Office, _ source: ListingSource, _ kept: KeptListings, _ reader: ReaderCommand, _ context: WebContext, _ form: FormBody
    ) async throws -> Reply {
        var reading = FormReading(form)
        let request = try reading.requestID()
        // Rows that are settled are no longer on the sheet of unclear ones: a form sent twice would find them missing.
        guard try await office.store.earlierAnswer(to: request, SettleUnclear.action, by: context.actor) == nil else {
            return .seeOther(source.address())
        }
        let file = reading.file("file")
        let reason = reading.text("reason", atMost: 200)
        let listing = try await source.listing(office, from: kept)
        guard reading.isGood, let file else { return .formAgain(ListingPages.settleAgain(listing, source, reading, [], context)) }
        let workbook = try await OutsideFile.read(file.url.path, name: file.name, reader: reader)
        let read = try await office.store.read { try SettlementSheet.read(workbook, file: file.name, listing: listing, $0) }
        guard read.errors.isEmpty else { return .formAgain(ListingPages.settleAgain(listing, source, reading, read.errors, context)) }
        try await SettleUnclear.run(read.decisions, office: office, actor: context.actor, reason: reason, request: request)
        return .seeOther(source.address())
    }

    private static func decide(
        _ office: Office, _ source: ListingSource, _ kept: KeptListings, _ context: WebContext, _ form: FormBody
    ) async throws -> Reply {
        let request = try FormReading(form).requestID()
        guard try await office.store.earlierAnswer(to: request, SettleUnclear.action, by: context.actor) == nil else {
            return .seeOther(source.address())
        }
        let listing = try await source.listing(office, from: kept)
        guard let row = Int64(form.text("row")), listing.entries(.unclear).contains(where: { $0.id == row }) else {
            throw Failure(.conflict, "settle.row-unknown", "这一行不是现在待定的批次", cure: "刷新页面")
        }
        let region = listing.region.id.number
        let settlement: Settlement
        switch form.text("belongs") {
        case "own": settlement = .inside(region)
        case "other": settlement = .outside(region)
        default: throw Failure(.invalid, "settle.value", "没有说明归属", cure: "点“本辖区”或“外地”")
        }
        try await SettleUnclear.run([(row, settlement)], office: office, actor: context.actor, reason: "页面认定", request: request)
        return .seeOther(source.address())
    }

    private static func sampling(_ office: Office, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        let id: ID<Publication> = try context.id("publication")
        let method = form.text("method").isEmpty ? nil : SamplingMethod(code: form.text("method"))
        let stage = SamplingStage(rawValue: form.text("stage"))
        try await StateSampling.run(
            id.number, method: method, stage: stage, office: office, actor: context.actor, reason: form.text("reason"),
            request: try FormReading(form).requestID())
        return .seeOther(Address("publications", id))
    }
}
