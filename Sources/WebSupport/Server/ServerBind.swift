import Foundation
import NIOCore
import Values

/// Where the server may listen: this machine always; elsewhere only with real accounts and behind a proxy that speaks TLS.
package enum ServerBind {
    /// What ended a server that could not begin to listen, in words; other faults as they are.
    package static func named(_ error: any Error) -> any Error {
        guard let fault = error as? IOError, [EADDRINUSE, EACCES, EADDRNOTAVAIL].contains(fault.errnoCode) else { return error }
        return fault.errnoCode == EADDRINUSE
            ? Failure(.conflict, "server.port-taken", "这个端口已被别的程序占用，没有开始服务", cure: "停掉占用的程序，或用 --port 换一个端口")
            : Failure(.refused, "server.port", "不能在这个地址和端口上提供服务", cure: "用 1024 以上的端口和本机的地址")
    }

    /// - Throws: `server.bind`, `server.proxy`.
    static func host(_ configuration: WebConfiguration) throws -> String {
        let hasAccounts = configuration.doorkeeper.knowsAccounts
        guard configuration.origin == nil || hasAccounts else {
            throw Failure(.refused, "server.proxy", "没有真实账号，不能放到代理后面供别的机器访问。", cure: "去掉示范账号，先用首次启动链接建立管理员。")
        }
        switch configuration.host {
        case "127.0.0.1", "localhost": return "127.0.0.1"
        case "::1", "[::1]": return "::1"
        default:
            guard hasAccounts, configuration.origin != nil else {
                throw Failure(
                    .refused, "server.bind", "不能在地址 \(configuration.host) 上提供服务：本机以外的访问要有真实账号，并由带 TLS 的代理转发。",
                    cure: "只在本机用时写 127.0.0.1；供单位使用时加 --behind-proxy https://域名，不用示范账号。")
            }
            return configuration.host
        }
    }
}

/// The address by which browsers know the server when a proxy with TLS stands before it: `https://name` or `https://name:port`.
package struct PublicOrigin: Sendable, Hashable {
    /// Name and port as browsers send them in `Host`, in lower case.
    package let authority: String

    /// Nil unless it is https with a plain name.
    package init?(_ text: String) {
        let lowered = text.lowercased()
        guard lowered.hasPrefix("https://") else { return nil }
        var rest = lowered.dropFirst(8)
        if rest.hasSuffix("/") { rest.removeLast() }
        let allowed = rest.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte)
                || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":")].contains(byte)
        }
        guard allowed, !rest.isEmpty, !rest.hasPrefix(":"), rest.count(where: { $0 == ":" }) <= 1 else { return nil }
        authority = String(rest)
    }

    package var text: String { "https://" + authority }
}
