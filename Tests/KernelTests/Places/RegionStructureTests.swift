import TestSupport
import Testing
import Values

@testable import Places

@Suite("The divisions as they stood on a day")
struct RegionStructureTests {
    let tree: RegionTree

    init() throws { tree = try ShippedRegions.resolver().tree }

    private func number(_ code: String) throws -> Int64 { try #require(tree.bearers(of: code).first).id.number }
    private func former(_ name: String) throws -> Int64 { try #require(tree.regions.first { $0.name == name && $0.to != nil }).id.number }
    private func structure(_ day: String) throws -> RegionStructure { RegionStructure(tree, on: try #require(Day(day))) }

    @Test("renamed and merged divisions are counted with what took their place, from its day on")
    func takenOver() throws {
        let (shishan, luocun) = (try number("440605124"), try former("罗村街道"))
        #expect(try structure("2013-02-28").group(of: luocun) == luocun)
        #expect(try structure("2013-03-01").group(of: luocun) == shishan)
        let today = try structure("2026-03-01")
        #expect(try today.within(shishan) == [shishan, luocun, former("小塘镇"), former("官窑镇"), former("松岗镇")].sorted())
        #expect(try today.group(of: number("440682")) == number("440605"))
        #expect(try today.path(of: former("南庄镇")) == [number("440000"), number("440600"), number("440604")])
        #expect(try !today.within(number("440605")).contains(former("南庄镇")))
        #expect(try today.within(luocun) == today.within(shishan), "a former division is met by what took its place")
    }

    @Test("a divided division stands on its own, within what contains all its parts")
    func divided() throws {
        let today = try structure("2026-03-01")
        let (old, wuxi) = (try number("320283"), try number("320200"))
        #expect(today.isDivided(old) && today.group(of: old) == old)
        #expect(try today.path(of: old) == [number("320000"), wuxi, old])
        #expect(today.within(wuxi).contains(old))
        #expect(try !today.within(number("320205")).contains(old) && !today.within(number("320206")).contains(old))
        #expect(try today.divided(around: number("320206")) == [old] && today.divided(around: wuxi) == [])
        #expect(try today.path(of: former("巢湖市")).count == 2)
        #expect(try !structure("2000-12-20").isDivided(old))
    }

    @Test("who answers for a division has the rows of its predecessors; who answers for a former one has none")
    func entrusted() throws {
        let (luocun, shishan) = (try former("罗村街道"), try number("440605124"))
        #expect(try structure("2013-02-28").entrusted(to: luocun) == [luocun])
        #expect(try !structure("2013-02-28").entrusted(to: shishan).contains(luocun))
        let today = try structure("2026-03-01")
        #expect(today.entrusted(to: luocun) == [] && today.entrusted(to: shishan).contains(luocun))
        #expect(try today.entrusted(to: number("320283")) == [] && today.entrusted(to: 1) == [])
    }

    @Test("successions are followed as far as needed, and one that leads in a circle ends")
    func chains() throws {
        func region(_ id: Int64, to: String?, _ successors: [Int64], parent: Int64? = nil) -> Region {
            Region(
                id: ID(id), code: nil, name: "区划\(id)", short: nil, level: .town, parent: parent.map { ID($0) }, from: nil,
                to: to.flatMap { Day($0) },
                successors: successors.map { ID($0) })
        }
        let tree = RegionTree(regions: [
            region(1, to: "2001-01-01", [2]), region(2, to: "2005-01-01", [3, 4]), region(3, to: "2009-01-01", [5]),
            region(4, to: "2009-01-01", [5]),
            region(5, to: nil, [], parent: 8), region(6, to: "2001-01-01", [7]), region(7, to: "2002-01-01", [6]),
            region(8, to: nil, []), region(9, to: "2003-01-01", []),
        ])
        func group(_ number: Int64, _ day: String) -> Int64? { Day(day).map { RegionStructure(tree, on: $0).group(of: number) } }
        #expect(group(1, "2000-01-01") == 1 && group(1, "2001-01-01") == 2)
        #expect(group(1, "2005-01-01") == 1 && group(2, "2005-01-01") == 2, "divided into 3 and 4")
        #expect(group(1, "2009-01-01") == 5 && group(2, "2009-01-01") == 5, "3 and 4 became one again")
        #expect(group(6, "2026-01-01") == 6 && group(7, "2026-01-01") == 7)
        #expect(group(9, "2026-01-01") == 9, "nothing is known to have taken its place")
        #expect(Day("2009-01-01").map { RegionStructure(tree, on: $0).path(of: 1) } == [8, 5])
    }
}
