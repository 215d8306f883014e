package import Storage
import Values

/// Reads publications, results and follow-ups.
package enum SpotCheckStore {
    /// The current rows of publications, in the order of their numbers.
    static func results(of publications: [Int64], _ session: any Session) throws -> [(id: Int64, result: SampleResult)] {
        try session.rows(
            """
            select \(SampleResult.select) from result as r
            where r.publication_id in \(SQL.list(publications.map(Value.integer))) and \(RecordTable.current("r")) order by r.id
            """
        ).map { ($0.integer(0), SampleResult($0)) }
    }

    static func results(ids: [Int64], _ session: any Session) throws -> [(id: Int64, result: SampleResult)] {
        try chunks(ids).flatMap { chunk in
            try session.rows(
                "select \(SampleResult.select) from result as r where r.id in \(SQL.list(chunk.map(Value.integer))) and \(RecordTable.current("r"))"
            )
        }.map { ($0.integer(0), SampleResult($0)) }
    }

    static func followUps(of publications: [Int64], _ session: any Session) throws -> [(id: Int64, followUp: FollowUp)] {
        try session.rows(
            """
            select \(FollowUp.select) from followup as u
            where u.publication_id in \(SQL.list(publications.map(Value.integer))) and \(RecordTable.current("u")) order by u.id
            """
        ).map { ($0.integer(0), FollowUp($0)) }
    }

    static func followUps(ids: [Int64], _ session: any Session) throws -> [Int64: FollowUp] {
        var found: [Int64: FollowUp] = [:]
        for chunk in chunks(ids) {
            let rows = try session.rows(
                "select \(FollowUp.select) from followup as u where u.id in \(SQL.list(chunk.map(Value.integer))) and \(RecordTable.current("u"))"
            )
            for row in rows { found[row.integer(0)] = FollowUp(row) }
        }
        return found
    }

    /// Follow-ups of firms by their folded names.
    static func followUps(ofFirms firms: Set<String>, _ session: any Session) throws -> [(id: Int64, followUp: FollowUp)] {
        try chunks(firms.sorted()).flatMap { chunk in
            try session.rows(
                """
                select \(FollowUp.select) from followup as u
                where u.firm_folded in \(SQL.list(chunk.map(Value.text))) and \(RecordTable.current("u")) order by u.id
                """)
        }.map { ($0.integer(0), FollowUp($0)) }
    }

    /// Failing batches of makers by their folded names; what may be counterfeit is nobody's.
    static func failures(ofFirms firms: Set<String>, _ session: any Session) throws -> [(id: Int64, result: SampleResult)] {
        try chunks(firms.filter { !$0.isEmpty }.sorted()).flatMap { chunk in
            try session.rows(
                """
                select \(SampleResult.select) from result as r
                where r.producer_folded in \(SQL.list(chunk.map(Value.text))) and r.verdict = 'fail' and r.doubt is null
                    and \(RecordTable.current("r")) order by r.id
                """)
        }.map { ($0.integer(0), SampleResult($0)) }
    }

    /// A publication with its number.
    package static func publication(_ id: Int64, _ session: any Session) throws -> Publication {
        guard
            let row = try session.row(
                "select \(Publication.select) from publication as p where p.id = \(id) and \(RecordTable.current("p"))")
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

    /// Publications, the newest first.
    package static func list(before id: Int64, limit: Int, _ session: any Session) throws -> [ListedPublication] {
        try session.rows(
            """
            select \(Publication.select),
                (select count(*) from result as r where r.publication_id = p.id and \(RecordTable.current("r"))),
                (select count(*) from result as r where r.publication_id = p.id and r.verdict = 'fail' and \(RecordTable.current("r"))),
                (select count(*) from followup as u where u.publication_id = p.id and \(RecordTable.current("u"))),
                (select min(q.known_from) from publication as q where q.id = p.id)
            from publication as p where p.id < \(id) and \(RecordTable.current("p")) order by p.id desc limit \(limit)
            """
        ).map {
            ListedPublication(
                id: $0.integer(0), publication: Publication($0), rows: Int($0.integer(15) + $0.integer(17)), failing: Int($0.integer(16)),
                position: $0.integer(18))
        }
    }

    static func chunks<Element>(_ list: [Element]) -> [[Element]] {
        stride(from: 0, to: list.count, by: 500).map { Array(list[$0..<min($0 + 500, list.count)]) }
    }
}
