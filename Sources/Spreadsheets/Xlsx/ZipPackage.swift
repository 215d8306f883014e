import CZip
import Values
import XMLReading

/// The parts of a packed file, read as streams with a guard against what unpacks out of all proportion.
final class ZipPackage {
    private let archive: OpaquePointer
    private let place: FilePlace
    private let limits: ReadLimits
    private var unpacked = 0
    /// Below this size no ratio is suspicious: an empty sheet of a thousand styles packs well.
    private static let ratioMatters: UInt64 = 20_000_000

    init(_ path: String, place: FilePlace, limits: ReadLimits) throws {
        var status: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY, &status) else { throw ReadFailure.damaged("压缩包目录无法读取", place) }
        self.archive = archive
        self.place = place
        self.limits = limits
    }

    deinit { zip_discard(archive) }

    func contains(_ name: String) -> Bool { zip_name_locate(archive, name, zip_flags_t(ZIP_FL_NOCASE)) >= 0 }

    /// Feeds a part to an XML handler; false where the package has no such part.
    @discardableResult
    func parse(_ name: String, _ handler: any XMLHandler) throws -> Bool {
        let xml = try XMLStream(part: name, place: place, handler: handler)
        return try stream(name) { try xml.feed($0, isLast: $1) }
    }

    /// The first bytes of a part.
    func head(_ name: String) throws -> String {
        var text = ""
        try stream(name, upTo: 256) { bytes, _ in text += String(decoding: bytes, as: UTF8.self) }
        return text
    }

    @discardableResult
    private func stream(_ name: String, upTo most: Int = .max, _ take: (UnsafeRawBufferPointer, _ isLast: Bool) throws -> Void) throws
        -> Bool
    {
        let index = zip_name_locate(archive, name, zip_flags_t(ZIP_FL_NOCASE))
        guard index >= 0 else { return false }
        let size = try checkedSize(name, zip_uint64_t(index))
        guard let part = zip_fopen_index(archive, zip_uint64_t(index), 0) else { throw ReadFailure.damaged(name, place) }
        defer { zip_fclose(part) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: min(65_536, most), alignment: 16)
        defer { buffer.deallocate() }
        var read: UInt64 = 0
        while true {
            let got = zip_fread(part, buffer.baseAddress, zip_uint64_t(buffer.count))
            if got < 0 { throw ReadFailure.damaged(name, place) }
            read += UInt64(got)
            unpacked += Int(got)
            // The directory may lie about the size, so the bytes that really come are counted too.
            if read > size || unpacked > limits.unpackedBytes { throw ReadFailure.unpacksTooLarge(name, place) }
            let isLast = got == 0 || read >= UInt64(most)
            try take(UnsafeRawBufferPointer(rebasing: buffer[0..<Int(got)]), isLast)
            if isLast { return true }
        }
    }

    private func checkedSize(_ name: String, _ index: zip_uint64_t) throws -> UInt64 {
        var information = zip_stat_t()
        zip_stat_init(&information)
        guard zip_stat_index(archive, index, 0, &information) == 0 else { throw ReadFailure.damaged(name, place) }
        if information.encryption_method != 0 { throw ReadFailure.encrypted(place) }
        let packed = max(1, information.comp_size)
        let isSuspicious = information.size > ZipPackage.ratioMatters && information.size / packed > UInt64(limits.unpackRatio)
        if isSuspicious || information.size > UInt64(limits.unpackedBytes) { throw ReadFailure.unpacksTooLarge(name, place) }
        return information.size
    }
}
