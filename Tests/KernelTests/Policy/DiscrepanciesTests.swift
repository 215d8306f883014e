import Foundation
import Policy
import Testing

/// The comparers know no document; these are small texts of their own, and then what they find in the delivered ones.
@Suite struct DiscrepanciesTests {
    private func found(_ reported: String, _ more: String = "") throws -> [Discrepancy] {
        try PolicyFixture.read(more, files: ["reported/x.yaml": "source: { document: demo }\n" + reported]).discrepancies()
    }

    private func figure(_ id: String, _ value: String, _ more: String = "", counted: String = "产品", on: String = "open") -> String {
        "  - { id: \(id), label: 名牌, measure: 名牌, counted: \(counted), value: \(value), unit: 个, on: \(on), clause: 一\(more) }\n"
    }

    @Test("two figures of one measure differ, unless their dates do or one is a later state")
    func sameMeasure() throws {
        let two = try found("figures:\n" + figure("a", "54") + figure("b", "41"))
        #expect(two.map(\.kind) == [.sameMeasure])
        #expect(two.first?.message == "同一口径的两个数：「名牌」按产品数，一处是54个（一），另一处是41个（一）。")
        #expect(two.first?.sides.count == 2)
        #expect(try found("figures:\n" + figure("a", "54", on: "2012") + figure("b", "41", on: "2013")).isEmpty)
        #expect(try found("figures:\n" + figure("a", "54") + figure("b", "41", ", later-than: a")).isEmpty)
        #expect(try found("figures:\n" + figure("a", "54") + figure("b", "54")).isEmpty)
    }

    @Test("a total is compared with the sum of its parts")
    func parts() throws {
        let text =
            "figures:\n" + figure("t", "11", counted: "机构") + figure("a", "5", ", part-of: t", counted: "省级")
            + figure("b", "7", ", part-of: t", counted: "国家级")
        #expect(try found(text).filter { $0.kind == .sumOfParts }.map(\.message) == ["总数与各部分之和不等：名牌11个（一），而各部分5+7=12个。"])
    }

    @Test("a count is compared with the distinct names of its list")
    func names() throws {
        let text = "figures:\n" + figure("t", "3", ", counts-list: l") + "lists:\n  - { id: l, label: 行业, clause: 一, names: [甲, 乙, 甲] }\n"
        #expect(try found(text).map(\.message) == ["个数与名单不符：说是3个（一），列出的名字不重复的有2个，其中「甲」写了不止一次。"])
    }

    @Test("one name in two lists that exclude each other")
    func lists() throws {
        let text =
            "lists:\n  - { id: a, label: 提名, clause: 一, names: [甲], excludes: [b] }\n  - { id: b, label: 获奖, clause: 一, names: [乙, 甲] }\n"
        #expect(try found(text).map(\.message) == ["「甲」既在「提名」里，又在「获奖」里，两者不能同时成立。"])
    }

    @Test("firms beside products are shown and not equated")
    func counted() throws {
        let text = "figures:\n" + figure("a", "41") + figure("b", "32", counted: "企业").replacing("unit: 个", with: "unit: 家")
        let two = try found(text)
        #expect(two.map(\.kind) == [.countedDifferently])
        #expect(two.first?.message.hasSuffix("平均每家企业1.28个产品。") == true)
    }

    @Test("a stated length is compared with its dates, whole months counted as such")
    func durations() throws {
        func duration(_ stated: String, _ unit: String) -> String {
            "durations:\n  - { id: d, label: 期限, stated: \(stated), unit: \(unit), clause: 一, dates: { from: 2006-09, to: 2007-10, clause: 一 } }\n"
        }
        #expect(try found("figures: []\n", duration("2", "年")).map(\.message) == ["时长与起止日期不符：期限说是2年，而从2006-09-01到2007-10-31是14个月。"])
        #expect(try found("figures: []\n", duration("14", "月")).isEmpty)
    }

    @Test("references to figures and lists that are not there are refused")
    func references() throws {
        let text = "source: { document: demo }\nfigures:\n" + figure("a", "54", ", part-of: z")
        #expect(
            try PolicyFixture.sentences(files: ["reported/x.yaml": text]) == [
                "reported/x.yaml第3行（条款一）：数字「a」的「part-of」写了「z」，没有它。处理办法：改成 reported 里的 id。"
            ])
        let list = "source: { document: demo }\nlists:\n  - { id: a, label: 甲, clause: 一, names: [x], excludes: [z] }\n"
        #expect(
            try PolicyFixture.sentences(files: ["reported/x.yaml": list]) == [
                "reported/x.yaml第3行（条款一）：名单「a」的「excludes」写了「z」，没有它。处理办法：改成 lists 里的 id。"
            ])
        #expect(
            try PolicyFixture.sentences(files: ["reported/x.yaml": "source: { document: other }\n"])
                == ["reported/x.yaml第1行：数字写的出处是「other」，方案是「demo」。处理办法：写方案的 id。"])
    }

    @Test("a growth rate implies its base, shown as derived")
    func derived() throws {
        let text = "source: { document: demo }\nfigures:\n" + figure("a", "1353.23", ", growth: { percent: 88.99, since: 2008 }")
        let folder = try PolicyFixture.read(files: ["reported/x.yaml": text])
        let base = try #require(folder.reported.first?.derived.first)
        #expect(base.value == Decimal(string: "716.03"))
        #expect(base.working == "1353.23÷(1+88.99%)")
        #expect(base.label == "名牌（2008年，推算的基数）")
    }

    @Test("Panyu: all that its report says twice")
    func panyu() throws {
        let folder = try ProgrammeFilesTests.folder("panyu-2014")
        let messages = folder.discrepancies().map(\.message).joined(separator: "\n")
        for part in ["54个", "41个", "32家", "5+7=12", "「输变配电」写了不止一次", "「广日电梯」既在"] { #expect(messages.contains(part)) }
        #expect(folder.reported.flatMap(\.derived).contains { $0.value == Decimal(string: "716.03") })
    }
}
