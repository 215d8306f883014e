import Crypto
import Glibc
import Values

/// A file on its way into the store: read in pieces, never held whole.
package final class KeptFile: Sendable {
    private let file: OpenDescriptor
    private let name: String
    package let size: Int

    /// - Throws: `import.file-missing` where it cannot be read.
    package init(path: String, name: String) throws {
        guard let file = OpenDescriptor(path, O_RDONLY), let size = file.size else { throw KeptFile.unreadable(name) }
        self.file = file
        self.name = name
        self.size = Int(size)
    }

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
            let count = pread(file.number, room.baseAddress, min(room.count, size - place), off_t(place))
            guard count > 0 else { throw KeptFile.unreadable(name) }
            try take(UnsafeRawBufferPointer(rebasing: room[0..<count]))
            place += count
        }
    }

    private static func unreadable(_ name: String) -> Failure {
        Failure(.missing, "import.file-missing", "文件读不到", at: FilePlace(file: name), cure: "检查文件是否还在")
    }
}
