import Foundation
import Places
import TestSupport
import Testing
import Values

@Suite("Industry codes")
struct IndustryCodeTests {
    @Test("mean something only together with their version: 1921")
    func versions() throws {
        let codes = try IndustryCodes.load(folder: ProjectFiles.url("regulations/industries"))
        #expect(codes.code("1921", version: 2002)?.name == "皮鞋制造")
        #expect(codes.code("C1921", version: 2011)?.name == "皮革服装制造")
        #expect(codes.code("1952", version: 2011)?.name == "皮鞋制造")
        #expect(codes.code("C1952", version: 2017)?.name == "皮鞋制造")
        #expect(codes.code("1952", version: 2002) == nil)
        #expect(codes.code("3252", version: 2011) == nil)
    }

    @Test("agree with the published tables", .enabled(if: SharedData.isPresent, "needs the shared industry tables"))
    func published() throws {
        let codes = try IndustryCodes.load(folder: ProjectFiles.url("regulations/industries"))
        for version in [2011, 2017] {
            var known: [String: String] = [:]
            let url = try #require(SharedData.url("data/industry-codes/gbt4754-\(version).csv"))
            for line in try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline) {
                let fields = line.split(separator: ",")
                if let code = fields.first, let name = fields.last { known[String(code.dropFirst(code.count > 1 ? 1 : 0))] = String(name) }
            }
            for code in codes.codes where code.version == version { #expect(known[code.code] == code.name, "\(code)") }
        }
    }

    @Test("cannot be loaded from a folder without tables")
    func missing() {
        #expect(
            throws: Failure(
                .missing, "regulations.file-missing", "没有行业代码表", at: FilePlace(file: "industries"), cure: "从安装包恢复 regulations 文件夹")
        ) {
            try IndustryCodes.load(folder: URL(fileURLWithPath: "/nonexistent"))
        }
    }
}
