import Crypto
import Glibc
import Values

/// The text form of a backup as it comes in, from a file or from another store; digested as it is read, so that its last line can be believed.
final class BackupReader {
    private let file: OpenDescriptor
    private var descriptor: Int32 { file.number }
    private let name: String
    private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    private var start = 0
    private var end = 0
    private var hash = SHA256()
    private var count: Int64 = 0

    init(_ file: OpenDescriptor, name: String) {
        self.file = file
        self.name = name
    }

    deinit { room.deallocate() }

    /// The next line, a short one, without its end.
    func line() throws -> String {
        var bytes: [UInt8] = []
        try untilLineEnd { piece, _ in bytes.append(contentsOf: piece) }
        return String(decoding: bytes.dropLast(), as: UTF8.self)
    }

    /// The rows of a table to their end mark: each line in one or more pieces, the last of which ends it.
    func rows(_ take: (_ piece: UnsafeRawBufferPointer, _ endsLine: Bool) throws -> Void) throws {
        while true {
            try need(3)
            if room[start] == 92, room[start + 1] == 46, room[start + 2] == 10 { return consume(3) }
            try untilLineEnd(take)
        }
    }

    /// Whether the last line has come.
    func isAtSeal() throws -> Bool {
        let mark = Array(BackupSeal.mark.utf8)
        try need(mark.count)
        return room[start..<start + mark.count].elementsEqual(mark)
    }

    /// The last line, which must fit everything that came before.
    func seal() throws -> BackupSeal {
        let (content, length) = (hash, count)
        guard let seal = BackupSeal(line: try line()), seal.fits(content, bytes: length) else { throw BackupFailure.damaged(name) }
        return seal
    }

    private func untilLineEnd(_ take: (UnsafeRawBufferPointer, Bool) throws -> Void) throws {
        while true {
            try need(1)
            let here = UnsafeRawBufferPointer(rebasing: room[start..<end])
            guard let base = here.baseAddress, let found = memchr(base, 10, here.count) else {
                try take(here, false)
                consume(here.count)
                continue
            }
            let length = UnsafeRawPointer(found) - base + 1
            try take(UnsafeRawBufferPointer(rebasing: here[..<length]), true)
            return consume(length)
        }
    }

    private func consume(_ length: Int) {
        hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: room[start..<start + length]))
        count += Int64(length)
        start += length
    }

    /// Reads until so many bytes are there.
    private func need(_ length: Int) throws {
        guard end - start < length else { return }
        if start > 0, let base = room.baseAddress {
            memmove(base, base + start, end - start)
            end -= start
            start = 0
        }
        while end < length {
            let got = read(descriptor, room.baseAddress.map { $0 + end }, room.count - end)
            if got < 0 && errno == EINTR { continue }
            guard got > 0 else { throw BackupFailure.cut(name) }
            end += got
        }
    }
}

/// A finished backup on the disk.
package final class BackupFile: Sendable {
    package let seal: BackupSeal
    let path: String
    private let file: OpenDescriptor

    /// Opens a backup and holds the whole of it against its last line.
    ///
    /// - Throws: `backup.missing`, `backup.cut`, `backup.damaged`.
    package init(path: String) throws {
        guard let file = OpenDescriptor(path, O_RDONLY), let size = file.size else { throw BackupFailure.missing(path) }
        self.file = file
        self.path = path
        seal = try Self.seal(file.number, size, path)
        var hash = SHA256()
        try Self.pieces(file.number, seal.bytes, path) { hash.update(bufferPointer: $0) }
        guard seal.fits(hash, bytes: seal.bytes) else { throw BackupFailure.damaged(path) }
    }

    /// What stands before the last line, from beginning to end.
    func pieces(_ take: (UnsafeRawBufferPointer) throws -> Void) throws { try Self.pieces(file.number, seal.bytes, path, take) }

    /// The text form from its beginning.
    func reader() -> BackupReader {
        lseek(file.number, 0, SEEK_SET)
        return BackupReader(file, name: path)
    }

    private static func seal(_ descriptor: Int32, _ size: Int64, _ path: String) throws -> BackupSeal {
        var tail = [UInt8](repeating: 0, count: Int(min(size, Int64(BackupSeal.room))))
        let got = tail.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(size) - off_t($0.count)) }
        let mark = Array(BackupSeal.mark.utf8)
        guard got == tail.count, tail.last == 10, let start = tail.indices.last(where: { tail[$0...].starts(with: mark) }) else {
            throw BackupFailure.cut(path)
        }
        guard let seal = BackupSeal(line: String(decoding: tail[start...].dropLast(), as: UTF8.self)),
            seal.bytes == size - Int64(tail.count - start)
        else { throw BackupFailure.damaged(path) }
        return seal
    }

    private static func pieces(_ descriptor: Int32, _ size: Int64, _ path: String, _ take: (UnsafeRawBufferPointer) throws -> Void) throws {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { room.deallocate() }
        var place: Int64 = 0
        while place < size {
            let count = pread(descriptor, room.baseAddress, Int(min(Int64(room.count), size - place)), off_t(place))
            guard count > 0 else { throw BackupFailure.missing(path) }
            try take(UnsafeRawBufferPointer(rebasing: room[0..<count]))
            place += Int64(count)
        }
    }
}
