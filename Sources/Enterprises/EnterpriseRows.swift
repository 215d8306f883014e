import Storage
import Values

/// The select lists of the registers' tables and how their rows are read; the alias is the table's first letter.
extension Enterprise {
    static let columns: SQL = """
        e.id, e.code, e.registration_number, e.name, e.region_id, e.address, e.industry_version, e.industry_code, e.industry, e.registered_day,
        e.kind, e.capital_fen, e.capital_text, e.scope, e.status, e.merged_into, e.note
        """
    static let width = 17

    init(_ row: Row) {
        self.init(id: row.id(0), name: row.text(3), status: EnterpriseStatus(rawValue: row.text(14)) ?? .active)
        code = row.optionalText(1)
        registrationNumber = row.optionalText(2)
        region = row.optionalInteger(4)
        address = row.optionalText(5)
        industryVersion = row.optionalText(6)
        industryCode = row.optionalText(7)
        industry = row.optionalText(8)
        registeredDay = row.day(9)
        kind = row.optionalText(10)
        capital = row.fen(11)
        capitalText = row.optionalText(12)
        scope = row.optionalText(13)
        mergedInto = row.optionalID(15)
        note = row.optionalText(16)
    }

    /// In the order of `RecordTable.enterprise.columns`.
    var row: [Value] {
        [
            Value(code), Value(registrationNumber), .text(name), .text(folded), Value(region), Value(address), Value(industryVersion),
            Value(industryCode), Value(industry), Value(registeredDay), Value(kind), Value(capital), Value(capitalText), Value(scope),
            .text(status.rawValue), Value(mergedInto), Value(note), .text(codeState.rawValue),
        ]
    }
}

extension EnterpriseName {
    static let columns: SQL = "n.id, n.enterprise_id, n.name, n.kind"

    init(_ row: Row) {
        self.init(id: row.integer(0), enterprise: row.id(1), name: row.text(2), kind: Kind(rawValue: row.text(3)) ?? .former)
    }

    var folded: String { NameFolding.key(name) }
    var row: [Value] { [Value(enterprise), .text(name), .text(folded), .text(kind.rawValue)] }
}

extension Account {
    static let columns: SQL =
        "a.id, a.enterprise_id, a.year, a.sales_fen, a.brand_sales_fen, a.exports_fen, a.rd_fen, a.tax_fen, a.region_id"

    init(_ row: Row) {
        var figures: [AccountFigure: Fen] = [:]
        for (index, figure) in AccountFigure.allCases.enumerated() { figures[figure] = row.fen(3 + index) }
        self.init(id: row.integer(0), enterprise: row.id(1), year: Int(row.integer(2)), figures: figures, region: row.optionalInteger(8))
    }

    var row: [Value] {
        [Value(enterprise), Value(year)] + AccountFigure.allCases.map { Value(figures[$0]) } + [Value(region)]
    }
}

extension Product {
    static let columns: SQL = "p.id, p.enterprise_id, p.name, p.brand, p.standard, p.adopted_standard, p.licence"

    init(_ row: Row) {
        self.init(
            id: row.integer(0), enterprise: row.id(1), name: row.text(2), brand: row.optionalText(3), standard: row.optionalText(4),
            adoptedStandard: row.optionalText(5), licence: row.optionalText(6))
    }

    func row(region: Int64?) -> [Value] {
        [Value(enterprise), .text(name), Value(brand), Value(standard), Value(adoptedStandard), Value(licence), Value(region)]
    }
}

extension Holding {
    static let columns: SQL = "h.id, h.enterprise_id, h.kind, h.name, h.number, h.issuer, h.from_day, h.to_day"

    init(_ row: Row) {
        self.init(
            id: row.integer(0), enterprise: row.id(1), kind: row.text(2), name: row.optionalText(3), number: row.optionalText(4),
            issuer: row.optionalText(5), from: row.day(6), to: row.day(7))
    }

    func row(region: Int64?) -> [Value] {
        [Value(enterprise), .text(kind), Value(name), Value(number), Value(issuer), Value(from), Value(to), Value(region)]
    }
}

extension Session {
    /// Asks with many keys in slices, so that neither engine meets its limit of bound values.
    func each(_ keys: some Collection<Value>, _ sql: (SQL) -> SQL, _ body: (Row) throws -> Void) throws {
        var rest = Array(keys)[...]
        while !rest.isEmpty {
            try rows(sql(SQL.list(Array(rest.prefix(400))))).forEach(body)
            rest = rest.dropFirst(400)
        }
    }
}
