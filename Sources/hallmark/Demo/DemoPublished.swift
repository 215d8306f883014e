import Enterprises
import Policy
import Programmes
import SpotChecks
import Storage
import Targets
import Values

/// Gives the demonstration something to read for the public: the figures that compute are released, the latest lists are opened.
struct DemoPublished {
    private let assembly: Assembly
    /// Lists that are opened; the others stay the office's own.
    private static let opened = 6

    init(_ assembly: Assembly) { self.assembly = assembly }

    func make() async throws {
        for folder in try await assembly.store.read({ try assembly.desk.adopted($0) }) {
            for target in folder.programme.targets { try await release(target.id, of: folder.programme.id) }
        }
        let lists = try await assembly.store.read { try SpotCheckStore.list(before: .max, limit: 4 * Self.opened, $0) }
        for list in lists.filter({ $0.publication.kind == .results }).prefix(Self.opened) {
            try await OpenList.open(
                list.id, source: "演示：编造的公告第\(list.id)号", showsSampled: false, office: assembly.office, actor: .local,
                request: "demo-open-\(list.id)")
        }
    }

    /// Puts a target's own figure forward, reviews it and releases it; one that does not compute yet has none.
    private func release(_ target: String, of programme: String) async throws {
        let request = "demo-figure-\(programme)-\(target)"
        let figure: ID<TargetFigure>
        do {
            figure = try await SubmitOwnFigure(programme: programme, target: target).perform(
                on: assembly.store, by: .local, request: request, programmes: assembly.desk, catalogue: assembly.catalogue,
                regions: assembly.office.regions)
        } catch let failure as Failure where failure.code == "figure.not-computed" {
            return
        }
        try await ReviewFigure(figure).perform(on: assembly.store, by: .local, request: request + "-review")
        try await ReleaseFigure(figure).perform(
            on: assembly.store, by: .local, request: request + "-release", catalogue: assembly.catalogue, regions: assembly.office.regions)
    }
}
