package import Storage
package import Values
package import WebSupport

/// The tabs of a dossier.
package enum DossierTab: String, Sendable, CaseIterable {
    case overview
    case accounts
    case products
    case holdings
    case history
}

/// What another slice adds to a dossier: its class and why, its spot-check results.
package protocol DossierSection: Sendable {
    /// The tab on which the contribution stands.
    var tab: DossierTab { get }

    /// Read in the same snapshot as the dossier; nil where there is nothing to say.
    func contribution(_ reading: DossierReading, _ session: any Storage.Session) throws -> DossierContribution?
}

/// What a page of a dossier is about, and who reads it.
package struct DossierReading: Sendable {
    package let dossier: Dossier
    /// The day the page is about.
    package let day: Day
    /// What the store knew then; nil for now.
    package let position: Int64?
    package let actor: Actor
    /// Whether the firm itself reads: nothing links to what only the office opens.
    package let isOwn: Bool

    package init(dossier: Dossier, day: Day, position: Int64?, actor: Actor, isOwn: Bool = false) {
        self.dossier = dossier
        self.day = day
        self.position = position
        self.actor = actor
        self.isOwn = isOwn
    }
}

/// A sheet for a dossier's page, with what stands in its head.
package struct DossierContribution: Sendable {
    /// Beside the firm's name: the confirmed class.
    package let badge: Badge?
    /// In the strip of figures.
    package let figures: [WebSupport.Figure]
    package let write: @Sendable (inout HTML) -> Void

    package init(badge: Badge? = nil, figures: [WebSupport.Figure] = [], write: @escaping @Sendable (inout HTML) -> Void) {
        self.badge = badge
        self.figures = figures
        self.write = write
    }
}
