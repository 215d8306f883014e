import Crypto
import Values

/// Filed digests in the order of the journal, read once from the front.
final class MergedDigests {
    private typealias Filed = FiledDigests.Filed

    /// One sorted piece: what of it is in memory, and where the rest lies.
    private struct Run {
        var held: [FiledDigests.Filed]
        var at = 0
        var rest: Range<Int>

        var first: FiledDigests.Filed? { at < held.count ? held[at] : nil }
    }

    private static let readAtOnce = 4096 * MemoryLayout<FiledDigests.Filed>.stride
    private let file: UnnamedFile?
    /// A heap by the first digest of each piece; pieces that are read leave it.
    private var runs: [Run]

    init(kept: [FiledDigests.Filed]) {
        file = nil
        runs = kept.isEmpty ? [] : [Run(held: kept, rest: 0..<0)]
    }

    init(file: UnnamedFile, runs places: [Range<Int>]) throws {
        self.file = file
        runs = []
        for place in places {
            var run = Run(held: [], rest: place)
            try Self.refill(&run, from: file)
            runs.append(run)
        }
        for index in runs.indices.reversed() { sink(index) }
    }

    /// The entry to which the next digest belongs; nil after the last.
    var position: Int64? { runs.first?.first?.position }

    /// The digest of an entry over the next digests as far as they are its own.
    func entryDigest(at position: Int64) throws -> String {
        var hash = SHA256()
        try take(at: position) { digest in digest.withBytes { hash.update(bufferPointer: $0) } }
        return hexadecimal(hash.finalize())
    }

    /// Passes over the next digests as far as they belong to an entry; answers how many.
    func skip(at position: Int64) throws -> Int {
        var count = 0
        try take(at: position) { _ in count += 1 }
        return count
    }

    private func take(at position: Int64, _ body: (RowDigest) -> Void) throws {
        while let next = runs.first?.first, next.position == position {
            body(next.digest)
            runs[0].at += 1
            if runs[0].first == nil, let file { try Self.refill(&runs[0], from: file) }
            if runs[0].first == nil {
                runs.swapAt(0, runs.count - 1)
                runs.removeLast()
            }
            sink(0)
        }
    }

    private static func refill(_ run: inout Run, from file: UnnamedFile) throws {
        let piece = run.rest.prefix(readAtOnce)
        run.held = try [FiledDigests.Filed](unsafeUninitializedCapacity: piece.count / MemoryLayout<FiledDigests.Filed>.stride) {
            room, count in
            try file.read(into: UnsafeMutableRawBufferPointer(room), at: piece.startIndex)
            count = room.count
        }
        run.at = 0
        run.rest = piece.endIndex..<run.rest.upperBound
    }

    private func sink(_ start: Int) {
        var here = start
        while true {
            var least = here
            for child in [2 * here + 1, 2 * here + 2] where child < runs.count && precedes(child, least) { least = child }
            if least == here { return }
            runs.swapAt(here, least)
            here = least
        }
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        guard let first = runs[left].first, let second = runs[right].first else { return false }
        return first < second
    }
}
