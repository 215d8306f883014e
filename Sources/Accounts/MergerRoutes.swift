import Storage
import Values
package import WebSupport

/// Addresses of mergers: `/organisations/merging?from=&into=&day=` shows what follows, `/organisations/merge` does it,
/// `/organisations/{organisation}/take-back-merger` takes it back.
package enum MergerRoutes {
    package static func table(_ office: AccountOffice) -> RouteTable {
        var table = RouteTable()
        table.get("/organisations/merging", may: AccountRights.manage) { context in
            let query = context.query
            let merger = merger(from: query.all("from"), into: query["into"], day: query["day"])
            return .page(try await page(office, context, merger, query: query, fields: merger.map(MergerPages.confirming) ?? []))
        }
        table.post("/organisations/merge", may: AccountRights.manage) { context, form in
            var reading = FormReading(form)
            let merger = merger(from: form.all("from"), into: form.text("into"), day: form.text("day"))
            let reason = reading.text("reason", atMost: 200)
            func again(_ notices: [Notice]) async throws -> Reply {
                let fields = reading.marked(merger.map(MergerPages.confirming) ?? [])
                return .formAgain(try await page(office, context, merger, query: context.query, fields: fields, notices: notices))
            }
            guard let merger, reading.isGood else { return try await again([]) }
            do {
                try await ManageOrganisations(office, by: context.actor).merge(merger, reason: reason, request: reading.requestID())
            } catch let failure as Failure where [.invalid, .conflict].contains(failure.kind) {
                return try await again([SignInPages.notice(failure)])
            }
            return .seeOther(Address("organisations").with("on", merger.day))
        }
        table.post("/organisations/{organisation}/take-back-merger", may: AccountRights.manage) { context, form in
            var reading = FormReading(form)
            let id: ID<Organisation> = try context.id("organisation")
            let why = reading.text("why", atMost: 200)
            func again(_ notices: [Notice]) async throws -> Reply {
                .formAgain(
                    try await OrganisationRoutes.page(
                        office, context, takingBack: reading.marked(MergerPages.takingBack), notices: notices))
            }
            guard reading.isGood else { return try await again([]) }
            do {
                try await ManageOrganisations(office, by: context.actor).takeBackMerger(of: id, reason: why, request: reading.requestID())
            } catch let failure as Failure where [.invalid, .conflict].contains(failure.kind) {
                return try await again([SignInPages.notice(failure)])
            }
            return .seeOther(Address("organisations", id))
        }
        return table
    }

    /// Nil where something was left out or is no number and no day.
    private static func merger(from: [String], into: String?, day: String?) -> Merger? {
        guard let into = into.flatMap({ Int64($0) }), let day = day.flatMap({ Day($0) }) else { return nil }
        return Merger(of: Set(from.compactMap { Int64($0) }.map { ID($0) }), into: ID(into), on: day)
    }

    /// What follows from a merger, or why there can be none with the choice again.
    private static func page(
        _ office: AccountOffice, _ context: WebContext, _ merger: Merger?, query: Query, fields: [FormField], notices: [Notice] = []
    ) async throws -> Page {
        let names = try await ManageAccountRoutes.names(office)
        guard let merger else { return MergerPages.again(names, query: query, notices: [Notice(.caution, MergerWords.incomplete)]) }
        do {
            let (ending, heir) = try merger.checked(in: names.tree)
            let people = try await office.store.read { try PersonStore.all($0) }
            return MergerPages.effect(
                merger, ending, heir, names, people: people, seal: context.formSeal(), fields: fields, notices: notices)
        } catch let failure as Failure {
            return MergerPages.again(names, query: query, notices: notices.isEmpty ? [SignInPages.notice(failure)] : notices)
        }
    }
}
