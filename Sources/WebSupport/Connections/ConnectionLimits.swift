/// How many clients may be connected, and how long one of them may keep the server waiting.
package struct ConnectionLimits: Sendable {
    /// Connections at a time; a further one takes the place of the one that has kept the server waiting longest.
    package var connections = 2000
    /// From the connection's opening until its first request's head is whole.
    package var head = Duration.seconds(20)
    /// From an answer until the next request's head is whole; longer than a proxy keeps its connections (nginx: 60 seconds).
    package var idle = Duration.seconds(75)
    /// What a body may keep the server waiting in all, beside what its bytes have earned.
    package var body = Duration.seconds(20)
    /// A body earns a second of waiting by so many bytes.
    package var bodyBytesPerSecond = 1024
    /// How long a reader may take next to nothing of an answer (half of what is held back for it, 32 KiB).
    package var reader = Duration.seconds(30)
    /// How long a connection stays open for its answer to be read, where the request's body was not wanted.
    package var linger = Duration.seconds(2)
    /// How often a connection is looked at.
    package var look = Duration.seconds(1)

    package init() {}
}
