package import Storage
package import Values

/// Takes a map out of use; what it was stays readable in the journal and the kept file.
package struct WithdrawBoundaries: Sendable {
    package let id: ID<BoundaryMap>

    package init(_ id: ID<BoundaryMap>) { self.id = id }

    /// - Throws: `map.role`, `map.missing`.
    package func perform(on store: Store, by actor: Actor, request: String) async throws {
        guard LoadBoundaries.roles.contains(actor.role) else {
            throw Failure(.refused, "map.role", "您的岗位不能撤下地图边界", cure: "请质强办撤下")
        }
        let id = id
        _ = try await store.actOnce(request: request, "questions.withdraw-map", by: actor) { transaction in
            let map = try BoundaryStore.map(id, transaction.session)
            transaction.subject = "map/\(id)"
            transaction.detail = ["title": map.title, "file": map.file]
            for number in try BoundaryStore.numbers(of: id, transaction.session) { try transaction.close(.boundary, id: number) }
            try transaction.close(.boundaryMap, id: id.number)
            return ""
        }
    }
}
