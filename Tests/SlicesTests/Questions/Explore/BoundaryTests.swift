import Enterprises
import Evidence
import Foundation
import Storage
import TestSupport
import Testing
import Values

@testable import Questions

@Suite("Boundaries of maps") struct BoundaryTests {
    static func area(_ code: String, _ name: String, _ coordinates: String, type: String = "Polygon") -> String {
        #"{"type":"Feature","properties":{"adcode":\#(code),"name":"\#(name)"},"geometry":{"type":"\#(type)","coordinates":\#(coordinates)}}"#
    }

    static func collection(_ areas: String...) -> Data {
        Data(#"{"type":"FeatureCollection","features":[\#(areas.joined(separator: ","))]}"#.utf8)
    }

    static let square = "[[[113.0,23.0],[113.2,23.0],[113.2,23.2],[113.0,23.2],[113.0,23.0]]]"
    static let beside = "[[[113.2,23.0],[113.4,23.0],[113.4,23.2],[113.2,23.2],[113.2,23.0]]]"
    static let nanhai = area("440605", "南海区", square)
    static let shunde = area("440606", "顺德区", beside)

    @Test(
        "a file that is no map is refused with its reason",
        arguments: [
            ("boundary.not-json", Data("{".utf8)), ("boundary.not-json", Data()), ("boundary.not-collection", Data("[]".utf8)),
            ("boundary.not-collection", Data(#"{"type":"Topology","features":[]}"#.utf8)), ("boundary.no-area", collection()),
            ("boundary.too-deep", Data((String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)).utf8)),
            ("boundary.too-large", Data(repeating: 32, count: ReadBoundaries.mostBytes + 1)),
            ("boundary.too-many", collection(Array(repeating: nanhai, count: 601).joined(separator: ","))),
            ("boundary.no-name", collection(#"{"type":"Feature","geometry":null}"#)),
            ("boundary.no-name", collection(area("440605", " ", square))),
            ("boundary.not-area", collection(area("440605", "南海区", "[113.0,23.0]", type: "Point"))),
            ("boundary.not-area", collection(#"{"properties":{"name":"南海区"},"geometry":null}"#)),
            ("boundary.not-area", collection(area("440605", "南海区", "[]"))),
            ("boundary.ring-short", collection(area("440605", "南海区", "[[[113.0,23.0],[113.2,23.0],[113.0,23.0]]]"))),
            ("boundary.ring-open", collection(area("440605", "南海区", "[[[113.0,23.0],[113.2,23.0],[113.2,23.2],[113.0,23.2]]]"))),
            ("boundary.coordinate", collection(area("440605", "南海区", "[[[113.0,23.0],[113.2,\"x\"],[113.2,23.2],[113.0,23.0]]]"))),
            ("boundary.coordinate", collection(area("440605", "南海区", "[[[23.0,113.0],[23.0,113.2],[23.2,113.2],[23.0,113.0]]]"))),
            ("boundary.coordinate", collection(area("440605", "南海区", "[[[500000,2500000],[1,1],[2,2],[500000,2500000]]]"))),
        ])
    func hostile(_ code: String, _ bytes: Data) {
        do {
            _ = try ReadBoundaries.read(bytes, file: "边界.json")
            Issue.record("\(code) was not refused")
        } catch let failure as Failure {
            #expect(failure.code == code)
            #expect(failure.cure != nil && failure.place.file == "边界.json")
        } catch { Issue.record(error) }
    }

    @Test("brackets inside texts do not count as depth")
    func texts() throws {
        let name = String(repeating: "[{\\\"", count: 12)
        #expect(try ReadBoundaries.read(Self.collection(Self.area("440605", name, Self.square)), file: "a").count == 1)
    }

    @Test("an area stands for a region by its code where the names agree, else by a name that one region bears")
    func matching() async throws {
        try await ExploreOffice.with(.sqlite) { explore in
            let shapes = try ReadBoundaries.read(
                Self.collection(
                    Self.nanhai, Self.area("440605", "海北区", Self.square), Self.area("320571", "苏州工业园区", Self.square),
                    Self.area("null", "顺德区", Self.square), Self.area("null", "鼓楼区", Self.square), Self.nanhai), file: "a")
            let boundaries = MatchBoundaries(regions: explore.office.regions).boundaries(shapes)
            let numbers = try ["440605", "440606"].map { try explore.office.regions.number(of: $0) }
            #expect(boundaries.map(\.region) == [numbers[0], nil, nil, numbers[1], nil, nil])
            #expect(boundaries[1].remark == "代码 440605 现为南海区，文件写的是海北区")
            #expect(boundaries.filter { $0.region == nil }.allSatisfy { $0.remark != nil })
        }
    }

    @Test("a map is loaded once, drawn as it was read, and withdrawn with its areas", arguments: TestEngine.available)
    func life(_ engine: TestEngine) async throws {
        try await ExploreOffice.with(engine) { explore in
            let (store, regions) = (explore.office.store, explore.office.regions)
            let load = LoadBoundaries(title: "两区", source: "测试", file: "a.json", bytes: Self.collection(Self.nanhai, Self.shunde))
            let map = try await load.perform(on: store, regions: regions, by: .local, request: "1")
            #expect(try await load.perform(on: store, regions: regions, by: .local, request: "1") == map)
            await #expect(throws: Failure.self) { try await load.perform(on: store, regions: regions, by: .local, request: "2") }
            let kept = try await store.read { try BoundaryStore.boundaries(of: map, $0) }
            #expect(kept.map(\.shape) == (try ReadBoundaries.read(load.bytes, file: "a.json")))
            await #expect(throws: Failure.self) {
                try await WithdrawBoundaries(map).perform(on: store, by: Actor(name: "乙", role: .leader), request: "3")
            }
            try await WithdrawBoundaries(map).perform(on: store, by: .local, request: "4")
            #expect(try await store.read { try BoundaryStore.maps($0) }.isEmpty)
            #expect(try await store.verify().findings == [])
        }
    }

    @Test("an area's figure is what the question narrowed to its region answers", arguments: TestEngine.available)
    func figures(_ engine: TestEngine) async throws {
        try await ExploreOffice.with(engine) { explore in
            let load = LoadBoundaries(title: "两区", source: "测试", file: "a.json", bytes: Self.collection(Self.nanhai, Self.shunde))
            _ = try await load.perform(on: explore.office.store, regions: explore.office.regions, by: .local, request: "1")
            for metric in ["count", "firms", "amount", "pass-rate"] {
                let question = Question("sample", metric: metric, where: [.init("method", ["double"])])
                let asked = AskMap(asking: explore.asking(), question: question, fact: ExploreOffice.fact, regions: explore.office.regions)
                let map = try #require(try await explore.office.store.read { try asked.answer(nil, $0) })
                #expect(map.figures.count == 2)
                for (region, figure) in map.figures {
                    var narrow = question
                    narrow.filters.append(.init("region", [String(region)]))
                    #expect(figure == (try await explore.ask(narrow)), "\(metric)")
                }
            }
        }
    }

    @Test("a drawn map stays small and inside its picture", arguments: ["datav-city-330300", "datav-city-440600", "datav-county-440605"])
    func drawn(_ name: String) throws {
        guard let url = SharedData.url("data/maps/\(name).json") else { return }
        let shapes = try ReadBoundaries.read(Data(contentsOf: url), file: name)
        let drawn = DrawAreas(shapes)
        #expect(drawn.outlines.count == shapes.count)
        #expect(drawn.outlines.reduce(0) { $0 + $1.path.utf8.count } < 60_000)
        #expect(drawn.outlines.allSatisfy { $0.path.hasPrefix("M") && $0.path.hasSuffix("Z") && !$0.path.contains("-") })
        #expect(drawn.width <= 770 && drawn.height <= 630)
    }

    @Test("a map of many points is thinned out until it can be sent")
    func thinned() {
        var ring: [MapPoint] = []
        for step in 0..<60_000 {
            let (x, y) = (step < 30_000 ? step : 60_000 - step, (step * 7919) % 400 + (step < 30_000 ? 0 : 20_000))
            ring.append(MapPoint(longitude: 11_300_000 + Int32(x), latitude: 2_300_000 + Int32(y)))
        }
        let drawn = DrawAreas([BoundaryShape(name: "海岸", code: "", rings: [ring])])
        #expect(drawn.outlines[0].path.split(separator: " ").count <= DrawAreas.mostPoints)
    }
}
