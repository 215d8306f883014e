/// What went wrong, in words an official can act on, with a stable code for the help desk.
///
/// One table in WebSupport maps the kind to a status and a page, one in the command line maps it to an exit code.
package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The seven ways in which an act or a question can fail.
    package enum Kind: String, Sendable, CaseIterable {
        /// The actor may not do this.
        case refused
        /// The input is wrong; `place` says where.
        case invalid
        /// Somebody else changed it first, or it is already so.
        case conflict
        /// There is no such thing.
        case missing
        /// It was there and was taken away on purpose.
        case gone
        /// The store or a source is busy; the same request may succeed later.
        case busy
        /// A fault of the program; details go to the log, not to the page.
        case `internal`
    }

    package let kind: Kind
    /// Stable, dotted, English: `import.heading-missing`.
    package let code: String
    /// What happened, in Chinese.
    package let message: String
    package let place: FilePlace
    /// What the reader can do about it.
    package let cure: String?

    package init(_ kind: Kind, _ code: String, _ message: String, at place: FilePlace = FilePlace(), cure: String? = nil) {
        self.kind = kind
        self.code = code
        self.message = message
        self.place = place
        self.cure = cure
    }

    /// Place, message and cure in one line: `名单.xls「Sheet1」第4行「企业名称」列：…。处理办法：…`.
    package var description: String {
        let where_ = place.description
        return (where_.isEmpty ? "" : where_ + "：") + Self.sentence(message, cure)
    }

    /// What happened with the cure behind it, as one text.
    package static func sentence(_ message: String, _ cure: String?) -> String {
        guard let cure, !cure.isEmpty else { return message }
        let isWhole = message.last.map { "。！？".contains($0) } ?? true
        return message + (isWhole ? "" : "。") + "处理办法：" + cure
    }
}

/// Where in a file something stands: a cell of a sheet, or a line and a clause of a programme file.
package struct FilePlace: Sendable, Hashable, CustomStringConvertible {
    package var file: String?
    package var sheet: String?
    /// 1-based, as spreadsheets show it.
    package var row: Int?
    /// The heading, or the column's letters.
    package var column: String?
    /// 1-based line of a text file.
    package var line: Int?
    package var clause: String?

    package init(
        file: String? = nil, sheet: String? = nil, row: Int? = nil, column: String? = nil, line: Int? = nil, clause: String? = nil
    ) {
        self.file = file
        self.sheet = sheet
        self.row = row
        self.column = column
        self.line = line
        self.clause = clause
    }

    package var description: String {
        var text = file ?? ""
        if let sheet { text += "「\(sheet)」" }
        if let line { text += "第\(line)行" }
        if let row { text += "第\(row)行" }
        if let column { text += "「\(column)」列" }
        if let clause { text += "（条款\(clause)）" }
        return text
    }

    /// The same for pages in either language.
    package var word: Word {
        let parts = [
            file, sheet.map { "sheet “\($0)”" }, line.map { "line \($0)" }, row.map { "row \($0)" }, column.map { "column “\($0)”" },
            clause.map { "clause \($0)" },
        ]
        return Word(description, parts.compactMap { $0 }.joined(separator: ", "))
    }
}
