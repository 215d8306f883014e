import Glibc
import Values

/// Writes a CSV file row by row in constant memory. For a web answer use `CsvText` with the answer's own buffer.
package final class CsvFileWriter {
    private let file: UnsafeMutablePointer<FILE>
    private let path: String
    private var bytes = CsvText.byteOrderMark
    private var isOpen = true

    /// Begins a file at `path`, replacing one there. Throws `export.cannot-write`.
    package init(path: String) throws {
        guard let file = fopen(path, "we") else { throw XlsxFile.cannotWrite(path) }
        self.file = file
        self.path = path
    }

    deinit { if isOpen { fclose(file) } }

    package func append(_ cells: [Cell]) throws {
        CsvText.append(cells, to: &bytes)
        if bytes.count >= 65_536 { try flush() }
    }

    package func append(contentsOf rows: some Sequence<[Cell]>) throws { for cells in rows { try append(cells) } }

    /// Completes the file. Throws `export.cannot-write`.
    package func finish() throws {
        try flush()
        isOpen = false
        if fclose(file) != 0 { throw XlsxFile.cannotWrite(path) }
    }

    private func flush() throws {
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw XlsxFile.cannotWrite(path) }
        bytes.removeAll(keepingCapacity: true)
    }
}
