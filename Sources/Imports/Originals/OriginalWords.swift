import Storage
package import Values

/// Texts about kept files.
package enum OriginalWords {
    package static let original = Word("原件", "Original")
    static let file = Word("文件名", "File name")
    static let sha = Word("SHA-256", "SHA-256")
    static let size = Word("大小", "Size")
    static let kept = Word("保存于", "Kept on")
    static let state = Word("状态", "State")
    static let isKept = Word("原样保存", "Kept as it came")
    static let isErased = Word("已抹去", "Erased")
    static let download = Word("下载原件", "Download the original")
    static let open = Word("查看或抹去", "Look or erase")
    static let action = Word("操作", "Action")
    static let uses = Word("用在哪里", "What it is used for")
    static let record = Word("记录", "Record")
    static let noUse = Word("没有记录用到它", "No record uses it")
    static let noUseNext = Word("上传过、没有提交的文件也会这样。", "So it is with files that were uploaded but never committed.")
    static let unknown = Word("没有保存原件", "No original was kept")
    static let unknownNext = Word("这条记录不是从文件导入的。", "This record was not imported from a file.")
    static let erase = Word("抹去原件", "Erase the original")
    static let eraseNow = Word("抹去，不能恢复", "Erase for ever")
    static let reason = Word("为什么抹去", "Why")
    static let reasonHint = Word("记进日志，长期可查。例：名单含个人电话，按来函删除。", "Kept in the journal. Do not repeat the personal data here.")
    static let goes = Word(
        "抹去的：文件的全部字节。从此不能下载，不能重读，也不能恢复。",
        "What goes: all bytes of the file. It can no longer be downloaded, read again or brought back.")
    static let stays = Word(
        "留下的：已导入的数据、文件名、SHA-256、这一行原来的摘要和日志；hallmark verify 照常核对得过。",
        "What stays: imported data, the file's name, its SHA-256, the digest of its row, the journal; hallmark verify still proves the store."
    )
    static let apart = Word(
        "要另行处理的：数据库的备份和副本、下载或导出过的文件；表里的个人资料不在此列，要另作更正。",
        "To be dealt with apart: backups and copies of the store, files that were downloaded. Personal data in the tables is corrected there."
    )
    static let server = Word(
        "PostgreSQL：旧字节留在数据文件里，直到维护人员运行 vacuum full original；预写日志归档另行清理。",
        "PostgreSQL: the old bytes stay in the server's files until vacuum full original is run; archived logs are cleared apart.")
    static let logKept = Word(
        "原件已抹去，但有人正在读库，预写日志这次没有截断；正常停服或再次抹去时会截断。",
        "The original is erased. The write-ahead log could not be cut because somebody was reading; it is cut when the server stops.")
    static let needed = Word("程序还要读这份原件，不能抹去", "The program reads this original again; it cannot be erased")
    static let again = Word("重新保存抹去过的原件", "Keep the erased original again")
    static let sayAgain = Word(
        "这里有抹去过的原件。在页面上核对要保存原件：勾选后再选一次文件；不想保存，用 hallmark import 导入。",
        "An original among these was erased. Checking on these pages needs it kept: tick the box and choose the file again, or use hallmark import."
    )

    /// When, by whom and why the original was erased.
    static func erased(_ original: KeptOriginal) -> Word {
        let note = original.erasedNote ?? ""
        return Word("原件已抹去（\(note)）", "The original was erased (\(note))")
    }
}
