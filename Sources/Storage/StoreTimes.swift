import Metrics

/// How long the store takes: readings, writings, and waiting for one's turn to write.
enum StoreTimes {
    static let read = timer("read")
    static let write = timer("write")
    static let wait = timer("wait")

    private static func timer(_ kind: String) -> Metrics.Timer {
        Metrics.Timer(label: "hallmark_store_duration_seconds", dimensions: [("kind", kind)])
    }
}

extension Metrics.Timer {
    /// Runs the body and records how long it took, also where it fails.
    func time<Answer: Sendable>(_ body: () async throws -> Answer) async rethrows -> Answer {
        let began = ContinuousClock.now
        defer {
            let took = (ContinuousClock.now - began).components
            recordNanoseconds(took.seconds * 1_000_000_000 + took.attoseconds / 1_000_000_000)
        }
        return try await body()
    }
}
