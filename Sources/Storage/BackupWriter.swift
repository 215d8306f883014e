import Crypto
import Glibc
import Values

/// Bytes on their way into a backup or to another store, digested as they pass and written a megabyte at a time.
final class BackupWriter {
    private let descriptor: Int32
    private let name: String
    private var room: [UInt8] = []
    private var hash = SHA256()
    private var count: Int64 = 0
    private static let piece = 1 << 20

    /// - Parameter name: the file as errors call it.
    init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
        room.reserveCapacity(Self.piece * 2)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        room.append(contentsOf: bytes)
        if room.count >= Self.piece { try flush() }
    }

    func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }
    func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Takes into the digest what stands in the file already.
    func passOver(_ bytes: UnsafeRawBufferPointer) {
        hash.update(bufferPointer: bytes)
        count += Int64(bytes.count)
    }

    /// Writes the last line.
    func seal(_ form: BackupSeal.Form, engine: Dialect, head: JournalHead, rows: Int64, time: Moment) throws -> BackupSeal {
        try flush()
        let seal = BackupSeal(form: form, engine: engine, head: head, rows: rows, time: time, bytes: count, over: hash)
        room.append(contentsOf: seal.line.utf8)
        try flush()
        return seal
    }

    private func flush() throws {
        try room.withUnsafeBytes { bytes in
            passOver(bytes)
            var done = 0
            while done < bytes.count {
                let written = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { throw BackupFailure.cannotWrite(name) }
                done += written
            }
        }
        room.removeAll(keepingCapacity: true)
    }
}

/// A file under a temporary name until it is whole: `….123.partial`, where 123 is the process that makes it.
struct PartialFile {
    let path: String
    let target: String

    /// Clears what ended processes left of the same target.
    ///
    /// - Throws: the failure given where the target is there already.
    init(for target: String, taken: (String) -> Failure) throws {
        guard access(target, F_OK) != 0, access(target + "-wal", F_OK) != 0, access(target + "-journal", F_OK) != 0 else {
            throw taken(target)
        }
        self.target = target
        path = "\(target).\(getpid()).partial"
        let (folder, name) = Self.split(target)
        for other in Self.names(in: folder) {
            guard let maker = other.wholeMatch(of: /(.+)\.([0-9]+)\.partial(-wal|-shm|-journal)?/), maker.output.1 == name,
                access("/proc/\(maker.output.2)", F_OK) != 0 || Int32(maker.output.2) == getpid()
            else { continue }
            unlink(folder + "/" + other)
        }
    }

    /// Gives the whole file its name, once it is on the disk.
    func finish() throws {
        try Self.sync(path, O_RDWR)
        guard access(target, F_OK) != 0 else { throw BackupFailure.exists(target) }
        guard rename(path, target) == 0 else { throw BackupFailure.cannotWrite(target) }
        try Self.sync(Self.split(target).folder, O_RDONLY | O_DIRECTORY)
    }

    func remove() { for ending in ["", "-wal", "-shm", "-journal"] { unlink(path + ending) } }

    private static func sync(_ path: String, _ flags: Int32) throws {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw BackupFailure.cannotWrite(path) }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw BackupFailure.cannotWrite(path) }
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
    }

    private static func names(in folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
            )
        }
        return names
    }
}
