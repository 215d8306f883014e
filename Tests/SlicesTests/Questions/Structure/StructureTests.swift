import Enterprises
import Evidence
import Questions
import Storage
import TestSupport
import Testing
import Values

@Suite("Questions under the divisions of then and of today")
struct StructureTests {
    private static let metrics = ["count", "pass-rate", "firm-pass-rate", "firms", "sales", "sales-share"]
    private static let additive = ["count", "sales"]

    /// What took each place's place today, by hand.
    private static func heir(_ region: Int64?) throws -> Int64? {
        let number = StructureOffice.number
        let (shishan, nanhai, chancheng) = (try number("440605124"), try number("440605"), try number("440604"))
        let heirs: [Int64: Int64] = [
            try number("罗村街道"): shishan, try number("小塘镇"): shishan, try number("示例墟"): shishan, try number("440682"): nanhai,
            try number("南庄镇"): chancheng,
        ]
        return region.map { heirs[$0] ?? $0 }
    }

    private func same(_ answer: Figure, _ expected: (value: Double?, n: Int), _ comment: String) {
        #expect(answer.n == Int64(expected.n), "\(comment)")
        #expect(abs((answer.value ?? -1) - (expected.value ?? -1)) < 1e-9, "\(comment)")
    }

    @Test("every metric of a group is computed over the rows of all that it took the place of", arguments: TestEngine.available)
    func groups(_ engine: TestEngine) async throws {
        try await StructureOffice.with(engine) { store in
            let lines = try Dictionary(grouping: store.lines) { try Self.heir($0.region).map(String.init) ?? "" }
            for metric in Self.metrics {
                for asking in [store.asking(), store.asking(counted: false), store.asking(counted: false).walking { _, _ in }] {
                    let now = try await store.ask(Question("sample", metric: metric, by: ["region"], structure: .now), asking)
                    let keys = Set(now.groups.map { $0.keys[0] })
                    #expect(keys.count == now.groups.count && keys.isSubset(of: Set(lines.keys)))
                    for (key, lines) in lines {
                        let expected = StructureOffice.figure(metric, lines)
                        guard let group = now.groups.first(where: { $0.keys[0] == key }) else {
                            #expect(expected.n == 0, "\(metric) \(key)")
                            continue
                        }
                        same(group.figure, expected, "\(metric) \(key)")
                    }
                    same(now.figure, StructureOffice.figure(metric, store.lines), "\(metric): the whole")
                }
            }
        }
    }

    @Test(
        "both ways add up to the same for what can be added; then is the answer to a question that says nothing",
        arguments: TestEngine.available)
    func totals(_ engine: TestEngine) async throws {
        try await StructureOffice.with(engine) { store in
            for metric in Self.additive {
                let then = try await store.ask(Question("sample", metric: metric, by: ["region"]))
                let now = try await store.ask(Question("sample", metric: metric, by: ["region"], structure: .now))
                #expect(then.groups.reduce(0) { $0 + ($1.figure.value ?? 0) } == now.groups.reduce(0) { $0 + ($1.figure.value ?? 0) })
                #expect(then.figure == now.figure && then.groups.count > now.groups.count)
                #expect(Set(then.groups.map { $0.keys[0] }) == Set(store.lines.map { $0.region.map(String.init) ?? "" }))
            }
            let firms = try await store.ask(Question("sample", metric: "firms", by: ["region"], structure: .now))
            let apart = try await store.ask(Question("sample", metric: "firms", by: ["region"]))
            let shishan = try StructureOffice.number("440605124")
            let parts = apart.groups.filter { (try? Self.heir(Int64($0.keys[0]))) == shishan }.compactMap(\.figure.value)
            let whole = try #require(firms.groups.first { $0.keys[0] == String(shishan) }?.figure.value)
            #expect(parts.count == 4 && whole < parts.reduce(0, +), "a firm of two merged towns is one firm")
        }
    }

