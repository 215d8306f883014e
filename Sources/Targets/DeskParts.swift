import Policy
package import Storage
import Values
package import WebSupport

/// A slice's line on the desk; nil where nothing waits.
package typealias DeskLine = @Sendable (any Storage.Session) throws -> DeskItem?

/// What the other slices put on the desk; the wiring collects it.
package struct DeskParts: Sendable {
    package var lines: [DeskLine]
    package var recent: @Sendable (any Storage.Session) throws -> [RecentPublication]
    /// Where a clerk begins an import.
    package var importing: Address

    package init(
        lines: [DeskLine] = [], recent: @escaping @Sendable (any Storage.Session) throws -> [RecentPublication] = { _ in [] },
        importing: Address = Address("imports", "new")
    ) {
        self.lines = lines
        self.recent = recent
        self.importing = importing
    }
}

/// The lines that this slice itself puts on the desk.
package enum TargetDeskLines {
    package static func all(_ programmes: any AdoptedProgrammes) -> [DeskLine] {
        [
            { session in
                let count = try FigureStore.count(.recorded, session)
                return count == 0
                    ? nil
                    : DeskItem(
                        TargetWords.reviewFigures, count: count, action: TargetWords.goReview, address: Address("targets", "waiting"))
            },
            { session in
                let count = try FigureStore.count(.reviewed, session)
                return count == 0
                    ? nil
                    : DeskItem(
                        TargetWords.releaseFigures, count: count, action: TargetWords.goRelease, address: Address("targets", "waiting"))
            },
            { session in try unreported(programmes, session) },
        ]
    }

    /// Targets that only a report can answer and that have none, with the earliest date by which they are due.
    private static func unreported(_ programmes: any AdoptedProgrammes, _ session: any Storage.Session) throws -> DeskItem? {
        var count = 0
        var due: Day?
        for folder in try programmes.folders(session) {
            let reported = Set(try FigureStore.figures(of: folder.programme.id, session).map(\.target))
            for target in folder.programme.targets where target.kind != .qualitative && !reported.contains(target.id) {
                switch target.metric {
                case .reported, .open:
                    count += 1
                    if let day = target.due?.value { due = min(due ?? day, day) }
                case .named, .none: break
                }
            }
        }
        return count == 0
            ? nil : DeskItem(TargetWords.reportFigures, count: count, due: due, action: TargetWords.goReport, address: Address("targets"))
    }
}
