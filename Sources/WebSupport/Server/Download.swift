import Foundation
import Hummingbird
import Logging
import Values

/// A file sent to the reader, whole or while it is being made.
package struct Download: Sendable {
    /// The media type that the browser is told.
    package enum Kind: String, Sendable {
        case xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case csv = "text/csv; charset=utf-8"
        case json = "application/json; charset=utf-8"
        /// A record a line.
        case lines = "application/x-ndjson"
        case text = "text/plain; charset=utf-8"
        case xml = "application/xml; charset=utf-8"
        case zip = "application/zip"
        case other = "application/octet-stream"
    }

    enum Body: Sendable {
        case bytes([UInt8])
        case file(MadeFile)
        case rows(@Sendable (inout DownloadWriter) async throws -> Void)
    }

    /// The name under which the reader's browser keeps it; Chinese is allowed.
    package let name: String
    package let kind: Kind
    let body: Body

    package init(name: String, kind: Kind, bytes: [UInt8]) {
        self.init(name: name, kind: kind, body: .bytes(bytes))
    }

    /// A file that was made for this reader, sent in pieces and gone afterwards, also where the body is never asked for (HEAD, a reader who left).
    package init(name: String, kind: Kind, file: MadeFile) {
        self.init(name: name, kind: kind, body: .file(file))
    }

    /// Rows written as they are read, in constant memory. A failure in the middle ends the connection, so that the browser reports a broken file
    /// instead of keeping half of one.
    package init(name: String, kind: Kind, rows: @escaping @Sendable (inout DownloadWriter) async throws -> Void) {
        self.init(name: name, kind: kind, body: .rows(rows))
    }

    private init(name: String, kind: Kind, body: Body) {
        self.name = name
        self.kind = kind
        self.body = body
    }

    /// `attachment` with an ASCII name for old readers and the real one by RFC 5987 / RFC 6266.
    var disposition: String {
        let kept = name.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F && !"/\\".unicodeScalars.contains($0) }
        let clean = String(String.UnicodeScalarView(kept)).isEmpty ? "download" : String(String.UnicodeScalarView(kept))
        let plain = String(
            String.UnicodeScalarView(clean.unicodeScalars.map { $0.isASCII && !"\"%;".unicodeScalars.contains($0) ? $0 : "_" }))
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(PercentCoding.encoded(clean))"
    }

    func response(context: WebContext) -> Response {
        Response(status: .ok, headers: [.contentType: kind.rawValue, .contentDisposition: disposition], body: responseBody(context))
    }

    private func responseBody(_ context: WebContext) -> ResponseBody {
        switch body {
        case .bytes(let bytes): return ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        case .file(let file):
            return Download.written(context) { writer in
                let handle = try FileHandle(forReadingFrom: file.url)
                defer { try? handle.close() }
                while let piece = try await context.onWorkerThread({ try handle.read(upToCount: 256 << 10) }), !piece.isEmpty {
                    try await writer.write(bytes: Array(piece))
                }
            }
        case .rows(let rows): return Download.written(context, rows)
        }
    }

    private static func written(
        _ context: WebContext, _ rows: @escaping @Sendable (inout DownloadWriter) async throws -> Void
    ) -> ResponseBody {
        ResponseBody { target in
            var writer = DownloadWriter(target: target)
            do {
                try await rows(&writer)
                try await writer.finish()
            } catch {
                context.logger.warning("a download broke off", metadata: ["error": .string(String(reflecting: error))])
                throw error
            }
        }
    }
}

/// Collects what is written and sends it on in pieces of 32 KiB, no faster than the reader takes it.
package struct DownloadWriter {
    private var target: any ResponseBodyWriter
    private var buffer = ByteBuffer()

    init(target: any ResponseBodyWriter) { self.target = target }

    /// Writes text as UTF-8.
    package mutating func write(_ text: String) async throws {
        buffer.writeString(text)
        try await flushIfFull()
    }

    /// Writes bytes as they are.
    package mutating func write(bytes: [UInt8]) async throws {
        buffer.writeBytes(bytes)
        try await flushIfFull()
    }

    private mutating func flushIfFull() async throws {
        guard buffer.readableBytes >= 32 << 10 else { return }
        try await target.write(buffer)
        buffer = ByteBuffer()
    }

    mutating func finish() async throws {
        if buffer.readableBytes > 0 { try await target.write(buffer) }
        try await target.finish(nil)
    }
}
