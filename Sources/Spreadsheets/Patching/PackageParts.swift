import CZip
import Foundation
import Glibc
import Values

/// The parts of a packed workbook as bytes: read one by one, exchanged, added and left out.
struct PackageParts {
    let name: String
    private let original: [UInt8]
    private var changed: [String: [UInt8]] = [:]
    private var removed: Set<String> = []
    /// Bytes of one part; a form is small.
    private static let mostBytes = 64_000_000

    init(_ original: [UInt8], name: String) {
        self.original = original
        self.name = name
    }

    var place: FilePlace { FilePlace(file: name) }

    mutating func set(_ part: String, _ bytes: [UInt8]) { changed[part] = bytes }
    mutating func remove(_ part: String) { removed.insert(part) }

    /// Works on the package with libzip while its bytes lie in memory.
    func reading<Result>(_ work: (Reader) throws -> Result) throws -> Result {
        try original.withUnsafeBytes { raw in
            var failure = zip_error_t()
            guard let source = zip_source_buffer_create(raw.baseAddress, zip_uint64_t(raw.count), 0, &failure) else {
                throw ReadFailure.damaged("压缩包", place)
            }
            guard let archive = zip_open_from_source(source, ZIP_RDONLY, &failure) else {
                zip_source_free(source)
                throw ReadFailure.damaged("压缩包目录无法读取", place)
            }
            defer { zip_discard(archive) }
            return try work(Reader(archive: archive, place: place))
        }
    }

    /// One open package.
    struct Reader {
        let archive: OpaquePointer
        let place: FilePlace

        /// A part's bytes; nil where there is no such part.
        func bytes(_ part: String) throws -> [UInt8]? {
            let index = zip_name_locate(archive, part, zip_flags_t(ZIP_FL_NOCASE))
            guard index >= 0 else { return nil }
            var information = zip_stat_t()
            zip_stat_init(&information)
            guard zip_stat_index(archive, zip_uint64_t(index), 0, &information) == 0 else { throw ReadFailure.damaged(part, place) }
            if information.encryption_method != 0 { throw ReadFailure.encrypted(place) }
            if information.size > PackageParts.mostBytes { throw ReadFailure.unpacksTooLarge(part, place) }
            guard let file = zip_fopen_index(archive, zip_uint64_t(index), 0) else { throw ReadFailure.damaged(part, place) }
            defer { zip_fclose(file) }
            var failed = false
            let bytes = [UInt8](unsafeUninitializedCapacity: Int(information.size)) { buffer, filled in
                let got = zip_fread(file, buffer.baseAddress, information.size)
                failed = got != zip_int64_t(information.size)
                filled = max(0, Int(got))
            }
            if failed { throw ReadFailure.damaged(part, place) }
            return bytes
        }

        func tree(_ part: String) throws -> XMLTree? { try bytes(part).map { try XMLTree($0, part: part, place: place) } }
    }

    /// Writes the package with its changes; parts that were not changed are copied packed as they are.
    func write(to path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: Data(original), attributes: [.posixPermissions: 0o600]) else {
            throw XlsxFile.cannotWrite(path)
        }
        var status: Int32 = 0
        guard let archive = zip_open(path, 0, &status) else { throw ReadFailure.damaged("压缩包目录无法读取", place) }
        do {
            for part in removed.sorted() {
                let index = zip_name_locate(archive, part, zip_flags_t(ZIP_FL_NOCASE))
                if index >= 0 { zip_delete(archive, zip_uint64_t(index)) }
            }
            for (part, bytes) in changed.sorted(by: { $0.key < $1.key }) { try ZipFile.put(part, bytes, into: archive, path) }
        } catch {
            zip_discard(archive)
            throw error
        }
        guard zip_close(archive) == 0 else {
            zip_discard(archive)
            throw XlsxFile.cannotWrite(path)
        }
    }
}

extension ZipFile {
    /// Puts a part in, in the place of one of the same name.
    static func put(_ name: String, _ bytes: [UInt8], into archive: OpaquePointer, _ path: String) throws {
        guard let copy = malloc(max(1, bytes.count)) else { throw XlsxFile.cannotWrite(path) }
        bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: copy, count: $0.count).copyMemory(from: $0) }
        guard let source = zip_source_buffer(archive, copy, zip_uint64_t(bytes.count), 1) else {
            free(copy)
            throw XlsxFile.cannotWrite(path)
        }
        let index = zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE))
        guard index >= 0 else {
            zip_source_free(source)
            throw XlsxFile.cannotWrite(path)
        }
        zip_file_set_mtime(archive, zip_uint64_t(index), noTime, 0)
    }
}

/// Packs finished files into one .zip for the reader to keep.
package enum FileBundle {
    /// Throws `export.cannot-write`.
    package static func write(_ files: [(name: String, bytes: [UInt8])], to path: String) throws {
        var status: Int32 = 0
        guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &status) else { throw XlsxFile.cannotWrite(path) }
        do {
            for file in files { try ZipFile.put(file.name, file.bytes, into: archive, path) }
        } catch {
            zip_discard(archive)
            throw error
        }
        guard zip_close(archive) == 0 else {
            zip_discard(archive)
            throw XlsxFile.cannotWrite(path)
        }
    }
}
