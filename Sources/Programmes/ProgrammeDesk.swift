package import Enterprises
package import Evidence
package import Foundation
package import Policy
import Storage
import Values

/// What this slice works with: the store, the questions it may ask, the metrics that rules may name, and what it remembers between requests.
package struct ProgrammeDesk: Sendable {
    package let office: Office
    package let catalogue: FactCatalogue
    package let inputs: RuleInputs
    /// Names of metrics that targets may use besides.
    package let targetMetrics: Set<String>
    let shelf = ProgrammeShelf()

    package init(office: Office, catalogue: FactCatalogue, inputs: RuleInputs = .accounts, targetMetrics: Set<String> = []) {
        self.office = office
        self.catalogue = catalogue
        self.inputs = inputs
        self.targetMetrics = targetMetrics
    }

    /// Every name that a programme file may use for a metric.
    package var knownMetrics: Set<String> { inputs.names.union(catalogue.metricNames).union(targetMetrics) }

    /// Where the programmes stand as files.
    package var directory: URL { office.root.appendingPathComponent("programmes") }

    func asking(_ actor: Actor) -> Asking { Asking(catalogue: catalogue, viewer: Viewer(actor), regions: office.regions) }

    /// The folders on disk, read again only when a file has changed.
    package func folders() throws -> [ProgrammeLibrary.Entry] {
        guard FileManager.default.fileExists(atPath: directory.path) else { return [] }
        return try shelf.entries(of: directory)
    }
}
