import Policy
import Programmes
import Storage
import WebSupport

/// Another government's store that the same process serves on another port: one store is one government.
struct Neighbour: Sendable {
    let assembly: Assembly
    let host: String
    let port: Int

    /// Its programmes for the switch in the top bar.
    func choices() async throws -> [ProgrammeChoice] {
        guard let address = ExternalAddress("http://\(host):\(port)/") else { return [] }
        let titles = try await assembly.store.read { try assembly.frameState($0).programmes.map(\.title) }
        return titles.map { ProgrammeChoice($0, elsewhere: address) }
    }
}
