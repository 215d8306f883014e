import Crypto
package import Foundation
package import Logging
package import Values

/// How the server is set up; what tests and the command line may choose.
package struct WebConfiguration: Sendable {
    /// The address to listen on; anything but this machine's own needs accounts and a declared proxy.
    package var host = "127.0.0.1"
    /// The port; 0 lets the system choose one.
    package var port = 8080
    /// The folder of styles, images and the little script.
    package var publicFolder: URL
    /// Where uploaded files lie while a request is answered.
    package var uploadFolder: URL
    /// The largest request body in bytes, files included.
    package var uploadLimit = 256 << 20
    /// How many may be connected, and how slow a client may be.
    package var connections = ConnectionLimits()
    package var clock: Clock
    package var chance: Chance
    /// Signs form tokens; processes that share a store share it.
    package var secret: [UInt8]
    /// The address by which browsers know the server, or the proxy before it, over TLS; nil where it serves this machine alone.
    package var origin: PublicOrigin?
    /// What the server speaks TLS with itself; nil where a proxy does, or nobody.
    package var certificate: ServerCertificate?
    /// Whether the pages for the public are served; otherwise there is no trace of them.
    package var hasOpenPages = false
    /// Tells who stands behind a session.
    package var doorkeeper: any Doorkeeper
    /// Tells who bears a token of the interface, and keeps what they ask.
    package var tokens: any TokenKeeper = NoTokens()
    package var logger: Logger
    /// Whether each request gets a line in the log.
    package var logsRequests = false
    /// The English of sentences composed in Chinese.
    package var phrases = Phrasebook()
    /// Where somebody begins who may not open the start page; nil where there is nothing else.
    package var home: @Sendable (Actor) -> Address? = { _ in nil }
    /// Told of every answer that shows confidential values or gives a file away, before it is sent.
    package var noteReading: @Sendable (WebContext) -> Void = { _ in }
    /// What stands around every page: navigation, counts, programmes, the date of the data.
    package var frame: @Sendable (WebContext) async throws -> Frame

    package init(
        publicFolder: URL, uploadFolder: URL, clock: Clock, chance: Chance = .system, logger: Logger,
        doorkeeper: any Doorkeeper = LocalOperator(),
        frame: @escaping @Sendable (WebContext) async throws -> Frame
    ) {
        self.publicFolder = publicFolder
        self.uploadFolder = uploadFolder
        self.clock = clock
        self.chance = chance
        self.secret = chance.bytes(32)
        self.doorkeeper = doorkeeper
        self.logger = logger
        self.frame = frame
    }
}

/// Where random bytes come from; passed in, so that tests see the same page twice.
package struct Chance: Sendable {
    package let bytes: @Sendable (Int) -> [UInt8]

    package init(bytes: @escaping @Sendable (Int) -> [UInt8]) { self.bytes = bytes }

    /// The system's generator, fit for secrets.
    package static let system = Chance { count in
        var generator = SystemRandomNumberGenerator()
        // Eight bytes at a time: each word asks the kernel.
        var bytes: [UInt8] = []
        while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0.prefix(count - bytes.count)) } }
        return bytes
    }

    /// A name nobody can guess, in lower-case hexadecimal digits, two for each byte.
    package func token(bytes count: Int) -> String { Hexadecimal.text(bytes(count)) }
}

/// What all requests share.
struct WebEnvironment: Sendable {
    let configuration: WebConfiguration
    let publicFiles: PublicFiles
    let csrf: CSRFTokens
    let methods: AnsweredMethods

    var cookies: AnswerCookie { AnswerCookie(isSecure: configuration.origin != nil) }
}

enum Hexadecimal {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func bytes(_ text: String) -> [UInt8]? {
        let utf8 = Array(text.utf8)
        guard utf8.count.isMultiple(of: 2), utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else { return nil }
        func value(_ byte: UInt8) -> UInt8 { byte < 58 ? byte - 48 : byte - 87 }
        return stride(from: 0, to: utf8.count, by: 2).map { value(utf8[$0]) << 4 | value(utf8[$0 + 1]) }
    }
}
