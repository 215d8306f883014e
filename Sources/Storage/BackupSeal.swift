import Crypto
import Foundation
package import Values

/// The last line of a backup: what is in it, and a SHA-256 over everything before and over itself, so that a file that was cut or changed is known.
package struct BackupSeal: Sendable, Hashable {
    /// How the store stands in the file.
    package enum Form: String, Sendable {
        /// An SQLite database, as it is.
        case database
        /// The rows of all tables as text, which either engine takes in.
        case rows
    }

    package let form: Form
    /// The engine it was taken from.
    package let engine: Dialect
    package let head: JournalHead
    /// The rows of all tables together.
    package let rows: Int64
    package let time: Moment
    /// How long the file is without this line.
    package let bytes: Int64
    package let sha256: String

    static let mark = "hallmark-backup "
    /// The line is never longer.
    static let room = 1024

    /// Seals what was digested so far.
    init(form: Form, engine: Dialect, head: JournalHead, rows: Int64, time: Moment, bytes: Int64, over content: SHA256) {
        self.form = form
        self.engine = engine
        self.head = head
        self.rows = rows
        self.time = time
        self.bytes = bytes
        let fields = Self.fields(form, engine, head, rows, time, bytes)
        sha256 = Self.digest(content, fields)
    }

    /// From its line; nil where it is none.
    init?(line: String) {
        guard line.hasPrefix(Self.mark), let object = try? JSONSerialization.jsonObject(with: Data(line.dropFirst(Self.mark.count).utf8)),
            let fields = object as? [String: String], let form = fields["form"].flatMap(Form.init),
            let engine = fields["engine"].flatMap(Dialect.init),
            let position = fields["position"].flatMap({ Int64($0) }), let hash = fields["hash"],
            let rows = fields["rows"].flatMap({ Int64($0) }),
            let time = fields["time"].flatMap({ Int64($0) }), let bytes = fields["bytes"].flatMap({ Int64($0) }),
            let sha256 = fields["sha256"]
        else { return nil }
        self.form = form
        self.engine = engine
        head = JournalHead(position: position, hash: hash)
        self.rows = rows
        self.time = Moment(milliseconds: time)
        self.bytes = bytes
        self.sha256 = sha256
    }

    var line: String {
        var fields = Self.fields(form, engine, head, rows, time, bytes)
        fields["sha256"] = sha256
        return Self.mark + JSONLine.object(fields) + "\n"
    }

    /// Whether the content is the one that was sealed.
    func fits(_ content: SHA256, bytes count: Int64) -> Bool {
        count == bytes && Self.digest(content, Self.fields(form, engine, head, rows, time, bytes)) == sha256
    }

    private static func digest(_ content: SHA256, _ fields: [String: String]) -> String {
        var hash = content
        hash.update(data: Array(JSONLine.object(fields).utf8))
        return hexadecimal(hash.finalize())
    }

    private static func fields(_ form: Form, _ engine: Dialect, _ head: JournalHead, _ rows: Int64, _ time: Moment, _ bytes: Int64)
        -> [String: String]
    {
        [
            "form": form.rawValue, "engine": engine.rawValue, "position": String(head.position), "hash": head.hash, "rows": String(rows),
            "time": String(time.milliseconds), "bytes": String(bytes),
        ]
    }
}

/// What can be wrong with a backup or with the place it is to go to.
enum BackupFailure {
    static func missing(_ file: String) -> Failure {
        Failure(.missing, "backup.missing", "备份文件读不到", at: FilePlace(file: file), cure: "检查路径和权限")
    }

    static func cut(_ file: String) -> Failure {
        Failure(
            .invalid, "backup.cut", "不是完整的备份：末尾没有校验行，可能没有传完", at: FilePlace(file: file), cure: "重新传一次，或换用另一份备份；没有恢复任何内容")
    }

    static func damaged(_ file: String) -> Failure {
        Failure(
            .invalid, "backup.damaged", "备份已损坏：内容与末尾的校验行不符", at: FilePlace(file: file), cure: "换用另一份备份，并检查存放它的磁盘；没有恢复任何内容")
    }

    static func cannotWrite(_ file: String, _ code: Int32 = errno) -> Failure {
        guard code == ENOSPC || code == EDQUOT else {
            return Failure(
                .invalid, "backup.cannot-write", "写不了这个文件（\(String(cString: strerror(code)))）", at: FilePlace(file: file), cure: "检查路径和权限")
        }
        return Failure(.busy, "backup.full", "磁盘已满，文件没有写成，也没有留下半个", at: FilePlace(file: file), cure: "清理磁盘空间，或换一个位置")
    }

    static func exists(_ file: String) -> Failure {
        Failure(.refused, "backup.exists", "已有这个文件，不覆盖", at: FilePlace(file: file), cure: "换一个文件名，例如带上日期")
    }

    static func targetInUse(_ place: String) -> Failure {
        Failure(
            .refused, "restore.target-in-use", "那里已有数据，不能写进去；原有数据没有改动", at: FilePlace(file: place), cure: "换一个不存在的文件名，或空的数据库、空的 schema")
    }

    static func shape(_ table: String) -> Failure {
        Failure(.invalid, "backup.shape", "备份里的表 \(table) 与本程序的结构不符", cure: "使用做备份时的程序版本恢复，再升级")
    }

    static func differs(_ what: String) -> Failure {
        Failure(.conflict, "restore.differs", "写出来的库与来处不符：\(what)。没有留下它", cure: "换用另一份备份；对来处运行 hallmark verify")
    }
}
