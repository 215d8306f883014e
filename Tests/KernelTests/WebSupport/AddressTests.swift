import Testing
import Values

@testable import WebSupport

@Suite("Addresses are built, not glued")
struct AddressTests {
    @Test("Segments and query items are percent-encoded")
    func encodes() {
        let address = Address("enterprises", ID<DemoRow>(41), "甲/乙?#").with("where", "town=甲&x").with("on", Day(number: 0))
        #expect(
            address.description
                == "/enterprises/41/%E7%94%B2%2F%E4%B9%99%3F%23?where=town%3D%E7%94%B2%26x&on=1970-01-01")
    }

    @Test("A segment of dots cannot climb the path, an empty one cannot vanish")
    func dots() { #expect(Address("a", "..", ".", "").description == "/a/-/-/-") }

    @Test("Items can be replaced and removed; nil adds nothing")
    func items() {
        let address = Address("list").with("a", 1).with("b", nil as String?).with("a", 2)
        #expect(address.replacing("a", 3).description == "/list?a=3")
        #expect(address.removing("a").at("row-1").description == "/list#row-1")
        #expect(Address().description == "/")
        #expect(Address().appending("x").description == "/x")
    }

    @Test(
        "An address that comes back in a form stays on this server",
        arguments: [
            "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "", "/a b", "/\u{1}", "/甲",
            "/" + String(repeating: "a", count: 5000),
        ])
    func refusesForeign(_ text: String) { #expect(Address(returnedBy: text) == nil) }

    @Test("A local address comes back as it was")
    func keepsLocal() {
        #expect(Address(returnedBy: "/enterprises?q=%E7%94%B2&on=2007-01-01#x")?.description == "/enterprises?q=%E7%94%B2&on=2007-01-01")
    }

    @Test("A request line cannot make the page link to another server")
    func requestLine() { #expect(Address(requestPath: "//evil.example/x", items: []).description == "/") }

    @Test("Only web addresses lead outside")
    func external() {
        #expect(ExternalAddress("https://example.gov.cn/文件")?.description == "https://example.gov.cn/文件")
        #expect(ExternalAddress("javascript:alert(1)") == nil)
        #expect(ExternalAddress("https://a b") == nil)
    }

    @Test("Queries are decoded; what is not UTF-8 or holds a NUL is dropped")
    func query() {
        let query = Query("a=%E7%94%B2+1&a=2&b=%FF&c=%00&d&%=5&e=%zz")
        #expect(query["a"] == "甲 1")
        #expect(query.all("a") == ["甲 1", "2"])
        #expect(query["b"] == nil && query["c"] == nil && query["d"] == nil)
        #expect(query["%"] == "5")
        #expect(query["e"] == "%zz")
    }

    @Test("Sorting links turn the order round and begin at the first page; unknown columns are ignored")
    func sorting() {
        let page = Address("list").with("after", "x").with("sort", "name")
        let sorting = Sorting(query: Query("sort=name"), page: page, allowed: ["name", "day"])
        #expect(sorting.address("name").description == "/list?sort=-name")
        #expect(sorting.address("day").description == "/list?sort=day")
        #expect(Sorting(query: Query("sort=secret"), page: page, allowed: ["name"]).name == nil)
    }
}
