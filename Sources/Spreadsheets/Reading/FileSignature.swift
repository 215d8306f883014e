import Values

/// What a file's first bytes say it is. Names and endings are never asked: official lists come as .xlsx named .xls and the reverse.
enum FileSignature: Equatable {
    case compoundFile
    /// Records of an `.xls` without the container around them.
    case bareRecords
    case zip
    case xmlSpreadsheet
    case html
    /// A web page with its parts in one file.
    case webArchive
    /// dBASE, in which statistical offices exchanged tables.
    case dataTable
    case xml
    case text
    /// Something that is no table, in Chinese.
    case other(String)

    private static let magics: [(bytes: [UInt8], what: String)] = [
        (Array("%PDF".utf8), "PDF 文件"), ([0x89, 0x50, 0x4E, 0x47], "PNG 图片"), ([0xFF, 0xD8, 0xFF], "JPEG 图片"),
        (Array("GIF8".utf8), "GIF 图片"), ([0x49, 0x49, 0x2A, 0x00], "TIFF 图片"), ([0x4D, 0x4D, 0x00, 0x2A], "TIFF 图片"),
        (Array("Rar!".utf8), "RAR 压缩包"), ([0x37, 0x7A, 0xBC, 0xAF], "7z 压缩包"), ([0x1F, 0x8B], "gzip 压缩包"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz 压缩包"), (Array("BZh".utf8), "bzip2 压缩包"), (Array("{\\rtf".utf8), "RTF 文档"),
        (Array("%!PS".utf8), "PostScript 文档"), ([0x7F, 0x45, 0x4C, 0x46], "程序文件"), (Array("SQLite format".utf8), "数据库文件"),
        ([0x00, 0x01, 0x00, 0x00] + Array("Standard ".utf8), "Access 数据库"),
    ]

    static func of(_ head: [UInt8]) -> FileSignature {
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .compoundFile }
        if head.starts(with: [0x09, 0x08]), head.u16(2) >= 8, head.u16(2) <= 16 { return .bareRecords }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) { return .zip }
        for magic in magics where head.starts(with: magic.bytes) { return .other(magic.what) }
        return looser(head) ?? markup(head)
    }

    /// Signatures of two letters, or behind the first bytes, which a text might begin with too: something binary must follow.
    private static func looser(_ head: [UInt8]) -> FileSignature? {
        let isBinary = head.prefix(64).contains { $0 < 9 }
        if head.starts(with: Array("MZ".utf8)), isBinary { return .other("程序文件") }
        if head.starts(with: Array("BM".utf8)), isBinary { return .other("BMP 图片") }
        if head.starts(with: Array("RIFF".utf8)), isBinary {
            return .other(head.dropFirst(8).starts(with: Array("WEBP".utf8)) ? "WEBP 图片" : "音视频文件")
        }
        if head.dropFirst(4).starts(with: Array("ftyp".utf8)) { return .other("手机照片或视频") }
        // A dBASE head: version, a date of two-digit year, month and day, the length of the head.
        let isHeaded = [0x03, 0x30, 0x83, 0xF5].contains(head.u8(0)) && (1...12).contains(head.u8(2)) && (1...31).contains(head.u8(3))
        if isHeaded, head.u16(8) > 32, head.u16(10) > 1, head.u8(12) == 0 { return .dataTable }
        return nil
    }

    private static func markup(_ head: [UInt8]) -> FileSignature {
        // UTF-16 markup is made readable by dropping the NULs; only the first tags are looked at.
        let plain = head.prefix(2048).filter { $0 != 0 && $0 != 0xFF && $0 != 0xFE && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
        let text = String(decoding: plain, as: UTF8.self).lowercased()
        guard let first = text.first(where: { !$0.isWhitespace }) else { return .text }
        if text.hasPrefix("mime-version:") || text.hasPrefix("from: <saved by") { return .webArchive }
        if first == "{" || first == "[", isJSON(text) { return .other("JSON 数据") }
        guard first == "<" else { return .text }
        if text.contains("urn:schemas-microsoft-com:office:spreadsheet") { return .xmlSpreadsheet }
        for tag in ["<html", "<!doctype html", "<table", "<head", "<meta", "<style"] where text.contains(tag) { return .html }
        return text.contains("<?xml") || text.contains("<!doctype") ? .xml : .text
    }

    /// An object, or a list of objects, with a quoted key and a colon behind it.
    private static func isJSON(_ text: String) -> Bool {
        let bare = text.filter { !$0.isWhitespace }
        return (bare.hasPrefix("{\"") || bare.hasPrefix("[{\"")) && bare.contains("\":")
    }
}
