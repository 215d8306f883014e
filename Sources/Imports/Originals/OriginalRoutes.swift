import Storage
import Values
import WebSupport

/// Addresses of kept files: `/originals/{sha256}`, its bytes, and the action that erases them.
enum OriginalRoutes {
    static func table(_ store: Store, uses: [OriginalUse.Finder]) -> RouteTable {
        var table = RouteTable()
        table.get("/originals/{sha256}", may: ImportRights.readOriginals) { context in
            let notices = context.query["log"] == "kept" ? [Notice(.caution, OriginalWords.logKept)] : []
            return .page(try await page(store, uses, context, fields: OriginalPage.fields, notices: notices))
        }
        table.get("/originals/{sha256}/file", may: ImportRights.readOriginals) { context in
            let sha = try sha(context)
            let actor = context.actor
            let file = try await store.read { session in
                _ = try requireOpen(sha, uses, to: actor, session)
                return try OriginalStore.file(sha, session)
            }
            let name = file.name.split(separator: "/").last.map(String.init) ?? file.name
            return .download(Download(name: name, kind: .other, bytes: file.bytes))
        }
        table.post("/originals/{sha256}/erase", may: ImportRights.eraseOriginals) { context, form in
            try await erase(store, uses, context, form)
        }
        return table
    }

    /// What a file is used for, where every record that it is used for may be opened.
    ///
    /// - Throws: `original.missing`.
    private static func requireOpen(
        _ sha: String, _ uses: [OriginalUse.Finder], to actor: Actor, _ session: any Storage.Session
    ) throws -> [OriginalUse] {
        try ImportRecordStore.requireOpen(original: sha, to: actor, session)
        let used = try uses.flatMap { try $0(sha, session) }
        guard used.allSatisfy({ $0.right?.isHeld(by: actor) ?? true }) else { throw OriginalStore.unknown(sha) }
        return used
    }

    private static func page(
        _ store: Store, _ uses: [OriginalUse.Finder], _ context: WebContext, fields: [FormField], notices: [Notice]
    ) async throws -> Page {
        let sha = try sha(context)
        let actor = context.actor
        let (original, used) = try await store.read { session in
            let used = try requireOpen(sha, uses, to: actor, session)
            return (try OriginalStore.find(sha, session), used)
        }
        let seal = EraseOriginal.roles.contains(context.actor.role) ? context.formSeal() : nil
        return OriginalPage.page(
            original, used, isServer: store.database.dialect == .postgres, fields: fields, notices: notices, seal: seal)
    }

    private static func erase(_ store: Store, _ uses: [OriginalUse.Finder], _ context: WebContext, _ form: FormBody) async throws -> Reply {
        var reading = FormReading(form)
        let reason = reading.text("reason", atMost: 200)
        guard reading.isGood else {
            return .formAgain(try await page(store, uses, context, fields: reading.marked(OriginalPage.fields), notices: []))
        }
        let sha = try sha(context)
        let outcome = try await EraseOriginal(sha, reason: reason, uses: uses).perform(
            on: store, by: context.actor, request: reading.requestID())
        let isLogKept = store.database.dialect == .sqlite && !outcome.isLogCut
        return .seeOther(Address("originals", sha).with("log", isLogKept ? "kept" : nil))
    }

    private static func sha(_ context: WebContext) throws -> String {
        let text = try context.parameter("sha256").lowercased()
        guard text.utf8.count == 64 else { throw Failure(.missing, "original.missing", "库里没有这份原件：\(text)", cure: "核对哈希；从导入记录或名单的页面打开") }
        return text
    }
}
