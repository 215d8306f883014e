/// A compound file (MS-CFB), the container of `.xls`: a small file system of sectors inside one file.
///
/// Every number in it comes from outside, so every index is checked against the bytes that are there and every chain ends.
struct CompoundFile {
    struct Stream {
        let name: String
        fileprivate let start: Int
        fileprivate let size: Int
    }

    enum Flaw: Error, Equatable {
        /// A chain leads outside the file: it was cut off.
        case truncated
        /// The structure contradicts itself.
        case malformed
    }

    private let bytes: [UInt8]
    private let sectorSize: Int
    private let miniSectorSize: Int
    private var table: [UInt32] = []
    private var miniTable: [UInt32] = []
    private var miniStream: [UInt8] = []
    private(set) var streams: [Stream] = []

    private static let endOfChain: UInt32 = 0xFFFF_FFFE
    private static let lastRegularSector: UInt32 = 0xFFFF_FFFA
    private static let miniCutoff = 4096

    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        guard bytes.count >= 512 else { throw Flaw.truncated }
        let shift = Int(bytes.u16(30))
        guard shift == 9 || shift == 12, bytes.u16(32) == 6 else { throw Flaw.malformed }
        sectorSize = 1 << shift
        miniSectorSize = 64
        table = try readTable()
        let directory = try chain(bytes.u32(48), in: table)
        var root: Stream?
        for offset in stride(from: 0, to: directory.count - 127, by: 128) {
            let kind = directory[offset + 66]
            guard kind == 2 || kind == 5 else { continue }
            let nameBytes = min(64, max(0, Int(directory.u16(offset + 64)) - 2))
            let name = String(decoding: stride(from: 0, to: nameBytes & ~1, by: 2).map { directory.u16(offset + $0) }, as: UTF16.self)
            // Files of version 3 may leave rubbish in the high half of the size.
            let stream = Stream(name: name, start: Int(directory.u32(offset + 116)), size: Int(directory.u32(offset + 120)))
            if kind == 5 { root = root ?? stream } else { streams.append(stream) }
        }
        if let root, bytes.u32(64) > 0 {
            miniTable = CompoundFile.numbers(try chain(bytes.u32(60), in: table))
            miniStream = try chain(UInt32(root.start), in: table, upTo: root.size)
        }
    }

    /// The first stream with one of the names.
    func stream(_ names: String...) -> Stream? { names.lazy.compactMap { name in streams.first { $0.name == name } }.first }

    /// The bytes of a stream. Throws `Flaw.truncated` where they are not all there.
    func contents(_ stream: Stream) throws -> [UInt8] {
        let found =
            stream.size < CompoundFile.miniCutoff
            ? try miniChain(stream.start, size: stream.size) : try chain(UInt32(stream.start), in: table, upTo: stream.size)
        guard found.count == stream.size else { throw Flaw.truncated }
        return found
    }

    private func readTable() throws -> [UInt32] {
        let listed = Int(bytes.u32(44))
        var sectors = (0..<109).map { bytes.u32(76 + $0 * 4) }.filter { $0 <= CompoundFile.lastRegularSector }
        var next = bytes.u32(68)
        var seen = 0
        while next <= CompoundFile.lastRegularSector, sectors.count < listed {
            seen += 1
            guard seen <= bytes.count / sectorSize else { throw Flaw.malformed }
            let numbers = CompoundFile.numbers(try sector(next))
            guard let last = numbers.last, numbers.count == sectorSize / 4 else { throw Flaw.truncated }
            sectors += numbers.dropLast().filter { $0 <= CompoundFile.lastRegularSector }
            next = last
        }
        guard sectors.count <= bytes.count / sectorSize + 1 else { throw Flaw.malformed }
        return try sectors.prefix(max(listed, 1)).flatMap { CompoundFile.numbers(try sector($0)) }
    }

    /// One sector; the last one of a file may be short.
    private func sector(_ index: UInt32) throws -> ArraySlice<UInt8> {
        let start = (Int(index) + 1) * sectorSize
        guard start < bytes.count else { throw Flaw.truncated }
        return bytes[start..<min(bytes.count, start + sectorSize)]
    }

    private func chain(_ first: UInt32, in table: [UInt32], upTo size: Int = .max) throws -> [UInt8] {
        var result: [UInt8] = []
        var index = first
        var steps = 0
        while index <= CompoundFile.lastRegularSector, result.count < size {
            steps += 1
            guard steps <= table.count + 1 else { throw Flaw.malformed }
            result += try sector(index)
            guard Int(index) < table.count else { throw Flaw.malformed }
            index = table[Int(index)]
        }
        if result.count > size { result.removeLast(result.count - size) }
        return result
    }

    private func miniChain(_ first: Int, size: Int) throws -> [UInt8] {
        var result: [UInt8] = []
        var index = first
        var steps = 0
        while index <= Int(CompoundFile.lastRegularSector), result.count < size {
            steps += 1
            let start = index * miniSectorSize
            guard steps <= miniTable.count + 1, index < miniTable.count else { throw Flaw.malformed }
            guard start < miniStream.count else { throw Flaw.truncated }
            result += miniStream[start..<min(miniStream.count, start + miniSectorSize)]
            index = Int(miniTable[index])
        }
        if result.count > size { result.removeLast(result.count - size) }
        return result
    }

    private static func numbers(_ bytes: some RandomAccessCollection<UInt8>) -> [UInt32] {
        let all = Array(bytes)
        return stride(from: 0, to: all.count - 3, by: 4).map { all.u32($0) }
    }
}

extension [UInt8] {
    /// Little-endian numbers; 0 outside the array, so that a short record reads as zeros and never traps.
    func u16(_ offset: Int) -> UInt16 {
        guard offset >= 0, offset + 2 <= count else { return 0 }
        return UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
    }

    func u32(_ offset: Int) -> UInt32 {
        guard offset >= 0, offset + 4 <= count else { return 0 }
        return UInt32(u16(offset)) | UInt32(u16(offset + 2)) << 16
    }

    func u8(_ offset: Int) -> UInt8 { indices.contains(offset) ? self[offset] : 0 }
}
