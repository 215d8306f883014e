import Values

extension Enterprise {
    /// The columns in which two versions of a dossier differ.
    static func changedColumns(_ before: Enterprise, _ after: Enterprise) -> [DossierColumn] {
        var columns: [DossierColumn] = []
        // A register with a number confirms a dossier that began from a list.
        let isConfirmed = before.status == .candidate && after.status == .active
        if before.name != after.name || before.code != after.code || before.registrationNumber != after.registrationNumber || isConfirmed {
            columns.append(.identity)
        }
        if before.region != after.region || before.address != after.address { columns.append(.place) }
        if before.registeredDay != after.registeredDay || before.kind != after.kind || before.capital != after.capital
            || before.capitalText != after.capitalText || before.scope != after.scope || (before.status != after.status && !isConfirmed)
        {
            columns.append(.registration)
        }
        if before.industry != after.industry || before.industryCode != after.industryCode || before.industryVersion != after.industryVersion
        {
            columns.append(.industry)
        }
        if before.note != after.note { columns.append(.note) }
        return columns
    }
}

extension Actor {
    /// - Throws: `duty.not-yours` where a column that changes is another department's.
    func requireDuty(for columns: [DossierColumn]) throws {
        if let other = columns.first(where: { !answers(for: $0) }) { throw refusal(other) }
    }

    /// Asked again of what an import is about to write.
    func requireDuty(for draft: FirmDraft) throws {
        guard role == .departmentOfficer else { return }
        guard let before = draft.before else { throw refusal(.identity) }
        try requireDuty(for: Enterprise.changedColumns(before, draft.after))
        if !draft.former.isEmpty { try requireDuty(for: [.identity]) }
        for (old, new) in draft.accounts {
            try requireDuty(for: AccountFigure.allCases.filter { old?.figures[$0] != new.figures[$0] }.map(\.column))
        }
        for (old, new) in draft.products where old != new { try requireDuty(for: changed(old, new)) }
        for (old, new) in draft.holdings where old != new {
            guard answers(forHolding: new.kind), old.map({ $0.kind.isEmpty || answers(forHolding: $0.kind) }) ?? true else {
                throw refusal(new.kind, owners(ofHolding: new.kind))
            }
        }
    }

    /// A product that is known under another trademark is the trademark's matter.
    private func changed(_ old: Product?, _ new: Product) -> [DossierColumn] {
        var columns: [DossierColumn] = []
        if let old, old.name != new.name { columns.append(.product) }
        if old?.brand != new.brand { columns.append(.brand) }
        if old?.standard != new.standard { columns.append(.standard) }
        if old?.adoptedStandard != new.adoptedStandard { columns.append(.adoptedStandard) }
        if old?.licence != new.licence { columns.append(.licence) }
        return columns.isEmpty ? [.product] : columns
    }
}
