import Imports
import Places
import Values

/// One row of a register, typed: what it says about a firm, a year, a product and a holding. What it does not say is nil.
struct RegisterEntry: Sendable {
    let number: Int
    var name: String? { didSet { folded = name.map(NameFolding.key) } }
    var code: String?
    var registration: String?
    /// The nine characters of an organisation code; only used to find the dossier.
    var organisation: String?
    var former: [String] = []
    var declared: String?
    /// The town, where the row names no division above it.
    var town: String?
    var address: String?
    var registeredDay: Day?
    var kind: String?
    var capital: Fen?
    var capitalText: String?
    var scope: String?
    var industry: String?
    var industryCode: String?
    var industryVersion: String?
    var status: EnterpriseStatus?
    var note: String?
    var year: Int?
    var figures: [AccountFigure: Fen] = [:]
    var product: Product?
    var holding: Holding?
    var issues: [RowIssue] = []
    /// Whether names and codes are written, or only say which firm is meant.
    var writesIdentity = true
    /// Whether products may be added.
    var writesProducts = true
    /// The key of the name.
    private(set) var folded: String?
    /// The words under which the name is searched; nil where they were not made.
    var searchWords: String?
    /// Where the row's own texts say the firm is; nil where they do not name it, so that the stored name must be asked too.
    var place: RegisterPlace?

    init(number: Int) { self.number = number }

    /// Whether the row says more than who the firm is, so that several rows of one firm make sense.
    var bringsMore: Bool { product != nil || holding != nil || !figures.isEmpty }
}

/// What a row's texts prove of a firm's place.
struct RegisterPlace: Sendable {
    /// The deepest proven division.
    let region: Region?
    /// Why the texts contradict each other.
    let conflict: String?

    init(_ found: PlaceResolution) {
        region = found.region
        conflict = found.conflict?.sentence
    }
}

/// Reads rows of a table into entries; what holds for the whole table is noticed once.
struct RegisterReading: EntryReader {
    let headings: RegisterHeadings
    private let duty: RegisterDuty?
    /// nil where only keys are wanted.
    private var places: PlaceMemory?
    /// Registers may bear any name that was ever given, so places are named as of the last day there is.
    static let lastDay = Day(number: .max)
    private var withoutUnit: Set<String> = []
    private var lacksYear = false
    private var lacksVersion = false
    // What the table has columns for; asking each row for what no column holds would cost most of its time.
    private let placeFields: [String]
    private let figures: [AccountFigure]
    private let namesProducts: Bool
    private let namesHoldings: Bool

    /// - Parameter resolver: to find the place of each row; nil leaves it open.
    init(_ table: CheckedTable, resolver: PlaceResolver?, by actor: Actor? = nil) {
        places = resolver.map { PlaceMemory($0, on: Self.lastDay) }
        let headings = RegisterHeadings(table)
        self.headings = headings
        duty = RegisterDuty(actor, headings)
        placeFields = ["province", "city", "district", "town"].filter { headings[$0] != nil }
        figures = AccountFigure.allCases.filter { headings[$0.field] != nil }
        namesProducts = ["product", "brand", "standard", "adopted_standard", "licence"].contains { headings[$0] != nil }
        namesHoldings = ["holding_kind", "holding_number"].contains { headings[$0] != nil }
    }

    /// Warnings about the table as a whole.
    var tableIssues: [RowIssue] {
        var issues = headings.notStored + (duty?.issues ?? [])
        if !withoutUnit.isEmpty { issues.append(.unitAssumed(withoutUnit.sorted())) }
        if lacksYear { issues.append(.yearMissing) }
        if lacksVersion { issues.append(.versionMissing(headings["industry_code"])) }
        return issues
    }

    mutating func absorb(_ other: RegisterReading) {
        withoutUnit.formUnion(other.withoutUnit)
        lacksYear = lacksYear || other.lacksYear
        lacksVersion = lacksVersion || other.lacksVersion
    }

    mutating func entry(_ row: ReadRow) -> RegisterEntry {
        var entry = RegisterEntry(number: row.number)
        entry.name = row.text("name")
        readCodes(row, &entry)
        if let former = row.text("former_names") {
            entry.former = former.split { "；;、，,/".contains($0) }.map { String($0.trimmingBlanks) }.filter { !$0.isEmpty }
        }
        for field in placeFields {
            if let place = row.text(field) { entry.declared = (entry.declared ?? "") + place }
        }
        let isTownAlone = entry.declared != nil && ["province", "city", "district"].allSatisfy { row.text($0) == nil }
        entry.town = isTownAlone ? entry.declared : nil
        entry.address = row.text("address")
        entry.registeredDay = wholeDay("registered_day", row, &entry)
        entry.kind = row.text("type")
        entry.scope = row.text("scope")
        entry.note = row.text("remark")
        readIndustry(row, &entry)
        readStatus(row, &entry)
        readCapital(row, &entry)
        readAccount(row, &entry)
        readProduct(row, &entry)
        readHolding(row, &entry)
        if let name = entry.name {
            let clues = PlaceClues(declared: entry.declared, address: entry.address, name: name)
            entry.searchWords = places == nil ? nil : NameSearch.indexed(name)
            entry.place = (places?.resolve(clues)).map { RegisterPlace($0) }
        }
        duty?.keep(&entry)
        return entry
    }

