import Glibc
import Values

/// A regular file opened for reading, with its size held against the limit.
final class SourceFile {
    let path: String
    let size: Int
    let place: FilePlace
    private let descriptor: Int32

    /// Throws `import.file-missing`, `import.file-empty`, `import.file-too-large`.
    init(path: String, limits: ReadLimits) throws {
        self.path = path
        place = FilePlace(file: path.split(separator: "/").last.map(String.init) ?? path)
        // Without O_NONBLOCK a pipe put in the place of a file would hold the reader for ever.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            size = 0
            throw ReadFailure.missing(place)
        }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            size = 0
            throw ReadFailure.missing(place)
        }
        size = Int(information.st_size)
        if size == 0 { throw ReadFailure.empty(place) }
        if size > limits.fileBytes { throw ReadFailure.fileTooLarge(size, limits.fileBytes, place) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Up to `count` bytes from `offset`; fewer at the end of the file.
    func bytes(from offset: Int, count: Int) throws -> [UInt8] {
        var failed = false
        let result = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = 0
            while filled < count {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failed = true }
                if got <= 0 { return }
                filled += got
            }
        }
        if failed { throw ReadFailure.damaged("读取出错", place) }
        return result
    }

    func all() throws -> [UInt8] { try bytes(from: 0, count: size) }

    /// The whole file in pieces of one megabyte.
    func chunks(_ take: ([UInt8], _ isLast: Bool) throws -> Void) throws {
        var offset = 0
        while offset < size {
            let chunk = try bytes(from: offset, count: min(1_048_576, size - offset))
            if chunk.isEmpty { throw ReadFailure.damaged("文件在读取时变短", place) }
            offset += chunk.count
            try take(chunk, offset >= size)
        }
    }
}
