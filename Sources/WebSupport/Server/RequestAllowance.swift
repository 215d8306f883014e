import Synchronization
import Values

/// How many requests one caller may send: so many in a minute, a burst of as many (429 beyond). Each process counts for itself.
package final class RequestAllowance: Sendable {
    package static let usual = 600

    private struct Bucket {
        var left: Double
        var filledAt: ContinuousClock.Instant
    }

    private let perMinute: Double
    private let buckets = Mutex<[String: Bucket]>([:])
    private static let mostCallers = 10_000

    package init(perMinute: Int) { self.perMinute = Double(perMinute) }

    /// - Throws: `request.too-many`.
    package func take(_ caller: String, now: ContinuousClock.Instant = .now) throws {
        let perMinute = perMinute
        let isAllowed = buckets.withLock { buckets in
            if buckets.count >= Self.mostCallers { buckets.removeAll() }
            var bucket = buckets[caller] ?? Bucket(left: perMinute, filledAt: now)
            let seconds = (now - bucket.filledAt) / .seconds(1)
            bucket.left = min(perMinute, bucket.left + seconds * perMinute / 60)
            bucket.filledAt = now
            let isAllowed = bucket.left >= 1
            if isAllowed { bucket.left -= 1 }
            buckets[caller] = bucket
            return isAllowed
        }
        guard isAllowed else {
            throw Failure(.refused, Failure.tooManyCode, "请求太多：一分钟最多 \(Int(perMinute)) 次", cure: "等到回答头 Retry-After 说的秒数以后再请求")
        }
    }
}
