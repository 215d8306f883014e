import Evidence
import Storage
import TestSupport
import Testing
import Values

/// What a number does not say: mixed ways of sampling, risk monitoring, unknown sums, single firms' figures.
@Suite struct HonestNumbersTests {
    @Test("mixed ways of sampling give groups and no total; risk monitoring enters none", arguments: TestEngine.available)
    func mixed(_ engine: TestEngine) async throws {
        let rows = [
            Sample.row("pass", 11, "random", 2013, "甲"), Sample.row("fail", 11, "random", 2013, "乙"),
            Sample.row("fail", 11, "special", 2013, "丙"),
            Sample.row("fail", 11, "risk", 2013, "丁"), Sample.row("pass", 11, nil, 2013, "戊"),
        ]
        try await Sample.with(engine, rows) { store in
            for counted in [true, false] {
                for metric in ["pass-rate", "firm-pass-rate"] {
                    let answer = try await store.ask(Question("sample", metric: metric), Sample.asking(counted: counted))
                    #expect(answer.figure.value == nil)
                    #expect(answer.figure.n == 4)
                    #expect(Set(answer.lines) == ["未注明 1.0", "random 0.5", "special 0.0"])
                    #expect(answer.notes == ["抽样方式混合，只分组给出，不给合计"])
                    let one = try await store.ask(
                        Question("sample", metric: metric, where: [.init("method", ["random"])]), Sample.asking(counted: counted))
                    #expect(one.figure.value == 0.5)
                }
            }
        }
    }

    @Test("a sum over nothing is unknown, a count over nothing is zero, a share of nothing has no value", arguments: TestEngine.available)
    func nothing(_ engine: TestEngine) async throws {
        try await Sample.with(engine, [Sample.row("refused", 11, "random", 2013, "甲")]) { store in
            for counted in [true, false] {
                let asking = Sample.asking(counted: counted)
                let sales = try await store.ask(Question("sample", metric: "sales"), asking)
                #expect(sales.figure.value == nil)
                #expect(sales.notes == ["缺数据：没有一行填报"])
                let rate = try await store.ask(Question("sample", metric: "pass-rate"), asking)
                #expect(rate.figure.value == nil)
                #expect(rate.figure.n == 0)
                #expect(rate.notes == ["没有可计算的样本"])
                let count = try await store.ask(Question("sample", where: [.init("region", ["2"])]), asking)
                #expect(count.figure.value == 0)
            }
        }
    }

    @Test("small cells of confidential metrics are hidden from visitors, and cannot be had by subtraction", arguments: TestEngine.available)
    func smallCells(_ engine: TestEngine) async throws {
        var rows = (1...4).map { Sample.row("pass", 11, "random", 2013, "厂\($0)", sales: Int64($0)) }
        rows += (1...5).map { Sample.row("pass", 12, "random", 2013, "厂丙\($0)", sales: 10) }
        rows += (1...2).map { Sample.row("pass", 2, "random", 2013, "厂丁\($0)", sales: 1000) }
        try await Sample.with(engine, rows) { store in
            let year = Question.Filter("year", ["2013"])
            let question = Question("sample", metric: "sales", where: [year], by: ["region"])
            let office = try await store.ask(question)
            #expect(office.lines == ["戊区 2000.0", "乙镇 10.0", "丁镇 50.0"])
            for role in [Role.visitor, .leader] {
                let seen = try await store.ask(question, Sample.asking(role))
                #expect(seen.lines == ["戊区 -", "乙镇 10.0", "丁镇 50.0"])
                #expect(seen.groups.map(\.figure.isSuppressed) == [true, false, false])
                #expect(seen.figure.isSuppressed, "the total without the shown towns would be the two firms’ own")
                #expect(seen.notes.contains(GuardedAnswerWords.fewHidden))
                let single = try await store.ask(
                    Question("sample", metric: "sales", where: [.init("region", ["2"]), year]), Sample.asking(role))
                #expect(single.figure.value == nil)
                #expect(single.figure.isSuppressed)
            }
            let page = try await store.read { try Sample.asking(.visitor).rows(Question("sample"), $0).columns.map(\.name) }
            #expect(page == ["firm"])
        }
    }

    @Test("a confidential fact is refused to visitors, value and rows alike", arguments: TestEngine.available)
    func confidential(_ engine: TestEngine) async throws {
        try await Sample.with(engine, [Sample.row("pass", 11, "random", 2013, "甲")]) { store in
            let asking = Sample.asking(.visitor, isConfidential: true)
            let value = await #expect(throws: Failure.self) { _ = try await store.ask(Question("sample"), asking) }
            #expect(value?.kind == .refused)
            #expect(value?.message == "「样本」只供主管部门查询")
            let rows = await #expect(throws: Failure.self) {
                _ = try await store.read { try asking.rows(Question("sample"), $0).rows.count }
            }
            #expect(rows?.code == "question.confidential")
        }
    }

    @Test(
        "a town officer sees the own region in value, breakdown and rows; a fact without regions is refused",
        arguments: TestEngine.available)
    func scope(_ engine: TestEngine) async throws {
        let rows = [
            Sample.row("pass", 11, "random", 2013, "甲"), Sample.row("pass", 111, "random", 2013, "乙"),
            Sample.row("pass", 12, "random", 2013, "丙"),
            Sample.row("pass", nil, "random", 2013, "丁"),
        ]
        try await Sample.with(engine, rows) { store async throws in
            for counted in [true, false] {
                let asking = Sample.asking(.townOfficer, region: 11, counted: counted)
                #expect(try await store.ask(Question("sample"), asking).figure.value == 2)
                #expect(try await store.ask(Question("sample", where: [.init("region", ["1"])]), asking).figure.value == 2)
                #expect(try await store.ask(Question("sample", by: ["region"]), asking).lines == ["乙镇 1.0", "丙村 1.0"])
                #expect(try await store.read { try asking.rows(Question("sample"), $0).rows.map(\.id) } == [1, 2])
                let failure = await #expect(throws: Failure.self) {
                    _ = try await store.ask(Question("sample"), Sample.asking(.townOfficer, region: 11, counted: counted, scope: nil))
                }
                #expect(failure?.message == "您的权限看不到「样本」")
            }
        }
    }
}
