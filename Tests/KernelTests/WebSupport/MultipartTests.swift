import Foundation
import Testing
import Values

@testable import WebSupport

@Suite("Multipart forms are taken apart safely")
struct MultipartTests {
    static let type = "multipart/form-data; boundary=xyz"

    static func body(_ parts: [(head: String, content: String)], ending: String = "--xyz--\r\n") -> String {
        parts.map { "--xyz\r\nContent-Disposition: form-data; \($0.head)\r\n\r\n\($0.content)\r\n" }.joined() + ending
    }

    private func events(_ body: String, piece: Int = 1 << 20, type: String = MultipartTests.type, limit: Int = 10) throws
        -> [MultipartParser.Event]
    {
        var parser = try MultipartParser(contentType: type, partLimit: limit)
        let bytes = Array(body.utf8)
        var all: [MultipartParser.Event] = []
        for start in stride(from: 0, to: bytes.count, by: piece) { all += try parser.take(bytes[start..<min(start + piece, bytes.count)]) }
        try parser.finish()
        return all
    }

    /// Joins the pieces of a part, so that results do not depend on how the bytes arrived.
    private func parts(_ events: [MultipartParser.Event]) -> [(MultipartHead, String)] {
        var result: [(MultipartHead, [UInt8])] = []
        for event in events {
            switch event {
            case .began(let head): result.append((head, []))
            case .bytes(let bytes): result[result.count - 1].1 += bytes
            case .ended: break
            }
        }
        return result.map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
    }

    @Test("However the bytes arrive, the parts are the same", arguments: [1, 2, 3, 7, 64, 1 << 20])
    func pieces(_ piece: Int) throws {
        let tricky = "行一\r\n--xy\r\n--xyzz\r\n-\r\r\n--xy"
        // "--xyzz" begins with the boundary but is followed by neither a line end nor two dashes, so it must not stand after a line end.
        let content = tricky.replacingOccurrences(of: "\r\n--xyzz", with: " --xyz")
        let body =
            "preamble\r\n"
            + MultipartTests.body([("name=\"a\"", content), ("name=\"b\"", ""), ("name=\"f\"; filename=\"名 单.xls\"", "\u{0}\r\n")])
        let found = parts(try events(body, piece: piece))
        #expect(found.map(\.1) == [content, "", "\u{0}\r\n"])
        #expect(found.map(\.0.field) == ["a", "b", "f"])
        #expect(found.map(\.0.fileName) == [nil, nil, "名 单.xls"])
    }

    @Test(
        "A malformed body is refused in one sentence",
        arguments: [
            "", "--xyz", "--xyz\r\n", MultipartTests.body([("name=\"a\"", "1")], ending: ""),
            MultipartTests.body([("name=\"a\"", "1")], ending: "--xyz"), "--xyz\r\nContent-Disposition: form-data\r\n\r\n1\r\n--xyz--",
            "--xyz\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--xyz--", "--xyz\r\n\r\n\r\n1\r\n--xyz--",
            "--xyz\nContent-Disposition: form-data; name=\"a\"\n\n1\n--xyz--",
            "--xyz!\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xyz--",
            "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n--xyz--",
            "--xyz\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--xyz--",
            "--xyz\r\nX: " + String(repeating: "a", count: 20_000),
            String(repeating: "p", count: 20_000),
        ])
    func malformed(_ body: String) {
        let failure = #expect(throws: Failure.self) { try events(body) }
        #expect(failure?.code == "form.malformed")
        #expect(failure?.description == "提交的表单不完整或格式不对，没有保存任何内容。处理办法：检查网络后，刷新页面重新提交。")
    }

    @Test(
        "A type without a usable boundary is refused",
        arguments: [
            "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a\u{7}\"",
            "multipart/form-data; boundary=" + String(repeating: "b", count: 71),
        ])
    func boundaries(_ type: String) { #expect(throws: Failure.malformedForm) { try MultipartParser(contentType: type, partLimit: 1) } }

    @Test("A quoted boundary with odd characters works, and so do blanks after a boundary and text after the last")
    func quotedBoundary() throws {
        let body = "--a'()+_,-./:=?b \t\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--a'()+_,-./:=?b--\r\nepilogue"
        #expect(parts(try events(body, type: "multipart/form-data; charset=utf-8; Boundary=\"a'()+_,-./:=?b\"")).map(\.1) == ["1"])
    }

    @Test("Too many parts are refused")
    func tooMany() {
        let body = MultipartTests.body(Array(repeating: ("name=\"a\"", "1"), count: 11))
        let failure = #expect(throws: Failure.self) { try events(body) }
        #expect(failure?.description == "表单的栏目或文件过多（上限 10 个），没有保存。处理办法：分几次提交。")
    }

    @Test(
        "File names lose folders, control characters and direction marks",
        arguments: [
            ("filename=\"C:\\\\fakepath\\\\名单.xls\"", "名单.xls"), ("filename=\"../../etc/passwd\"", "passwd"), ("filename=\"..\"", "_"),
            ("filename=\"a\u{202E}slx.exe\"", "aslx.exe"), ("filename=\"a%22b.csv\"", "a\"b.csv"), ("filename=\"a\\\"b.csv\"", "a\"b.csv"),
            ("filename=\"\"", ""), ("filename=plain.csv", "plain.csv"), ("filename=\"a;b=c.csv\"", "a;b=c.csv"),
        ])
    func fileNames(_ parameter: String, _ expected: String) throws {
        let head = try MultipartHead(lines: Array("Content-Disposition: form-data; name=\"f\"; \(parameter)".utf8))
        #expect(head.fileName == expected)
    }

    @Test("An upload reaches the disk, is hashed, and is removed when nobody needs it")
    func spools() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-spool-\(UInt64.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        let spool = try FileSpool(folder: folder, name: "one", limit: 10)
        try spool.append(Array("abc".utf8))
        var file: UploadedFile? = try spool.finish(field: "f", name: "a.csv")
        let url = try #require(file?.url)
        #expect(file?.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int == 0o600)
        #expect(file?.size == 3)
        file = nil
        #expect(!FileManager.default.fileExists(atPath: url.path))
    }
}
