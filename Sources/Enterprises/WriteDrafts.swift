import Storage
import Values

/// Writes what a register changes: new dossiers in bulk, changed ones version by version.
enum WriteDrafts {
    static func write(_ drafts: [FirmDraft], _ transaction: Transaction) throws {
        let new = drafts.filter { $0.before == nil }
        let ids = try WriteEnterprises.open(new.map { ($0.after, $0.former) }, transaction)
        var parts: [(draft: FirmDraft, id: ID<Enterprise>)] = Array(zip(new, ids))
        for draft in drafts {
            guard let before = draft.before else { continue }
            try WriteEnterprises.change(before, to: draft.after, transaction)
            if before.name != draft.after.name || !draft.former.isEmpty {
                try WriteEnterprises.settleNames(
                    of: before.id, current: draft.after.name, former: draft.former, stored: draft.storedNames, transaction)
            }
            parts.append((draft, before.id))
        }
        try writeAccounts(parts, transaction)
        try writeProducts(parts, transaction)
        try writeHoldings(parts, transaction)
    }

    private static func writeAccounts(_ parts: [(draft: FirmDraft, id: ID<Enterprise>)], _ transaction: Transaction) throws {
        var opened: [(id: Int64, row: [Value])] = []
        for (draft, firm) in parts {
            for (before, after) in draft.accounts where before != after {
                if let before {
                    try transaction.replace(.account, id: before.id, after.row)
                } else {
                    let id: ID<Account> = try transaction.newID(.account)
                    let account = Account(id: id.number, enterprise: firm, year: after.year, figures: after.figures, region: after.region)
                    opened.append((id.number, account.row))
                }
            }
        }
        try transaction.open(.account, rows: opened)
    }

    private static func writeProducts(_ parts: [(draft: FirmDraft, id: ID<Enterprise>)], _ transaction: Transaction) throws {
        var opened: [(id: Int64, row: [Value])] = []
        for (draft, firm) in parts {
            for (before, after) in draft.products where before != after {
                if let before {
                    try transaction.replace(.product, id: before.id, after.row(region: draft.after.region))
                } else {
                    let id: ID<Product> = try transaction.newID(.product)
                    var row = after.row(region: draft.after.region)
                    row[0] = Value(firm)
                    opened.append((id.number, row))
                }
            }
        }
        try transaction.open(.product, rows: opened)
    }

    private static func writeHoldings(_ parts: [(draft: FirmDraft, id: ID<Enterprise>)], _ transaction: Transaction) throws {
        var opened: [(id: Int64, row: [Value])] = []
        for (draft, firm) in parts {
            for (before, after) in draft.holdings where before != after {
                if let before {
                    try transaction.replace(.holding, id: before.id, after.row(region: draft.after.region))
                } else {
                    let id: ID<Holding> = try transaction.newID(.holding)
                    var row = after.row(region: draft.after.region)
                    row[0] = Value(firm)
                    opened.append((id.number, row))
                }
            }
        }
        try transaction.open(.holding, rows: opened)
    }
}
