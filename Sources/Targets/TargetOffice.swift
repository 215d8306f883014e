package import Evidence
package import Storage
import Values

/// What this slice works with: the store, the questions it may ask, the regions, the adopted programmes, and the desk's lines.
package struct TargetOffice: Sendable {
    package let store: Store
    package let catalogue: FactCatalogue
    package let regions: any RegionScope
    package let programmes: any AdoptedProgrammes
    package let desk: DeskParts
    /// What no counter has is counted once for a journal position, not for every page.
    private let answers = KeptAnswers()

    /// `desk` holds the lines of the other slices; this slice's own are added.
    package init(
        store: Store, catalogue: FactCatalogue, regions: any RegionScope, programmes: any AdoptedProgrammes, desk: DeskParts = DeskParts()
    ) {
        self.store = store
        self.catalogue = catalogue
        self.regions = regions
        self.programmes = programmes
        var desk = desk
        desk.lines += TargetDeskLines.all(programmes)
        self.desk = desk
    }

    func board(_ actor: Actor, on: Day?, known: Int64?) -> TargetBoard {
        TargetBoard(
            catalogue: catalogue, actor: actor, regions: regions, today: store.clock.today, on: on, known: known,
            answers: answers.shelf(of: actor, divisions: regions.lastChange(until: regions.today)))
    }
}
