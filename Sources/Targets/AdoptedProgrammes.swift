package import Policy
package import Storage

/// Where the targets are read from: the programmes that this store has adopted (已采纳), in the order in which they are shown.
package protocol AdoptedProgrammes: Sendable {
    /// What was adopted as known at a position; nil means now.
    func folders(_ session: any Session, known: Int64?) throws -> [ProgrammeFolder]
}

extension AdoptedProgrammes {
    /// What is adopted now.
    func folders(_ session: any Session) throws -> [ProgrammeFolder] { try folders(session, known: nil) }
}

/// Programmes given beforehand, whatever the store has adopted.
package struct GivenProgrammes: AdoptedProgrammes {
    private let given: [ProgrammeFolder]

    package init(_ folders: [ProgrammeFolder]) { given = folders }

    package func folders(_ session: any Session, known: Int64?) throws -> [ProgrammeFolder] { given }
}