    @Test("a group opens exactly its rows, in both ways, alone and crossed with another dimension", arguments: TestEngine.available)
    func opens(_ engine: TestEngine) async throws {
        try await StructureOffice.with(engine) { store in
            for structure in [Structure.then, .now, .day(try #require(Day("2001-06-01")))] {
                for by in [["region"], ["region", "verdict"]] {
                    let question = Question("sample", metric: "count", by: by, structure: structure)
                    let answer = try await store.ask(question)
                    for group in answer.groups where !group.keys[0].isEmpty {
                        // A place that stands beside its own parts is not opened by a page.
                        let number = try #require(Int64(group.keys[0]))
                        let hasParts = answer.groups.contains { other in
                            other.keys[0] != group.keys[0]
                                && Int64(other.keys[0]).map { store.office.regions.path(of: $0, question).contains(number) } ?? false
                        }
                        if hasParts { continue }
                        let opened = question.narrowed(group.keys)
                        #expect(try await store.ask(opened).figure == group.figure, "\(group.labels) \(structure)")
                        #expect(try await store.rows(opened).count == Int(group.figure.n), "\(group.labels) \(structure)")
                        #expect(try await store.ask(opened, store.asking(counted: false)).figure == group.figure)
                    }
                }
            }
        }
    }

    @Test(
        "rows of a divided division stand apart with the reason; a filter by one of its parts tells how many it leaves out",
        arguments: TestEngine.available)
    func divided(_ engine: TestEngine) async throws {
        try await StructureOffice.with(engine) { store in
            let (old, part, city) = (
                try StructureOffice.number("320283"), try StructureOffice.number("320206"), try StructureOffice.number("320200")
            )
            func count(_ region: Int64) -> Int { store.lines.count { $0.region == region } }
            let answer = try await store.ask(Question("sample", metric: "count", by: ["region"], structure: .now))
            let own = try #require(answer.groups.first { $0.keys[0] == String(old) })
            #expect(own.labels == ["锡山市（已拆分，不能归到一处）"] && own.figure.n == Int64(count(old)))
            let filtered = try await store.ask(
                Question("sample", metric: "count", where: [.init("region", [String(part)])], structure: .now))
            #expect(filtered.figure.n == Int64(count(part)))
            #expect(filtered.notes == ["“锡山市”已拆分，不能归到一处：\(count(old))行未计入"])
            let whole = try await store.ask(Question("sample", metric: "count", where: [.init("region", [String(city)])], structure: .now))
            #expect(
                whole.figure.n
                    == store.lines.count { [old, city, part].contains($0.region) || $0.region == (try? StructureOffice.number("320205")) })
            #expect(whole.notes == [])
            let then = try await store.ask(Question("sample", metric: "count", where: [.init("region", [String(part)])]))
            #expect(then.notes == [] && then.figure == filtered.figure)
        }
    }

    @Test("now is the store's today, and the day of the position where one is asked for", arguments: TestEngine.available)
    func days(_ engine: TestEngine) async throws {
        try await StructureOffice.with(engine, day: "2010-06-01") { store in
            let (luocun, xiaotang) = (try StructureOffice.number("罗村街道"), try StructureOffice.number("小塘镇"))
            let question = Question("sample", metric: "count", by: ["region"], structure: .now)
            func keys(_ question: Question) async throws -> Set<String> { Set(try await store.ask(question).groups.map { $0.keys[0] }) }
            let before = try await keys(question)
            #expect(before.contains(String(luocun)) && !before.contains(String(xiaotang)), "one has ended by 2010, the other will in 2013")
            store.clock.move(days: 6000)
            try await store.office.store.act("sample.more", by: .local) { transaction in
                try transaction.open(StructureOffice.table, id: 9999, store.lines[0].row)
            }
            let today = try await store.ask(question)
            #expect(!today.groups.contains { $0.keys[0] == String(luocun) })
            var past = question
            past.known = today.position - 1
            let known = try await store.ask(past)
            #expect(known.groups.contains { $0.keys[0] == String(luocun) }, "asked as known in 2010, as structured in 2010")
        }
    }

