package import Storage
package import Values

/// Reads maps and their areas.
package enum BoundaryStore {
    /// The maps in use, newest first, each with how many areas it has and how many stand for a region.
    package static func maps(_ session: any Session) throws -> [(map: BoundaryMap, areas: Int, matched: Int)] {
        try session.rows(
            """
            select m.id, m.title, m.source, m.file, m.original,
                (select count(*) from boundary as b where b.map_id = m.id and \(RecordTable.current("b"))),
                (select count(b.region_id) from boundary as b where b.map_id = m.id and \(RecordTable.current("b")))
            from boundary_map as m where \(RecordTable.current("m")) order by m.id desc
            """
        ).map { (map($0), Int($0.integer(5)), Int($0.integer(6))) }
    }

    /// - Throws: `map.missing`.
    package static func map(_ id: ID<BoundaryMap>, _ session: any Session) throws -> BoundaryMap {
        guard
            let row = try session.row(
                "select id, title, source, file, original from boundary_map as m where id = \(id) and \(RecordTable.current("m"))")
        else { throw Failure(.missing, "map.missing", "没有第\(id)号地图，或已撤下", cure: "从地图列表中打开") }
        return map(row)
    }

    /// The maps that came from a file, those that were withdrawn too; their areas stand in rows of their own.
    package static let uses: OriginalUse.Finder = { sha, session in
        try session.rows("select distinct id, title from boundary_map where original = \(sha) order by id, title").map { row in
            OriginalUse(Word("地图边界", "Boundaries"), title: row.text(1), path: ["questions", "maps", String(row.integer(0))])
        }
    }

    /// The areas of a map in the order of its file.
    package static func boundaries(of id: ID<BoundaryMap>, _ session: any Session) throws -> [Boundary] {
        try session.rows(
            """
            select name, code, region_id, remark, shape from boundary as b where map_id = \(id) and \(RecordTable.current("b"))
            order by place, id
            """
        ).map { row in
            Boundary(
                shape: BoundaryShape(name: row.text(0), code: row.text(1), rings: RingText.rings(row.text(4))),
                region: row.optionalInteger(2), remark: row.optionalText(3))
        }
    }

    /// The numbers of a map's areas.
    static func numbers(of id: ID<BoundaryMap>, _ session: any Session) throws -> [Int64] {
        try session.rows("select id from boundary as b where map_id = \(id) and \(RecordTable.current("b")) order by id").map {
            $0.integer(0)
        }
    }

    private static func map(_ row: Row) -> BoundaryMap {
        BoundaryMap(id: row.id(0), title: row.text(1), source: row.text(2), file: row.text(3), original: row.text(4))
    }
}

/// Rings as a text: `x,y` a point in hundred-thousandths of a degree, points apart by spaces, rings by semicolons.
enum RingText {
    static func text(_ rings: [[MapPoint]]) -> String {
        rings.map { ring in ring.map { "\($0.longitude),\($0.latitude)" }.joined(separator: " ") }.joined(separator: ";")
    }

    static func rings(_ text: String) -> [[MapPoint]] {
        text.split(separator: ";").map { ring in
            ring.split(separator: " ").compactMap { point in
                let parts = point.split(separator: ",")
                guard parts.count == 2, let longitude = Int32(parts[0]), let latitude = Int32(parts[1]) else { return nil }
                return MapPoint(longitude: longitude, latitude: latitude)
            }
        }
    }
}
