import Foundation
import TestSupport
import Testing

/// Attacks on everything that changes something.
@Suite("attacks by form", .blocking, .serialized)
struct AttackFormsTests {
    @Test("no form is taken without the session's own token, or on the order of another site")
    func forgery() async throws {
        try await AttackSite.open { site in
            let before = try site.head()
            let token = try #require(try site.token())
            let another = try #require(try site.token(AttackSite.town))
            let request = "&_request=" + String(repeating: "b", count: 32)
            let posts = site.routes("POST", for: "programme-office")
            #expect(posts.count > 40)
            for route in posts {
                let path = route.path.replacing(/\{[^}]*\}/, with: "1")
                for body in [
                    "", "_token=" + request, "_token=" + String(repeating: "0", count: 64) + request, "_token=" + another + request,
                ] {
                    let answer = try site.post(path, body)
                    #expect(
                        answer.status >= 400 && answer.status < 500 && answer.text.contains("form.expired"), "\(path): \(answer.status)")
                }
                for header in [
                    ("Origin", "http://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"),
                    ("Sec-Fetch-Site", "same-site"),
                    ("Origin", "http://127.0.0.1:\(site.port).evil.example"),
                ] {
                    let answer = try site.post(path, "_token=" + token + request, headers: [header])
                    #expect(answer.status == 403 && answer.text.contains("request.origin"), "\(path) \(header): \(answer.status)")
                }
                // Nothing is changed by asking.
                let asked = try site.get(path)
                #expect(asked.status < 500)
            }
            #expect(try site.head() == before)
        }
    }

    @Test("what is written into every field of every form is shown as text, breaks nothing and leads nowhere")
    func fields() async throws {
        try await AttackSite.open { site in
            let pages = try site.addresses()
            var forms: [String: String] = [:]
            for page in pages {
                for (action, body) in Self.forms(try site.get(page).text, filling: AttackSite.escaped(AttackSite.injection)) {
                    forms[action] = body
                }
            }
            #expect(forms.count > 15)
            for (action, body) in forms {
                let answer = try site.post(action, body)
                #expect(answer.status >= 200 && answer.status < 500, "\(action): \(answer.status)")
                #expect(!answer.text.contains("<script>x7"), "\(action)")
                #expect(answer.header("X-Injected") == nil && answer.header("Cache-Control") == "no-store", "\(action)")
                if let location = answer.header("Location") {
                    #expect(location.hasPrefix("/") && !location.hasPrefix("//"), "\(action) → \(location)")
                }
            }
            for page in pages {
                let answer = try site.get(page)
                #expect(answer.status < 500, "\(page)")
                let isJSON =
                    answer.header("Content-Type")?.hasPrefix("application/json") == true
                    && answer.header("X-Content-Type-Options") == "nosniff"
                #expect(isJSON || !answer.text.contains("<script>x7"), "\(page)")
            }
        }
    }

    @Test("fields that a form does not have change nothing")
    func surplus() async throws {
        try await AttackSite.open { site in
            let page = try site.get("/enterprises/1/edit").text
            let (action, body) = try #require(Self.forms(page, filling: nil).first { $0.action.hasSuffix("/edit") })
            #expect(action == "/enterprises/1/edit")
            let surplus =
                "&id=2&enterprise=2&merged_into=2&known_to=1&known_from=1&actor=x&role=administrator&region_id=1&isEnabled=1&status=merged"
            let answer = try site.post(action, body.replacing("reason=", with: "reason=%E8%AF%95") + surplus)
            #expect(answer.status == 303 || answer.status == 422, "\(answer.status)")
            let dossier = try site.get("/enterprises/1")
            #expect(dossier.status == 200 && !dossier.text.contains("已并入"))
            #expect(try site.get("/enterprises/2").status == 200)
        }
    }

    @Test("a way back leads nowhere else")
    func ways() async throws {
        try await AttackSite.open { site in
            let token = try #require(try site.token())
            let request = "&_request=" + String(repeating: "c", count: 32)
            for back in [
                "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/%5cevil.example", "javascript:alert(1)",
                "/x\r\nX-Injected: 1", "http:evil.example", "/\t/evil.example", " //evil.example",
            ] {
                let answer = try site.post("/language", "_token=\(token)\(request)&language=en&back=\(AttackSite.escaped(back))")
                let location = try #require(answer.header("Location"))
                #expect(answer.status == 303 && location.hasPrefix("/"), "\(back)")
                #expect(!location.hasPrefix("//") && !location.hasPrefix("/\\") && !location.contains("\t"), "\(back) → \(location)")
                #expect(answer.header("X-Injected") == nil)
            }
        }
    }

    @Test("a town officer's forms change no other town's firm, whatever number they name")
    func towns() async throws {
        try await AttackSite.open { site in
            let token = try #require(try site.token(AttackSite.town))
            let before = try site.head()
            for route in site.routes("POST", for: "town-officer") where route.path.contains("{") && route.right != "web.anyone" {
                for number in 1...22 {
                    let path = route.path.replacing(/\{[^}]*\}/, with: String(number))
                    let own = try site.get("/enterprises/\(number)", session: AttackSite.town).status == 200
                    guard !own else { continue }
                    let body =
                        "_token=\(token)&_request=\(UUID().uuidString.replacing("-", with: "").lowercased())&_version=1&name=x&status=active&reason=x"
                    let answer = try site.post(path, body, session: AttackSite.town)
                    #expect(answer.status >= 400 && answer.status < 500 || answer.status == 303, "\(path): \(answer.status)")
                    if path.hasPrefix("/enterprises/") { #expect([403, 404].contains(answer.status), "\(path): \(answer.status)") }
                }
            }
            #expect(try site.head() == before)
        }
    }

    @Test("a message whose end can be read in two ways, another method, or a cookie sent twice is not believed")
    func messages() async throws {
        try await AttackSite.open { site in
            let plain = try site.get("/enterprises")
            #expect(plain.status == 200 && plain.header("Set-Cookie") == nil)
            let twice = try RawExchange.send(
                "GET", "/enterprises", port: site.port,
                headers: [("Cookie", "hallmark_session=\(AttackSite.office); hallmark_session=\(AttackSite.town)")])
            #expect(twice.header("Set-Cookie") != nil, "neither of the two is the session")
            let smuggled = Array("0\r\n\r\nGET /journal HTTP/1.1\r\nHost: 127.0.0.1:\(site.port)\r\n\r\n".utf8)
            for header in [("Transfer-Encoding", "chunked"), ("Content-Length", "5"), ("Transfer-Encoding", "identity, chunked")] {
                // Refused, or the connection is closed without an answer; never a second answer.
                let answer = try? RawExchange.send(
                    "POST", "/language", port: site.port, headers: [("Cookie", "hallmark_session=\(AttackSite.office)"), header],
                    body: smuggled)
                #expect((answer?.status ?? 400) >= 400, "\(header): \(answer?.status ?? 0)")
                #expect(answer?.text.contains("HTTP/1.1 200") != true, "\(header)")
            }
            for method in ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH"] {
                let answer = try RawExchange.send(
                    method, "/enterprises/1", port: site.port,
                    headers: [("Cookie", "hallmark_session=\(AttackSite.office)"), ("X-Echo", "x7echo")])
                #expect(answer.status >= 400 && answer.status < 500 && !answer.text.contains("x7echo"), "\(method): \(answer.status)")
            }
        }
    }

    /// The forms of a page that change something, with a text in every field that takes one; the hidden fields as they are.
    private static func forms(_ html: String, filling text: String?) -> [(action: String, body: String)] {
        html.matches(of: /<form[^>]*method="post"[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/).compactMap { match in
            let (action, inside) = (String(match.output.1), String(match.output.2))
            // Others would become another person, or end what the test goes on with.
            guard !["/demonstration", "/language", "/sign-out"].contains(action) else { return nil }
            var pairs: [String] = []
            for tag in inside.matches(of: /<(?:input|textarea|select)\b[^>]*>/).map({ String($0.output) }) {
                guard let name = value("name", of: tag), value("type", of: tag) != "file" else { continue }
                let given = value("value", of: tag) ?? ""
                let isKept = name.hasPrefix("_") || text == nil
                pairs.append(name + "=" + (isKept ? AttackSite.escaped(given) : text ?? ""))
            }
            return (action.replacing("&amp;", with: "&"), pairs.joined(separator: "&"))
        }
    }

    private static func value(_ name: String, of tag: String) -> String? {
        guard let start = tag.firstRange(of: " \(name)=\"") else { return nil }
        return String(tag[start.upperBound...].prefix { $0 != "\"" })
    }
}
