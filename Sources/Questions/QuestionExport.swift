package import Evidence
import Glibc
import Spreadsheets
package import Storage
import Values

/// The rows behind a figure as a file, written one by one in constant memory.
package enum QuestionExport {
    package enum Format: String, Sendable, CaseIterable {
        case xlsx
        /// UTF-8 with a byte order mark; cells that a spreadsheet would run are defused.
        case csv
        case json
    }

    /// Writes the rows of a question to a file; answers how many there were.
    ///
    /// - Throws: `export.cannot-write`, and what asking throws.
    @discardableResult
    package static func write(
        _ question: Question, asking: Asking, note: String, format: Format, to path: String, names: RecordNames = RecordNames(),
        _ session: any Storage.Session
    ) throws -> Int {
        switch format {
        case .xlsx: try workbook(question, asking, note, path, names, session)
        case .csv: try csv(question, asking, path, names, session)
        case .json: try json(question, asking, path, session)
        }
    }

    private static func workbook(
        _ question: Question, _ asking: Asking, _ note: String, _ path: String, _ names: RecordNames, _ session: any Storage.Session
    ) throws -> Int {
        let writer = try WorkbookWriter(path: path)
        let name = try asking.catalogue.fact(question.fact).label.chinese
        let count = try named(question, asking, names, session) {
            try writer.beginSheet(name, columns: $0.map(heading), notes: [note])
        } _: {
            try writer.append($0)
        }
        try writer.finish()
        return count
    }

    private static func csv(
        _ question: Question, _ asking: Asking, _ path: String, _ names: RecordNames, _ session: any Storage.Session
    ) throws -> Int {
        let writer = try CsvFileWriter(path: path)
        let count = try named(question, asking, names, session) {
            try writer.append($0.map { .text(heading($0).heading) })
        } _: {
            try writer.append($0)
        }
        try writer.finish()
        return count
    }

    /// Rows with names for numbers, in pieces; answers how many there were.
    private static func named(
        _ question: Question, _ asking: Asking, _ names: RecordNames, _ session: any Storage.Session, begin: ([Fact.Column]) throws -> Void,
        _ write: ([Cell]) throws -> Void
    ) throws -> Int {
        var naming = NameRows(columns: [], asking: asking, names: names, known: question.known)
        try asking.forEachRow(question, session) { list in
            naming = NameRows(columns: list, asking: asking, names: names, known: question.known)
            try begin(naming.shown.map { list[$0] })
        } _: { values in
            try naming.add(values, session, write)
        }
        try naming.flush(session, write)
        return naming.count
    }

    private static func json(_ question: Question, _ asking: Asking, _ path: String, _ session: any Storage.Session) throws -> Int {
        let file = try ExportFile(path)
        var columns: [Fact.Column] = []
        var count = 0
        file.append(Array("{\"fact\":".utf8))
        file.append(JSONValue.text(question.fact).bytes)
        if let structure = question.structure.text { file.append(Array(",\"structure\":".utf8) + JSONValue.text(structure).bytes) }
        file.append(Array(",\"rows\":[".utf8))
        try asking.forEachRow(question, session) {
            columns = $0
        } _: { values in
            if count > 0 { file.append([UInt8(ascii: ",")]) }
            count += 1
            file.append(AnswerJSON.row(columns, values).bytes)
            try file.flushIfFull()
        }
        file.append(Array("]}\n".utf8))
        try file.finish()
        return count
    }

    /// Money stands in yuan with two decimals.
    private static func heading(_ column: Fact.Column) -> SheetColumn {
        if NameRows.isName(column) { return SheetColumn(column.label.chinese) }
        return switch column.kind {
        case .text, .enterprise: SheetColumn(column.label.chinese)
        case .whole: SheetColumn(column.label.chinese, .integer)
        case .money: SheetColumn(column.label.chinese + "（元）", .amount(decimals: 2))
        case .day: SheetColumn(column.label.chinese, .text, width: 12)
        }
    }
}

/// A text file written in pieces.
private final class ExportFile {
    private let file: UnsafeMutablePointer<FILE>
    private var bytes: [UInt8] = []
    private var isOpen = true

    init(_ path: String) throws {
        guard let file = fopen(path, "we") else { throw ExportFile.cannotWrite }
        self.file = file
    }

    deinit { if isOpen { fclose(file) } }

    func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

    func flushIfFull() throws { if bytes.count >= 65_536 { try flush() } }

    func finish() throws {
        try flush()
        isOpen = false
        if fclose(file) != 0 { throw ExportFile.cannotWrite }
    }

    private func flush() throws {
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw ExportFile.cannotWrite }
        bytes.removeAll(keepingCapacity: true)
    }

    private static let cannotWrite = Failure(.invalid, "export.cannot-write", "导出文件写不了", cure: "检查路径、权限和磁盘空间")
}
