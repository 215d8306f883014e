import Values

/// What a look at the files of an import found, without their rows: all that the check page and its forms need.
struct ImportLook: Sendable {
    /// One sheet and whether it is taken.
    struct SheetLook: Sendable {
        let file: String
        let sheet: SortedSheet
        let isTaken: Bool
        let rows: Int
        let why: String
    }

    static let mostIssues = 200

    let sheets: [SheetLook]
    /// The first of what was noticed.
    let issues: [ImportReport.Issue]
    let hasMoreIssues: Bool
    /// Headings that were read as somebody corrected them before.
    let remembered: [String]
    /// The readable files; whether their rows are too many to be held.
    let files: [(name: String, isLong: Bool)]

    init(_ checked: ImportRun.Checked) {
        sheets = checked.files.flatMap { file in
            file.sheets.map { sheet in
                let table = file.tables.first { $0.sheet.number == sheet.number }
                let aside = checked.start.setAside.first { $0.file == file.opened.name && $0.sheet == sheet.name }
                return SheetLook(
                    file: file.opened.name, sheet: sheet, isTaken: table != nil, rows: table?.long?.below ?? table?.rows.count ?? 0,
                    why: table == nil ? aside?.why ?? "" : sheet.reasons.joined(separator: "；"))
            }
        }
        let found = Self.issues(checked)
        issues = Array(found.prefix(Self.mostIssues))
        hasMoreIssues = found.count > Self.mostIssues
        remembered = checked.files.flatMap(\.tables).flatMap { $0.sheet.table?.layouts.flatMap(\.columns) ?? [] }.filter(\.isRemembered)
            .map(\.heading)
        files = checked.files.map { file in (file.opened.name, file.tables.contains { $0.long != nil }) }
    }

    /// In order, one more than are shown.
    private static func issues(_ checked: ImportRun.Checked) -> [ImportReport.Issue] {
        var found = checked.start.issues
        for table in checked.files.flatMap(\.tables) {
            for row in table.rows {
                guard found.count <= mostIssues else { return found }
                for issue in row.issues { found.append(ImportReport.Issue(issue, table)) }
            }
            for issue in table.sheet.table?.issues ?? [] { found.append(ImportReport.Issue(issue, table)) }
        }
        return found
    }

    /// - Throws: `import.no-sheet` where there is none with a heading.
    func sheet(_ name: String, of file: String) throws -> SortedSheet {
        guard let found = sheets.first(where: { $0.file == file && $0.sheet.name == name })?.sheet, found.table != nil else {
            throw Failure(.missing, "import.no-sheet", "这次导入没有可以核对表头的工作表「\(name)」", cure: "回到核对页选择工作表")
        }
        return found
    }
}
