import Values

/// The digests of a store's rows, each filed under the journal entry that it belongs to, in bounded memory.
///
/// They come in the order of the tables and are wanted in the order of the journal: sorted in pieces, put on the disk, and merged when read.
/// A store of ten million results has thirty million of them, a province's ten times as many; on the disk they take 40 bytes each.
final class FiledDigests {
    /// A digest and its entry, in the order in which they are read.
    struct Filed: Comparable {
        let position: Int64
        let digest: RowDigest

        static func < (left: Filed, right: Filed) -> Bool {
            left.position == right.position ? left.digest < right.digest : left.position < right.position
        }
    }

    private let most: Int
    private var room: [Filed] = []
    private var file: UnnamedFile?
    private var runs: [Range<Int>] = []

    /// - Parameter most: how many are held in memory; 40 bytes each.
    init(most: Int = 1 << 20) { self.most = most }

    func add(_ digest: RowDigest, at position: Int64) throws {
        room.append(Filed(position: position, digest: digest))
        if room.count >= most { try spill() }
    }

    /// All that were added, in order; nothing may be added afterwards.
    func merged() throws -> MergedDigests {
        guard let file else {
            room.sort()
            defer { room = [] }
            return MergedDigests(kept: room)
        }
        try spill()
        return try MergedDigests(file: file, runs: runs)
    }

    private func spill() throws {
        guard !room.isEmpty else { return }
        room.sort()
        let file = try self.file ?? UnnamedFile()
        self.file = file
        let begin = file.count
        try room.withUnsafeBytes { try file.append($0) }
        runs.append(begin..<file.count)
        room.removeAll(keepingCapacity: true)
    }
}
