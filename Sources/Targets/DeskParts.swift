import Policy
package import Storage
package import Values
package import WebSupport

/// A slice's line on the desk; nil where nothing waits.
package typealias DeskLine = @Sendable (any Storage.Session) throws -> DeskItem?

/// A figure or small chart that somebody put on the desk, with the page it opens.
package struct DeskChart: Sendable {
    package let title: Word
    package let address: Address
    package let content: @Sendable (inout HTML) -> Void

    package init(_ title: Word, _ address: Address, content: @escaping @Sendable (inout HTML) -> Void) {
        self.title = title
        self.address = address
        self.content = content
    }
}

/// What the other slices put on the desk; the wiring collects it.
package struct DeskParts: Sendable {
    package var lines: [DeskLine]
    package var recent: @Sendable (any Storage.Session) throws -> [RecentPublication]
    /// The charts put on the desk, asked with the reader's own scope.
    package var charts: @Sendable (Actor, any Storage.Session) throws -> [DeskChart]
    /// Where a clerk begins an import.
    package var importing: Address

    package init(
        lines: [DeskLine] = [], recent: @escaping @Sendable (any Storage.Session) throws -> [RecentPublication] = { _ in [] },
        charts: @escaping @Sendable (Actor, any Storage.Session) throws -> [DeskChart] = { _, _ in [] },
        importing: Address = Address("imports", "new")
    ) {
        self.lines = lines
        self.recent = recent
        self.charts = charts
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
