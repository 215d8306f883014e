import Policy
import Storage
package import Values
package import WebSupport

/// Reads what the pages show, each page in one snapshot.
extension TargetOffice {
    /// Who reads, about which day, at what point of the store's knowledge.
    package struct Reader: Sendable {
        package let actor: Actor
        package let on: Day?
        package let known: KnownAt?

        package init(_ actor: Actor, on: Day? = nil, known: KnownAt? = nil) {
            self.actor = actor
            self.on = on
            self.known = known
        }

        func position(_ session: any Storage.Session) throws -> Int64? {
            switch known {
            case .day(let day): try JournalQuery.position(session, endOf: day)
            case .position(let position): position
            case nil: nil
            }
        }
    }

    package func listPage(_ reader: Reader) async throws -> Page {
        try await store.read { session in
            let known = try reader.position(session)
            let board = board(reader.actor, on: reader.on, known: known)
            let groups = try programmes.folders(session, known: known).map { folder in
                TargetPages.Group(
                    id: folder.programme.id, title: folder.programme.title, standings: try board.standings(of: folder, session))
            }
            let waiting = try FigureStore.count(.recorded, session) + FigureStore.count(.reviewed, session)
            return TargetPages.list(groups, waiting: TargetRights.state.isHeld(by: reader.actor) ? waiting : nil)
        }
    }

    package func releasedPage() async throws -> Page {
        try await store.read { session in
            TargetPages.released(
                try programmes.folders(session).map { ($0.programme, try FigureStore.released(of: $0.programme.id, session)) })
        }
    }

    package func waitingPage(_ reader: Reader, seal: FormSeal?) async throws -> Page {
        try await store.read { session in
            var titles: [String: String] = [:]
            for folder in try programmes.folders(session) {
                for target in folder.programme.targets { titles[folder.programme.id + "/" + target.id] = target.title }
            }
            let figures = try FigureStore.waiting(.recorded, session) + FigureStore.waiting(.reviewed, session)
            return TargetPages.waiting(figures, titles: titles, seal: seal)
        }
    }

    /// - Throws: `target.missing`.
    package func detailPage(
        _ programme: String, _ target: String, _ reader: Reader, seals: FigureSeals = FigureSeals(), fields: [FormField]? = nil
    ) async throws -> Page {
        try await store.read { session in
            let (folder, standing, board) = try find(programme, target, reader, session)
            let question = standing.superior?.ours?.question ?? standing.question
            return TargetDetailPage(
                standing: standing, programmeTitle: folder.programme.title,
                rows: try ShownRows.read(question, board.asking, session, limit: 20),
                // What a released figure would be now has not been released.
                published: board.seesReleasedOnly
                    ? [] : try standing.figures.compactMap { try PublishedFigure.read($0, known: board.known, board.asking, session) },
                seals: seals, fields: fields
            ).page
        }
    }

    /// The target itself, for reading a form.
    func target(_ programme: String, _ target: String) async throws -> Target {
        try await store.read { session in
            guard let found = try programmes.folders(session).first(where: { $0.programme.id == programme })?.programme.target(target)
            else {
                throw Self.missing(programme, target)
            }
            return found
        }
    }

    /// One page of the rows behind a target's value.
    func rows(_ programme: String, _ target: String, _ reader: Reader, after: Int64, limit: Int) async throws -> ShownRows? {
        try await store.read { session in
            let (_, standing, board) = try find(programme, target, reader, session)
            return try ShownRows.read(
                standing.superior?.ours?.question ?? standing.question, board.asking, session, after: after, limit: limit)
        }
    }

    package func deskPage(_ reader: Reader) async throws -> Page {
        let today = reader.on ?? store.clock.today
        return try await store.read { session in
            let known = try reader.position(session)
            let board = board(reader.actor, on: reader.on, known: known)
            let folder = try programmes.folders(session, known: known).first
            let standings = try folder.map { try board.standings(of: $0, session) } ?? []
            return DeskPage(
                programme: folder?.programme, standings: Self.first(standings), items: try desk.lines.compactMap { try $0(session) },
                recent: try desk.recent(session), charts: try desk.charts(reader.actor, session), importing: desk.importing, today: today
            ).page
        }
    }

    /// Targets with a number come before those that have no measure; otherwise the order of the text.
    private static func first(_ standings: [Standing]) -> [Standing] {
        let measured = standings.filter { $0.target.kind != .qualitative }
        let others = standings.filter { $0.target.kind == .qualitative }
        return Array((measured + others).prefix(DeskPage.mostTargets))
    }

    private func find(
        _ programme: String, _ target: String, _ reader: Reader, _ session: any Storage.Session
    ) throws -> (ProgrammeFolder, Standing, TargetBoard) {
        let known = try reader.position(session)
        let board = board(reader.actor, on: reader.on, known: known)
        guard let folder = try programmes.folders(session, known: known).first(where: { $0.programme.id == programme }),
            let standing = try board.standing(target, of: folder, session)
        else { throw Self.missing(programme, target) }
        return (folder, standing, board)
    }

    private static func missing(_ programme: String, _ target: String) -> Failure {
        Failure(.missing, "target.missing", "没有目标“\(programme)/\(target)”，或它的方案还没有采纳", cure: "从目标页面进入；方案要先采纳")
    }
}
