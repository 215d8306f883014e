import Values

/// Reads a file of sheets inside this process. Files from outside belong in a child: see `OutsideFile`.
package enum SheetReading {
    /// Goes through the file and hands over its sheets and rows one by one.
    ///
    /// Throws a `Failure` of the codes `import.file-…`, `import.too-many-…`, `import.not-a-table`, `import.undecodable` and their like
    /// (`ReadFailure`), or whatever `handler` throws.
    package static func read(path: String, limits: ReadLimits = ReadLimits(), handler: @escaping SheetEventHandler) throws {
        let file = try SourceFile(path: path, limits: limits)
        let events = LimitedEvents(file: file.place.file ?? path, limits: limits, handler: handler)
        let head = try file.bytes(from: 0, count: min(file.size, 4096))
        switch FileSignature.of(head) {
        case .compoundFile: try XlsReader(file: file, events: events).read()
        case .bareRecords: try XlsReader(file: file, events: events).readBare()
        case .zip: try XlsxReader(file: file, events: events, limits: limits).read()
        case .xmlSpreadsheet: try XMLSpreadsheetReader(file: file, events: events).read()
        case .html: try HTMLTableReader(file: file, events: events).read()
        case .xml: throw ReadFailure.notATable("XML 文件", file.place)
        case .webArchive: throw ReadFailure.otherSpreadsheet("网页存档（.mht）", file.place)
        case .dataTable: throw ReadFailure.otherSpreadsheet("dBASE 数据表（.dbf）", file.place)
        case .other(let what): throw ReadFailure.notATable(what, file.place)
        case .text: try CsvReader(file: file, events: events, limits: limits).read()
        }
    }

    /// The whole workbook in memory: for small files and tests.
    package static func workbook(path: String, limits: ReadLimits = ReadLimits()) throws -> Workbook {
        var builder = WorkbookBuilder()
        try read(path: path, limits: limits) { builder.take($0) }
        return builder.workbook
    }
}
