import Imports
package import Storage
import Values

/// Opens published lists that are known to be new, row by row as given; nothing is compared with what is stored.
package enum OpenLists {
    /// A list of results; answers those that failed and count against their makers, as they are kept, with their numbers.
    @discardableResult
    package static func results(
        _ publication: Publication, _ results: [SampleResult], _ transaction: Transaction
    ) throws -> [(id: Int64, result: SampleResult)] {
        let list = try open(publication, transaction)
        var rows: [(id: Int64, row: [Value])] = []
        rows.reserveCapacity(results.count)
        var failures: [(id: Int64, result: SampleResult)] = []
        for (number, result) in results.enumerated() {
            let id: ID<SampleResult> = try transaction.newID(.result)
            var result = result
            (result.publication, result.row) = (list, number + 1)
            rows.append((id.number, result.values))
            if result.verdict == .fail, result.doubt == nil { failures.append((id.number, result)) }
        }
        try transaction.open(.result, rows: rows)
        return failures
    }

    /// A list of what was done after failures; each failure, as `results` answered it, gets a version that refers to it.
    package static func followUps(
        _ publication: Publication, _ followUps: [(followUp: FollowUp, id: Int64, failure: SampleResult)], _ transaction: Transaction
    ) throws {
        let list = try open(publication, transaction)
        var rows: [(id: Int64, row: [Value])] = []
        for (number, entry) in followUps.enumerated() {
            let id: ID<FollowUp> = try transaction.newID(.followUp)
            var (followUp, failure) = (entry.followUp, entry.failure)
            (followUp.publication, followUp.row, followUp.result) = (list, number + 1, entry.id)
            rows.append((id.number, followUp.values))
            failure.followUp = id.number
            try transaction.replace(.result, id: entry.id, failure.values)
        }
        try transaction.open(.followUp, rows: rows)
    }

    private static func open(_ publication: Publication, _ transaction: Transaction) throws -> Int64 {
        let id: ID<Publication> = try transaction.newID(.publication)
        try transaction.open(.publication, id: id.number, publication.row)
        return id.number
    }
}