    @Test(
        "a town's officer sees the rows of the towns whose place it took, and no longer those of a town that was merged",
        arguments: TestEngine.available)
    func officers(_ engine: TestEngine) async throws {
        try await StructureOffice.with(engine) { store in
            let (shishan, luocun) = (try StructureOffice.number("440605124"), try StructureOffice.number("罗村街道"))
            let own = try store.lines.filter { try Self.heir($0.region) == shishan }
            for counted in [true, false] {
                for structure in [Structure.then, .now] {
                    let asking = store.asking(.townOfficer, region: shishan, counted: counted)
                    for metric in ["count", "pass-rate", "firms", "firm-pass-rate"] {
                        let answer = try await store.ask(Question("sample", metric: metric, structure: structure), asking)
                        same(answer.figure, StructureOffice.figure(metric, own), "\(metric) \(structure)")
                    }
                    let groups = try await store.ask(Question("sample", by: ["region"], structure: structure), asking).groups
                    #expect(groups.count == (structure == .now ? 1 : 4))
                    let rows = try await store.rows(Question("sample", structure: structure), asking)
                    #expect(rows.count == own.count)
                    let former = store.asking(.townOfficer, region: luocun, counted: counted)
                    #expect(try await store.ask(Question("sample", structure: structure), former).figure.n == 0)
                    #expect(try await store.rows(Question("sample", structure: structure), former) == [])
                }
            }
        }
        try await StructureOffice.with(engine, day: "2013-02-28") { store in
            let (shishan, luocun) = (try StructureOffice.number("440605124"), try StructureOffice.number("罗村街道"))
            let old = try await store.ask(Question("sample"), store.asking(.townOfficer, region: luocun)).figure.n
            let hamlet = StructureOffice.hamlet.number
            #expect(old == Int64(store.lines.count { $0.region == luocun || $0.region == hamlet }), "the day before, it is still there")
            let new = try await store.rows(
                Question("sample", where: [.init("region", [String(luocun)])]), store.asking(.townOfficer, region: shishan))
            #expect(new == [])
        }
    }

    /// Every sum that a stranger is shown in either way, by place, by year and of single places: a firm's row is known by which sums it stands in.
    @Test("no combination of what is shown in both ways is one or two firms' own", arguments: TestEngine.available)
    func guarded(_ engine: TestEngine) async throws {
        try await StructureOffice.with(engine) { store in
            let stranger = store.asking(.leader)
            let places = try StructureOffice.places().compactMap { $0 }
            for year in 2001...2012 {
                let lines = store.lines.filter { $0.year == Int64(year) && $0.sales != nil }
                var shown: [Set<String>] = []
                for structure in [Structure.then, .now] {
                    let filter = [Question.Filter("year", [String(year)])]
                    let groups = try await store.ask(
                        Question("sample", metric: "sales", where: filter, by: ["region"], structure: structure), stranger)
                    for group in groups.groups where !group.figure.isSuppressed {
                        var members: Set<String> = []
                        for (index, line) in lines.enumerated() {
                            let place = structure == .now ? try Self.heir(line.region) : line.region
                            if (place.map { String($0) } ?? "") == group.keys[0] { members.insert(String(index)) }
                        }
                        #expect(group.figure.n == Int64(members.count))
                        shown.append(members)
                    }
                    if !groups.figure.isSuppressed { shown.append(Set(lines.indices.map(String.init))) }
                    for place in places {
                        let question = Question(
                            "sample", metric: "sales", where: filter + [.init("region", [String(place)])], structure: structure)
                        guard try await !store.ask(question, stranger).figure.isSuppressed else { continue }
                        let root = store.office.regions.path(of: place, question).last
                        var members: Set<String> = []
                        for (index, line) in lines.enumerated() {
                            guard let region = line.region, let root else { continue }
                            if store.office.regions.path(of: region, question).contains(root) { members.insert(String(index)) }
                        }
                        shown.append(members)
                    }
                }
                let kinds = Dictionary(grouping: lines.indices.map(String.init)) { line in shown.map { $0.contains(line) } }
                for (kind, firms) in kinds where kind.contains(true) { #expect(firms.count >= 3, "\(year)") }
            }
        }
    }
}
