import Foundation
import Places
import TestSupport
import Testing
import Values

/// The project's own tree of divisions.
enum ShippedRegions {
    static func resolver() throws -> PlaceResolver {
        PlaceResolver(tree: try RegionFiles.load(folder: ProjectFiles.url("regulations/regions")))
    }
}

@Suite("The place of an enterprise")
struct PlaceResolverTests {
    let resolver: PlaceResolver
    let day = Day(number: 15_946)  // 2013-08-29

    init() throws { resolver = try ShippedRegions.resolver() }

    private func place(name: String? = nil, declared: String? = nil, address: String? = nil, context: String? = nil, on day: Day? = nil)
        -> PlaceResolution
    {
        let home = context.flatMap { resolver.tree.region(named: $0, on: self.day) }
        return resolver.resolve(PlaceClues(declared: declared, address: address, name: name), on: day ?? self.day, context: home)
    }

    private func names(_ resolution: PlaceResolution) -> String { resolution.chain.map(\.name).joined(separator: "/") }

    @Test(
        "is read from the left of the name by the longest registered names",
        arguments: [
            ("佛山市南海区演示厂", "广东省/佛山市/南海区"), ("佛山市南海星族演示厂", "广东省/佛山市/南海区"), ("佛山市南海区西樵君陇演示厂", "广东省/佛山市/南海区/西樵镇"),
            ("温州市龙湾永中演示厂", "浙江省/温州市/龙湾区/永中街道"), ("浙江龙湾化工有限公司", "浙江省"), ("济南海启明演示公司", "山东省/济南市"),
            ("广东省南海区演示厂", "广东省/佛山市/南海区"), ("广东南海演示厂", "广东省"), ("南海市演示厂", "广东省/佛山市/南海区"), ("南海市大沥镇演示厂", "广东省/佛山市/南海区/大沥镇"),
            ("佛山市南海区罗村演示厂", "广东省/佛山市/南海区/狮山镇"), ("番禺区沙湾镇演示厂", "广东省/广州市/番禺区/沙湾街道"), ("番禺区演示厂", "广东省/广州市/番禺区"), ("昆山演示厂", "江苏省/苏州市/昆山市"),
            ("淮安演示厂", "江苏省/淮安市"),
            ("萧山演示厂", ""), ("南海演示厂", ""),
            ("广州市番禺区榄核镇演示厂", "广东省/广州市/南沙区"), ("吴县市演示厂", "江苏省/苏州市"), ("佛山市演示厂", "广东省/佛山市"), ("佛山演示厂", "广东省/佛山市"),
            ("佛山南海演示厂", "广东省/佛山市"), ("吉林演示厂", "吉林省"), ("吉林市演示厂", "吉林省/吉林市"), ("鼓楼区演示厂", ""), ("南京市鼓楼区演示厂", "江苏省/南京市/鼓楼区"),
            ("徐州市鼓楼区演示厂", "江苏省/徐州市/鼓楼区"), ("朝阳演示厂", ""), ("瓦房店市演示厂", "辽宁省/大连市/瓦房店市"), ("演示科技（深圳）有限公司", "广东省/深圳市"),
            ("上海演示（苏州）有限公司", ""), ("上海演示公司佛山分公司", ""), ("中国演示公司", ""), ("海南演示厂", "海南省"),
        ])
    func names(_ name: String, _ expected: String) { #expect(names(place(name: name)) == expected, "\(name)") }

    @Test("keeps a name after a province as a mention only")
    func mention() throws {
        let found = place(name: "浙江龙湾化工有限公司", declared: "浙江省")
        #expect(names(found) == "浙江省")
        #expect(found.mentions.map(\.region.name) == ["龙湾区"])
        #expect(found.mentions.first?.sentence == "企业名称中的“龙湾”不足以证明在龙湾区")
    }

    @Test("is read from an address by full names, former ones included")
    func addresses() {
        #expect(names(place(address: "苏州市吴中区胥口镇演示路1号")) == "江苏省/苏州市/吴中区")
        #expect(names(place(address: "镇江市丹徒区演示路")) == "江苏省/镇江市/丹徒区")
        #expect(names(place(address: "吴江市七都镇行军村")) == "江苏省/苏州市/吴江区")
        #expect(names(place(address: "吴江市七都镇行军村", on: Day("2010-01-01"))) == "江苏省/苏州市/吴江市")
        #expect(names(place(address: "张家港市塘桥镇")) == "江苏省/苏州市/张家港市")
        #expect(names(place(address: "江苏省 苏州市，吴中区")) == "江苏省/苏州市/吴中区")
    }

    @Test("is not read from the names of roads")
    func roads() {
        #expect(names(place(address: "中山路78号")) == "")
        #expect(names(place(address: "深圳市南山大道1号")) == "广东省/深圳市")
        #expect(names(place(address: "佛山市南海大道1号")) == "广东省/佛山市")
        #expect(names(place(address: "江苏苏州吴中区演示路")) == "江苏省/苏州市/吴中区")
        #expect(names(place(name: "演示厂", address: "南京东路1号")) == "")
    }

    @Test("is declared in short or full, and functional zones are known only in their city")
    func declared() {
        #expect(names(place(declared: "广东")) == "广东省")
        #expect(names(place(declared: "广东省")) == "广东省")
        #expect(names(place(declared: "河北")) == "河北省")
        #expect(names(place(declared: "常熟市")) == "江苏省/苏州市/常熟市")
        #expect(names(place(declared: "高新区")) == "")
        #expect(names(place(declared: "高新区", context: "苏州市")) == "江苏省/苏州市/虎丘区")
        #expect(names(place(declared: "吴中区", context: "苏州市")) == "江苏省/苏州市/吴中区")
        #expect(names(place(declared: "上海市", context: "苏州市")) == "上海市")
        #expect(names(place(declared: "/")) == "")
    }

    @Test("takes the deeper of two agreeing texts, and lets a county-level city's short name stand where the list agrees")
    func agreeing() {
        #expect(names(place(name: "佛山市南海星族演示厂", declared: "广东省")) == "广东省/佛山市/南海区")
        #expect(names(place(name: "常熟演示厂", declared: "江苏省")) == "江苏省/苏州市/常熟市")
        #expect(names(place(name: "沭阳演示厂", declared: "江苏省")) == "江苏省/宿迁市/沭阳县")
        #expect(names(place(name: "沭阳演示厂")) == "")
        #expect(names(place(name: "南海区演示厂", declared: "广东省")) == "广东省/佛山市/南海区")
        #expect(names(place(name: "江苏演示厂", address: "苏州市吴中区")) == "江苏省/苏州市/吴中区")
    }

    @Test("is in conflict where two texts name different places, and nobody guesses")
    func conflict() throws {
        let found = place(name: "温州市演示厂", declared: "广东")
        #expect(found.chain.isEmpty)
        #expect(found.conflict?.sentence == "所在地“广东”与企业名称“温州市”不一致")
        let two = place(name: "佛山市演示厂", declared: "广东省广州市")
        #expect(names(two) == "广东省")
    }

    @Test("says what it was read from")
    func evidence() {
        let found = place(name: "南海市演示厂", declared: "广东省")
        #expect(found.sentence == "依据：所在地“广东省”、企业名称“南海市”（今南海区）")
        #expect(found.evidence.last?.span == 0..<3)
        #expect(place(name: "演示厂").sentence == "没有可据以判断地点的文字")
    }

    // MARK: Seen from one's own region

    private func standing(_ own: String, name: String? = nil, declared: String? = nil, on day: Day? = nil) throws -> PlaceVerdict {
        let today = try #require(Day("2022-06-01"))
        let region = try #require(resolver.tree.region(named: own, on: today))
        let clues = PlaceClues(declared: declared, name: name)
        return resolver.verdict(resolver.resolve(clues, on: day ?? self.day), own: region, clues: clues)
    }

    @Test("is inside, outside, above, in conflict or unknown, seen from one's own region")
    func verdicts() throws {
        #expect(try standing("南海区", name: "佛山市南海区九江金永明演示厂").isInside)
        #expect(try standing("南海区", name: "济南海启明演示公司", declared: "山东省").isOutside)
        #expect(try standing("南海区", name: "温州市演示厂").isOutside)
        let above = try standing("南海区", name: "佛山市演示厂")
        #expect(above.standing == resolver.tree.region(named: "佛山市", on: day).map { .above($0) })
        #expect(above.mentions.isEmpty)
        #expect(try standing("南海区", name: "演示厂").standing == .unknown)
        if case .conflict = try standing("南海区", name: "温州市演示厂", declared: "广东").standing {} else { Issue.record("no conflict") }
        #expect(try standing("陵城区", name: "温州市演示厂", declared: "广东").isOutside)
    }

    @Test("names the own region without proof: 浙江龙湾化工 is place not proven")
    func notProven() throws {
        let found = try standing("龙湾区", name: "浙江龙湾化工有限公司", declared: "浙江省")
        #expect(found.standing == resolver.tree.region(named: "浙江省", on: day).map { .above($0) })
        #expect(found.mentions.map(\.text) == ["龙湾"])
        #expect(try standing("南海区", name: "佛山南海演示厂").mentions.map(\.text) == ["南海"])
        #expect(try standing("南海区", name: "佛山市演示南海厂").mentions.map(\.text) == ["南海"])
    }

    @Test("is inside even where name and address disagree about the town")
    func townsDisagree() throws {
        let clues = PlaceClues(address: "温州市龙湾区海滨街道演示路", name: "温州市龙湾永中演示厂")
        let own = try #require(resolver.tree.region(named: "龙湾区", on: day))
        let found = resolver.resolve(clues, on: day)
        #expect(found.conflict?.sentence == "地址“海滨街道”与企业名称“永中”不一致")
        #expect(resolver.verdict(found, own: own, clues: clues).standing == .inside(own))
    }

    @Test("meets a region that has changed its name since")
    func renamed() throws {
        #expect(try standing("陵城区", name: "陵县演示厂", declared: "山东省").isInside)
        #expect(try standing("南海区", name: "南海市演示厂", on: Day("1999-01-01")).isInside)
    }
}
