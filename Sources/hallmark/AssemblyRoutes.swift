import Enterprises
import Evidence
import Foundation
import Imports
import Logging
import Places
import Policy
import Programmes
import Questions
import SpotChecks
import Storage
import Targets
import Values
import WebSupport

extension Assembly {
    /// All addresses of the program.
    func routes(uploads: URL) -> RouteTable {
        var table = RouteTable()
        table.add(QuestionRoutes.table(office, catalogue: catalogue))
        table.add(JournalRoutes.table(office))
        table.add(ImportRoutes.table(ImportSite(store: store, run: importing, folder: uploads, destination: Self.destination)))
        table.add(EnterpriseRoutes.table(office))
        table.add(SpotCheckRoutes.table(office))
        table.add(ProgrammeRoutes.table(desk))
        table.add(
            TargetRoutes.table(TargetOffice(store: store, catalogue: catalogue, regions: office.regions, programmes: InForce(desk: desk))))
        return table
    }

    /// The targets' programmes: what the programmes' part says is in force.
    private struct InForce: AdoptedProgrammes {
        let desk: ProgrammeDesk

        func folders(_ session: any Storage.Session, known: Int64?) throws -> [ProgrammeFolder] { try desk.adopted(session, at: known) }
    }

    /// Where the records of a commit can be seen: its publication, where it wrote exactly one.
    private static let destination: ImportSite.Destination = { kind, position, session in
        guard kind != .enterprises else { return nil }
        let found = try session.rows("select id, title from publication where known_from = \(position) order by id limit 2")
        guard found.count == 1, let row = found.first else { return nil }
        return Link(row.text(1), Address("publications", row.integer(0)), look: .primary)
    }

    /// How the server is set up.
    func configuration(host: String, port: Int, logger: Logger) -> WebConfiguration {
        let uploads = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-\(ProcessInfo.processInfo.processIdentifier)")
        var configuration = WebConfiguration(
            publicFolder: office.root.appendingPathComponent("public"), uploadFolder: uploads, clock: office.clock, logger: logger,
            frame: { context in try await frame(context) })
        configuration.host = host
        configuration.port = port
        return configuration
    }

    /// What stands around every page: the same navigation everywhere, with the counts that are known without asking twice.
    private func frame(_ context: WebContext) async throws -> Frame {
        let home = NavigationItem(Word("工作台", "Desk"), Address())
        let programme = [
            NavigationItem(Word("方案", "Programmes"), Address("programmes")), NavigationItem(Word("目标", "Targets"), Address("targets")),
            NavigationItem(Word("数据出入与待明确", "Open points"), Address("discrepancies")),
        ]
        let work = [
            NavigationItem(Word("企业档案", "Enterprises"), Address("enterprises")),
            NavigationItem(Word("监督抽查", "Spot checks"), Address("publications")),
        ]
        let data = [
            NavigationItem(Word("导入", "Import"), Address("imports", "new")),
            NavigationItem(Word("统计查询", "Questions"), Address("questions")),
            NavigationItem(Word("日志", "Journal"), Address("journal")),
        ]
        let name = try await store.read { try office.government($0)?.name }
        return Frame(
            navigation: [
                NavigationGroup(nil, [home]), NavigationGroup(Word("方案", "Programme"), programme),
                NavigationGroup(Word("业务", "Work"), work),
                NavigationGroup(Word("数据", "Data"), data),
            ],
            programmes: [], on: try context.on(), known: context.query["known"],
            actor: name.map { Word($0 + "质强办") } ?? Word("质强办", "Programme office"), search: Address("enterprises"))
    }
}
