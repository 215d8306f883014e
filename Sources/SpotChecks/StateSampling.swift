package import Enterprises
package import Imports
import Storage
package import Values

/// A person states how the samples of a list were chosen or where they were taken, with the reason (注明抽样方式).
package enum StateSampling {
    /// Changes the publication and those of its rows that say nothing of their own; once for a request number.
    ///
    /// - Throws: `publication.reason-missing` without a reason, `publication.missing`.
    package static func run(
        _ publication: Int64, method: SamplingMethod? = nil, stage: SamplingStage? = nil, office: Office, actor: Actor, reason: String,
        request: String
    ) async throws {
        try SpotCheckRights.workLists.require(actor)
        guard !reason.isEmpty else {
            throw Failure(.invalid, "publication.reason-missing", "没有写明依据", cure: "写明抽样方式或环节依据的文件，例如抽查方案的文号")
        }
        _ = try await office.store.actOnce(request: request, "spotchecks.state-sampling", by: actor, reason: reason) { transaction in
            let old = try SpotCheckStore.publication(publication, transaction.session)
            var new = old
            new.method = method ?? old.method
            new.stage = stage ?? old.stage
            guard new != old else { throw Failure(.conflict, "publication.unchanged", "抽样方式和环节本来就是这样", cure: "刷新页面") }
            try transaction.replace(.publication, id: publication, new.row)
            for (id, result) in try SpotCheckStore.results(of: [publication], transaction.session) {
                var row = result
                if row.method == old.method { row.method = new.method }
                if row.stage == old.stage { row.stage = new.stage }
                if row != result { try transaction.replace(.result, id: id, row.values) }
            }
            transaction.subject = "publication/\(publication)"
            transaction.detail = ["method": new.method.label, "stage": new.stage.label]
            return String(publication)
        }
    }
}
