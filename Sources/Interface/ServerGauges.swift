import Foundation
package import Storage

/// What is read off when measurements are asked for: memory, and who waits to write.
package enum ServerGauges {
    package static func read(_ store: Store) async -> [(name: String, value: Double)] {
        [
            ("hallmark_resident_memory_bytes", residentBytes ?? 0), ("hallmark_store_writers_waiting", Double(await store.writersWaiting)),
        ]
    }

    /// The process's own memory as the kernel counts it.
    private static var residentBytes: Double? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        return fields.count > 1 ? Double(fields[1]).map { $0 * Double(sysconf(Int32(_SC_PAGESIZE))) } : nil
    }
}
