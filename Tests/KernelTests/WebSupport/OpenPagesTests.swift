import Testing

@testable import WebSupport

@Suite("pages for the public")
struct OpenPagesTests {
    @Test("an allowance is one network's: all addresses of a house with IPv6 together, each address of IPv4 alone")
    func networks() {
        let network = OpenPages.network
        #expect(network("2001:db8:1:2::1") == network("2001:0db8:0001:0002:ffff:ffff:ffff:ffff"))
        #expect(network("2001:db8:1:2::1") != network("2001:db8:1:3::1"))
        #expect(network("10.1.2.3") == "10.1.2.3")
        #expect(network("::ffff:10.1.2.3") == "10.1.2.3", "IPv4 over a socket for both")
        #expect(network("64:ff9b::10.1.2.3") == "10.1.2.3", "IPv4 behind a translator")
        #expect(network("[2001:db8:1:2::1]:443") == network("2001:db8:1:2::9"))
        #expect(network("fe80::1%eth0") == "fe80::1%eth0" && network("") == "" && network("unknown") == "unknown")
    }
}
