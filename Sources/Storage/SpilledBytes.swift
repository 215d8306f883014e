import Foundation
import Glibc
import Values

/// The bytes of a value that comes as hexadecimal text in pieces, put on the disk as they come.
struct SpilledBytes: ~Copyable {
    private let path: String
    private let file: OpenDescriptor
    private var room: [UInt8] = []
    /// How much of the mark before the digits (two backslashes and an x) has passed.
    private var skipped = 0
    private var half: UInt8?

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-\(UUID().uuidString)").path
        guard let file = OpenDescriptor(path, O_RDWR | O_CREAT | O_EXCL, 0o600) else { throw BackupFailure.cannotWrite(path) }
        self.file = file
    }

    deinit { unlink(path) }

    mutating func add(hexadecimal text: UnsafeRawBufferPointer) throws {
        for byte in text {
            guard skipped == 3 else {
                skipped += 1
                continue
            }
            let digit = byte <= 57 ? byte &- 48 : byte &- 87
            if let high = half {
                room.append(high << 4 | digit)
                half = nil
            } else {
                half = digit
            }
        }
        if room.count > 1 << 20 { try flush() }
    }

    /// The whole of it as a file.
    mutating func finish() throws -> KeptFile {
        try flush()
        return try KeptFile(path: path, name: path)
    }

    private mutating func flush() throws {
        var done = 0
        while done < room.count {
            let written = room.withUnsafeBytes { write(file.number, $0.baseAddress.map { $0 + done }, $0.count - done) }
            guard written > 0 else { throw BackupFailure.cannotWrite(path) }
            done += written
        }
        room.removeAll(keepingCapacity: true)
    }
}
