import Enterprises
package import Foundation
package import Storage
package import Values

/// What the towns returned, put together (汇总): by town, in sum, and against last period and the registers.
package struct MergedReturns: Sendable {
    package let sendOut: SendOut
    package let tasks: [TownTask]
    /// The cells that towns fill.
    package let bindings: [CellBinding]
    private let returned: [ID<CellBinding>: [Int64: Decimal]]
    private let names: [Int64: String]

    package static func read(
        _ sendOut: SendOut, bindings: [CellBinding], office: ReturnsOffice, known: Int64? = nil, _ session: any Session
    ) throws -> MergedReturns {
        let tasks = try SendOutStore.tasks(of: sendOut.id, known: known, session)
        var returned: [ID<CellBinding>: [Int64: Decimal]] = [:]
        for value in try SendOutStore.values(of: sendOut.id, known: known, session) {
            returned[value.binding, default: [:]][value.region] = value.value
        }
        let names = Dictionary(tasks.map { ($0.region, office.regions.name(of: $0.region) ?? String($0.region)) }) { first, _ in first }
        return MergedReturns(
            sendOut: sendOut, tasks: tasks, bindings: bindings.filter { $0.kind == .town }, returned: returned, names: names)
    }

    /// The values of a cell by town.
    package func values(of binding: CellBinding) -> [Int64: Decimal] { returned[binding.id] ?? [:] }

    package func value(_ binding: CellBinding, _ region: Int64) -> Decimal? { returned[binding.id]?[region] }

    /// The towns that are to fill a cell.
    package func asked(_ binding: CellBinding) -> [Int64] { binding.town.map { [$0] } ?? tasks.map(\.region) }

    /// Towns without a value for a cell.
    package func owing(_ binding: CellBinding) -> [String] {
        asked(binding).filter { value(binding, $0) == nil }.map { names[$0] ?? String($0) }
    }

    /// The sum of a cell once every town has given its value; of one town's own cell that value. Shares are not added up.
    package func total(_ binding: CellBinding) -> Decimal? {
        guard owing(binding).isEmpty, !asked(binding).isEmpty else { return nil }
        let values = asked(binding).compactMap { value(binding, $0) }
        if binding.unit == "%", values.count > 1 { return nil }
        return values.reduce(0, +)
    }

    func whyNoTotal(_ binding: CellBinding) -> Word {
        let owing = owing(binding)
        return owing.isEmpty ? ReturnsReasons.shareNotSummed : ReturnsReasons.owing(owing)
    }

    /// The cells that a town fills.
    package func cells(of region: Int64) -> [CellBinding] { bindings.filter { $0.town == nil || $0.town == region } }
}

/// Finds what differs in the returns of a send-out.
package struct CompareReturns: Sendable {
    let office: ReturnsOffice
    let actor: Actor

    package init(_ office: ReturnsOffice, as actor: Actor) {
        self.office = office
        self.actor = actor
    }

    /// The sending of the nearest earlier period.
    package func last(before sendOut: SendOut, _ session: any Session) throws -> SendOut? {
        try SendOutStore.all(of: sendOut.form, session).filter { $0.period < sendOut.period }.max { $0.period < $1.period }
    }

    /// Values whose change is greater than the form's threshold, and values that the registers do not bear out.
    package func differences(_ merged: MergedReturns, form: ReportForm, _ session: any Session) throws -> [TownDifference] {
        let reasons = try SendOutStore.reasons(of: merged.sendOut.id, session)
        let last = try last(before: merged.sendOut, session).map {
            try MergedReturns.read($0, bindings: merged.bindings, office: office, session)
        }
        var found: [TownDifference] = []
        for binding in merged.bindings {
            for (region, value) in merged.values(of: binding).sorted(by: { $0.key < $1.key }) {
                if let other = last?.value(binding, region) {
                    let percent = Self.percent(value, other)
                    if value != other, percent.map({ abs($0) > Decimal(form.threshold) }) ?? true {
                        found.append(Self.difference(region, binding, .last, value, other, reasons))
                    }
                }
                if let other = try registered(binding, region, merged.sendOut.period, session), other != value {
                    found.append(Self.difference(region, binding, .register, value, other, reasons))
                }
            }
        }
        return found
    }

    /// What the registers say of a town's cell, where its binding names a question.
    package func registered(_ binding: CellBinding, _ region: Int64, _ period: ReportPeriod, _ session: any Session) throws -> Decimal? {
        guard let template = binding.question else { return nil }
        return try AskTemplate(office, actor).ask(
            template.inRegion(region), period, region: region, unit: binding.unit, decimals: binding.decimals, known: nil, session
        ).value
    }

    private static func difference(
        _ region: Int64, _ binding: CellBinding, _ against: Comparison, _ value: Decimal, _ other: Decimal,
        _ reasons: [SendOutStore.ReasonKey: String]
    ) -> TownDifference {
        TownDifference(
            region: region, binding: binding, against: against, value: value, other: other, percent: percent(value, other),
            reason: reasons[SendOutStore.ReasonKey(region: region, binding: binding.id, against: against.rawValue)])
    }

    private static func percent(_ value: Decimal, _ other: Decimal) -> Decimal? {
        other == 0 ? nil : BoundValue.rounded((value - other) * 100 / abs(other), 1)
    }
}
