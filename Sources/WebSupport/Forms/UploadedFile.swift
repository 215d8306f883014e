import Crypto
package import Foundation
import Values

/// A file that came with a form, kept on disk until the last reference goes, then removed.
package final class UploadedFile: Sendable {
    /// The form's field.
    package let field: String
    /// The file's name as the sender had it, without folders.
    package let name: String
    package let url: URL
    /// Bytes.
    package let size: Int
    /// SHA-256 in lower-case hexadecimal digits.
    package let sha256: String

    init(field: String, name: String, url: URL, size: Int, sha256: String) {
        self.field = field
        self.name = name
        self.url = url
        self.size = size
        self.sha256 = sha256
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

/// A file being received: written to disk piece by piece, counted and hashed on the way.
final class FileSpool {
    private let url: URL
    private let handle: FileHandle
    private let limit: Int
    private var hash = SHA256()
    private var size = 0
    private var isTaken = false

    /// A new file that only this account can read, under a name that nobody can guess.
    init(folder: URL, name: String, limit: Int) throws {
        url = folder.appendingPathComponent("upload-" + name)
        self.limit = limit
        try MadeFile.makeFolder(folder)
        guard FileManager.default.createFile(atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw Failure(.busy, "upload.spool", "服务器暂时无法保存上传的文件。", cure: "检查磁盘空间和目录权限后重试。")
        }
        handle = try FileHandle(forWritingTo: url)
    }

    func append(_ bytes: some Collection<UInt8>) throws {
        size += bytes.count
        guard size <= limit else { throw Failure.tooLarge(limit: limit) }
        let data = Data(bytes)
        hash.update(data: data)
        try handle.write(contentsOf: data)
    }

    func finish(field: String, name: String) throws -> UploadedFile {
        try handle.close()
        isTaken = true
        return UploadedFile(field: field, name: name, url: url, size: size, sha256: Hexadecimal.text(hash.finalize()))
    }

    deinit {
        guard !isTaken else { return }
        try? handle.close()
        try? FileManager.default.removeItem(at: url)
    }
}
