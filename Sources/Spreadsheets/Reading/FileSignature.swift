import Values

/// What a file's first bytes say it is. Names and endings are never asked: official lists come as .xlsx named .xls and the reverse.
enum FileSignature: Equatable {
    case compoundFile
    /// Records of an `.xls` without the container around them.
    case bareRecords
    case zip
    case xmlSpreadsheet
    case html
    case xml
    case text
    /// Something that is no table, in Chinese.
    case other(String)

    private static let magics: [(bytes: [UInt8], what: String)] = [
        (Array("%PDF".utf8), "PDF 文件"), ([0x89, 0x50, 0x4E, 0x47], "PNG 图片"), ([0xFF, 0xD8, 0xFF], "JPEG 图片"),
        (Array("GIF8".utf8), "GIF 图片"), (Array("Rar!".utf8), "RAR 压缩包"), ([0x37, 0x7A, 0xBC, 0xAF], "7z 压缩包"),
        ([0x1F, 0x8B], "gzip 压缩包"), (Array("{\\rtf".utf8), "RTF 文档"), ([0x7F, 0x45, 0x4C, 0x46], "程序文件"),
        (Array("SQLite format".utf8), "数据库文件"), (Array("BM".utf8) + [0x00], "BMP 图片"),
    ]

    static func of(_ head: [UInt8]) -> FileSignature {
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .compoundFile }
        if head.starts(with: [0x09, 0x08]), head.u16(2) >= 8, head.u16(2) <= 16 { return .bareRecords }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) { return .zip }
        for magic in magics where head.starts(with: magic.bytes) { return .other(magic.what) }
        return markup(head)
    }

    private static func markup(_ head: [UInt8]) -> FileSignature {
        // UTF-16 markup is made readable by dropping the NULs; only the first tags are looked at.
        let plain = head.prefix(2048).filter { $0 != 0 && $0 != 0xFF && $0 != 0xFE && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
        let text = String(decoding: plain, as: UTF8.self).lowercased()
        guard let first = text.first(where: { !$0.isWhitespace }), first == "<" else { return .text }
        if text.contains("urn:schemas-microsoft-com:office:spreadsheet") { return .xmlSpreadsheet }
        for tag in ["<html", "<!doctype html", "<table", "<head", "<meta", "<style"] where text.contains(tag) { return .html }
        return text.contains("<?xml") || text.contains("<!doctype") ? .xml : .text
    }
}
