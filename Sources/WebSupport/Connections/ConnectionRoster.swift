import NIOCore
import Synchronization

/// All connections of a server, and since when each one's client is being waited for.
///
/// Where there are as many as there may be, a new connection takes the place of the client who has kept the server waiting longest: whoever holds
/// connections open without asking anything loses them first, and nobody who is being answered does.
final class ConnectionRoster: Sendable {
    /// What becomes of a new connection.
    enum Admission {
        case admitted
        /// This other one has to go.
        case instead(of: any Channel)
        /// Everybody is being answered: no place.
        case refused
    }

    private struct Place {
        let channel: any Channel
        var waitingSince: ContinuousClock.Instant?
    }

    private let limit: Int
    private let places = Mutex<[ObjectIdentifier: Place]>([:])

    init(limit: Int) { self.limit = limit }

    func enter(_ channel: any Channel, at now: ContinuousClock.Instant) -> Admission {
        places.withLock { places in
            var answer = Admission.admitted
            if places.count >= limit {
                let waited = places.compactMap { key, place in place.waitingSince.map { (key, $0) } }
                guard let (key, _) = waited.min(by: { $0.1 < $1.1 }), let gone = places.removeValue(forKey: key) else { return .refused }
                answer = .instead(of: gone.channel)
            }
            places[ObjectIdentifier(channel)] = Place(channel: channel, waitingSince: now)
            return answer
        }
    }

    func note(_ channel: any Channel, waitingSince: ContinuousClock.Instant?) {
        places.withLock { $0[ObjectIdentifier(channel)]?.waitingSince = waitingSince }
    }

    func leave(_ channel: any Channel) {
        places.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    var count: Int { places.withLock { $0.count } }

    /// Whether the client at a port of this machine is connected.
    func has(clientAt port: Int) -> Bool { places.withLock { $0.values.contains { $0.channel.remoteAddress?.port == port } } }
}
