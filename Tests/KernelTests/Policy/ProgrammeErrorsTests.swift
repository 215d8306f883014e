import Foundation
import Policy
import Testing
import Values

/// Every sentence that a programme file can be refused with: what happened, where, and the cure.
@Suite struct ProgrammeErrorsTests {

    @Test("the small programme itself is valid")
    func valid() throws {
        #expect(try PolicyFixture.sentences() == [])
        #expect(try PolicyFixture.read().programme.organisation("office")?.name == "演示局")
    }

    @Test("all failures of a file come together")
    func together() throws {
        let found = try PolicyFixture.failures("targets:\n  - { id: t }\nduties:\n  - { id: d }\n")
        #expect(found.count > 6)
        #expect(Set(found.map(\.code)) == ["programme.key-missing", "programme.clause-missing"])
    }

    @Test("a missing or unknown clause is named")
    func clauses() throws {
        #expect(
            try PolicyFixture.sentences("open-points:\n  - { id: p, question: 哪年 }\n")
                == ["programme.yaml第11行：待明确「p」没有写条款。处理办法：加上「clause:」，写原文的条款编号。"])
        #expect(
            try PolicyFixture.sentences("open-points:\n  - { id: p, question: 哪年, clause: 九 }\n")
                == ["programme.yaml第11行（条款九）：待明确「p」的条款「九」不在「clauses」里。处理办法：改成原文的条款编号，或先把这一条列进「clauses」。"])
    }

    @Test("unknown and missing keys are named")
    func keys() throws {
        #expect(
            try PolicyFixture.sentences("open-points:\n  - { id: p, question: 哪年, clause: 一, colour: 红 }\n")
                == ["programme.yaml第11行（条款一）：待明确「p」里没有「colour」这个键。处理办法：可用的键：clause、id、note、question、says。"])
        #expect(
            try PolicyFixture.sentences("missing-papers:\n  - { id: p, title: 甲, clause: 一 }\n")
                == ["programme.yaml第11行（条款一）：待补文件「p」缺少「why」。处理办法：加上「why:」，写法见 programmes/README.md。"])
    }

    @Test("a key of another kind of target is unknown to this kind")
    func keysOfKinds() throws {
        let found = try PolicyFixture.sentences(PolicyFixture.target("kind: qualitative, metric: none, goal: 5"))
        #expect(found.first?.contains("目标「t」里没有「goal」这个键") == true)
    }

    @Test(
        "wrong forms are named with their line",
        arguments: [
            ("scope: [1]", "programme.yaml第10行：方案文件「demo」的「scope」应为一段文字，这里是列表。处理办法：写成一段文字。"),
            ("scope: \"\"", "programme.yaml第10行：方案文件「demo」的「scope」是空的。处理办法：写上内容，没有就删去这一行。"),
            ("duties: 5", "programme.yaml第10行：方案文件「demo」的「duties」应为列表，这里是一段文字。处理办法：每一项以「- 」开头。"),
            ("duties: [5]", "programme.yaml第10行：措施应为一组「键: 值」，这里是一段文字。处理办法：照 programmes/README.md 的例子写。"),
        ])
    func forms(_ text: String, _ expected: String) throws {
        #expect(try PolicyFixture.sentences(text + "\n") == [expected])
    }

    @Test(
        "wrong values are named with what may stand there",
        arguments: [
            (
                "kind: reach, metric: reported, comparison: 以上, goal: 5, unit: 个, due: 2020",
                "programme.yaml第11行（条款一）：目标「t」的「comparison」写了「以上」，没有这个词。处理办法：可用的词：>=、>、=、<=、<。"
            ),
            (
                "kind: reach, metric: reported, comparison: \">=\", goal: 5个, unit: 个, due: 2020",
                "programme.yaml第11行（条款一）：目标「t」的「goal」应为数值，这里是「5个」。处理办法：写成不带单位和逗号的数，单位写在「unit」。"
            ),
            (
                "kind: reach, metric: reported, comparison: \">=\", goal: 5, unit: 个, due: 年底",
                "programme.yaml第11行（条款一）：目标「t」的「due」写了「年底」，不是日期。处理办法：写成 2006-09-05、2006-09、2006 或 open。"
            ),
            (
                "kind: reach, metric: reported, comparison: \">=\", goal: 5, unit: 个, due: open",
                "programme.yaml第11行（条款一）：目标「t」里写了 open，没有说明原文哪里没有定。处理办法：加上「open: 说明」，一句话。"
            ),
            (
                "kind: qualitative, metric: reported",
                "programme.yaml第11行（条款一）：目标「t」的「metric」与种类不符。处理办法：定性目标写 none；其他目标写指标名、reported 或 open。"
            ),
            (
                "kind: stock, metric: reported, comparison: \">\", goal: 5, unit: 个, due: 2020, says: [\"突破6个\"]",
                "programme.yaml第11行（条款一）：目标「t」的「goal」是 5，而 says 里的「突破6个」没有这个数。处理办法：两处改成一致，以原文为准。"
            ),
            (
                "kind: qualitative, metric: none, says: [显著]",
                "programme.yaml第11行（条款一）：目标「t」的 says 写了「显著」，里面没有数。处理办法：照抄原文里含那个数的几个字。"
            ),
            (
                "kind: qualitative, metric: none, says: 显著",
                "programme.yaml第11行（条款一）：目标「t」的「says」应为列表，这里是一段文字。处理办法：写成 [\"5000万元以上\"]。"
            ),
        ])
    func values(_ keys: String, _ expected: String) throws {
        #expect(try PolicyFixture.sentences(PolicyFixture.target(keys)) == [expected])
    }

    @Test("an organisation that the text does not name is refused")
    func organisations() throws {
        #expect(
            try PolicyFixture.sentences("duties:\n  - { id: d, title: 事, clause: 一, text: 事, runs: [none], owner: [ghost] }\n")
                == ["programme.yaml第11行（条款一）：措施「d」的「owner」写了「ghost」，organisations 里没有这个机构。处理办法：改正 id，或先把原文点名的机构列进 organisations。"])
    }

    @Test("phases that end before they begin, ids that stand twice, odd codes and folders are refused")
    func consistency() throws {
        #expect(
            try PolicyFixture.sentences("phases:\n  - { id: a, label: 甲, clause: 一, from: 2020-02-01, to: 2020-01 }\n")
                == ["programme.yaml第11行（条款一）：阶段「a」的结束日期早于开始日期。处理办法：核对原文的日期。"])
        let twice = "open-points:\n  - { id: p, question: 甲, clause: 一 }\n  - { id: p, question: 乙, clause: 一 }\n"
        #expect(try PolicyFixture.sentences(twice) == ["programme.yaml第12行：待明确「p」写了两次。处理办法：改成不同的 id，或删去一处。"])
        #expect(
            try PolicyFixture.sentences(head: PolicyFixture.head.replacing("\"440605\"", with: "\"4406\""))
                == ["programme.yaml第4行：地区代码「4406」不是六位数字。处理办法：写六位行政区划代码，加引号。"])
        #expect(
            try PolicyFixture.sentences(head: PolicyFixture.head.replacing("id: demo\n", with: "id: other\n"))
                == ["programme.yaml第1行：方案的 id 是「other」，文件夹叫「demo」。处理办法：两处写成一样。"])
    }

    @Test("files that do not belong, or are missing, are named")
    func files() throws {
        #expect(
            try PolicyFixture.sentences(files: ["rule/x.yaml": "a: 1"])
                == ["rule/x.yaml：方案文件夹里不认识「rule/x.yaml」。处理办法：决策表放 rules/，数字放 reported/，算例放 tests/，扩展名 .yaml；其他文件移走。"])
        #expect(
            try PolicyFixture.sentences("rules:\n  - { file: rules/x.yaml, clause: 一 }\n")
                == ["programme.yaml第11行（条款一）：方案用到的「rules/x.yaml」不存在。处理办法：改正文件名，或补上文件。"])
        #expect(
            try PolicyFixture.sentences(files: ["rules/x.yaml": PolicyFixture.rule])
                == ["rules/x.yaml（条款一）：方案的「rules」里没有列出这个文件。处理办法：在 programme.yaml 的 rules 里列出，或删去文件。"])
        do {
            _ = try ReadProgrammeFolder.read("demo", files: [])
            Issue.record("a folder without a programme was accepted")
        } catch {
            #expect(error.all.map(\.description) == ["demo：文件夹「demo」里没有 programme.yaml。处理办法：照 programmes/README.md 写一个。"])
        }
    }

    @Test("references that lead back to themselves are named with the way round")
    func cycles() throws {
        func figure(_ id: String, _ more: String) -> String {
            "  - { id: \(id), label: 甲, measure: 甲, counted: 企业, value: 54, unit: 个, on: open, clause: 一, says: [\"54个\"], open: 没写, \(more) }\n"
        }
        let round =
            "source: { document: demo }\nfigures:\n" + figure("a", "part-of: b") + figure("b", "part-of: c") + figure("c", "part-of: a")
        #expect(
            try PolicyFixture.sentences(files: ["reported/r.yaml": round])
                == ["reported/r.yaml第3行（条款一）：数字的「part-of」绕回了自己：a → b → c → a。处理办法：改正其中一处，使各数只指向更大或更早的数。"])
        let later = "source: { document: demo }\nfigures:\n" + figure("a", "part-of: b") + figure("b", "later-than: a")
        #expect(try PolicyFixture.sentences(files: ["reported/r.yaml": later]) == [])
        let rule = PolicyFixture.rule.replacing("metric: enterprise.sales", with: "metric: enterprise.class")
        #expect(
            try PolicyFixture.sentences("rules:\n  - { file: rules/x.yaml, clause: 一 }\n", files: ["rules/x.yaml": rule])
                == ["rules/x.yaml第6行（条款一）：决策表的条件绕回了自己：enterprise.class → enterprise.class。处理办法：决策表的条件不能用它自己的结果；改用别的指标。"])
    }

    @Test("a folder or list that is not there is named")
    func missingFolder() {
        let nowhere = URL(fileURLWithPath: "/nowhere/programmes")
        let failure = Failure(
            .missing, "programme.folder-missing", "找不到文件夹「programmes」。", at: FilePlace(file: "programmes"), cure: "检查路径。")
        #expect(throws: failure) { try ProgrammeLibrary.load(directory: nowhere) }
        #expect(throws: PolicyFailures([failure])) { try ProgrammeLibrary.load(programme: nowhere).get() }
    }

    @Test(
        "numbers that are no commitment need a reason and a number",
        arguments: [
            (
                "entries:\n  - { clause: 一, reason: 名称, texts: [甲] }",
                "not-a-commitment.yaml第2行（条款一）：不是承诺的数写了「甲」，里面没有数。处理办法：照抄原文里含那个数的几个字。"
            ),
            (
                "entries:\n  - { clause: 一, reason: 名称, texts: [[一]] }",
                "not-a-commitment.yaml第2行（条款一）：不是承诺的数的「texts」里应为文字，这里是列表。处理办法：每一项照抄原文的几个字。"
            ),
            (
                "entries:\n  - { clause: 一, texts: [一批] }",
                "not-a-commitment.yaml第2行（条款一）：不是承诺的数缺少「reason」。处理办法：加上「reason:」，写法见 programmes/README.md。"
            ),
        ])
    func notCommitments(_ text: String, _ expected: String) throws {
        #expect(try PolicyFixture.sentences(files: ["not-a-commitment.yaml": text]) == [expected])
    }

    @Test("limits of a metric are a map, lists hold texts")
    func maps() throws {
        let keys = "kind: qualitative, metric: none"
        #expect(
            try PolicyFixture.sentences(PolicyFixture.target(keys + ", where: 省"))
                == ["programme.yaml第11行（条款一）：目标「t」的「where」应为一组「键: 值」。处理办法：写成 { level: 国家 }。"])
        #expect(
            try PolicyFixture.sentences(PolicyFixture.target(keys + ", other-readings: [[1]]"))
                .contains("programme.yaml第11行（条款一）：目标「t」的「other-readings」里应为文字，这里是列表。处理办法：每一项写一段文字。"))
    }
}
