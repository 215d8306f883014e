import Foundation
package import Imports
package import Places
package import Storage
package import Values

/// Registers of enterprises: rows become dossiers, yearly figures, products and holdings; several rows of one firm are laid over each other.
///
/// A row is matched by its code, then by its 15-digit number, then by a name that one firm bears or bore. Several candidates are an
/// error; nothing is guessed. Blank cells never erase what is stored, and the same file again changes nothing.
package struct EnterpriseImport: ImportTarget {
    package let kind = ImportKind.enterprises
    private let regions: RegionDirectory
    private let industries: IndustryCodes?
    private let window: Int
    /// Who brings the lists; nil for whoever may write all columns.
    private var actor: Actor?

    /// - Parameters:
    ///   - industries: to check industry codes against their version; nil leaves them unchecked.
    ///   - window: how many rows are compared and written at a time; it cannot be seen in the result.
    package init(regions: RegionDirectory, industries: IndustryCodes? = nil, window: Int = WindowSize().window) {
        self.regions = regions
        self.industries = industries
        self.window = window
    }

    package init(_ office: Office) {
        self.init(
            regions: office.regions,
            industries: try? IndustryCodes.load(folder: office.root.appendingPathComponent("regulations/industries")))
    }

    package func acting(for actor: Actor) -> EnterpriseImport {
        var copy = self
        copy.actor = actor
        return copy
    }

    package func plan(_ table: CheckedTable, _ session: any Session) throws -> [PlannedRow] {
        try take(table, window: window, session, writing: nil)
    }

    package func commit(_ table: CheckedTable, plan: [PlannedRow], _ transaction: Transaction) throws { _ = try take(table, transaction) }

    package func take(_ table: CheckedTable, _ transaction: Transaction) throws -> [PlannedRow] {
        try take(table, window: window, transaction.session, writing: transaction)
    }
}

extension EnterpriseImport: WindowedTarget {
    package var keyFields: Set<String> { ["name", "code", "registration_no", "former_names"] }

    package func reader(of table: CheckedTable, keysOnly: Bool) -> RegisterReader {
        RegisterReader(reading: RegisterReading(table, resolver: keysOnly ? nil : regions.resolver, by: actor))
    }

    package func known(_ session: any Session) throws -> RegisterKnown {
        let isEmpty = try session.row("select 1 from enterprise_name limit 1") == nil
        let home = try Settings.value(Office.governmentSetting, session).flatMap { try? regions.find($0) }
        return RegisterKnown(
            isEmpty: isEmpty, survivors: isEmpty ? Survivors() : try Survivors.load(session),
            home: home.map { HomeTowns(of: $0, in: regions.tree) })
    }

    package func marks(_ entries: [RegisterRow], known: RegisterKnown, _ session: any Session) throws -> [[UInt64]] {
        let found = known.isEmpty ? nil : try RegisterMatches(entries.map(\.entry), known.survivors, session)
        return entries.map { RegisterMarks.of($0.entry, found) }
    }

    package func lay(
        _ window: [WindowRow<RegisterRow>], of table: CheckedTable, known: RegisterKnown, _ session: any Session
    ) throws -> (planned: [PlannedRow], drafts: [RegisterDraft]) {
        lay(window, table, known, try RegisterState(window.map(\.entry.entry), known.survivors, session))
    }

    package func lay(
        _ window: [WindowRow<RegisterRow>], of table: CheckedTable, known: RegisterKnown
    ) -> (planned: [PlannedRow], drafts: [RegisterDraft])? {
        known.isEmpty ? lay(window, table, known, RegisterState()) : nil
    }

    private func lay(
        _ window: [WindowRow<RegisterRow>], _ table: CheckedTable, _ known: RegisterKnown, _ state: RegisterState
    ) -> (planned: [PlannedRow], drafts: [RegisterDraft]) {
        let headings = RegisterHeadings(table)
        var work = RegisterWork(
            state: state, regions: regions, industries: industries, headings: headings, home: known.home,
            duty: RegisterDuty(actor, headings))
        work.run(window)
        return (work.planned, [RegisterDraft(firms: work.drafts)])
    }

    package func write(_ drafts: [RegisterDraft], _ transaction: Transaction) throws {
        for draft in drafts {
            for firm in draft.firms { try transaction.actor.requireDuty(for: firm) }
            try WriteDrafts.write(draft.firms, transaction)
        }
    }
}

/// The reader of registers as the imports see it.
package struct RegisterReader: EntryReader {
    var reading: RegisterReading

    package mutating func entry(_ row: ReadRow) -> RegisterRow { RegisterRow(entry: reading.entry(row)) }
    package mutating func absorb(_ other: RegisterReader) { reading.absorb(other.reading) }
    package var tableIssues: [RowIssue] { reading.tableIssues }
}

/// A row of a register on its way through the import; shared, because an entry has many parts and goes through many hands.
package final class RegisterRow: Sendable {
    let entry: RegisterEntry

    init(entry: RegisterEntry) { self.entry = entry }
}

/// The firms as a window of a register leaves them.
package struct RegisterDraft: Sendable {
    let firms: [FirmDraft]
}

/// What is asked of the store before the first row of a register.
package struct RegisterKnown: Sendable {
    /// Whether there was no firm at all, so that no row can mean one.
    let isEmpty: Bool
    let survivors: Survivors
    let home: HomeTowns?
}

/// By what rows of a register may meet: hashes of their keys and of the dossiers that these lead to.
enum RegisterMarks {
    static func of(_ entry: RegisterEntry, _ found: RegisterMatches?) -> [UInt64] {
        var marks: [UInt64] = []
        if let code = entry.code {
            marks.append(hash(1, code.utf8))
            // The organisation code inside, by which a row with nine characters would find the firm.
            if code.utf8.count == 18 { marks.append(hash(2, code.utf8.dropFirst(8).prefix(9))) }
        }
        if let registration = entry.registration { marks.append(hash(3, registration.utf8)) }
        if let organisation = entry.organisation { marks.append(hash(2, organisation.utf8)) }
        if let folded = entry.folded { marks.append(hash(4, folded.utf8)) }
        for name in entry.former { marks.append(hash(4, NameFolding.key(name).utf8)) }
        for id in found?.all(entry) ?? [] { marks.append(hash(5, id.number.description.utf8)) }
        return marks
    }

    /// FNV-1a over the kind and the bytes, mixed at the end so that near keys lie far apart.
    private static func hash(_ kind: UInt8, _ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = (0xcbf2_9ce4_8422_2325 ^ UInt64(kind)) &* 0x100_0000_01b3
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
        return hash ^ (hash >> 29)
    }
}
