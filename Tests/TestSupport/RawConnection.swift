import Foundation
import Glibc

/// A socket to a server of this machine, for clients that behave as no browser does: slow ones, silent ones, ones that never read.
package final class RawConnection: @unchecked Sendable {
    private let handle: Int32

    /// - Parameter receiving: how many bytes the system keeps for a client that does not read; nil for its own choice.
    package init?(port: Int, receiving: Int32? = nil) {
        handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var receiving { setsockopt(handle, SOL_SOCKET, SO_RCVBUF, &receiving, socklen_t(MemoryLayout<Int32>.size)) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        // Not closed here: the object is whole, and its end closes.
        guard status == 0 else { return nil }
    }

    deinit { close(handle) }

    /// Whether the other side still took the bytes; false after a while in which it took none.
    @discardableResult
    package func send(_ bytes: [UInt8], patience: Int = 30) -> Bool {
        var limit = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(handle, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.send(handle, $0.baseAddress, $0.count, 0x4000) }  // MSG_NOSIGNAL
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// What has come until the end of an answer's head, or until the other side closed; nil where neither came in time.
    package func answer(within seconds: Int = 400) -> String? {
        var bytes: [UInt8] = []
        while bytes.firstRange(of: [13, 10, 13, 10]) == nil {
            guard let more = receive(within: seconds) else { return nil }
            if more.isEmpty { break }
            bytes += more
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads on until the other side has closed; nil where it does not in time.
    package func rest(within seconds: Int = 400) -> Int? {
        var count = 0
        while let more = receive(within: seconds) {
            if more.isEmpty { return count }
            count += more.count
        }
        return nil
    }

    /// All that comes until the other side closes, or until nothing comes in time.
    package func everything(within seconds: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while let more = receive(within: seconds), !more.isEmpty { bytes += more }
        return bytes
    }

    /// The port of this end.
    package var ownPort: Int {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let told = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(handle, $0, &length) }
        }
        return told == 0 ? Int(UInt16(bigEndian: address.sin_port)) : 0
    }

    /// Whether the other side has closed, told at once and without reading what it has sent.
    package var isClosed: Bool {
        var byte: UInt8 = 0
        let count = recv(handle, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
    }

    /// What has come; empty where the other side has closed, nil where nothing comes in time.
    private func receive(within seconds: Int) -> [UInt8]? {
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(handle, &buffer, buffer.count, 0)
        if count > 0 { return Array(buffer[0..<count]) }
        return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? nil : []
    }
}
