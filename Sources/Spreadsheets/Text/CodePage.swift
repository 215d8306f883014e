import Glibc

/// Windows code pages, in which files older than Excel 97 keep their text.
enum CodePage {
    /// The text of bytes in a code page (936 is GBK); nil where a byte has no meaning in it or the page is unknown.
    static func text(_ bytes: [UInt8], _ page: Int) -> String? {
        let opened = iconv_open("UTF-8", page == 936 ? "GB18030" : "CP\(page)")
        guard let opened, opened != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(opened) }
        var input = bytes
        var isComplete = false
        let room = bytes.count * 3 + 16
        let output = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
            input.withUnsafeMutableBytes { source in
                var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var fromLeft = source.count
                var into = UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
                var intoLeft = room
                isComplete = iconv(opened, &from, &fromLeft, &into, &intoLeft) != -1
                filled = room - intoLeft
            }
        }
        return isComplete ? String(decoding: output, as: UTF8.self) : nil
    }
}
