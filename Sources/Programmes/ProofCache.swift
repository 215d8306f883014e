import Enterprises
import Foundation
package import Policy
import Storage

extension ProgrammeDesk {
    /// The findings of a programme, proved once for its bytes and the known names, then kept.
    package func findings(_ folder: ProgrammeFolder) async throws -> [PolicyFinding] {
        let names = sha256(Array(knownMetrics.sorted().joined(separator: "\n").utf8))
        let digest = folder.digest
        let kept = try await office.store.read { session in
            try session.row("select findings from proof where digest = \(digest) and names = \(names)")?.optionalText(0)
        }
        if let kept, let findings = try? JSONDecoder().decode([PolicyFinding].self, from: Data(kept.utf8)) { return findings }
        let findings = ProgrammeCheck(folder, knownMetrics: knownMetrics).findings()
        let text = String(decoding: try JSONEncoder().encode(findings), as: UTF8.self)
        _ = try await office.store.note { session in
            try session.run(
                "insert into proof (digest, names, findings) values (\(digest), \(names), \(text)) on conflict (digest, names) do nothing")
        }
        return findings
    }
}
