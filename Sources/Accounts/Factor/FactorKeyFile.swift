import Foundation
package import Values

/// Where the keys of sign-in codes lie: a file of its own, never in the store nor in its backups, shared by all processes on the store.
package struct FactorKeyFile: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// Read anew at each use, so that a key that was added is known to every process.
    ///
    /// - Throws: `factor.key-missing`, `factor.key-file`.
    package func read() throws -> FactorKeys {
        guard exists else { throw missing }
        // Of the file itself, where a link leads to it.
        var found = stat()
        guard stat(path, &found) == 0, found.st_mode & 0o007 == 0, let bytes = FileManager.default.contents(atPath: path),
            let keys = FactorKeys(text: String(decoding: bytes, as: UTF8.self))
        else {
            throw Failure(
                .invalid, "factor.key-file", "验证码密钥文件读不出、写法不对，或人人可读", at: FilePlace(file: path), cure: "从另行保管的备份恢复这个文件，chmod 600")
        }
        return keys
    }

    package var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// The first key, where there is no file yet; whoever comes second finds that of the first.
    package func make(random: (Int) -> [UInt8]) throws {
        try write(FactorKeys(random: random)) { link($0, path) == 0 || errno == EEXIST }
    }

    /// A newer key beside those that are there.
    package func addKey(random: (Int) -> [UInt8]) throws -> FactorKeys {
        // One at a time: of two that read the same keys one would take the other's new key away, under which secrets lie by then.
        let folder = openFolder()
        guard folder >= 0, flock(folder, LOCK_EX) == 0 else { throw unwritable }
        defer { close(folder) }
        let keys = try read().adding(random: random)
        try write(keys) { draft in
            // Whoever may read the file now may read it afterwards.
            var was = stat()
            guard stat(path, &was) == 0, chmod(draft, was.st_mode & 0o777) == 0 else { return false }
            guard geteuid() != 0 || chown(draft, was.st_uid, was.st_gid) == 0 else { return false }
            return rename(draft, path) == 0
        }
        return keys
    }

    /// Whole and on the disk before it gets its name; for its owner alone.
    private func write(_ keys: FactorKeys, _ name: (String) -> Bool) throws {
        let draft = "\(path).\(UUID().uuidString)"
        let text = Array(keys.text.utf8)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unwritable }
        defer { unlink(draft) }
        let isWritten =
            text.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) == $0.count } && fsync(descriptor) == 0
        close(descriptor)
        guard isWritten, name(draft), syncFolder() else { throw unwritable }
    }

    /// The name has to be on the disk before secrets lie under what it names.
    private func syncFolder() -> Bool {
        let folder = openFolder()
        guard folder >= 0 else { return false }
        defer { close(folder) }
        return fsync(folder) == 0
    }

    private func openFolder() -> Int32 {
        open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }

    var missing: Failure {
        Failure(
            .missing, "factor.key-missing", "验证码密钥文件不在，验证码无法核对，也不能启用", at: FilePlace(file: path),
            cure: "从另行保管的备份恢复这个文件；恢复不了的，用 hallmark account factor-keys --new 建一个新的，再由系统管理员逐个取消验证码，本人重新启用")
    }

    private var unwritable: Failure {
        Failure(.missing, "factor.key-unwritable", "验证码密钥文件写不了", at: FilePlace(file: path), cure: "检查文件夹是否可写，或用 --factor-keys 指到别处")
    }

    /// Where a store on a server has none named.
    package static let unnamed = Failure(
        .missing, "factor.key-unnamed", "没有指明验证码密钥文件，验证码无法核对，也不能启用",
        cure: "用 hallmark serve --factor-keys 文件，或环境变量 HALLMARK_FACTOR_KEYS；几个进程用同一个文件")
}
