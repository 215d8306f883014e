import Glibc
import Values

/// Turns the bytes of a text file into UTF-8, strictly: a byte that has no meaning is an error with its line, never a question mark.
final class TextDecoder {
    private let place: FilePlace
    private let converter: iconv_t?
    private var checker = UTF8Checker()
    private var rest: [UInt8] = []
    /// Bytes taken, the line they end in, and where that line began.
    private var taken = 0
    private var line = 1
    private var lineStart = 0
    private let newline: [UInt8]

    init(_ encoding: TextEncoding, place: FilePlace) throws {
        self.place = place
        newline =
            switch encoding {
            case .utf8, .gb18030: [10]
            case .utf16LittleEndian: [10, 0]
            case .utf16BigEndian: [0, 10]
            }
        guard encoding != .utf8 else {
            converter = nil
            return
        }
        let opened = iconv_open("UTF-8", encoding.rawValue)
        guard let opened, opened != iconv_t(bitPattern: -1) else {
            converter = nil
            throw Failure(
                .internal, "import.encoding-missing", "系统缺少 \(encoding.rawValue) 编码转换表。", at: place,
                cure: "请联系系统管理员安装完整的 C 运行库（libc6）。")
        }
        converter = opened
    }

    deinit { if let converter { iconv_close(converter) } }

    /// The next piece. Throws `import.undecodable` with line and byte.
    func decode(_ chunk: [UInt8], isLast: Bool) throws -> [UInt8] {
        guard let converter else {
            let bad = checker.firstFlaw(chunk) ?? (isLast && !checker.isComplete ? max(0, chunk.count - 1) : nil)
            if let bad { throw flaw(chunk, at: bad) }
            advance(chunk, chunk.count)
            return chunk
        }
        var input = rest + chunk
        var output: [UInt8] = []
        let used = convert(converter, &input, &output)
        let stopped = errno
        if used < input.count, stopped == EILSEQ || isLast { throw flaw(input, at: used) }
        advance(input, used)
        rest = Array(input[used...])
        return output
    }

    /// Converts what it can and tells how many bytes that were.
    private func convert(_ converter: iconv_t, _ input: inout [UInt8], _ output: inout [UInt8]) -> Int {
        let count = input.count
        let room = count * 3 + 16
        var used = 0
        output = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
            input.withUnsafeMutableBytes { source in
                var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var fromLeft = source.count
                var into = UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
                var intoLeft = room
                errno = 0
                _ = iconv(converter, &from, &fromLeft, &into, &intoLeft)
                used = count - fromLeft
                filled = room - intoLeft
            }
        }
        return used
    }

    private func advance(_ bytes: [UInt8], _ count: Int) {
        TextDecoder.countLines(bytes, count, newline) { end in
            line += 1
            lineStart = taken + end
        }
        taken += count
    }

    private func flaw(_ bytes: [UInt8], at index: Int) -> Failure {
        advance(bytes, index)
        return ReadFailure.undecodable(
            byte: Int(bytes.u8(index)), offset: taken - lineStart + 1, FilePlace(file: place.file, line: line))
    }

    private static func countLines(_ bytes: [UInt8], _ count: Int, _ newline: [UInt8], _ found: (Int) -> Void) {
        let width = newline.count
        var index = 0
        if width == 1 {
            bytes.withUnsafeBytes { buffer in
                while index < count, let start = buffer.baseAddress, let place = memchr(start + index, Int32(newline[0]), count - index) {
                    index = UnsafeRawPointer(place) - start + 1
                    found(index)
                }
            }
            return
        }
        while index + width <= count {
            if bytes[index] == newline[0], width == 1 || bytes[index + 1] == newline[1] { found(index + width) }
            index += width
        }
    }

    /// How many bytes were decoded before an error; tells which of two encodings came further.
    var progress: Int { taken }
}

/// Checks UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF) across pieces.
struct UTF8Checker {
    private var awaited = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// No character is left unfinished.
    var isComplete: Bool { awaited == 0 }

    /// The index of the first byte that cannot stand there.
    mutating func firstFlaw(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            var index = 0
            while index < buffer.count {
                let byte = buffer[index]
                if awaited == 0, byte < 0x80 {
                    index += 1
                    continue
                }
                // Most characters are ideographs: three bytes, whole in this piece, of which any two that go on may stand behind the first.
                if awaited == 0, byte > 0xE0, byte < 0xED, index + 2 < buffer.count, buffer[index + 1] & 0xC0 == 0x80,
                    buffer[index + 2] & 0xC0 == 0x80
                {
                    index += 3
                    continue
                }
                if awaited == 0 {
                    if byte >= 0x80, !begin(byte) { return index }
                } else {
                    guard byte >= lowest, byte <= highest else { return index }
                    awaited -= 1
                    lowest = 0x80
                    highest = 0xBF
                }
                index += 1
            }
            return nil
        }
    }

    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xC2...0xDF: awaited = 1
        case 0xE0...0xEF:
            awaited = 2
            if byte == 0xE0 { lowest = 0xA0 }
            if byte == 0xED { highest = 0x9F }
        case 0xF0...0xF4:
            awaited = 3
            if byte == 0xF0 { lowest = 0x90 }
            if byte == 0xF4 { highest = 0x8F }
        default: return false
        }
        return true
    }
}
