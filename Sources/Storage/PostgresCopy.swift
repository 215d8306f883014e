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

    /// Gives the text on and begins anew.
    mutating func handOver(_ take: (UnsafeRawBufferPointer) throws -> Void) throws {
        try bytes.withUnsafeBytes(take)
        removeAll()
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

/// The same text read back.
enum CopyLine {
    private struct Unreadable: Error {}

    /// The values of one line without its end, by the kinds of their columns.
    static func values(_ line: ArraySlice<UInt8>, _ kinds: [CarriedTable.Column.Kind]) throws -> [Value] {
        let fields = line.split(separator: 9, omittingEmptySubsequences: false)
        guard fields.count == kinds.count else { throw BackupFailure.shape(String(decoding: line.prefix(40), as: UTF8.self)) }
        return try zip(fields, kinds).map { field, kind in
            guard !field.elementsEqual([92, 78]) else { return .null }
            guard let value = value(field, kind) else { throw BackupFailure.shape(String(decoding: field.prefix(40), as: UTF8.self)) }
            return value
        }
    }

    private static func value(_ field: ArraySlice<UInt8>, _ kind: CarriedTable.Column.Kind) -> Value? {
        switch kind {
        case .integer: Int64(String(decoding: field, as: UTF8.self)).map(Value.integer)
        case .real: Double(String(decoding: field, as: UTF8.self)).map(Value.real)
        case .text: .text(String(decoding: plain(field), as: UTF8.self))
        case .blob: blob(field)
        }
    }

    private static func plain(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard field.contains(92) else { return field }
        var result: ArraySlice<UInt8> = []
        var isEscaped = false
        for byte in field {
            if isEscaped {
                result.append(escaped[byte] ?? byte)
                isEscaped = false
            } else if byte == 92 {
                isEscaped = true
            } else {
                result.append(byte)
            }
        }
        return result
    }

    /// `\b` `\f` `\n` `\r` `\t` `\v`, which the server writes.
    private static let escaped: [UInt8: UInt8] = [98: 8, 102: 12, 110: 10, 114: 13, 116: 9, 118: 11]

    private static func blob(_ field: ArraySlice<UInt8>) -> Value? {
        guard field.starts(with: [92, 92, 120]), field.count % 2 == 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(field.count / 2)
        func digit(_ byte: UInt8) -> UInt8 { byte <= 57 ? byte &- 48 : byte &- 87 }
        var place = field.startIndex + 3
        while place < field.endIndex {
            bytes.append(digit(field[place]) << 4 | digit(field[place + 1]))
            place += 2
        }
        return .blob(bytes)
    }
}
