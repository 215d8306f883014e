import Enterprises
import Places
import Storage
import Values

/// The dossiers that the firms of a list may be linked to, fetched for the whole list at once: by code, then by folded name.
struct FirmLinks {
    struct Dossier: Hashable {
        let id: Int64
        let name: String
        let region: Int64?
    }

    /// A link, or why there is none.
    struct Link {
        let dossier: Dossier?
        let note: String?
    }

    private var byCode: [String: Dossier] = [:]
    private var byName: [String: Set<Dossier>] = [:]
    private let tree: RegionTree

    init(codes: Set<String>, names: Set<String>, regions: RegionDirectory, _ session: any Session) throws {
        tree = regions.tree
        for chunk in FirmLinks.chunks(codes) {
            let rows = try session.rows(
                """
                select s.id, s.name, s.region_id, e.code from enterprise as e
                join enterprise as s on s.id = coalesce(e.merged_into, e.id) and \(RecordTable.current("s"))
                where e.code in \(SQL.list(chunk)) and \(RecordTable.current("e"))
                """)
            for row in rows { byCode[row.text(3)] = FirmLinks.dossier(row) }
        }
        for chunk in FirmLinks.chunks(names) {
            let rows = try session.rows(
                """
                select s.id, s.name, s.region_id, n.folded from enterprise_name as n
                join enterprise as e on e.id = n.enterprise_id and \(RecordTable.current("e"))
                join enterprise as s on s.id = coalesce(e.merged_into, e.id) and \(RecordTable.current("s"))
                where n.folded in \(SQL.list(chunk)) and \(RecordTable.current("n"))
                """)
            for row in rows { byName[row.text(3), default: []].insert(FirmLinks.dossier(row)) }
        }
    }

    private static func dossier(_ row: Row) -> Dossier {
        Dossier(id: row.integer(0), name: row.text(1), region: row.optionalInteger(2))
    }

    private static func chunks(_ texts: Set<String>) -> [[Value]] {
        let sorted = texts.filter { !$0.isEmpty }.sorted()
        return stride(from: 0, to: sorted.count, by: 500).map { sorted[$0..<min($0 + 500, sorted.count)].map(Value.text) }
    }

    /// By code; then by name, where one dossier alone bears it and the row's proven place does not speak against it.
    func link(code: String?, name: String, region: Int64?) -> Link {
        if let code, let dossier = byCode[code] { return Link(dossier: dossier, note: "按统一社会信用代码对应") }
        let found = (byName[NameFolding.key(name)] ?? []).sorted { $0.id < $1.id }
        guard let first = found.first else { return Link(dossier: nil, note: nil) }
        let fitting = found.filter { fits($0.region, region) }
        if fitting.count == 1 { return Link(dossier: fitting[0], note: "按企业名称对应") }
        if fitting.isEmpty { return Link(dossier: nil, note: "名称与档案“\(first.name)”相同，但地区不同，没有对应") }
        return Link(dossier: nil, note: "有\(fitting.count)份档案叫这个名称，没有对应")
    }

    private func fits(_ dossier: Int64?, _ row: Int64?) -> Bool {
        guard let one = dossier.flatMap({ tree.region(ID($0)) }), let other = row.flatMap({ tree.region(ID($0)) }) else { return true }
        return RegionStanding(own: one, tree: tree).relation(other) != .apart
    }

    /// The deeper of a row's proven place and the linked dossier's, where one contains the other or the row says nothing.
    func deeper(_ row: Int64?, _ dossier: Int64?) -> Int64? {
        guard let row else { return dossier }
        guard let one = tree.region(ID(row)), let other = dossier.flatMap({ tree.region(ID($0)) }) else { return row }
        return tree.isWithin(other, one) ? other.id.number : row
    }
}
