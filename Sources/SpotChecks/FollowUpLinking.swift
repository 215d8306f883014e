import Imports
import Storage
import Values

/// Joins what was done after a failure to the failure: same firm, same product, and one result alone (对应后处理).
enum FollowUpLinking {
    /// The result that a follow-up follows among the firm's failures, and the sentence that says why or why not.
    static func match(_ followUp: FollowUp, among failures: [(id: Int64, result: SampleResult)]) -> (id: Int64?, note: String) {
        let all = failures.filter { $0.result.verdict == .fail && $0.result.doubt == nil }
        guard !all.isEmpty else { return (nil, "没有这家企业的不合格记录") }
        var found = all.filter { isSame($0.result.product, followUp.product) || isSame($0.result.productKind, followUp.product) }
        guard !found.isEmpty else { return (nil, "这家企业的不合格记录中没有这种产品") }
        for narrowing in [\SampleResult.batch, \SampleResult.model] where found.count > 1 {
            let text = narrowing == \SampleResult.batch ? followUp.batch : followUp.model
            let narrowed = found.filter { text != nil && isSame($0.result[keyPath: narrowing], text) }
            if !narrowed.isEmpty { found = narrowed }
        }
        guard found.count == 1 else { return (nil, "有\(found.count)批次不合格都符合，没有对应") }
        return (found[0].id, "按企业名称和产品对应")
    }

    private static func isSame(_ one: String?, _ other: String?) -> Bool {
        guard let one, let other else { return false }
        return NameFolding.key(one) == NameFolding.key(other)
    }

    /// Follow-ups that came before their list: linked when the list comes.
    static func link(fresh: inout [(id: Int64, result: SampleResult)], _ transaction: Transaction) throws {
        let firms = Set(fresh.filter { $0.result.verdict == .fail && $0.result.doubt == nil }.map { NameFolding.key($0.result.firm) })
        let waiting = try SpotCheckStore.followUps(ofFirms: firms, transaction.session).filter { $0.followUp.result == nil }
        guard !waiting.isEmpty else { return }
        let earlier = try SpotCheckStore.failures(ofFirms: Set(waiting.map(\.followUp.firmFolded)), transaction.session)
        for (id, followUp) in waiting where !transaction.hasWritten(.followUp, id: id) {
            let own = fresh.filter { NameFolding.key($0.result.firm) == followUp.firmFolded }
            let old = earlier.filter { NameFolding.key($0.result.firm) == followUp.firmFolded }
            let found = match(followUp, among: old + own)
            guard let result = found.id, let index = fresh.firstIndex(where: { $0.id == result }) else { continue }
            fresh[index].result.followUp = fresh[index].result.followUp ?? id
            var linked = followUp
            (linked.result, linked.linkNote) = (result, found.note)
            try transaction.replace(.followUp, id: id, linked.values)
        }
    }

    /// Follow-ups of firms that have a dossier since: the dossier takes them in.
    ///
    /// - Parameter dossiers: the dossier by the firm's folded name.
    static func adopt(_ dossiers: [String: Int64], _ transaction: Transaction) throws {
        let waiting = try SpotCheckStore.followUps(ofFirms: Set(dossiers.keys), transaction.session).filter {
            $0.followUp.enterprise == nil
        }
        for (id, followUp) in waiting where !transaction.hasWritten(.followUp, id: id) {
            var linked = followUp
            linked.enterprise = dossiers[followUp.firmFolded]
            try transaction.replace(.followUp, id: id, linked.values)
        }
    }
}
