import Places
import TestSupport
import Testing
import Values

@Suite("A resolver that remembers")
struct PlaceMemoryTests {
    private let resolver: PlaceResolver
    private let day = Day(number: .max)

    init() throws { resolver = try ShippedRegions.resolver() }

    /// Texts as registers have them, and texts that only look so: beginnings, pieces and near misses of names in any order.
    private func text(_ pieces: [String], _ random: inout SeededRandom) -> String {
        let odd = [
            "中国", "(", ")", "（", "）", "路", "大道", "街道", "街办", " ", "、", "，", "-", "/", "A", "厂", "1号", "e\u{301}", "𠮷", "高新区", "经济开发区",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            let piece = (Int.random(in: 0..<4, using: &random) == 0 ? odd : pieces).randomElement(using: &random) ?? ""
            text += Int.random(in: 0..<5, using: &random) == 0 ? String(piece.dropLast()) : piece
        }
        return text + (["", "有限公司", "佛山分公司", "分厂", "厂"].randomElement(using: &random) ?? "")
    }

    @Test("answers what the resolver answers, whatever it has read before", arguments: [1, 2, 3] as [UInt64])
    func same(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let near = ["330303", "440605", "320500", "120000", "130000"].flatMap { code in
            resolver.tree.bearers(of: code).flatMap { region in
                (resolver.tree.chain(region) + resolver.tree.regions.filter { $0.parent == region.id }).flatMap {
                    [$0.name, $0.short ?? $0.name]
                }
            }
        }
        let all = (0..<60).compactMap { _ in resolver.tree.regions.randomElement(using: &random)?.name }
        // A memory that forgets every few rows, and one that never does.
        var memories = [PlaceMemory(resolver, on: day, most: 50), PlaceMemory(resolver, on: day)]
        var proven = 0
        for _ in 0..<3000 {
            let pieces = Bool.random(using: &random) ? near : all
            func some() -> String? { Int.random(in: 0..<4, using: &random) == 0 ? nil : text(pieces, &random) }
            let clues = PlaceClues(declared: some(), address: some(), name: some())
            let expected = resolver.resolve(clues, on: day)
            proven += expected.region == nil ? 0 : 1
            for index in memories.indices { #expect(memories[index].resolve(clues) == expected, "\(clues)") }
        }
        #expect(proven > 500)
    }

    @Test("texts that begin alike and go on differently are told apart")
    func alike() {
        var memory = PlaceMemory(resolver, on: day)
        for address in ["温州市龙湾区永中街道示例路1号", "温州市龙湾区永中街道", "温州市龙湾区永中", "温州市龙湾区永兴街道示例路1号", "温州市龙湾路1号", "温州市", "温州"] {
            let clues = PlaceClues(declared: nil, address: address, name: "温州市龙湾永中示例厂")
            #expect(memory.resolve(clues) == resolver.resolve(clues, on: day), "\(address)")
        }
    }
}
