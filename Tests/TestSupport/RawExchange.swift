import Foundation

/// One request over a socket of its own, byte for byte as an attacker would send it, and its answer as it came.
package struct RawExchange: Sendable {
    package let status: Int
    /// Names in lower case, in the order in which they came.
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    package var text: String { String(decoding: body, as: UTF8.self) }

    package func header(_ name: String) -> String? { headers.first { $0.name == name.lowercased() }?.value }

    /// - Parameters:
    ///   - path: as it goes onto the wire.
    ///   - headers: beside `Connection` and `Content-Length`; without one called `Host`, this machine's is sent.
    package static func send(
        _ method: String, _ path: String, port: Int, headers: [(String, String)] = [], body: [UInt8] = []
    ) throws -> RawExchange {
        var lines = ["\(method) \(path) HTTP/1.1"]
        if !headers.contains(where: { $0.0.lowercased() == "host" }) { lines.append("Host: 127.0.0.1:\(port)") }
        lines += headers.map { "\($0.0): \($0.1)" } + ["Connection: close"]
        if method == "POST" { lines.append("Content-Length: \(body.count)") }
        return try read(exchange(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body, port: port))
    }

    private static func exchange(_ bytes: [UInt8], port: Int) throws -> [UInt8] {
        guard let connection = RawConnection(port: port) else { throw CocoaError(.fileReadUnknown) }
        // A server that has heard enough may answer and close before all is sent.
        connection.send(bytes)
        return connection.everything(within: 600)
    }

    private static func read(_ bytes: [UInt8]) throws -> RawExchange {
        guard let end = bytes.firstRange(of: [13, 10, 13, 10]) else { throw CocoaError(.fileReadCorruptFile) }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (
                name: parts.first.map { $0.lowercased() } ?? "", value: parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
            )
        }
        let rest = Array(bytes[end.upperBound...])
        let isChunked = headers.contains { $0.name == "transfer-encoding" && $0.value == "chunked" }
        let status = Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0
        return RawExchange(status: status, headers: headers, body: isChunked ? unchunked(rest) : rest)
    }

    private static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes[...]
        while let line = rest.firstRange(of: [13, 10]),
            let count = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16), count > 0
        {
            let start = line.upperBound
            guard start + count <= rest.endIndex else { break }
            result += rest[start..<(start + count)]
            rest = rest[(min(start + count + 2, rest.endIndex))...]
        }
        return result
    }
}
