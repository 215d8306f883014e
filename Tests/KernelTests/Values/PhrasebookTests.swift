import Testing
import Values

@Suite("English of composed sentences")
struct PhrasebookTests {
    let book = Phrasebook([
        "缺数据：{}": "Missing data: {1}", "第{#}行": "row {1}", "{}在{}": "{1} in {2}", "没有名为“{}”的地区": "There is no region called “{1}”",
        "{#}年{}：{} → {}": "{1} {2}: {3} → {4}", "企业名称": "name", "代码 {} 与{}相同而企业名称不同。": "Code {1} also stands in {2} beside another name.",
        "用六位代码": "Use six digits", "请{}的填报单位说明": "{1} should explain",
    ])

    @Test("A whole phrase and a phrase with values are translated, values inside values too")
    func translates() {
        #expect(book.english("企业名称") == "name")
        #expect(book.english("没有名为“天河”的地区") == "There is no region called “天河”")
        #expect(book.english("代码 9133 与第7行相同而企业名称不同。") == "Code 9133 also stands in row 7 beside another name.")
        #expect(book.english("缺数据：企业名称") == "Missing data: name")
        #expect(book.english("2006年企业名称：甲 → 乙") == "2006 name: 甲 → 乙")
    }

    @Test("Of several sentences those that are known are translated; of data all must be known")
    func sentences() {
        #expect(book.english("用六位代码；企业名称") == "Use six digits; name")
        #expect(book.english("用六位代码；不知道的话") == "Use six digits; 不知道的话")
        #expect(book.english("用六位代码；不知道的话", isData: true) == nil)
        #expect(book.english("不知道的话；也不知道") == nil)
    }

    @Test("A number's place takes numbers only, and data are held against long phrases only")
    func numbersAndData() {
        #expect(book.english("第甲行") == nil)
        #expect(book.english("厂房在村里") == "厂房 in 村里")
        #expect(book.english("厂房在村里", isData: true) == nil)
        #expect(book.english("第3行", isData: true) == "row 3")
        #expect(book.english("abc") == nil)
        #expect(book.english("请的填报单位说明") == nil, "an empty value is no value")
    }
}
