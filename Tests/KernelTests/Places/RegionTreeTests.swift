import Foundation
import Places
import TestSupport
import Testing
import Values

@Suite("The tree of divisions")
struct RegionTreeTests {
    let tree: RegionTree

    init() throws { tree = try ShippedRegions.resolver().tree }

    private func name(_ code: String, _ day: String) -> String? { Day(day).flatMap { tree.region(code: code, on: $0)?.name } }

    @Test("knows that codes are abolished and reused")
    func reused() {
        #expect(name("330303", "1980-06-01") == "西城区")
        #expect(name("330303", "2018-06-01") == "龙湾区")
        #expect(name("440181", "1998-06-01") == "番禺市")
        #expect(name("440181", "2018-06-01") == nil)
        #expect(name("440605", "2002-06-01") == nil)
        #expect(name("440682", "2002-06-01") == "南海市")
        #expect(name("440605", "2003-01-01") == "南海区")
        #expect(name("371403", "2014-12-01") == "陵城区")
        #expect(name("371421", "2014-06-01") == "陵县")
        #expect(name("320509", "2013-01-01") == "吴江区")
    }

    @Test("leads from an abolished division to what took its place")
    func successors() throws {
        let day = try #require(Day("2018-06-01"))
        let old = try #require(tree.bearers(of: "440181").first)
        #expect(tree.successors(of: old, on: day).map(\.code) == ["440113"])
        let divided = try #require(tree.bearers(of: "320586").first)
        #expect(tree.successors(of: divided, on: day).map(\.name) == ["吴中区", "相城区"])
        #expect(tree.common(tree.successors(of: divided, on: day))?.name == "苏州市")
        let district = try #require(tree.region(code: "440113", on: day))
        #expect(tree.predecessors(of: district).map(\.name).sorted() == ["番禺县", "番禺市"])
    }

    @Test("counts the divisions of every level")
    func counts() throws {
        let day = try #require(Day("2022-06-01"))
        let alive = tree.regions.filter { $0.exists(on: day) }
        #expect(alive.filter { $0.level == .province }.count == 34)
        #expect(alive.filter { $0.level == .city }.count == 333)
        #expect(alive.filter { $0.level == .district && $0.name.hasSuffix("市") }.count == 394)
        #expect(Set(tree.regions.map(\.id)).count == tree.regions.count)
        #expect(tree.region(named: "南海区", on: day).map { tree.children(of: $0.id, on: day).count } == 7)
        #expect(tree.region(named: "鼓楼区", on: day) == nil)
    }

    @Test(
        "holds no code and name that the published tables do not have",
        .enabled(if: SharedData.isPresent, "needs the shared tables of divisions"))
    func published() throws {
        var known = Set<String>()
        for file in ["mca-198012", "mca-199012", "stats-200212", "stats-200612", "stats-201210", "stats-201410", "stats-201810"] {
            let url = try #require(SharedData.url("data/divisions/by-year/\(file).tsv"))
            for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
                let fields = line.split(separator: "\t")
                if fields.count >= 4 { known.insert("\(fields[2]) \(fields[3])") }
            }
        }
        for file in ["areas", "streets"] {
            let url = try #require(SharedData.url("data/divisions/modood-\(file).csv"))
            for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
                let fields = line.split(separator: ",").map { $0.filter { $0 != "\"" } }
                if fields.count >= 2 { known.insert("\(fields[0]) \(fields[1])") }
            }
        }
        let today = try #require(Day("2022-06-01"))
        for region in tree.regions where region.exists(on: today) {
            guard let code = region.code else { continue }
            #expect(known.contains("\(code) \(region.name)"), "\(code) \(region.name)")
        }
    }

    @Test("refuses a folder without its files, with the cure")
    func missing() {
        #expect(
            throws: Failure(
                .missing, "regulations.file-missing", "缺少数据文件", at: FilePlace(file: "provinces.yaml"), cure: "从安装包恢复 regulations 文件夹")
        ) {
            try RegionFiles.load(folder: URL(fileURLWithPath: "/nonexistent"))
        }
    }
}

@Suite("Registers of two districts")
struct RegisteredPlacesTests {
    @Test(
        "are placed in their district, in one that was split off, or left to a person; never nowhere",
        .enabled(if: SharedData.isPresent, "needs the shared registers"), arguments: [("longwan", "龙湾区", 520), ("panyu", "番禺区", 900)])
    func registers(_ file: String, _ own: String, _ least: Int) throws {
        let resolver = try ShippedRegions.resolver()
        let day = try #require(Day("2022-06-01"))
        let region = try #require(resolver.tree.region(named: own, on: day))
        let url = try #require(SharedData.url("data/enterprises/\(file).csv"))
        var inside = 0
        for row in SimpleCSV.rows(try String(contentsOf: url, encoding: .utf8)).dropFirst() where row.count >= 10 {
            let clues = PlaceClues(declared: row[7], address: row[9], name: row[0])
            let verdict = resolver.verdict(resolver.resolve(clues, on: day), own: region, clues: clues)
            if verdict.isInside { inside += 1 }
            #expect(verdict.standing != .unknown, "\(row[0])")
        }
        #expect(inside >= least)
    }
}
