import Places
import Storage
import Values

/// A firm while rows of a register are laid over it: what was stored, and what will be. A blank never erases.
struct FirmDraft {
    let before: Enterprise?
    var after: Enterprise
    /// The first row that wrote to it.
    let firstRow: Int
    var former: [String] = []
    /// The words under which a new firm's name is searched, where they are known already.
    private(set) var searchWords: String?
    let storedNames: [EnterpriseName]
    private(set) var accounts: [(before: Account?, after: Account)]
    private(set) var products: [(before: Product?, after: Product)]
    private(set) var holdings: [(before: Holding?, after: Holding)]
    /// A figure of a year.
    private struct FigureKey: Hashable {
        let year: Int
        let figure: AccountFigure
    }

    /// The rows that gave a figure, to notice a second one.
    private var figureRows: [FigureKey: Int] = [:]

    /// A firm that is not in the store.
    init(new name: String, row: Int) {
        before = nil
        after = Enterprise(id: ID(0), name: name)
        firstRow = row
        (storedNames, accounts, products, holdings) = ([], [], [], [])
    }

    init(_ firm: Enterprise, _ state: RegisterState, row: Int) {
        before = firm
        after = firm
        firstRow = row
        storedNames = state.names[firm.id] ?? []
        accounts = (state.accounts[firm.id] ?? []).map { ($0, $0) }
        products = (state.products[firm.id] ?? []).map { ($0, $0) }
        holdings = (state.holdings[firm.id] ?? []).map { ($0, $0) }
    }

    /// Takes the first row of a firm that is not in the store: everything is new, so that nothing is compared and no change told.
    mutating func begin(_ entry: RegisterEntry, region: Int64?) {
        var seen: Set<String> = entry.former.isEmpty ? [] : [after.folded]
        for name in entry.former where seen.insert(NameFolding.key(name)).inserted { former.append(name) }
        if entry.name == after.name { searchWords = entry.searchWords }
        after.code = entry.code
        after.registrationNumber = entry.registration
        after.region = region
        after.address = entry.address
        after.registeredDay = entry.registeredDay
        after.kind = entry.kind
        after.capital = entry.capital
        after.capitalText = entry.capitalText
        after.scope = entry.scope
        after.industry = entry.industry
        after.industryCode = entry.industryCode
        after.industryVersion = entry.industryVersion
        after.note = entry.note
        if let status = entry.status { after.status = status }
        if let year = entry.year, !entry.figures.isEmpty {
            accounts.append((nil, Account(id: 0, enterprise: after.id, year: year, figures: entry.figures, region: region)))
            for figure in entry.figures.keys { figureRows[FigureKey(year: year, figure: figure)] = entry.number }
        }
        if let product = entry.product { products.append((nil, product)) }
        if let holding = entry.holding { holdings.append((nil, holding)) }
    }

    /// Lays a row over the firm; answers what changed, in words.
    mutating func apply(_ entry: RegisterEntry, region: Int64?, regionName: (Int64) -> String?) -> [String] {
        var changes: [String] = []
        if entry.writesIdentity, let name = entry.name, name != after.name {
            changes.append("企业名称：\(after.name) → \(name)")
            if NameFolding.key(name) != after.folded { former.append(after.name) }
            after.name = name
            searchWords = entry.searchWords
        }
        let known = entry.former.isEmpty ? [] : Set((storedNames.map(\.name) + former + [after.name]).map(NameFolding.key))
        for name in entry.former where !known.contains(NameFolding.key(name)) {
            former.append(name)
            changes.append("曾用名：增加 \(name)")
        }
        if entry.writesIdentity {
            lay("统一社会信用代码", entry.code, on: \.code, &changes)
            lay("注册号", entry.registration, on: \.registrationNumber, &changes)
        }
        if let region, region != after.region {
            changes.append("地区：\(after.region.flatMap(regionName) ?? "—") → \(regionName(region) ?? String(region))")
            after.region = region
        }
        lay("地址", entry.address, on: \.address, &changes)
        lay("注册日期", entry.registeredDay, on: \.registeredDay, &changes)
        lay("企业类型", entry.kind, on: \.kind, &changes)
        lay("注册资本", entry.capital, on: \.capital, &changes) { $0.tenThousandYuan + "万元" }
        lay("注册资本（原文）", entry.capitalText, on: \.capitalText, &changes)
        lay("经营范围", entry.scope, on: \.scope, &changes)
        lay("行业", entry.industry, on: \.industry, &changes)
        lay("行业代码", entry.industryCode, on: \.industryCode, &changes)
        lay("行业分类版本", entry.industryVersion, on: \.industryVersion, &changes)
        lay("备注", entry.note, on: \.note, &changes)
        layStatus(entry, &changes)
        layAccount(entry, &changes)
        if let product = entry.product { lay(product, &changes) }
        if let holding = entry.holding { lay(holding, &changes) }
        return changes
    }

