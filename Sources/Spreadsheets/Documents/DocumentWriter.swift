/// Writes a `Document` as `.docx` (ECMA-376), packed by libzip.
package enum DocumentWriter {
    /// Writes to `path`, replacing a file there. Equal documents give equal bytes. Throws `export.cannot-write`.
    package static func write(_ document: Document, to path: String) throws {
        try ZipFile.write(DocumentParts.all(document), to: path)
    }
}
