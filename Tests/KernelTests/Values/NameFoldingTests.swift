import Testing
import Values

@Suite("Folded names")
struct NameFoldingTests {
    @Test(
        "are one for every spelling of the same name",
        arguments: [
            ("佛山（南海）  ＡＢＣ厂．", "佛山(南海)abc厂"), ("佛山〔南海〕ABC厂", "佛山[南海]abc厂"), ("浙江　龙湾\u{A0}化工有限公司", "浙江龙湾化工有限公司"),
            ("阿·克苏厂", "阿•克苏厂"), ("某某厂。", "某某厂"), ("A.O.厂", "Ａ．Ｏ．厂"), ("\u{FEFF}某某厂\u{200B}", "某某厂"), ("【演示】厂", "(演示)厂"),
        ])
    func equal(_ left: String, _ right: String) { #expect(NameFolding.key(left) == NameFolding.key(right)) }

    @Test("keep what carries meaning")
    func meaning() {
        #expect(NameFolding.key("某某公司") != NameFolding.key("某某公司南海分公司"))
        #expect(NameFolding.key("某某（南海）厂") != NameFolding.key("某某（龙湾）厂"))
        #expect(NameFolding.key("某某厂") != NameFolding.key("某某厂(普通合伙)"))
    }

    @Test("give overlapping pairs, each once, without brackets")
    func pairs() {
        #expect(NameFolding.pairs("龙湾（化工）厂") == ["龙湾", "湾化", "化工", "工厂"])
        #expect(NameFolding.pairs("哈哈哈哈") == ["哈哈"])
        #expect(NameFolding.pairs("厂") == [])
    }

    @Test("are searched by pieces, in any order")
    func query() {
        let query = NameFolding.query("化工　龙湾")
        #expect(query == NameQuery(pieces: ["化工", "龙湾"], pairs: ["化工", "龙湾"]))
        #expect(query.matches(key: NameFolding.key("浙江龙湾化工有限公司")))
        #expect(!query.matches(key: NameFolding.key("浙江龙湾鞋业有限公司")))
        #expect(NameFolding.query("  ").pieces.isEmpty)
        #expect(NameFolding.query("厂").pairs.isEmpty)
    }
}
