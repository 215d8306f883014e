import NIOCore
import NIOEmbedded
import Testing

@testable import WebSupport

/// When a client keeps the server waiting for too long, told on times that are given.
@Suite("a client's pace")
struct ClientPaceTests {
    private let start = ContinuousClock.now
    private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .milliseconds(Int(seconds * 1000)) }
    private func pace() -> ClientPace { ClientPace(limits: ConnectionLimits(), opened: start) }

    @Test("a first head has 20 seconds, however its bytes drip in; a connection between requests has 75")
    func heads() {
        var pace = pace()
        #expect(!pace.isOverdue(at(19.9)))
        #expect(pace.isOverdue(at(20)))
        pace.head()
        pace.end()
        pace.answerEnded(at(10))
        #expect(!pace.isOverdue(at(84.9)))
        #expect(pace.isOverdue(at(85)))
    }

    @Test("a body has 20 seconds of waiting and one more for each kilobyte")
    func bodies() {
        var pace = pace()
        pace.head()
        pace.wanted(at(0))
        #expect(pace.isOverdue(at(20)))
        pace.body(bytes: 10 << 10, at(15))
        pace.wanted(at(15))
        #expect(!pace.isOverdue(at(29.9)), "15 seconds waited of 20 and 10")
        #expect(pace.isOverdue(at(30)))
    }

    @Test("a byte now and then buys nothing")
    func dripping() {
        var pace = pace()
        pace.head()
        for second in 0..<19 {
            pace.wanted(at(Double(second)))
            pace.body(bytes: 1, at(Double(second) + 1))
        }
        pace.wanted(at(19))
        #expect(!pace.isOverdue(at(19.9)))
        #expect(pace.isOverdue(at(20.1)))
    }

    @Test("time in which the server does not want to read, or works, is not the client's")
    func serversOwnTime() {
        var pace = pace()
        pace.head()
        pace.wanted(at(0))
        pace.body(bytes: 1, at(1))
        #expect(pace.waitingSince == nil)
        #expect(!pace.isOverdue(at(500)))
        pace.end()
        #expect(!pace.isOverdue(at(5000)), "the answer takes its time")
        #expect(pace.waitingSince == nil)
    }

    @Test("time in which the server stood still is not the client's")
    func stalls() {
        var pace = pace()
        pace.excuse(.seconds(30))
        #expect(!pace.isOverdue(at(49)) && pace.isOverdue(at(50)))
        pace.head()
        pace.wanted(at(50))
        pace.excuse(.seconds(5))
        #expect(!pace.isOverdue(at(74)) && pace.isOverdue(at(75)))
        pace.writable(false, at(75))
        pace.end()
        pace.excuse(.seconds(100))
        #expect(!pace.isOverdue(at(204)) && pace.isOverdue(at(205)))
    }

    @Test("a reader who takes nothing for half a minute is cut; each time something was taken it begins anew")
    func readers() {
        var pace = pace()
        pace.head()
        pace.end()
        pace.writable(false, at(5))
        pace.writable(false, at(20))
        #expect(!pace.isOverdue(at(34.9)))
        #expect(pace.isOverdue(at(35)))
        pace.writable(true, at(34))
        pace.writable(false, at(34))
        #expect(!pace.isOverdue(at(60)))
    }

    @Test("an answer before the request has ended is early, also where an earlier request was answered")
    func early() {
        var pace = pace()
        pace.head()
        #expect(pace.isAnswerEarly)
        pace.end()
        #expect(!pace.isAnswerEarly)
        pace.answerEnded(at(1))
        pace.head()
        #expect(pace.isAnswerEarly)
    }

    @Test("a new connection takes the place of the one that is waited for longest, never of one that is being answered")
    func places() throws {
        let roster = ConnectionRoster(limit: 3)
        let (first, second, third, fourth, fifth, sixth) = (
            EmbeddedChannel(), EmbeddedChannel(), EmbeddedChannel(), EmbeddedChannel(), EmbeddedChannel(), EmbeddedChannel()
        )
        for (channel, second) in [(first, 1.0), (second, 2), (third, 3)] {
            #expect(Self.gone(roster.enter(channel, at: at(second))) == nil)
        }
        roster.note(first, waitingSince: nil)
        #expect(Self.gone(roster.enter(fourth, at: at(4))) == ObjectIdentifier(second))
        roster.note(third, waitingSince: at(9))
        #expect(Self.gone(roster.enter(fifth, at: at(10))) == ObjectIdentifier(fourth))
        for channel in [third, fifth] { roster.note(channel, waitingSince: nil) }
        guard case .refused = roster.enter(sixth, at: at(11)) else {
            Issue.record("all are being answered")
            return
        }
        roster.leave(first)
        #expect(Self.gone(roster.enter(sixth, at: at(12))) == nil && roster.count == 3)
    }

    private static func gone(_ admission: ConnectionRoster.Admission) -> ObjectIdentifier? {
        guard case .instead(let channel) = admission else { return nil }
        return ObjectIdentifier(channel)
    }
}
