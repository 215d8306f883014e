import Foundation
import TestSupport
import Testing

/// The program speaking TLS itself, with a certificate that the test makes.
@Suite("serving over TLS", .blocking, .serialized)
struct EncryptedServingTests {
    private func shell(_ command: String) throws -> (code: Int32, text: String) {
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    private func certificate(_ folder: URL, mode: Int = 0o600) throws -> [String] {
        let (chain, key) = (folder.appendingPathComponent("chain.pem").path, folder.appendingPathComponent("key.pem").path)
        let made = try shell(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=hallmark.test "
                + "-addext subjectAltName=DNS:hallmark.test -keyout '\(key)' -out '\(chain)'")
        try #require(made.code == 0)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: key)
        return ["--tls-certificate", chain, "--tls-key", key]
    }

    @Test("answers under its name over TLS 1.2 and 1.3 alone, with cookies for this host and HSTS, and refuses what a proxy passed on")
    func serves() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let port = HallmarkServer.freePort()
        let files = try certificate(folder)
        let process = Process()
        process.executableURL = HallmarkCommand.binary
        process.arguments =
            ["serve", "--host", "0.0.0.0", "--port", String(port), "--store", folder.appendingPathComponent("store.sqlite").path]
            + ["--tls-name", "https://hallmark.test:\(port)"] + files
        process.currentDirectoryURL = ProjectFiles.root
        process.environment = ProcessInfo.processInfo.environment.merging(["HALLMARK_ROOT": ProjectFiles.root.path]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        let ask = "curl -s -i --max-time 20 --cacert '\(files[1])' --resolve hallmark.test:\(port):127.0.0.1 "
        let page = ask + "https://hallmark.test:\(port)/sign-in "
        var answer = try shell(page).text
        for _ in 0..<600 where answer.isEmpty {
            Thread.sleep(forTimeInterval: 0.1)
            answer = try shell(page).text
        }
        #expect(answer.hasPrefix("HTTP/1.1 200"), "\(answer.prefix(300))")
        #expect(answer.contains("__Host-hallmark_session=") && answer.contains("; Secure"))
        #expect(answer.lowercased().contains("strict-transport-security: max-age=31536000"))
        #expect(try shell(page + "--tlsv1.2 --tls-max 1.2").text.hasPrefix("HTTP/1.1 200"))
        #expect(try shell(page + "--tlsv1.0 --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0").text.isEmpty)
        #expect(try shell(page + "-H 'X-Forwarded-For: 10.0.0.9'").text.hasPrefix("HTTP/1.1 403"), "no proxy was declared")
        #expect(try shell(page + "-H 'Host: evil.example'").text.hasPrefix("HTTP/1.1 403"))
        #expect(
            try shell("curl -s -i --max-time 20 http://127.0.0.1:\(port)/sign-in").text.contains("200 OK") == false,
            "no plain HTTP beside it")
    }

    @Test("refuses a key that everybody may read, one that is not the certificate's, and half of the options")
    func refuses() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        func serve(_ options: [String]) throws -> HallmarkCommand.Outcome {
            try HallmarkCommand.run(["serve"] + options, store: folder.appendingPathComponent("store.sqlite"))
        }
        let name = ["--tls-name", "https://hallmark.test"]
        let open = try serve(name + certificate(folder, mode: 0o644))
        #expect(open.code == 2 && open.errors.contains("人人可读"), "\(open.errors)")
        let files = try certificate(folder)
        let half = try serve(files)
        #expect(half.code == 2 && half.errors.contains("要一起写"))
        let other = folder.appendingPathComponent("other")
        try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
        let mixed = try serve(name + Array(files.prefix(3)) + [try certificate(other)[3]])
        #expect(mixed.code == 2 && mixed.errors.contains("不是一对"), "\(mixed.errors)")
        let demo = try serve(name + files + ["--demo-accounts"])
        #expect(demo.code == 2 && demo.errors.contains("也不用示范账号"))
    }
}
