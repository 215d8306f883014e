package import Enterprises
import Storage
package import Values

/// Opens a published list to the public (向公众开放), or takes it back. A list is not open until somebody has said where it was published.
package enum OpenList {
    /// Opens the list; once for a request number.
    ///
    /// - Parameters:
    ///   - source: where its authority published it; shown to the public.
    ///   - showsSampled: whether the sampled units are shown, which may be single persons' businesses.
    /// - Throws: `opened-list.source-missing`, `publication.missing`, `opened-list.kind`, `opened-list.original-erased`,
    ///   `opened-list.open-already`.
    package static func open(
        _ publication: Int64, source: String, showsSampled: Bool, office: Office, actor: Actor, request: String
    ) async throws {
        try SpotCheckRights.openLists.require(actor)
        guard source.contains(where: { !$0.isWhitespace }) else {
            throw Failure(.invalid, "opened-list.source-missing", "没有写明名单在哪里公布", cure: "写公告文号或发布机关网站的地址")
        }
        _ = try await office.store.actOnce(request: request, "spotchecks.open-list", by: actor, reason: source) { transaction in
            let session = transaction.session
            let list = try SpotCheckStore.publication(publication, session)
            guard list.kind == .results else {
                throw Failure(.invalid, "opened-list.kind", "只有抽查结果名单可以向公众开放", cure: "后处理和连续不合格名单只供内部使用")
            }
            guard try OriginalStore.erasure(of: list.original, session) == nil else {
                throw Failure(.conflict, "opened-list.original-erased", "名单的原件已经抹去，无从核对，不能开放", cure: "重新保存原件后再开放")
            }
            guard try current(publication, session) == nil else {
                throw Failure(.conflict, "opened-list.open-already", "这份名单已经向公众开放", cure: "刷新页面")
            }
            let id: ID<OpenedList> = try transaction.newID(.openedList)
            try transaction.open(
                .openedList, id: id.number,
                [.integer(publication), .text(source), Value(showsSampled), Value(transaction.time.day)])
            transaction.subject = "publication/\(publication)"
            transaction.detail = ["source": source, "sampled": showsSampled ? "yes" : "no"]
            return String(publication)
        }
    }

    /// Takes the list back, with a reason; caches may show it for some minutes more.
    ///
    /// - Throws: `opened-list.reason-missing`, `opened-list.not-open`.
    package static func close(_ publication: Int64, office: Office, actor: Actor, reason: String, request: String) async throws {
        try SpotCheckRights.openLists.require(actor)
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw Failure(.invalid, "opened-list.reason-missing", "没有写明为什么停止开放", cure: "写明依据，例如“名单已由新的通报代替”")
        }
        _ = try await office.store.actOnce(request: request, "spotchecks.close-list", by: actor, reason: reason) { transaction in
            guard let id = try current(publication, transaction.session) else {
                throw Failure(.conflict, "opened-list.not-open", "这份名单没有向公众开放", cure: "刷新页面")
            }
            try transaction.close(.openedList, id: id)
            transaction.subject = "publication/\(publication)"
            return String(publication)
        }
    }

    private static func current(_ publication: Int64, _ session: any Session) throws -> Int64? {
        try session.row("select id from opened_list as o where publication_id = \(publication) and \(RecordTable.current("o"))")?.integer(0)
    }
}
