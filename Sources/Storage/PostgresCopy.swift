import Values

/// Rows in the text form of PostgreSQL's `COPY … FROM STDIN`: columns parted by tabs, rows by line feeds, `\N` for null.
struct CopyText {
    private(set) var bytes: [UInt8] = []
    private var isAtStart = true

    mutating func add(_ value: Value) throws {
        if !isAtStart { bytes.append(9) }
        isAtStart = false
        switch value {
        case .null: bytes.append(contentsOf: [92, 78])
        case .integer(let number): bytes.append(decimal: number)
        case .real(let number): bytes.append(contentsOf: String(number).utf8)
        case .text(var text): try text.withUTF8 { try add(escaping: $0) }
        case .blob(let data):
            // The backslash of bytea's own `\x` is escaped once more.
            bytes.append(contentsOf: [92, 92, 120])
            bytes.append(contentsOf: hexadecimal(data).utf8)
        }
    }

    /// A column of bytes, which follow in pieces.
    mutating func beginBytes() {
        if !isAtStart { bytes.append(9) }
        isAtStart = false
        bytes.append(contentsOf: [92, 92, 120])
    }

    mutating func add(bytes piece: UnsafeRawBufferPointer) { bytes.append(contentsOf: hexadecimal(piece).utf8) }

    mutating func endRow() {
        bytes.append(10)
        isAtStart = true
    }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    private mutating func add(escaping text: UnsafeBufferPointer<UInt8>) throws {
        for byte in text {
            switch byte {
            case 0: throw StorageFailure.zeroCharacter
            case 92: bytes.append(contentsOf: [92, 92])
            case 9: bytes.append(contentsOf: [92, 116])
            case 10: bytes.append(contentsOf: [92, 110])
            case 13: bytes.append(contentsOf: [92, 114])
            default: bytes.append(byte)
            }
        }
    }
}
