import Foundation
import Values

/// A file made for one reader, which only this account can read; removed when nobody holds it any more, also where it is never sent.
package final class MadeFile: Sendable {
    let url: URL
    package var path: String { url.path }

    /// An empty file that is to be written.
    ///
    /// - Throws: `download.spool`.
    init(folder: URL, name: String) throws {
        url = folder.appendingPathComponent("made-" + name)
        try Self.makeFolder(folder)
        guard FileManager.default.createFile(atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw Failure(.busy, "download.spool", "服务器暂时无法放置要下载的文件。", cure: "检查磁盘空间和目录权限后重试。")
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    package func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }

    /// A folder that only this account can look into.
    static func makeFolder(_ folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
}

extension WebContext {
    /// A place for a file that this request makes; gone when the answer is sent, or when nobody takes it.
    package func newFile() throws -> MadeFile {
        let configuration = environment.configuration
        return try MadeFile(folder: configuration.uploadFolder, name: configuration.chance.token(bytes: 16))
    }
}
