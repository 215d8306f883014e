package import Enterprises
package import Evidence
package import Programmes
import Questions
import Storage
import Values
import WebSupport

/// What the operations work with: the same store, questions, regions and programmes as the pages.
package struct InterfaceDesk: Sendable {
    package let office: Office
    package let catalogue: FactCatalogue
    package let programmes: ProgrammeDesk
    let jobs: QuestionJobs
    let allowance: RequestAllowance

    /// - Parameter perMinute: requests of one caller in a minute.
    package init(office: Office, catalogue: FactCatalogue, programmes: ProgrammeDesk, perMinute: Int = RequestAllowance.usual) {
        self.office = office
        self.catalogue = catalogue
        self.programmes = programmes
        jobs = QuestionJobs(office.store, atOnce: 1)
        allowance = RequestAllowance(perMinute: perMinute)
    }

    var text: QuestionText { QuestionText(catalogue: catalogue, regions: office.regions) }

    func asking(_ actor: Actor) -> Asking { Asking(catalogue: catalogue, viewer: Viewer(actor), regions: office.regions) }
}
