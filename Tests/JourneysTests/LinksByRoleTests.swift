import Foundation
import TestSupport
import Testing
import Values

/// Where a page leads its reader, role by role: nobody is sent to a page that is closed to them.
@Suite("links", .blocking, .serialized)
struct LinksByRoleTests {
    @Test("no page leads its reader to one that is refused, whatever their role")
    func walk() async throws {
        try await AttackSite.open { site in
            for (index, role) in Self.roles.enumerated() {
                let session = String(repeating: String(index), count: 64)
                try site.choose(index, session: session)
                let refused = try Self.refused(site, session)
                #expect(refused.isEmpty, "\(role): \(refused.sorted().prefix(20).joined(separator: "; "))")
            }
        }
    }

    private static let roles = [
        "programme-office", "department-officer", "spot-check-officer", "assessor", "leader", "auditor", "administrator", "enterprise",
        "town-officer",
    ]
    /// Pages of one shape that are looked at: one firm's page is like another's.
    private static let ofOneShape = 3

    /// Links that answer 403, with the page they stand on; one or a few of each shape.
    private static func refused(_ site: AttackSite, _ session: String) throws -> [String] {
        var waiting = [(from: "", to: "/")]
        var shapes: [String: Int] = [:]
        var seen: Set<String> = []
        var refused: [String] = []
        while let (from, address) = waiting.popLast() {
            guard seen.insert(address).inserted else { continue }
            let shape = String(address.prefix { $0 != "?" }).replacing(/[0-9]+/, with: "#")
            shapes[shape, default: 0] += 1
            guard shapes[shape, default: 0] <= ofOneShape else { continue }
            var answer = try site.get(address, session: session)
            if (300..<400).contains(answer.status), let next = answer.header("Location") { answer = try site.get(next, session: session) }
            if answer.status == 403, !from.isEmpty { refused.append("\(from) → \(address)") }
            guard answer.status == 200, answer.header("Content-Type")?.hasPrefix("text/html") == true else { continue }
            for match in answer.text.matches(of: /href="(\/[^"#]*)/) {
                let found = String(match.output.1).replacing("&amp;", with: "&")
                guard !found.hasPrefix("/public/") else { continue }
                waiting.append((address, found))
            }
        }
        return refused
    }
}
