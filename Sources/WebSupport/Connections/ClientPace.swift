/// How a connection's client keeps the server waiting: what it has sent and taken, and since when nothing came.
///
/// Only time in which the server wanted something counts: a client whose bytes the server does not take is not slow.
struct ClientPace {
    typealias Instant = ContinuousClock.Instant

    private let limits: ConnectionLimits
    private var answered = 0
    /// Requests whose head came and whose answer has not ended.
    private var open = 0
    /// Whether the body of the newest request is still coming.
    private(set) var isBodyComing = false
    private var bodyBytes = 0
    private var bodyWaited = Duration.zero
    /// Since when the next head, bytes of a body, or a reader were waited for.
    private var headSince: Instant?
    private var bodySince: Instant?
    private var readerSince: Instant?

    init(limits: ConnectionLimits, opened now: Instant) {
        self.limits = limits
        headSince = now
    }

    mutating func head() {
        open += 1
        headSince = nil
        isBodyComing = true
        bodyBytes = 0
        bodyWaited = .zero
        bodySince = nil
    }

    /// The server wants to read on.
    mutating func wanted(_ now: Instant) {
        if isBodyComing, bodySince == nil { bodySince = now }
    }

    mutating func body(bytes: Int, _ now: Instant) {
        bodyBytes += bytes
        if let since = bodySince { bodyWaited += now - since }
        bodySince = nil
    }

    mutating func end() {
        isBodyComing = false
        bodySince = nil
    }

    /// Whether the answer that is being written belongs to a request whose body is still coming.
    var isAnswerEarly: Bool { isBodyComing && open == 1 }

    mutating func answerEnded(_ now: Instant) {
        open = max(0, open - 1)
        answered += 1
        if open == 0 { headSince = now }
    }

    mutating func writable(_ isWritable: Bool, _ now: Instant) {
        readerSince = isWritable ? nil : readerSince ?? now
    }

    /// The server itself stood still for so long: nothing of it is the client's.
    mutating func excuse(_ stall: Duration) {
        headSince = headSince.map { $0 + stall }
        bodySince = bodySince.map { $0 + stall }
        readerSince = readerSince.map { $0 + stall }
    }

    /// Since when the client is being waited for; nil while the server works.
    var waitingSince: Instant? { [headSince, bodySince, readerSince].compactMap { $0 }.min() }

    /// Whether the client has kept the server waiting for longer than it may.
    func isOverdue(_ now: Instant) -> Bool {
        if let since = readerSince, now - since >= limits.reader { return true }
        if let since = headSince, now - since >= (answered == 0 ? limits.head : limits.idle) { return true }
        guard isBodyComing else { return false }
        let waited = bodyWaited + (bodySince.map { now - $0 } ?? .zero)
        return waited >= limits.body + .milliseconds(bodyBytes * 1000 / limits.bodyBytesPerSecond)
    }
}
