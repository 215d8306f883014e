import Values

/// Reads `.xls`: BIFF8, BIFF5, and the bare sheets that some exporters write without a container.
///
/// The records are read here and not by FreeXL: FreeXL 1.0.6 answers "no error" with no workbook for some official lists, tells neither
/// hidden sheets nor merged cells, and is C code that would parse strangers' files.
struct XlsReader {
    let file: SourceFile
    let events: LimitedEvents

    /// A compound file.
    func read() throws {
        try translatingFlaws {
            let container = try CompoundFile(try file.all())
            if container.stream("EncryptedPackage") != nil { throw ReadFailure.encrypted(file.place) }
            guard let stream = container.stream("Workbook", "Book") else { throw XlsReader.otherDocument(container, file.place) }
            try read(try container.contents(stream))
        }
    }

    /// A stream of records without a container.
    func readBare() throws { try translatingFlaws { try read(try file.all()) } }

    private func read(_ stream: [UInt8]) throws {
        let globals = try BiffGlobals(stream)
        if globals.isEncrypted { throw ReadFailure.encrypted(file.place) }
        let sheets = globals.sheets.filter(\.isWorksheet)
        if sheets.isEmpty { throw ReadFailure.noSheets(file.place) }
        try events.begin(.xls)
        for entry in sheets {
            try events.checkTime()
            try events.beginSheet(entry.name, entry.visibility)
            let sheet = try BiffSheet.read(globals, entry)
            for (row, cells) in sheet.rows.enumerated() { try events.row(row + 1, cells) }
            try events.endSheet(sheet.mergedRanges)
        }
    }

    private func translatingFlaws(_ work: () throws -> Void) throws {
        do { try work() } catch CompoundFile.Flaw.truncated {
            throw ReadFailure.damaged("内容在中途断开", file.place)
        } catch CompoundFile.Flaw.malformed {
            throw ReadFailure.damaged("内部结构有误", file.place)
        }
    }

    private static func otherDocument(_ container: CompoundFile, _ place: FilePlace) -> Failure {
        if container.stream("WordDocument") != nil { return ReadFailure.notATable("Word 文档", place) }
        if container.stream("PowerPoint Document") != nil { return ReadFailure.notATable("PowerPoint 演示文稿", place) }
        return ReadFailure.notATable("其他 Office 文件", place)
    }
}
