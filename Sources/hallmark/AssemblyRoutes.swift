import Accounts
import Enterprises
import Evidence
import Foundation
import Imports
import Interface
import Jobs
import Logging
import Panels
import Places
import Policy
import Programmes
import Published
import Questions
import Returns
import SpotChecks
import Storage
import Targets
import Values
import WebSupport

extension Assembly {
    /// All addresses of the program but those of accounts.
    ///
    /// - Parameters:
    ///   - perMinute: requests that one caller of the interface may send in a minute.
    ///   - hasOpenPages: whether there are pages for the public.
    func routes(
        uploads: URL, tokens: TokenOffice, mayIssueTokens: Bool = true, perMinute: Int = RequestAllowance.usual,
        hasOpenPages: Bool = false, measurements: PrometheusText = PrometheusText()
    ) -> RouteTable {
        var table = businessRoutes(uploads: uploads)
        table.add(
            OperationTable.routes(InterfaceDesk(office: office, catalogue: catalogue, programmes: desk, perMinute: perMinute)))
        table.add(InterfacePages.table(perMinute: perMinute))
        table.add(TokenRoutes.table(tokens, mayIssue: mayIssueTokens))
        if hasOpenPages {
            table.add(PublicRoutes.table(PublicSite(store: self.store, programmes: desk)))
            table.add(OpenListRoutes.table(office))
        }
        let store = store
        table.add(HealthRoutes.table(store: store) { measurements.text(gauges: await ServerGauges.read(store) + JobGauges.read(store)) })
        return table
    }

    private func businessRoutes(uploads: URL) -> RouteTable {
        var table = RouteTable()
        table.add(QuestionRoutes.table(office, catalogue: catalogue, names: Self.recordNames))
        table.add(JournalRoutes.table(office, names: Self.recordNames))
        table.add(
            ImportRoutes.table(
                ImportSite(store: store, run: importing, folder: uploads, uses: Self.originalUses, destination: Self.destination)))
        table.add(
            EnterpriseRoutes.table(
                office, sections: [ClassDossierSection(desk), DossierResults(office.regions)],
                moving: DossierTable.spotChecks + DossierTable.classes,
                isUser: { account, session in try PersonStore.person(account: account, session)?.role == .enterprise }))
        table.add(SpotCheckRoutes.table(office))
        table.add(ProgrammeRoutes.table(desk))
        table.add(
            TargetRoutes.table(
                TargetOffice(store: store, catalogue: catalogue, regions: office.regions, programmes: desk, desk: deskParts)))
        table.add(ReturnsRoutes.table(returns))
        table.add(PanelRoutes.table(store, programmes: desk))
        return table
    }

    /// Everything that may use a kept file; what is not asked here could be erased although it is needed.
    static let originalUses: [OriginalUse.Finder] = [
        ImportRecordStore.uses, SpotCheckStore.uses, AdoptionStore.uses, BoundaryStore.uses, FormStore.uses,
    ]

    /// The names of records outside the registers that rows point to.
    static let recordNames = RecordNames([
        "publication": .init(.publication) { numbers, position, session in try SpotCheckStore.titles(of: numbers, at: position, session) }
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
    func configuration(
        host: String, port: Int, logger: Logger, door: Door, rights: [String: Right], neighbours: [Neighbour] = []
    ) -> WebConfiguration {
        var configuration = WebConfiguration(
            publicFolder: office.root.appendingPathComponent("public"), uploadFolder: UploadFolder.of(port: port), clock: office.clock,
            logger: logger,
            doorkeeper: door.doorkeeper, frame: { context in try await frame(context, door, rights, neighbours) })
        configuration.host = host
        configuration.port = port
        configuration.hasOpenPages = rights["/published"] != nil
        configuration.home = { actor in Navigation.home(of: actor, rights) }
        configuration.noteReading = { [readings] context in
            readings.note(
                SeenPage(
                    time: Clock.system.now(), actor: context.actor, page: context.address.description, purpose: context.query["purpose"]))
        }
        return configuration
    }

    /// What stands around every page: what the visitor may open, with the counts that are known without asking twice. A stranger is told
    /// nothing of the store.
    private func frame(_ context: WebContext, _ door: Door, _ rights: [String: Right], _ neighbours: [Neighbour]) async throws -> Frame {
        if context.isOpenPage { return try await openFrame(door) }
        let (on, known, actor) = (try context.on(), context.query["known"], context.actor)
        guard context.isAdmitted else {
            var frame = Frame(navigation: [], programmes: [], on: on, actor: context.visitorName.map { Word(name: $0) } ?? Self.stranger)
            frame.entrance = context.visitorName == nil ? Address("sign-in") : nil
            frame.account = context.account == nil ? nil : Address("account")
            frame.open = context.hasOpenPages ? Address("published") : nil
            return frame
        }
        let path = context.address.pathText
        let state = try await store.read { session in try frameState(session, actor) }
        var programmes: [ProgrammeChoice] = []
        if rights["/programmes"]?.isHeld(by: actor) == true {
            programmes = state.programmes.map { programme in
                let isCurrent = state.programmes.count == 1 || path.contains(programme.id)
                return ProgrammeChoice(programme.title, Address("programmes", programme.id), isCurrent: isCurrent)
            }
            for neighbour in neighbours { programmes += try await neighbour.choices() }
        }
        let office =
            state.government.map { Word($0 + actor.role.title.chinese, $0 + " " + actor.role.title.text(.english)) } ?? actor.role.title
        var frame = Frame(
            navigation: Navigation.groups(state, actor, rights), programmes: programmes, on: on, known: known,
            actor: context.visitorName.map { Word(name: $0) } ?? office,
            search: rights["/enterprises"]?.isHeld(by: actor) == true ? Address("enterprises") : nil)
        frame.account = context.account == nil ? nil : Address("account")
        frame.demonstration = door.demonstration(context)
        return frame
    }

    /// What stands around the pages for the public: whose they are, the three things to read, the way in for staff.
    private func openFrame(_ door: Door) async throws -> Frame {
        let government = try await store.read { session in try frameState(session).government }
        let items = [
            NavigationItem(Word("首页", "Home"), Address("published")),
            NavigationItem(Word("已发布的数", "Figures"), Address("published", "figures")),
            NavigationItem(Word("抽查名单", "Lists"), Address("published", "lists")),
        ]
        let owner = government.map { Word($0 + Role.programmeOffice.title.chinese, $0 + " " + Role.programmeOffice.title.text(.english)) }
        var frame = Frame(
            navigation: [NavigationGroup(nil, items)], programmes: [], on: office.clock.today, actor: owner ?? Role.programmeOffice.title)
        frame.entrance = if case .accounts = door { Address("sign-in") } else { Address() }
        return frame
    }

    private static let stranger = Word("未登录", "not signed in")
}
