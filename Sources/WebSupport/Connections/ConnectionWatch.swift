import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Cuts a connection whose client keeps the server waiting for longer than it may, and ends one whose body nobody wants.
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: ConnectionLimits
    private let roster: ConnectionRoster
    private var pace: ClientPace
    private var noted: ContinuousClock.Instant?
    private var looking: RepeatedTask?
    private var looked = ContinuousClock.now
    /// From the end of an answer on, where more of the request was to come: until then it is thrown away.
    private var lingersUntil: ContinuousClock.Instant?
    private var isIn = false
    /// Whether the answer that is being written says that it is the last one.
    private var isLast = false

    init(limits: ConnectionLimits, roster: ConnectionRoster) {
        self.limits = limits
        self.roster = roster
        pace = ClientPace(limits: limits, opened: .now)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(context)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { end(context) }

    private func begin(_ context: ChannelHandlerContext) {
        guard !isIn, lingersUntil == nil else { return }
        pace = ClientPace(limits: limits, opened: .now)
        looked = .now
        switch roster.enter(context.channel, at: .now) {
        case .admitted: isIn = true
        case .instead(let other):
            isIn = true
            other.close(promise: nil)
        case .refused: refuse(context)
        }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        looking = context.eventLoop.scheduleRepeatedTask(initialDelay: TimeAmount(limits.look), delay: TimeAmount(limits.look)) { _ in
            let (watch, context) = bound.value
            watch.look(context)
        }
    }

    private func end(_ context: ChannelHandlerContext) {
        looking?.cancel()
        looking = nil
        if isIn { roster.leave(context.channel) }
        isIn = false
    }

    private func look(_ context: ChannelHandlerContext) {
        let now = ContinuousClock.now
        // What came meanwhile waits behind this look: it is to be read before anybody is cut.
        if now - looked > limits.look * 2 { pace.excuse(now - looked - limits.look) }
        looked = now
        if let lingersUntil {
            if now >= lingersUntil { context.close(promise: nil) }
        } else if pace.isOverdue(now) {
            context.close(promise: nil)
        }
    }

    private func note(_ context: ChannelHandlerContext) {
        let since = pace.waitingSince
        guard since != noted else { return }
        noted = since
        roster.note(context.channel, waitingSince: since)
    }

    /// Everybody else is being answered.
    private func refuse(_ context: ChannelHandlerContext) {
        let text = "连接已满，请稍后再试。\nAs many are connected as may be; try again shortly.\n"
        let headers: HTTPFields = [
            .contentType: "text/plain; charset=utf-8", .retryAfter: "5", .connection: "close", .contentLength: String(text.utf8.count),
        ]
        context.write(wrapOutboundOut(.head(HTTPResponse(status: .serviceUnavailable, headerFields: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(string: text))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        lingersUntil = .now + limits.linger
    }
}

// MARK: - What the client sends

extension ConnectionWatch {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard lingersUntil == nil else { return }
        switch unwrapInboundIn(data) {
        case .head: pace.head()
        case .body(let bytes): pace.body(bytes: bytes.readableBytes, .now)
        case .end: pace.end()
        }
        note(context)
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        pace.wanted(.now)
        note(context)
        context.read()
    }
}

// MARK: - What the client takes

extension ConnectionWatch {
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        pace.writable(context.channel.isWritable, .now)
        note(context)
        context.fireChannelWritabilityChanged()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard lingersUntil == nil else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.kind != .informational:
            isLast = pace.isAnswerEarly || head.headerFields[.connection] == "close"
            if isLast { head.headerFields[.connection] = "close" }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end where isLast:
            // What else the client sends would be read for nothing: it may read its answer, then the connection ends (RFC 9112, 9.6).
            lingersUntil = .now + limits.linger
            context.write(data, promise: promise)
        case .end:
            pace.answerEnded(.now)
            note(context)
            context.write(data, promise: promise)
        case .head, .body: context.write(data, promise: promise)
        }
    }
}
