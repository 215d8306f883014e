import Hummingbird
import Questions
package import Storage
import Values
package import WebSupport

/// Addresses that machines watch: `/health`, `/ready`, `/metrics`.
package enum HealthRoutes {
    /// - Parameter metrics: the text of all measurements.
    package static func table(store: Store, metrics: @escaping @Sendable () async -> String) -> RouteTable {
        var table = RouteTable()
        table.get("/health", may: .anyone) { _ in .json(JSONValue.object([("status", .text("alive"))]).bytes) }
        table.get("/ready", may: .anyone) { _ in await ready(store) }
        // Where no proxy is declared, nobody but this machine reaches the server; behind one a token must grant it.
        table.get("/metrics", may: .anyone) { context in
            if context.isBehindProxy, !(context.grant != nil && context.may(InterfaceRights.readMetrics)) { throw Right.refusal }
            return .bytes(Array(await metrics().utf8), type: "text/plain; version=0.0.4; charset=utf-8")
        }
        return table
    }

    /// Whether the store answers and has the shape that this program knows.
    private static func ready(_ store: Store) async -> Reply {
        do {
            let head = try await store.checkReadiness()
            return .json(JSONValue.object([("status", .text("ready")), ("position", .integer(head))]).bytes)
        } catch {
            let code = (error as? Failure)?.code ?? "store.unreachable"
            return .json(JSONValue.object([("status", .text("unready")), ("code", .text(code))]).bytes, status: .serviceUnavailable)
        }
    }
}
