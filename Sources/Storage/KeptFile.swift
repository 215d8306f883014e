import Crypto
import Glibc
import Values

/// A file on its way into the store: read in pieces, never held whole.
package final class KeptFile: Sendable {
    private let descriptor: Int32
    private let name: String
    package let size: Int

    /// - Throws: `import.file-missing` where it cannot be read.
    package init(path: String, name: String) throws {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            if descriptor >= 0 { Glibc.close(descriptor) }
            throw KeptFile.unreadable(name)
        }
        self.descriptor = descriptor
        self.name = name
        size = Int(status.st_size)
    }

    deinit { Glibc.close(descriptor) }

    /// Lower-case hexadecimal SHA-256 of the content.
    package func sha256() throws -> String {
        var hash = SHA256()
        try pieces { hash.update(bufferPointer: $0) }
        return hexadecimal(hash.finalize())
    }

    /// The content from beginning to end, a megabyte at a time.
    func pieces(_ take: (UnsafeRawBufferPointer) throws -> Void) throws {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { room.deallocate() }
        var place = 0
        while place < size {
            let count = pread(descriptor, room.baseAddress, min(room.count, size - place), off_t(place))
            guard count > 0 else { throw KeptFile.unreadable(name) }
            try take(UnsafeRawBufferPointer(rebasing: room[0..<count]))
            place += count
        }
    }

    private static func unreadable(_ name: String) -> Failure {
        Failure(.missing, "import.file-missing", "文件读不到", at: FilePlace(file: name), cure: "检查文件是否还在")
    }
}
