package import Policy
package import Programmes
package import Storage

extension ProgrammeDesk: AdoptedProgrammes {
    /// The programmes in force in this store.
    package func folders(_ session: any Session, known: Int64?) throws -> [ProgrammeFolder] { try adopted(session, at: known) }
}
