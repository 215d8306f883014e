package import Spreadsheets

/// Says of each sheet of a workbook which list it is, and sets aside what is not this publication's.
package struct SheetSorting: Sendable {
    package let reader: TableReader
    private var words: TitleWords { reader.vocabulary.titles }

    package init(vocabulary: HeadingVocabulary) { reader = TableReader(vocabulary: vocabulary) }

    /// What a clerk decided about the sheets before.
    package struct Choices: Sendable {
        /// Sheets that are imported although they were set aside, by name.
        package var taken: Set<String> = []
        /// Sheet → kind.
        package var kinds: [String: ImportKind] = [:]
        /// Sheet → corrections of its headings; the empty name stands for every sheet.
        package var corrections: [String: HeadingCorrections] = [:]
        /// Corrections of headings from earlier imports.
        package var remembered = RememberedHeadings()
        /// Fingerprints of sheets that were imported before, with the title they bore.
        package var seen: [UInt64: String] = [:]

        package init() {}

        /// The corrections that hold for a sheet, its own before those for every sheet, with what is remembered.
        func corrections(of sheet: String) -> HeadingCorrections {
            var own = corrections[sheet] ?? corrections[""] ?? HeadingCorrections()
            own.remembered = remembered
            return own
        }
    }

    /// Sorts the sheets in their order.
    ///
    /// - Parameters:
    ///   - path: the file's name (with folders where known): it tells which title is the file's own, and the title of a table without one.
    ///   - wanted: the kind that is being imported; nil lets the headings decide.
    package func sort(_ workbook: Workbook, path: String = "", wanted: ImportKind? = nil, choices: Choices = Choices()) -> [SortedSheet] {
        let hints = FileNameHints(path: path)
        let isOnly = workbook.sheets.count { $0.rows.contains(where: \.holdsSomething) } == 1
        var sheets = workbook.sheets.enumerated().map { place, sheet in
            look(sheet, number: place + 1, hints: hints, isOnly: isOnly, wanted: wanted, choices: choices)
        }
        setAsideLeftovers(&sheets, hints: hints, seen: choices.seen)
        for index in sheets.indices where choices.taken.contains(sheets[index].name) && sheets[index].table != nil {
            sheets[index].setAside = nil
        }
        return sheets
    }

    private func look(
        _ sheet: Sheet, number: Int, hints: FileNameHints, isOnly: Bool, wanted: ImportKind?, choices: Choices
    ) -> SortedSheet {
        let corrections = choices.corrections(of: sheet.name)
        let table = reader.read(
            sheet, hint: isOnly ? hints.title ?? "" : "", wanted: choices.kinds[sheet.name] ?? wanted, corrections: corrections)
        let title = title(of: sheet, table, hints, isOnly: isOnly)
        let verdict = table.flatMap { impliedVerdict($0, title, sheet.name) }
        let judgement = SheetJudgement(reader: reader, sheet: sheet, table: table, title: title, impliedVerdict: verdict)
        return SortedSheet(
            name: sheet.name, number: number, visibility: sheet.visibility, title: title, kind: table?.layout.kind,
            confidence: judgement.confidence, reasons: judgement.reasons, table: table, setAside: judgement.setAside(),
            impliedVerdict: verdict, fingerprint: ContentFingerprint.of(sheet))
    }

    /// The lines above the heading; without any, a telling sheet name, else the file's name.
    private func title(of sheet: Sheet, _ table: SheetTable?, _ hints: FileNameHints, isOnly: Bool) -> ListTitle {
        var lines =
            table?.titleLines
            ?? sheet.rows.filter(\.holdsSomething).prefix(2).map { row in
                row.cells.map(\.text.trimmedText).filter { !$0.isEmpty }.prefix(3).joined(separator: " ")
            }
        if table != nil, lines.isEmpty {
            if !isDefaultName(sheet.name) { lines = [sheet.name] } else if isOnly, let name = hints.title { lines = [name] }
        }
        return ListTitle(lines: lines, words: words)
    }

    /// A list of failing (or passing) batches need not say so in every row.
    private func impliedVerdict(_ table: SheetTable, _ title: ListTitle, _ name: String) -> Verdict? {
        guard table.layout.kind == .results, !table.layouts.contains(where: { $0.has("verdict") }) else { return nil }
        let bySheet = ListTitle(lines: [name], words: words).kind
        for kind in [bySheet, title.kind] {
            switch kind {
            case .failing, .failedTwice: return .fail
            case .passing: return .pass
            case .refused: return .refused
            default: continue
            }
        }
        if ["不合格", "合格"].contains(name.trimmedText) { return name.trimmedText == "合格" ? .pass : .fail }
        return nil
    }

    func isDefaultName(_ name: String) -> Bool {
        let bare = String(
            name.lowercased().filter { !$0.isWhitespace }.reversed().drop { $0.isNumber || $0 == "(" || $0 == ")" }.reversed())
        return bare.isEmpty || words.defaultSheetNames.contains(bare)
    }

    // MARK: Leftovers

    /// A later sheet with a default name whose title names another year or product than the file's own list was left from another
    /// workbook; so was a table that has already been imported under another title.
    private func setAsideLeftovers(_ sheets: inout [SortedSheet], hints: FileNameHints, seen: [UInt64: String]) {
        let candidates = sheets.indices.filter { sheets[$0].isTaken }
        guard let own = ownSheet(sheets, candidates, hints) else { return }
        let main = sheets[own].title
        let isSeries = isSeries(candidates.map { sheets[$0].title })
        for index in candidates {
            let sheet = sheets[index]
            if index != own, let why = strangeness(sheet.title, main), isDefaultName(sheet.name), !isSeries || sheet.title.year != main.year
            {
                sheets[index].setAside = .init(
                    reason: .leftover,
                    sentence: "表题「\(sheet.title.text)」与本文件的名单「\(main.text)」\(why)，像是别的文件遗留的工作表；需要时可按它自己的表题另行导入。")
            } else if let other = seen[sheet.fingerprint], other != sheet.title.text {
                sheets[index].setAside = .init(reason: .leftover, sentence: "内容与已导入的「\(other)」完全相同，只是表题不同。")
            } else if let twin = candidates.first(where: { $0 < index && sheets[$0].fingerprint == sheet.fingerprint && sheets[$0].isTaken }
            ) {
                sheets[index].setAside = .init(reason: .leftover, sentence: "内容与工作表「\(sheets[twin].name)」完全相同。")
            }
        }
    }

    /// The sheet whose product the file's name tells, else the first.
    private func ownSheet(_ sheets: [SortedSheet], _ candidates: [Int], _ hints: FileNameHints) -> Int? {
        let named = hints.title.flatMap { name in
            candidates.first { index in
                let products = sheets[index].title.products
                return !products.isEmpty && products.allSatisfy { name.contains($0) }
            }
        }
        return named ?? candidates.first { !sheets[$0].title.text.isEmpty } ?? candidates.first
    }

    /// What in the title names another publication; nil where nothing does.
    private func strangeness(_ title: ListTitle, _ main: ListTitle) -> String? {
        if let year = title.year, let own = main.year, year != own { return "年份不同" }
        if !title.products.isEmpty, !main.products.isEmpty, Set(title.products).isDisjoint(with: main.products) {
            let related = title.products.contains { product in main.products.contains { $0.contains(product) || product.contains($0) } }
            if !related { return "产品不同" }
        }
        return nil
    }

    /// Three or more lists of one year, each of another product, or numbered annexes, are one publication in several sheets.
    private func isSeries(_ titles: [ListTitle]) -> Bool {
        let annexes = titles.compactMap(\.annex)
        if titles.count >= 2, annexes.count == titles.count, Set(annexes).count == annexes.count { return true }
        let named = titles.filter { !$0.products.isEmpty }
        return named.count >= 3 && named.count == titles.count && Set(named.map(\.year)).count == 1
            && Set(named.map(\.stem)).count == named.count
    }
}
