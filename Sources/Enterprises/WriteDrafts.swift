import Storage
import Values

/// Writes what a window of a register changes: numbers are given in the order of the firms, new rows go in together, changed ones version by
/// version.
struct WriteDrafts {
    private let transaction: Transaction
    private var firms: [(id: Int64, row: [Value])] = []
    private var names: [(id: Int64, row: [Value])] = []
    /// Beside each name the words under which it is searched, where they are known already.
    private var words: [String?] = []
    private var accounts: [(id: Int64, row: [Value])] = []
    private var products: [(id: Int64, row: [Value])] = []
    private var holdings: [(id: Int64, row: [Value])] = []

    static func write(_ drafts: [FirmDraft], _ transaction: Transaction) throws {
        var writing = WriteDrafts(transaction: transaction)
        for draft in drafts { try writing.add(draft) }
        try transaction.open(.enterprise, rows: writing.firms)
        try WriteEnterprises.open(names: writing.names, words: writing.words, transaction)
        try transaction.open(.account, rows: writing.accounts)
        try transaction.open(.product, rows: writing.products)
        try transaction.open(.holding, rows: writing.holdings)
    }

    private init(transaction: Transaction) { self.transaction = transaction }

    private mutating func add(_ draft: FirmDraft) throws {
        let firm: ID<Enterprise>
        if let before = draft.before {
            firm = before.id
            try WriteEnterprises.change(before, to: draft.after, transaction)
            if before.name != draft.after.name || !draft.former.isEmpty {
                names += try WriteEnterprises.settleNames(
                    of: firm, current: draft.after.name, former: draft.former, stored: draft.storedNames, transaction)
            }
        } else {
            firm = try transaction.newID(.enterprise)
            firms.append((firm.number, draft.after.row))
            names += try WriteEnterprises.names(of: firm, draft.after, former: draft.former, transaction)
            // The current name stands first.
            words.append(draft.searchWords)
        }
        while words.count < names.count { words.append(nil) }
        try addAccounts(draft, firm)
        try addProducts(draft, firm)
        try addHoldings(draft, firm)
    }

    private mutating func addAccounts(_ draft: FirmDraft, _ firm: ID<Enterprise>) throws {
        for (before, after) in draft.accounts where before != after {
            if let before {
                try transaction.replace(.account, id: before.id, after.row)
            } else {
                let id: ID<Account> = try transaction.newID(.account)
                var row = after.row
                row[0] = Value(firm)
                accounts.append((id.number, row))
            }
        }
    }

    private mutating func addProducts(_ draft: FirmDraft, _ firm: ID<Enterprise>) throws {
        for (before, after) in draft.products where before != after {
            var row = after.row(region: draft.after.region)
            if let before {
                try transaction.replace(.product, id: before.id, row)
            } else {
                let id: ID<Product> = try transaction.newID(.product)
                row[0] = Value(firm)
                products.append((id.number, row))
            }
        }
    }

    private mutating func addHoldings(_ draft: FirmDraft, _ firm: ID<Enterprise>) throws {
        for (before, after) in draft.holdings where before != after {
            var row = after.row(region: draft.after.region)
            if let before {
                try transaction.replace(.holding, id: before.id, row)
            } else {
                let id: ID<Holding> = try transaction.newID(.holding)
                row[0] = Value(firm)
                holdings.append((id.number, row))
            }
        }
    }
}
