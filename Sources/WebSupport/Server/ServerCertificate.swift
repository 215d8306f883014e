package import Foundation
import HummingbirdCore
import HummingbirdTLS
import NIOSSL
import Values

/// The certificate and key by which the server speaks TLS itself, read once at its start.
package struct ServerCertificate: Sendable {
    let configuration: TLSConfiguration

    /// - Throws: `server.certificate`, `server.key`.
    package init(certificate: URL, key: URL) throws {
        guard let chain = try? NIOSSLCertificate.fromPEMFile(certificate.path), !chain.isEmpty else {
            throw Failure(
                .invalid, "server.certificate", "证书文件读不出，或不是 PEM 格式", at: FilePlace(file: certificate.path), cure: "写成 PEM：先是本服务的证书，再是中间证书")
        }
        let mode = (try? FileManager.default.attributesOfItem(atPath: key.path))?[.posixPermissions] as? Int
        guard let mode, mode & 0o007 == 0 else {
            throw Failure(.refused, "server.key", "私钥文件读不出，或人人可读", at: FilePlace(file: key.path), cure: "chmod 600，并让运行 hallmark 的用户能读它")
        }
        guard let secret = try? NIOSSLPrivateKey(file: key.path, format: .pem) else {
            throw Failure(.invalid, "server.key", "私钥文件不是不带口令的 PEM", at: FilePlace(file: key.path), cure: "换成不带口令的 PEM 私钥")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(secret))
        configuration.minimumTLSVersion = .tlsv12
        // Without forward secrecy nothing is agreed on (ASVS 5.0, 12.1.2); TLS 1.3 has its own suites.
        configuration.cipherSuiteValues = [
            .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        ]
        // A key that does not belong to the certificate is told now, not to the first reader.
        guard (try? NIOSSLContext(configuration: configuration)) != nil else {
            throw Failure(.invalid, "server.key", "私钥与证书不是一对", at: FilePlace(file: key.path), cure: "核对两个文件")
        }
        self.configuration = configuration
    }

    /// The server's way of speaking, inside TLS where there is a certificate.
    static func wrapping(_ plain: HTTPServerBuilder, _ certificate: ServerCertificate?) throws -> HTTPServerBuilder {
        guard let certificate else { return plain }
        return try .tls(plain, tlsConfiguration: certificate.configuration)
    }
}
