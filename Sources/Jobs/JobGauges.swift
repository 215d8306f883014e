package import Storage

/// Long work of all processes on a store, for those who watch the machine: how much is being done, and how much waits for its turn.
package enum JobGauges {
    /// Nothing where the store does not answer; that is told by `/ready`.
    package static func read(_ store: Store) async -> [(name: String, value: Double)] {
        guard let open = try? await store.read({ try JobStore.countOpen($0) }) else { return [] }
        return [("hallmark_jobs_running", Double(open.running)), ("hallmark_jobs_waiting", Double(open.waiting))]
    }
}
