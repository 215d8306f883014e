import Dispatch
import Synchronization

/// Writes the rows of a workbook on a thread of its own, in their order, at most a few pieces behind; nobody else touches the file until
/// `finish` has answered.
final class RowWriting: Sendable {
    /// Rows in a piece.
    static let piece = 256

    /// Rows of one sheet that follow each other.
    struct Rows {
        let sheet: XlsxFile.Worksheet
        let formats: [XlsxFile.Format?]
        let first: Int
        let cells: [[Cell]]
    }

    private let queue = DispatchQueue(label: "hallmark.write-rows")
    private let room = DispatchSemaphore(value: 4)
    // Only touched on `queue` while rows are under way.
    nonisolated(unsafe) private let file: XlsxFile
    private let failed = Mutex<(any Error)?>(nil)

    init(_ file: XlsxFile) { self.file = file }

    /// Begins to write a piece, as soon as there is room; throws what befell the ones before.
    func begin(_ rows: Rows) throws {
        room.wait()
        // Its pointers stay good as long as the file is open.
        nonisolated(unsafe) let rows = rows
        queue.async {
            self.write(rows)
            self.room.signal()
        }
        if let failure = failed.withLock({ $0 }) { throw failure }
    }

    private func write(_ rows: Rows) {
        guard failed.withLock({ $0 == nil }) else { return }
        do {
            for (place, cells) in rows.cells.enumerated() {
                for (column, cell) in cells.enumerated() {
                    try file.write(cell, rows.sheet, rows.first + place, column, column < rows.formats.count ? rows.formats[column] : nil)
                }
            }
        } catch {
            failed.withLock { $0 = error }
        }
    }

    /// Waits for all pieces, then writes the last one.
    func finish(_ rows: Rows?) throws {
        queue.sync { if let rows { write(rows) } }
        if let failure = failed.withLock({ $0 }) { throw failure }
    }
}
