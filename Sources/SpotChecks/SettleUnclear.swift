package import Enterprises
import Places
import Storage
package import Values

/// A person decides whose the unclear rows of a list are (待定归属认定).
package enum SettleUnclear {
    static let action = "spotchecks.settle"
    package typealias Decision = (row: Int64, settlement: Settlement)

    /// Applies decisions in one act; answers how many rows changed. A repeated request gets the first answer.
    ///
    /// - Throws: `settle.nothing` without a decision, `settle.row-missing`, `settle.dossier-missing`.
    @discardableResult
    package static func run(_ decisions: [Decision], office: Office, actor: Actor, reason: String, request: String) async throws -> Int {
        try SpotCheckRights.workLists.require(actor)
        guard !decisions.isEmpty else {
            throw Failure(.invalid, "settle.nothing", "没有填写任何归属", cure: "在“归属”一栏选本辖区或外地，或填写关联企业代码")
        }
        let regions = office.regions
        let wanted = Dictionary(decisions.map { ($0.row, $0.settlement) }, uniquingKeysWith: { _, last in last })
        let answer = try await office.store.actOnce(request: request, action, by: actor, reason: reason) { transaction in
            let rows = try SpotCheckStore.results(ids: wanted.keys.sorted(), transaction.session)
            guard rows.count == wanted.count else {
                throw Failure(.missing, "settle.row-missing", "有的行已不在库中", cure: "重新导出待定名单后再填")
            }
            for (id, result) in rows {
                guard let settlement = wanted[id] else { continue }
                try transaction.replace(.result, id: id, try settled(result, settlement, regions, transaction).values)
            }
            transaction.detail = ["rows": String(rows.count)]
            return String(rows.count)
        }
        return Int(answer) ?? 0
    }

    /// A possible counterfeit, or a batch whose maker's name is hidden, counts against nobody, whoever says so.
    static func refusal(_ result: SampleResult) -> Failure? {
        guard result.doubt != nil else { return nil }
        return Failure(
            .invalid, "settle.doubtful", "“\(result.firm)”涉嫌假冒或名称被隐去，不能计入本辖区或任何企业", cure: "留空，或归属选外地；嫌疑排除后更正名单重新导入")
    }

    private static func settled(
        _ result: SampleResult, _ settlement: Settlement, _ regions: RegionDirectory, _ transaction: Transaction
    ) throws -> SampleResult {
        if case .outside = settlement {
        } else if let refusal = refusal(result) {
            throw refusal
        }
        var row = result
        row.settled = settlement
        switch settlement {
        case .inside(let region):
            row.region = region
            row.placeNote = "人工认定在\(regions.name(of: region) ?? "本辖区")"
        case .outside(let region):
            let own = regions.tree.region(ID(region))
            let standing = own.map { RegionStanding(own: $0, tree: regions.tree) }
            if let place = row.region, standing?.relation(place) == .within { row.region = nil }
            row.placeNote = "人工认定不在\(regions.name(of: region) ?? "本辖区")"
        case .linked(let dossier):
            guard
                let found = try transaction.session.row(
                    "select e.region_id from enterprise as e where e.id = \(dossier) and \(RecordTable.current("e"))")
            else { throw Failure(.missing, "settle.dossier-missing", "没有编号为\(dossier)的企业档案", cure: "核对企业代码") }
            row.enterprise = dossier
            row.region = found.optionalInteger(0) ?? row.region
            row.linkNote = "人工对应"
        }
        return row
    }
}
