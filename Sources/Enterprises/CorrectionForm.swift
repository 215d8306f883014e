import Foundation
import Places
import Values
import WebSupport

/// The form by which a dossier is corrected, and the page with both values when somebody was faster.
struct CorrectionForm {
    let firm: Enterprise
    let regions: RegionDirectory
    /// A department is asked for its own columns only.
    let actor: Actor

    /// The column that a field belongs to.
    private static let columns: [String: DossierColumn] = [
        "name": .identity, "code": .identity, "registration": .identity, "region": .place, "address": .place, "kind": .registration,
        "registered": .registration, "scope": .registration, "status": .registration, "industry-code": .industry,
        "industry-version": .industry, "industry": .industry, "note": .note,
    ]

    /// Whether there is a field for the actor at all.
    static func isOpen(to actor: Actor) -> Bool { Set(columns.values).contains { actor.answers(for: $0) } }

    private func isOpen(_ field: String) -> Bool { Self.columns[field].map { actor.answers(for: $0) } ?? true }

    var fields: [FormField] { allFields.filter { isOpen($0.name) } }

    private var allFields: [FormField] {
        let statuses = EnterpriseStatus.allCases.filter { $0 != .merged }
        return [
            FormField("name", EnterpriseWords.name, isRequired: true), FormField("code", EnterpriseWords.code),
            FormField("registration", EnterpriseWords.registration),
            FormField("region", EnterpriseWords.region, hint: EnterpriseWords.regionHint),
            FormField("address", EnterpriseWords.address), FormField("kind", EnterpriseWords.kind),
            FormField("registered", EnterpriseWords.registeredDay, .day), FormField("industry-code", EnterpriseWords.industryCode),
            FormField("industry-version", EnterpriseWords.industryVersion, .select(["2017", "2011", "2002"].map { .init($0, Word($0)) })),
            FormField("industry", EnterpriseWords.industry), FormField("scope", EnterpriseWords.scope, .textarea(rows: 3)),
            FormField(
                "status", EnterpriseWords.status,
                .select(statuses.map { .init($0.rawValue, EnterpriseWords.statuses[$0.rawValue] ?? Word($0.rawValue)) }),
                isRequired: firm.status != .merged),
            FormField("note", EnterpriseWords.note, .textarea(rows: 2)),
            FormField("reason", EnterpriseWords.reason, isRequired: true, hint: EnterpriseWords.reasonHint),
        ]
    }

    /// The fields holding what is stored.
    var filled: [FormField] {
        let values: [String: String?] = [
            "name": firm.name, "code": firm.code, "registration": firm.registrationNumber, "region": firm.region.map(regions.unmistakable),
            "address": firm.address, "kind": firm.kind, "registered": firm.registeredDay?.description, "industry-code": firm.industryCode,
            "industry-version": firm.industryVersion, "industry": firm.industry, "scope": firm.scope, "status": firm.status.rawValue,
            "note": firm.note,
        ]
        return fields.map { field in
            var field = field
            field.values = [(values[field.name] ?? nil) ?? ""]
            return field
        }
    }

    /// The dossier as the form wants it.
    func read(_ reading: inout FormReading) -> Enterprise {
        var after = firm
        if actor.answers(for: .identity) { readIdentity(&reading, &after) }
        if actor.answers(for: .place) {
            after.region = region(&reading)
            after.address = reading.optionalText("address", atMost: 300)
        }
        if actor.answers(for: .registration) { readRegistration(&reading, &after) }
        if actor.answers(for: .industry) {
            after.industryCode = reading.optionalText("industry-code", atMost: 5)
            after.industryVersion = reading.optionalText("industry-version", atMost: 4)
            after.industry = reading.optionalText("industry", atMost: 100)
        }
        if actor.answers(for: .note) { after.note = reading.optionalText("note") }
        return after
    }

    private func readIdentity(_ reading: inout FormReading, _ after: inout Enterprise) {
        after.name = reading.text("name", atMost: 200)
        after.code = code(&reading)
        after.registrationNumber = reading.optionalText("registration", atMost: 15).map { NameFolding.narrowed($0) }
        if let number = after.registrationNumber, case .registration = CodeReading(number) {
        } else if after.registrationNumber != nil {
            reading.refuse("registration", EnterpriseWords.notRegistration)
        }
    }

    private func readRegistration(_ reading: inout FormReading, _ after: inout Enterprise) {
        after.kind = reading.optionalText("kind", atMost: 100)
        after.registeredDay = reading.optionalDay("registered")
        after.scope = reading.optionalText("scope", atMost: 4000)
        if firm.status != .merged { after.status = reading.choice("status", of: EnterpriseStatus.self) ?? firm.status }
        if after.status == .merged, firm.status != .merged { reading.refuse("status", EnterpriseWords.notStatus) }
    }

    private func code(_ reading: inout FormReading) -> String? {
        guard let text = reading.optionalText("code", atMost: 30) else { return nil }
        if case .creditCode(let code, _) = CodeReading(text) { return code.text }
        reading.refuse("code", EnterpriseWords.notCode)
        return nil
    }

    private func region(_ reading: inout FormReading) -> Int64? {
        guard let text = reading.optionalText("region", atMost: 40) else { return nil }
        do { return try regions.find(text).id.number } catch {
            reading.refuse("region", Word((error as? Failure)?.message ?? EnterpriseWords.notRegion.chinese))
            return nil
        }
    }

    func page(_ fields: [FormField], seal: FormSeal, notices: [Notice] = [], above: @escaping @Sendable (inout HTML) -> Void = { _ in })
        -> Page
    {
        let firm = firm
        return Page(
            EnterpriseWords.correct, lead: Word(name: firm.name),
            crumbs: [Link(EnterpriseWords.title, Address("enterprises")), Link(firm.name, Address("enterprises", firm.id))],
            notices: notices
        ) { html in
            above(&html)
            html.add(
                Sheet(EnterpriseWords.correct) { html in
                    html.add(
                        Form(
                            action: Address("enterprises", firm.id, "edit"), seal: seal, fields: fields, submit: EnterpriseWords.save,
                            cancel: Link(EnterpriseWords.cancel, Address("enterprises", firm.id))))
                })
        }
    }

    /// Both values of each field that differs; sending the form again puts the reader's over the other's.
    func conflict(yours: Enterprise, _ stale: StaleEnterprise, fields: [FormField], seal: FormSeal) -> Page {
        let rows = FirmField.differing(stale.now, yours) { regions.name(of: $0) }
            .map { ConflictTable.Row($0.label, yours: $0.after ?? "—", theirs: $0.before ?? "—") }
        return page(fields, seal: seal, notices: [Notice(.caution, EnterpriseWords.stale)]) { html in
            html.add(Sheet(EnterpriseWords.bothValues) { html in html.add(ConflictTable(rows)) })
        }
    }
}
