import Crypto
import Testing

@testable import Storage

/// Digests of rows, sorted in pieces on the disk: what comes out is what sorting all of them in memory gives.
@Suite struct FiledDigestsTests {
    private func digest(_ number: Int) -> RowDigest { RowDigest(SHA256.hash(data: Array("\(number)".utf8))) }

    @Test("however few are held in memory, each entry's digest is that of all its rows", arguments: [1, 7, 64, 10_000])
    func pieces(_ most: Int) throws {
        let filed = FiledDigests(most: most)
        var expected: [Int64: [RowDigest]] = [:]
        for number in 0..<3000 {
            let position = Int64(number * 7919 % 41)
            try filed.add(digest(number), at: position)
            expected[position, default: []].append(digest(number))
        }
        let merged = try filed.merged()
        for position in expected.keys.sorted() {
            #expect(merged.position == position)
            #expect(try merged.entryDigest(at: position) == entryDigest(expected[position] ?? []))
        }
        #expect(merged.position == nil)
    }

    @Test("an entry without rows has the digest of none, and the next one's are not taken")
    func none() throws {
        let filed = FiledDigests(most: 2)
        for number in 0..<5 { try filed.add(digest(number), at: 9) }
        let merged = try filed.merged()
        #expect(try merged.entryDigest(at: 8) == entryDigest([]))
        #expect(try merged.skip(at: 9) == 5)
        #expect(merged.position == nil)
    }

    @Test("nothing filed is nothing to read")
    func empty() throws {
        #expect(try FiledDigests().merged().position == nil)
    }
}
