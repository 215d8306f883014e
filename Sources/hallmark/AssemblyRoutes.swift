import Enterprises
import Evidence
import Foundation
import Imports
import Logging
import Places
import Policy
import Programmes
import Questions
import Returns
import SpotChecks
import Storage
import Targets
import Values
import WebSupport

extension Assembly {
    /// All addresses of the program.
    func routes(uploads: URL) -> RouteTable {
        var table = RouteTable()
        table.add(QuestionRoutes.table(office, catalogue: catalogue, names: Self.recordNames))
        table.add(JournalRoutes.table(office, names: Self.recordNames))
        table.add(
            ImportRoutes.table(
                ImportSite(store: store, run: importing, folder: uploads, uses: Self.originalUses, destination: Self.destination)))
        table.add(
            EnterpriseRoutes.table(
                office, sections: [ClassDossierSection(desk), DossierResults(office.regions)],
                moving: DossierTable.spotChecks + DossierTable.classes))
        table.add(SpotCheckRoutes.table(office))
        table.add(ProgrammeRoutes.table(desk))
        table.add(
            TargetRoutes.table(
                TargetOffice(store: store, catalogue: catalogue, regions: office.regions, programmes: desk, desk: deskParts)))
        table.add(ReturnsRoutes.table(returns))
        return table
    }

    /// Everything that may use a kept file; what is not asked here could be erased although it is needed.
    static let originalUses: [OriginalUse.Finder] = [
        ImportRecordStore.uses, SpotCheckStore.uses, AdoptionStore.uses, BoundaryStore.uses, FormStore.uses,
    ]

    /// The names of records outside the registers that rows point to.
    static let recordNames = RecordNames([
        "publication": { numbers, position, session in try SpotCheckStore.titles(of: numbers, at: position, session) }
    ])

    /// Where the records of a commit can be seen: its publication, where it wrote exactly one.
    private static let destination: ImportSite.Destination = { kind, position, session in
        guard kind != .enterprises else { return Link(Word("企业档案", "Enterprises"), Address("enterprises"), look: .primary) }
        let found = try SpotCheckStore.publications(importedAt: position, session)
        guard let first = found.first else { return nil }
        let address = found.count == 1 ? Address("publications", first) : Address("listings", position)
        return Link(Word("看本辖区上榜", "Our firms on the list"), address, look: .primary)
    }

    /// How the server is set up.
    func configuration(host: String, port: Int, logger: Logger, neighbours: [Neighbour] = []) -> WebConfiguration {
        var configuration = WebConfiguration(
            publicFolder: office.root.appendingPathComponent("public"), uploadFolder: UploadFolder.of(port: port), clock: office.clock, logger: logger,
            frame: { context in try await frame(context, neighbours) })
        configuration.host = host
        configuration.port = port
        return configuration
    }

    /// What stands around every page: the same navigation everywhere, with the counts that are known without asking twice.
    private func frame(_ context: WebContext, _ neighbours: [Neighbour]) async throws -> Frame {
        let path = context.address.pathText
        let state = try await store.read { session in try frameState(session) }
        var programmes = state.programmes.map { programme in
            let isCurrent = state.programmes.count == 1 || path.contains(programme.id)
            return ProgrammeChoice(programme.title, Address("programmes", programme.id), isCurrent: isCurrent)
        }
        for neighbour in neighbours { programmes += try await neighbour.choices() }
        return Frame(
            navigation: Navigation.groups(state), programmes: programmes,
            on: try context.on(), known: context.query["known"],
            actor: state.government.map { Word($0 + "质强办", $0 + " programme office") } ?? Word("质强办", "Programme office"),
            search: Address("enterprises"))
    }
}