    private func readCodes(_ row: ReadRow, _ entry: inout RegisterEntry) {
        for field in ["code", "registration_no"] {
            guard let text = row.text(field) else { continue }
            let column = headings[field]
            switch CodeReading(text) {
            case .blank: break
            case .creditCode(let code, let warnings):
                if warnings.contains(.looksLikeIdentityNumber) {
                    entry.issues.append(.identityNumber(row.number, column))
                } else {
                    entry.code = code.text
                    entry.issues += warnings.map { .codeDoubtful($0, row.number, column) }
                }
            case .registration(let number, let warnings):
                entry.registration = number.text
                entry.issues += warnings.map { .codeDoubtful($0, row.number, column) }
            case .organisation(let code, let warnings):
                entry.organisation = code.text
                entry.issues += warnings.map { .codeDoubtful($0, row.number, column) }
                entry.issues.append(.organisationOnly(row.number, column))
            case .notUnderstood(let reason): entry.issues.append(.codeForm(reason, row.number, column))
            }
        }
    }

    private mutating func readIndustry(_ row: ReadRow, _ entry: inout RegisterEntry) {
        entry.industry = row.text("industry")
        entry.industryCode = row.text("industry_code")
        entry.industryVersion = row.text("industry_version").flatMap(Self.edition)
        if entry.industryCode != nil, entry.industryVersion == nil { lacksVersion = true }
    }

    /// The year in an edition's name: `GB/T 4754-2002` is 2002. Asked of every row, for which a pattern would be too slow.
    private static func edition(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 4 else { return nil }
        for start in 0...(bytes.count - 4) {
            let year = bytes[start..<(start + 4)]
            guard year.allSatisfy({ (48...57).contains($0) }) else { continue }
            let century = String(decoding: year.prefix(2), as: UTF8.self)
            if century == "19" || century == "20" { return String(decoding: year, as: UTF8.self) }
        }
        return nil
    }

    private func readStatus(_ row: ReadRow, _ entry: inout RegisterEntry) {
        guard let text = row.text("status") else { return }
        if ["注销", "吊销", "撤销", "关闭"].contains(where: { text.contains($0) }) {
            entry.status = .closed
        } else if ["存续", "在业", "开业", "在营", "在册", "登记", "正常"].contains(where: { text.contains($0) }) {
            entry.status = .active
        } else {
            entry.issues.append(.statusUnknown(text, row.number, headings["status"]))
        }
    }

    private func wholeDay(_ field: String, _ row: ReadRow, _ entry: inout RegisterEntry) -> Day? {
        guard let partial = row.day(field) else { return nil }
        if let day = partial.day { return day }
        entry.issues.append(.dayIncomplete(partial.description, row.number, headings[field]))
        return nil
    }

    private mutating func amount(_ field: String, _ row: ReadRow) -> Amount? {
        guard case .amount(let text, let unit) = row.values[field] else { return nil }
        if !headings.namesUnit(field), let heading = headings[field], !withoutUnit.contains(heading),
            text.allSatisfy({ $0.isNumber || ".,，".contains($0) })
        {
            withoutUnit.insert(heading)
        }
        return Amount.read(text, unitNamed: unit)
    }

    private mutating func readCapital(_ row: ReadRow, _ entry: inout RegisterEntry) {
        switch amount("capital", row) {
        case .fen(let fen): entry.capital = fen
        case .foreign(let foreign):
            entry.capitalText = foreign.text
            entry.issues.append(.foreignCapital(foreign.text, row.number, headings["capital"]))
        case .notUnderstood(let reason):
            entry.capitalText = row.text("capital")
            entry.issues.append(.capitalText(reason, row.number, headings["capital"]))
        case .unknown, nil: break
        }
    }

    private mutating func readAccount(_ row: ReadRow, _ entry: inout RegisterEntry) {
        for figure in figures {
            switch amount(figure.field, row) {
            case .fen(let fen): entry.figures[figure] = fen
            case .foreign(let foreign): entry.issues.append(.foreignFigure(foreign.text, row.number, headings[figure.field]))
            case .notUnderstood(let reason): entry.issues.append(.amountForm(reason, row.number, headings[figure.field]))
            case .unknown, nil: break
            }
        }
        guard !entry.figures.isEmpty else { return }
        entry.year = row.text("year").flatMap { Int($0) } ?? headings.year
        if let year = entry.year, !(1949...2100).contains(year) {
            entry.issues.append(.yearForm(year, row.number, headings["year"]))
            entry.year = nil
            entry.figures = [:]
        } else if entry.year == nil {
            lacksYear = true
            entry.figures = [:]
        }
    }

    private func readProduct(_ row: ReadRow, _ entry: inout RegisterEntry) {
        guard namesProducts else { return }
        var product = Product(id: 0, enterprise: ID(0), name: row.text("product") ?? "")
        product.brand = row.text("brand")
        product.standard = row.text("standard")
        product.adoptedStandard = row.text("adopted_standard")
        product.licence = row.text("licence")
        let isThere = !product.name.isEmpty || product.brand != nil || product.standard != nil || product.licence != nil
        entry.product = isThere || product.adoptedStandard != nil ? product : nil
    }

    private func readHolding(_ row: ReadRow, _ entry: inout RegisterEntry) {
        guard namesHoldings else { return }
        var holding = Holding(id: 0, enterprise: ID(0), kind: row.text("holding_kind") ?? "")
        holding.number = row.text("holding_number")
        holding.issuer = row.text("holding_issuer")
        guard !holding.kind.isEmpty || holding.number != nil else { return }
        holding.from = wholeDay("holding_from", row, &entry)
        holding.to = wholeDay("holding_to", row, &entry)
        entry.holding = holding
    }
}

extension AccountFigure {
    /// The field of the register's vocabulary.
    var field: String {
        switch self {
        case .sales: "sales"
        case .brandSales: "brand_sales"
        case .exports: "exports"
        case .research: "research"
        case .tax: "tax"
        }
    }
}

extension StringProtocol {
    var trimmingBlanks: SubSequence {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }
}
