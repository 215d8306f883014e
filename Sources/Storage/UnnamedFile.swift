import Foundation
import Glibc
import Values

/// A file without a name in the folder for temporary files: gone with the program, however it ends.
final class UnnamedFile {
    private let file: OpenDescriptor
    private let folder: String
    /// How many bytes there are.
    private(set) var count = 0

    init() throws {
        let url = FileManager.default.temporaryDirectory
        folder = url.path
        let path = url.appendingPathComponent("hallmark-\(UUID().uuidString)").path
        guard let file = OpenDescriptor(path, O_RDWR | O_CREAT | O_EXCL, 0o600) else { throw BackupFailure.cannotWrite(folder) }
        self.file = file
        unlink(path)
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws {
        var done = 0
        while done < bytes.count {
            let written = pwrite(file.number, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(count + done))
            guard written > 0 else { throw BackupFailure.cannotWrite(folder) }
            done += written
        }
        count += bytes.count
    }

    /// Fills the room with what lies there.
    func read(into room: UnsafeMutableRawBufferPointer, at place: Int) throws {
        var done = 0
        while done < room.count {
            let got = pread(file.number, room.baseAddress.map { $0 + done }, room.count - done, off_t(place + done))
            guard got > 0 else {
                throw Failure(.invalid, "store.temporary-file", "临时文件读不回来", at: FilePlace(file: folder), cure: "检查这个文件夹所在的磁盘")
            }
            done += got
        }
    }
}