    private mutating func lay<Field: Equatable>(
        _ label: String, _ value: Field?, on path: WritableKeyPath<Enterprise, Field?>, _ changes: inout [String],
        text: (Field) -> String = { "\($0)" }
    ) {
        guard let value, value != after[keyPath: path] else { return }
        changes.append("\(label)：\(after[keyPath: path].map(text) ?? "—") → \(text(value))")
        after[keyPath: path] = value
    }

    /// A register with a number confirms a dossier that began from a list.
    private mutating func layStatus(_ entry: RegisterEntry, _ changes: inout [String]) {
        var status = entry.status
        if status == nil, entry.writesIdentity, after.status == .candidate, entry.code != nil || entry.registration != nil {
            status = .active
        }
        guard let status, status != after.status else { return }
        func word(_ status: EnterpriseStatus) -> String { EnterpriseWords.statuses[status.rawValue]?.chinese ?? status.rawValue }
        changes.append("状态：\(word(after.status)) → \(word(status))")
        after.status = status
    }

    /// Whether the firm is known to make a product of a name.
    func hasProduct(_ name: String) -> Bool { products.contains { NameFolding.key($0.after.name) == NameFolding.key(name) } }

    /// The rows of this file that already gave one of the entry's figures another value.
    func contradicts(_ entry: RegisterEntry) -> (figure: AccountFigure, row: Int)? {
        guard let year = entry.year, let account = accounts.first(where: { $0.after.year == year })?.after else { return nil }
        for (figure, value) in entry.figures.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            if let row = figureRows[FigureKey(year: year, figure: figure)], account.figures[figure] != value { return (figure, row) }
        }
        return nil
    }

    private mutating func layAccount(_ entry: RegisterEntry, _ changes: inout [String]) {
        guard let year = entry.year, !entry.figures.isEmpty else { return }
        let index: Int
        if let found = accounts.firstIndex(where: { $0.after.year == year }) {
            index = found
        } else {
            index = accounts.count
            accounts.append((nil, Account(id: 0, enterprise: after.id, year: year, figures: [:], region: after.region)))
        }
        for figure in AccountFigure.allCases {
            guard let value = entry.figures[figure] else { continue }
            figureRows[FigureKey(year: year, figure: figure)] = entry.number
            let old = accounts[index].after.figures[figure]
            guard value != old else { continue }
            let label = EnterpriseWords.figures[figure]?.chinese ?? figure.rawValue
            changes.append("\(year)年\(label)：\(old.map { $0.tenThousandYuan + "万元" } ?? "—") → \(value.tenThousandYuan)万元")
            accounts[index].after.figures[figure] = value
        }
        if accounts[index].after.region == nil { accounts[index].after.region = after.region }
    }

    private mutating func lay(_ entry: Product, _ changes: inout [String]) {
        let key = NameFolding.key(entry.name)
        let same = products.indices.filter { NameFolding.key(products[$0].after.name) == key }
        func isBrand(_ index: Int) -> Bool {
            let brand = products[index].after.brand
            return entry.brand == nil || brand == nil || brand.map(NameFolding.key) == entry.brand.map(NameFolding.key)
        }
        let exact = same.filter { products[$0].after.brand.map(NameFolding.key) == entry.brand.map(NameFolding.key) }
        let open = same.filter(isBrand)
        guard let index = exact.first ?? (open.count == 1 ? open.first : nil) else {
            products.append((nil, entry))
            changes.append("新增产品：\([entry.name, entry.brand ?? ""].filter { !$0.isEmpty }.joined(separator: " "))")
            return
        }
        var product = products[index].after
        product.brand = product.brand ?? entry.brand
        product.standard = entry.standard ?? product.standard
        product.adoptedStandard = entry.adoptedStandard ?? product.adoptedStandard
        product.licence = entry.licence ?? product.licence
        if product != products[index].after { changes.append("更新产品：\(product.name)") }
        products[index].after = product
    }

    private mutating func lay(_ entry: Holding, _ changes: inout [String]) {
        let index = holdings.firstIndex { stored in
            let same = entry.kind.isEmpty || stored.after.kind == entry.kind
            if let number = entry.number, let other = stored.after.number {
                return same && NameFolding.key(number) == NameFolding.key(other)
            }
            return stored.after.kind == entry.kind && (entry.from == nil || stored.after.from == nil || stored.after.from == entry.from)
        }
        guard let index else {
            holdings.append((nil, entry))
            changes.append("新增资质或称号：\([entry.kind, entry.number ?? ""].filter { !$0.isEmpty }.joined(separator: " "))")
            return
        }
        var holding = holdings[index].after
        if holding.kind.isEmpty { holding.kind = entry.kind }
        holding.number = entry.number ?? holding.number
        holding.issuer = entry.issuer ?? holding.issuer
        holding.from = entry.from ?? holding.from
        holding.to = entry.to ?? holding.to
        if holding != holdings[index].after { changes.append("更新资质或称号：\(holding.kind)") }
        holdings[index].after = holding
    }
}
