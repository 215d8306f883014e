import Foundation
package import Values

/// A clock that a test sets and moves; it stands until it is moved.
package final class TestClock: Sendable {
    private let lock = NSLock()
    nonisolated(unsafe) private var moment: Moment

    /// Starts at noon (Shanghai) of a day.
    package init(_ day: String = "2026-03-02") {
        moment = Clock.noon(Day(day) ?? Day(number: 0)).now()
    }

    package var clock: Clock { Clock { self.lock.withLock { self.moment } } }

    package func move(days: Int = 0, milliseconds: Int64 = 0) {
        lock.withLock { moment = Moment(milliseconds: moment.milliseconds + Int64(days) * 86_400_000 + milliseconds) }
    }
}
