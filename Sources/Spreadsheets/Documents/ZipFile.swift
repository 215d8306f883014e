import CZip
import Glibc

/// Packs named texts into one file.
enum ZipFile {
    /// The beginning of DOS time, so that the hour of writing is not in the file.
    static let noTime: time_t = 315_532_800

    /// Writes to `path`, replacing a file there; equal parts give equal bytes. Throws `export.cannot-write`.
    static func write(_ parts: [(name: String, text: String)], to path: String) throws {
        var status: Int32 = 0
        guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &status) else { throw XlsxFile.cannotWrite(path) }
        do {
            for part in parts { try add(part.name, Array(part.text.utf8), to: archive, path) }
        } catch {
            zip_discard(archive)
            throw error
        }
        guard zip_close(archive) == 0 else {
            zip_discard(archive)
            throw XlsxFile.cannotWrite(path)
        }
    }

    private static func add(_ name: String, _ bytes: [UInt8], to archive: OpaquePointer, _ path: String) throws {
        // libzip reads the bytes only on closing, so it gets a copy that it frees itself.
        guard let copy = malloc(max(1, bytes.count)) else { throw XlsxFile.cannotWrite(path) }
        bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: copy, count: $0.count).copyMemory(from: $0) }
        guard let source = zip_source_buffer(archive, copy, zip_uint64_t(bytes.count), 1) else {
            free(copy)
            throw XlsxFile.cannotWrite(path)
        }
        let index = zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
        guard index >= 0 else {
            zip_source_free(source)
            throw XlsxFile.cannotWrite(path)
        }
        zip_file_set_mtime(archive, zip_uint64_t(index), noTime, 0)
    }
}
