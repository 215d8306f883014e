import Foundation
import Testing
import Values

@testable import WebSupport

@Suite("Forms are read within limits and only with their token")
struct FormTests {
    private func multipart(_ token: String, file: String, title: String = "公报") -> String {
        MultipartTests.body([
            ("name=\"_token\"", token), ("name=\"_request\"", String(repeating: "0f", count: 16)), ("name=\"title\"", title),
            ("name=\"received\"", "2007-03-01"), ("name=\"list\"; filename=\"名单.csv\"", file),
        ])
    }

    @Test("A good form with a file is accepted and answered by a redirect")
    func accepts() async throws {
        try await WebProbe.site { probe in
            let answer = try await probe.post("/imports", type: MultipartTests.type, body: multipart(probe.token, file: "a,b"))
            #expect(answer.status == 303)
            #expect(answer.header("Location") == "/enterprises?q=%E5%85%AC%E6%8A%A5")
        }
    }

    @Test("A form with errors comes back with every value and every error")
    func errors() async throws {
        try await WebProbe.site { probe in
            let body = "_token=\(probe.token)&title=\(String(repeating: "a", count: 21))&received=yesterday&remark=%3Cb%3E"
            let answer = try await probe.post("/imports", body: body)
            #expect(answer.status == 422)
            for sentence in ["请不要超过 20 个字", "请写成 2007-03-31 这样的日期", "请选择文件", "有几处需要改正，尚未保存", "&lt;b&gt;"] {
                #expect(answer.text.contains(sentence))
            }
        }
    }

    @Test("Without its token, with another session's, or without a session, nothing happens")
    func tokens() async throws {
        try await WebProbe.site { probe in
            let foreign = CSRFTokens(secret: WebProbe.secret).token(session: String(repeating: "cd", count: 32))
            for token in ["", "zz", foreign, probe.token.uppercased()] {
                let answer = try await probe.post("/imports", body: "_token=\(token)&title=x")
                #expect(answer.status == 403)
                #expect(answer.text.contains("表单已失效，没有保存任何内容。"))
                #expect(answer.text.contains("返回上一页，刷新后重新提交；如仍失败，请允许本站的 Cookie。"))
            }
            let sessionless = try await probe.post("/imports", ["cookie": ""], body: "_token=\(probe.token)")
            #expect(sessionless.status == 403)
        }
    }

    @Test("A file that comes before the token never reaches the disk")
    func gate() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-gate-\(UInt64.random(in: 0 ... .max))")
        try await WebProbe.site({ $0.uploadFolder = folder }) { probe in
            let body = MultipartTests.body([("name=\"list\"; filename=\"a.csv\"", "1"), ("name=\"_token\"", probe.token)])
            let early = try await probe.post("/imports", type: MultipartTests.type, body: body)
            #expect(early.status == 403)
            #expect(!FileManager.default.fileExists(atPath: folder.path))
        }
    }

    @Test("A form that anybody may send takes no file and no long field")
    func strangers() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-stranger-\(UInt64.random(in: 0 ... .max))")
        try await WebProbe.site({ $0.uploadFolder = folder }) { probe in
            let file = MultipartTests.body([("name=\"_token\"", probe.token), ("name=\"list\"; filename=\"a.csv\"", "1")])
            let uploaded = try await probe.post("/language", type: MultipartTests.type, body: file)
            #expect(uploaded.status == 422)
            #expect(!FileManager.default.fileExists(atPath: folder.path))
            let long = try await probe.post("/language", body: "_token=\(probe.token)&language=" + String(repeating: "a", count: 20_000))
            #expect(long.status == 413)
        }
    }

    @Test("A file, a body and fields beyond their limits are refused, and nothing stays on disk")
    func limits() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-limits-\(UInt64.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await WebProbe.site({
            $0.uploadFolder = folder
            $0.uploadLimit = 50_000
        }) { probe in
            let large = try await probe.post(
                "/imports", type: MultipartTests.type, body: multipart(probe.token, file: String(repeating: "a", count: 5000)))
            #expect(large.status == 413)
            #expect(large.text.contains("提交的内容超过上限 4 KB，没有保存。"))
            let fields = try await probe.post(
                "/imports", type: MultipartTests.type, body: multipart(probe.token, file: "", title: String(repeating: "a", count: 9000)))
            #expect(fields.text.contains("超过上限 8 KB"))
            let body = try await probe.post("/imports", body: String(repeating: "a", count: 60_000))
            #expect(body.text.contains("超过上限 48 KB"))
            #expect((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) == [])
        }
    }

    @Test("Text that is not UTF-8, a NUL, and too many fields are refused")
    func encodings() {
        #expect(throws: Failure.notText) { try EncodedForm.items(Array("a=%FF".utf8), limit: 5) }
        #expect(throws: Failure.notText) { try EncodedForm.items(Array("a=%00".utf8), limit: 5) }
        #expect(throws: Failure.self) { try EncodedForm.items(Array("a&b&c&d&e&f".utf8), limit: 5) }
        #expect(Failure.notText.description == "提交的文字无法识别（不是 UTF-8 编码）。处理办法：重新输入该栏内容，不要从其他软件粘贴乱码。")
    }

    @Test("Fields are decoded as browsers encode them")
    func decodes() throws {
        let form = FormBody(items: try EncodedForm.items(Array("a=%E7%94%B2+%2B&a=2&&b&_version=7".utf8), limit: 9))
        #expect(form.all("a") == ["甲 +", "2"])
        #expect(form.has("b") && form.text("b").isEmpty)
        #expect(form.readVersion == 7)
        #expect(form.requestID == nil)
    }

    @Test("Other content types are refused")
    func types() async throws {
        try await WebProbe.site { probe in
            let answer = try await probe.post("/imports", type: "application/json", body: "{}")
            #expect(answer.status == 422)
            #expect(answer.text.contains("不支持这种提交方式。"))
        }
    }

    @Test("Typed values say what is wrong with them")
    func reading() {
        var reading = FormReading(
            FormBody(items: [
                QueryItem(name: "n", value: "1,0 "), QueryItem(name: "d", value: "2007-02-29"), QueryItem(name: "r", value: "king"),
            ]))
        #expect(reading.number("n", in: 0...9) == nil)
        #expect(reading.day("d") == nil)
        #expect(reading.optionalDay("none") == nil)
        #expect(reading.choice("r", of: Role.self) == nil)
        #expect(reading.number("none") == nil)
        #expect(reading.errors["n"] == Word("请填写 0 到 9 之间的数", "Please write a number from 0 to 9"))
        #expect(reading.errors["d"]?.chinese == "请写成 2007-03-31 这样的日期")
        #expect(reading.errors["r"]?.chinese == "请从列表中选择")
        #expect(reading.errors["none"]?.chinese == "请填写此项")
        #expect(throws: Failure.self) { try reading.requestID() }
    }
}
