import Imports
import Values

/// What of a register a department may bring: its own columns. The others are read past, and the table says so; by names and codes alone a
/// firm is found and nothing of it changed.
struct RegisterDuty: Sendable {
    private let actor: Actor
    private let headings: RegisterHeadings
    private let refused: [DossierColumn]

    /// nil for those who may write every column.
    init?(_ actor: Actor?, _ headings: RegisterHeadings) {
        guard let actor, actor.role == .departmentOfficer else { return nil }
        self.actor = actor
        self.headings = headings
        refused = DossierColumn.allCases.filter { column in
            !actor.answers(for: column) && column.fields.contains { headings[$0] != nil && !Self.keys.contains($0) }
        }
    }

    /// What every department's list has, to say which firm a row means.
    private static let keys: Set<String> = ["name", "code", "registration_no", "product"]

    /// One sentence for each owner's columns.
    var issues: [RowIssue] {
        refused.map { column in
            let printed = column.fields.compactMap { Self.keys.contains($0) ? nil : headings[$0] }
            return .notYourColumn(printed, actor.owners(of: column.rawValue))
        }
    }

    /// Takes out of a row what is not the department's.
    func keep(_ entry: inout RegisterEntry) {
        entry.writesIdentity = actor.answers(for: .identity)
        entry.writesProducts = actor.answers(for: .product)
        if !entry.writesIdentity { entry.former = [] }
        if !actor.answers(for: .place) { (entry.declared, entry.town, entry.address, entry.place) = (nil, nil, nil, nil) }
        if !actor.answers(for: .registration) {
            (entry.registeredDay, entry.kind, entry.capital, entry.capitalText, entry.scope, entry.status) = (nil, nil, nil, nil, nil, nil)
        }
        if !actor.answers(for: .industry) { (entry.industry, entry.industryCode, entry.industryVersion) = (nil, nil, nil) }
        if !actor.answers(for: .note) { entry.note = nil }
        entry.figures = entry.figures.filter { actor.answers(for: $0.key.column) }
        entry.product = entry.product.flatMap(kept)
    }

    private func kept(_ product: Product) -> Product? {
        var product = product
        if !actor.answers(for: .brand) { product.brand = nil }
        if !actor.answers(for: .standard) { product.standard = nil }
        if !actor.answers(for: .adoptedStandard) { product.adoptedStandard = nil }
        if !actor.answers(for: .licence) { product.licence = nil }
        let isEmpty = product.brand == nil && product.standard == nil && product.adoptedStandard == nil && product.licence == nil
        if !actor.answers(for: .product), isEmpty { return nil }
        return product.name.isEmpty && isEmpty ? nil : product
    }

    /// Why a row cannot be taken although its columns are the department's.
    func refusal(_ entry: RegisterEntry) -> RowIssue? {
        guard let holding = entry.holding, !actor.answers(forHolding: holding.kind) else { return nil }
        return .notYourHolding(
            holding.kind, actor.owners(ofHolding: holding.kind), entry.number, headings["holding_kind"] ?? headings["holding_number"])
    }

    func notRegistered(_ entry: RegisterEntry) -> RowIssue {
        .notRegistered(entry.name ?? entry.code ?? "", actor.owners(of: DossierColumn.identity.rawValue), entry.number, headings["name"])
    }

    func unknownProduct(_ product: Product, _ entry: RegisterEntry) -> RowIssue {
        .notYourProduct(product.name, actor.owners(of: DossierColumn.product.rawValue), entry.number, headings["product"])
    }
}

extension RowIssue {
    static func notYourColumn(_ headings: [String], _ owners: String) -> RowIssue {
        RowIssue(
            .warning, "enterprise.column-not-yours", row: nil, column: nil,
            message: "「\(headings.joined(separator: "」「"))」归\(owners)，您的部门不能写，没有采用。", cure: "不必处理；要更新的，请\(owners)导入。")
    }

    static func notYourHolding(_ kind: String, _ owners: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .error, "enterprise.holding-not-yours", row: row, column: column, message: "“\(kind)”归\(owners)，您的部门不能写。",
            cure: "删去这一行，或请\(owners)导入。")
    }

    static func notYourProduct(_ name: String, _ owners: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .error, "enterprise.product-not-yours", row: row, column: column, message: "档案里没有产品“\(name)”，登记产品归\(owners)。",
            cure: "核对产品名称；确是新产品的，请\(owners)先登记。")
    }

    static func notRegistered(_ name: String, _ owners: String, _ row: Int, _ column: String?) -> RowIssue {
        RowIssue(
            .error, "enterprise.not-registered", row: row, column: column, message: "没有企业“\(name)”的档案，建档归\(owners)。",
            cure: "核对名称和代码；确是新企业的，请\(owners)先建档。")
    }
}
