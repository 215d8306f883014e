import Foundation
package import Imports
package import Places
package import Storage
import Values

/// Registers of enterprises: rows become dossiers, yearly figures, products and holdings; several rows of one firm are laid over each other.
///
/// A row is matched by its code, then by its 15-digit number, then by a name that one firm bears or bore. Several candidates are an
/// error; nothing is guessed. Blank cells never erase what is stored, and the same file again changes nothing.
package struct EnterpriseImport: ImportTarget {
    package let kind = ImportKind.enterprises
    private let regions: RegionDirectory
    private let industries: IndustryCodes?

    /// - Parameter industries: to check industry codes against their version; nil leaves them unchecked.
    package init(regions: RegionDirectory, industries: IndustryCodes? = nil) {
        self.regions = regions
        self.industries = industries
    }

    package init(_ office: Office) {
        self.init(
            regions: office.regions,
            industries: try? IndustryCodes.load(folder: office.root.appendingPathComponent("regulations/industries")))
    }

    package func plan(_ table: CheckedTable, _ session: any Session) throws -> [PlannedRow] { try work(table, session).planned }

    package func commit(_ table: CheckedTable, plan: [PlannedRow], _ transaction: Transaction) throws {
        try WriteDrafts.write(try work(table, transaction.session).drafts, transaction)
    }

    private func work(_ table: CheckedTable, _ session: any Session) throws -> RegisterWork {
        var reading = RegisterReading(table)
        let entries = reading.entries()
        let state = try RegisterState(entries, session)
        var work = RegisterWork(state: state, regions: regions, industries: industries, headings: reading.headings)
        work.run(entries, rows: table.rows, tableIssues: reading.tableIssues)
        return work
    }
}
