import Evidence
import Imports
package import Storage
import Values

/// Reads publications, results and follow-ups.
package enum SpotCheckStore {
    /// The rows of publications as known at a position, in the order of their numbers.
    static func results(of publications: [Int64], at position: Int64? = nil, _ session: any Session) throws -> [(
        id: Int64, result: SampleResult
    )] {
        try session.rows(
            """
            select \(SampleResult.select) from result as r
            where r.publication_id in \(SQL.list(publications.map(Value.integer))) and \(RecordTable.known("r", at: position)) order by r.id
            """
        ).map { ($0.integer(0), SampleResult($0)) }
    }

    static func results(ids: [Int64], at position: Int64? = nil, _ session: any Session) throws -> [(id: Int64, result: SampleResult)] {
        try chunks(ids).flatMap { chunk in
            try session.rows(
                "select \(SampleResult.select) from result as r where r.id in \(SQL.list(chunk.map(Value.integer))) and \(RecordTable.known("r", at: position))"
            )
        }.map { ($0.integer(0), SampleResult($0)) }
    }

    static func followUps(of publications: [Int64], at position: Int64? = nil, _ session: any Session) throws -> [(
        id: Int64, followUp: FollowUp
    )] {
        try session.rows(
            """
            select \(FollowUp.select) from followup as u
            where u.publication_id in \(SQL.list(publications.map(Value.integer))) and \(RecordTable.known("u", at: position)) order by u.id
            """
        ).map { ($0.integer(0), FollowUp($0)) }
    }

    static func followUps(ids: [Int64], at position: Int64? = nil, _ session: any Session) throws -> [Int64: FollowUp] {
        var found: [Int64: FollowUp] = [:]
        for chunk in chunks(ids) {
            let rows = try session.rows(
                "select \(FollowUp.select) from followup as u where u.id in \(SQL.list(chunk.map(Value.integer))) and \(RecordTable.known("u", at: position))"
            )
            for row in rows { found[row.integer(0)] = FollowUp(row) }
        }
        return found
    }

    /// Follow-ups of firms by their folded names.
    static func followUps(
        ofFirms firms: Set<String>, at position: Int64? = nil, _ session: any Session
    ) throws -> [(id: Int64, followUp: FollowUp)] {
        try chunks(firms.sorted()).flatMap { chunk in
            try session.rows(
                """
                select \(FollowUp.select) from followup as u
                where u.firm_folded in \(SQL.list(chunk.map(Value.text))) and \(RecordTable.known("u", at: position)) order by u.id
                """)
        }.map { ($0.integer(0), FollowUp($0)) }
    }

    /// Failing batches of makers by their folded names; what may be counterfeit is nobody's.
    ///
    /// The verdict is written so that no index knows it: a tenth of all rows fail, and the engines would start from those.
    static func failures(
        ofFirms firms: Set<String>, at position: Int64? = nil, _ session: any Session
    ) throws -> [(id: Int64, result: SampleResult)] {
        try chunks(firms.filter { !$0.isEmpty }.sorted()).flatMap { chunk in
            try session.rows(
                """
                select \(SampleResult.select) from result as r
                where r.producer_folded in \(SQL.list(chunk.map(Value.text))) and r.verdict || '' = 'fail' and r.doubt is null
                    and \(RecordTable.known("r", at: position)) order by r.id
                """)
        }.map { ($0.integer(0), SampleResult($0)) }
    }

    /// A publication with its number.
    package static func publication(_ id: Int64, at position: Int64? = nil, _ session: any Session) throws -> Publication {
        guard
            let row = try session.row(
                "select \(Publication.select) from publication as p where p.id = \(id) and \(RecordTable.known("p", at: position))")
        else { throw Failure(.missing, "publication.missing", "没有编号为\(id)的名单", cure: "从名单列表重新进入") }
        return Publication(row)
    }

    /// The publications that one act brought in, in order.
    package static func publications(importedAt position: Int64, _ session: any Session) throws -> [Int64] {
        try session.rows(
            """
            select p.id from publication as p where p.known_from = \(position)
                and not exists (select 1 from publication as q where q.id = p.id and q.known_from < \(position)) order by p.id
            """
        ).map { $0.integer(0) }
    }

    /// A publication with its counts and the act that brought it in.
    package struct ListedPublication: Sendable {
        package let id: Int64
        package let publication: Publication
        package let rows: Int
        package let failing: Int
        package let position: Int64
    }

    /// Publications as known at a position, the newest first; their numbers come from the counters.
    package static func list(
        before id: Int64, limit: Int, at position: Int64? = nil, _ session: any Session
    ) throws -> [ListedPublication] {
        let found = try session.rows(
            """
            select \(Publication.select), (select min(q.known_from) from publication as q where q.id = p.id)
            from publication as p where p.id < \(id) and \(RecordTable.known("p", at: position)) order by p.id desc limit \(limit)
            """)
        let ids = found.map { String($0.integer(0)) }
        let results = try counts("spotcheck.result", by: "verdict", of: ids, at: position, session)
        let followUps = try counts("spotcheck.followup", by: "linked", of: ids, at: position, session)
        return found.map { row in
            let own = results[String(row.integer(0))] ?? [:]
            let after = followUps[String(row.integer(0))] ?? [:]
            return ListedPublication(
                id: row.integer(0), publication: Publication(row), rows: own.values.reduce(0, +) + after.values.reduce(0, +),
                failing: own[Verdict.fail.rawValue] ?? 0, position: row.integer(15))
        }
    }

    /// The rows of publications by one more dimension: publication, value, how many.
    private static func counts(
        _ fact: String, by dimension: String, of publications: [String], at position: Int64?, _ session: any Session
    ) throws -> [String: [String: Int]] {
        guard !publications.isEmpty else { return [:] }
        let asking = Asking(catalogue: FactCatalogue(SpotCheckFacts.all), viewer: Viewer(.local), regions: NoRegions())
        let question = Question(fact, where: [.init("publication", publications)], by: ["publication", dimension], known: position)
        var counts: [String: [String: Int]] = [:]
        for group in try asking.ask(question, session).groups { counts[group.keys[0], default: [:]][group.keys[1]] = Int(group.figure.n) }
        return counts
    }

    /// Nothing here is asked by region.
    private struct NoRegions: RegionScope {
        func within(_ region: String) throws -> [Int64] { [] }
        func name(of number: Int64) -> String? { nil }
        func number(of region: String) -> Int64 { 0 }
        func path(of number: Int64) -> [Int64] { [number] }
    }

    static func chunks<Element>(_ list: [Element]) -> [[Element]] {
        stride(from: 0, to: list.count, by: 500).map { Array(list[$0..<min($0 + 500, list.count)]) }
    }
}
