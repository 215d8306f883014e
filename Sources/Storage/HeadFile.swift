import Glibc
import Values

/// The journal's heads as a second party keeps them: `position hash time store`, a line a day, only ever appended.
///
/// The store is known by the hash of its first entry, so that a line of another store is not taken for this one's.
package struct HeadFile: Sendable {
    /// What an export did.
    package enum Outcome: Sendable, Equatable {
        case appended(JournalHead)
        /// The day has its line; nothing was written.
        case alreadyToday(JournalHead)
    }

    private struct Line {
        let head: JournalHead
        let day: String
        let store: String?
    }

    package let path: String

    package init(path: String) { self.path = path }

    /// All heads in the file, for comparing.
    ///
    /// - Throws: `journal.head-missing`, `journal.head-form`.
    package func heads() throws -> [JournalHead] {
        guard let descriptor = open(path, O_RDONLY | O_CLOEXEC).descriptor else {
            throw Failure(.missing, "journal.head-missing", "日志头文件读不到", at: FilePlace(file: path), cure: "检查路径和权限")
        }
        defer { close(descriptor) }
        let found = try lines(of: try text(descriptor)).map(\.head)
        guard !found.isEmpty else { return [try JournalHead(text: "", file: path)] }
        return found
    }

    /// Appends today's line, where the day has none yet. Several processes may do so at once: one of them writes.
    ///
    /// - Throws: `journal.head-empty`; `journal.head-differs`, `journal.head-behind` where the journal does not continue the file's last line;
    ///   `journal.head-cut`, `journal.head-form`, `backup.cannot-write`.
    package func append(_ store: Store) async throws -> Outcome {
        let now = store.clock.now()
        return try await store.read { session in
            guard let first = try JournalQuery.entry(session, at: 1) else {
                throw Failure(.refused, "journal.head-empty", "日志还是空的，没有日志头", cure: "先导入名单或采纳方案")
            }
            let head = try JournalQuery.head(session)
            guard let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644).descriptor else {
                throw BackupFailure.cannotWrite(path)
            }
            defer { close(descriptor) }
            guard flock(descriptor, LOCK_EX) == 0 else { throw BackupFailure.cannotWrite(path) }
            let content = try text(descriptor)
            guard content.isEmpty || content.hasSuffix("\n") else {
                throw Failure(.invalid, "journal.head-cut", "日志头文件的最后一行不完整", at: FilePlace(file: path), cure: "删去不完整的最后一行，再导出")
            }
            if let last = try lines(of: content).last {
                try check(last, first: first, head: head, session)
                if last.day == now.day.description { return .alreadyToday(last.head) }
            }
            try append("\(head.position) \(head.hash) \(now) \(first.hash)\n", to: descriptor)
            return .appended(head)
        }
    }

    /// The journal must still hold what the file's last line says.
    private func check(_ last: Line, first: JournalEntry, head: JournalHead, _ session: any Session) throws {
        let cure = "保管好原来的文件；先运行 hallmark verify --head，查明原因，再换一个新文件"
        let place = FilePlace(file: path)
        guard last.store == nil || last.store == first.hash,
            try JournalQuery.entry(session, at: last.head.position).map({ $0.hash == last.head.hash }) != false
        else {
            throw Failure(
                .conflict, "journal.head-differs", "日志头文件里第\(last.head.position)条与库里的不同：日志被改写过，或这是另一个库的文件", at: place, cure: cure)
        }
        guard last.head.position <= head.position else {
            throw Failure(
                .conflict, "journal.head-behind", "日志头文件里已有第\(last.head.position)条，库里只到第\(head.position)条：末尾被截去，或恢复过旧的备份", at: place,
                cure: cure)
        }
    }

    private func lines(of text: String) throws -> [Line] {
        try text.split(separator: "\n").enumerated().map { number, line in
            let parts = line.split(separator: " ").map(String.init)
            return Line(
                head: try JournalHead(text: String(line), file: path, line: number + 1),
                day: parts.count > 2 ? String(parts[2].prefix(10)) : "",
                store: parts.count > 3 ? parts[3] : nil)
        }
    }

    private func text(_ descriptor: Int32) throws -> String {
        var (bytes, room, place) = ([UInt8](), [UInt8](repeating: 0, count: 65_536), 0)
        while true {
            let got = room.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(place)) }
            guard got > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += room[..<got]
            place += got
        }
    }

    private func append(_ line: String, to descriptor: Int32) throws {
        let bytes = Array(line.utf8)
        let before = lseek(descriptor, 0, SEEK_END)
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            let code = errno
            // Half a line would keep every later one out.
            ftruncate(descriptor, before)
            throw BackupFailure.cannotWrite(path, code)
        }
    }
}

extension Int32 {
    /// An open file, or nil where opening failed.
    fileprivate var descriptor: Int32? { self >= 0 ? self : nil }
}
