import Foundation
import TestSupport
import Testing
import Values

/// Every address of the running program, asked by every role.
@Suite("rights", .blocking, .serialized)
struct RightsJourneyTests {
    private struct Route: Decodable {
        let method: String
        let path: String
        let right: String
        let everything: [String]
        let ownTown: [String]
        let ofDuty: [String]
        let accounts: Bool
    }

    @Test("docs/rights.md says what the program does: no address and no right is missing, and none is left over")
    func document() throws {
        let said = try HallmarkCommand.run(["rights", "--markdown"])
        #expect(said.code == 0, "\(said.errors)")
        #expect(try String(contentsOf: ProjectFiles.url("docs/rights.md"), encoding: .utf8) == said.output)
    }

    @Test("each role is let in by each address exactly as the table says")
    func walk() async throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try HallmarkCommand.run(["demo", folder.path, "--only", "longwan-2006", "--enterprises", "20", "--results", "40"])
        #expect(made.code == 0, "\(made.errors)")
        let routes = try JSONDecoder().decode([Route].self, from: Data(try HallmarkCommand.run(["rights", "--json"]).output.utf8))
        #expect(routes.count > 100)
        let server = try #require(try HallmarkServer(store: folder.appendingPathComponent("longwan-2006.sqlite")))
        defer { server.stop() }
        let people = try await people(server)
        try await tryAccounts(server, try #require(people.first { $0.role == "administrator" }?.session))
        #expect(
            people.count == Role.allCases.count - 2, "each role but the public's and other systems' is among the demonstration's people")
        for (role, session) in people {
            // Addresses of one's own account are not served with demonstration accounts.
            for route in routes where !route.accounts && !["web.anyone", "interface.manage-tokens"].contains(route.right) {
                let may =
                    route.everything.contains(role) || (route.ownTown.contains(role) && role == "town-officer")
                    || (route.ofDuty.contains(role) && Self.firstDepartment.contains(route.right))
                let path = route.path.replacing(/\{[^}]*\}/, with: "7")
                guard path != "/" else { continue }
                let answer = try await server.ask(route.method, path, session: session)
                let isRefused = answer.status == 403 && answer.text.contains("access.role")
                #expect(isRefused == !may, "\(role): \(route.method) \(path) → \(answer.status)")
                #expect(answer.status != 500, "\(role): \(route.method) \(path)")
            }
        }
    }

    /// In a demonstration accounts stay as they are, and the page says so; organisations may be tried.
    private func tryAccounts(_ server: HallmarkServer, _ session: String) async throws {
        func send(_ path: String, from page: String, _ fields: String) async throws -> (status: Int, text: String) {
            let form = try await server.ask("GET", page, session: session).text
            let token = try #require(form.firstMatch(of: /name="_token" value="([^"]*)"/)?.output.1)
            let request = try #require(form.firstMatch(of: /name="_request" value="([^"]*)"/)?.output.1)
            let answer = try await server.ask("POST", path, session: session, body: "_token=\(token)&_request=\(request)&\(fields)")
            return (answer.status, answer.text)
        }
        let account = try await send("/accounts", from: "/accounts/new", "account=li&name=Li&role=leader")
        #expect(account.status == 403 && account.text.contains("示范时账号只能看"), "\(account.status)")
        let founded = try await send("/organisations", from: "/organisations/new", "kind=district&name=Demo&from=2006-01-01")
        #expect(founded.status == 200 && founded.text.contains(">Demo<"), "\(founded.status)")
    }

    /// What the first department of the file answers for.
    private static let firstDepartment: Set<String> = ["spotchecks.work-lists", "targets.state"]

    /// A session for each role, chosen in the bar as a person does.
    private func people(_ server: HallmarkServer) async throws -> [(role: String, session: String)] {
        var found: [(String, String)] = []
        let roles = [
            "programme-office", "department-officer", "spot-check-officer", "assessor", "leader", "auditor", "administrator", "enterprise",
            "town-officer",
        ]
        for (index, role) in roles.enumerated() {
            let session = String(repeating: String(index), count: 64)
            let page = try await server.ask("GET", "/targets", session: session, body: "")
            #expect(page.text.contains("示范账号"))
            let token = try #require(page.text.firstMatch(of: /name="_token" value="([^"]*)"/)?.output.1)
            let chosen = try await server.ask(
                "POST", "/demonstration", session: session,
                body: "_token=\(token)&_request=\(String(repeating: "a", count: 32))&person=\(index)")
            #expect(chosen.status < 400 || chosen.text.contains("access.role"), "\(role): \(chosen.status)")
            found.append((role, session))
        }
        return found
    }
}
