package import Storage
package import Values

/// A dossier that is not in the store yet, with what is known of its firm; its rows get their numbers when it is opened.
package struct NewDossier: Sendable {
    package var firm: Enterprise
    package var former: [String] = []
    package var products: [Product] = []
    package var holdings: [Holding] = []

    package init(_ firm: Enterprise) { self.firm = firm }
}

extension Account {
    /// A year that is not in the store yet.
    package init(of enterprise: ID<Enterprise>, year: Int, figures: [AccountFigure: Fen], region: Int64?) {
        self.init(id: 0, enterprise: enterprise, year: year, figures: figures, region: region)
    }
}

extension Product {
    /// A product that is not in the store yet.
    package init(new name: String, brand: String?, standard: String?, adopted: String?) {
        self.init(id: 0, enterprise: ID(0), name: name, brand: brand, standard: standard, adoptedStandard: adopted)
    }
}

extension Holding {
    /// A holding that is not in the store yet.
    package init(new kind: String, number: String?, issuer: String?, from: Day?, to: Day?) {
        self.init(id: 0, enterprise: ID(0), kind: kind, number: number, issuer: issuer, from: from, to: to)
    }
}

/// Opens many dossiers that are known to be new, in the order given; nothing is compared with what is stored.
package enum OpenDossiers {
    /// Answers their numbers in order.
    package static func run(_ dossiers: [NewDossier], _ transaction: Transaction) throws -> [ID<Enterprise>] {
        let ids = try WriteEnterprises.open(dossiers.map { ($0.firm, $0.former) }, transaction)
        var products: [(id: Int64, row: [Value])] = []
        var holdings: [(id: Int64, row: [Value])] = []
        for (firm, dossier) in zip(ids, dossiers) {
            for product in dossier.products {
                let id: ID<Product> = try transaction.newID(.product)
                products.append((id.number, of(firm, product.row(region: dossier.firm.region))))
            }
            for holding in dossier.holdings {
                let id: ID<Holding> = try transaction.newID(.holding)
                holdings.append((id.number, of(firm, holding.row(region: dossier.firm.region))))
            }
        }
        try transaction.open(.product, rows: products)
        try transaction.open(.holding, rows: holdings)
        return ids
    }

    /// Opens years that no firm has yet.
    package static func accounts(_ accounts: [Account], _ transaction: Transaction) throws {
        var rows: [(id: Int64, row: [Value])] = []
        for account in accounts {
            let id: ID<Account> = try transaction.newID(.account)
            rows.append((id.number, account.row))
        }
        try transaction.open(.account, rows: rows)
    }

    /// The firm's number stands first in both tables.
    private static func of(_ firm: ID<Enterprise>, _ row: [Value]) -> [Value] {
        var row = row
        row[0] = Value(firm)
        return row
    }
}
