import Foundation
import Values
import Yams

/// The identity provider that people may sign in through (统一身份认证), as the operator's file states it.
package struct ProviderSettings: Sendable {
    /// As it stands in every token, without a slash at its end.
    package let issuer: String
    /// What the provider calls this program.
    package let client: String
    let secret: String
    /// What the link on the page of sign-in says.
    package let title: String
    /// The claim whose value is an account's name and binds that account at its first use; nil where only administrators bind.
    let claim: String?
    /// Values of `acr` or `amr` that count as a second factor.
    let factors: Set<String>
    /// A file of the authorities that the provider's certificate is checked against; nil for the system's.
    let authorities: String?

    package init(
        issuer: String, client: String, secret: String, title: String, claim: String? = nil, factors: Set<String> = [],
        authorities: String? = nil
    ) {
        self.issuer = issuer
        self.client = client
        self.secret = secret
        self.title = title
        self.claim = claim
        self.factors = factors
        self.authorities = authorities
    }

    private static let names: Set = ["issuer", "client", "secret-file", "title", "claim", "second-factor", "authorities-file"]

    /// - Throws: `provider.file`, `provider.issuer`, `provider.secret`.
    package static func load(path: String) throws -> ProviderSettings {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8), let root = try? Yams.compose(yaml: text)?.mapping,
            root.keys.allSatisfy({ names.contains($0.string ?? "") }), let issuer = root["issuer"]?.string,
            let client = root["client"]?.string, let secret = root["secret-file"]?.string
        else {
            throw Failure(
                .invalid, "provider.file", "统一身份认证的设置读不到、缺少 issuer、client、secret-file 之一，或有不认识的项", at: FilePlace(file: path),
                cure: "照运维说明书写")
        }
        let trimmed = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        guard ProviderOrigin(trimmed)?.isSafe == true, !client.isEmpty else {
            throw Failure(
                .invalid, "provider.issuer", "issuer 要是 https 地址（本机试用可以是 http://127.0.0.1）", at: FilePlace(file: path),
                cure: "改成统一身份认证系统公布的 issuer")
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        return ProviderSettings(
            issuer: trimmed, client: client, secret: try secretText(URL(fileURLWithPath: secret, relativeTo: folder).path),
            title: root["title"]?.string ?? "统一身份认证", claim: root["claim"]?.string,
            factors: Set(root["second-factor"]?.sequence?.compactMap(\.string) ?? []),
            authorities: root["authorities-file"]?.string.map { URL(fileURLWithPath: $0, relativeTo: folder).path })
    }

    private static func secretText(_ path: String) throws -> String {
        let mode = (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
        let line = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }?
            .split(whereSeparator: \.isNewline).first.map(String.init)
        guard let mode, mode & 0o007 == 0, let line, !line.isEmpty else {
            throw Failure(
                .invalid, "provider.secret", "统一身份认证的密钥文件读不出、是空的，或人人可读", at: FilePlace(file: path), cure: "把密钥写在第一行，chmod 600")
        }
        return line
    }
}

/// Scheme, host and port of an address: where requests may go.
struct ProviderOrigin: Hashable {
    let scheme: String
    let host: String
    let port: Int

    /// Nil for anything but a plain http or https address without a name or password in it.
    init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = parts.host?.lowercased(), !host.isEmpty, parts.user == nil, parts.password == nil, parts.fragment == nil
        else { return nil }
        self.scheme = scheme
        self.host = host
        port = parts.port ?? (scheme == "https" ? 443 : 80)
    }

    /// Over TLS, or within this machine.
    var isSafe: Bool { scheme == "https" || ["127.0.0.1", "localhost", "[::1]", "::1"].contains(host) }
}
