package import Storage
package import Values

/// Erases the bytes of a kept file (抹去原件), because they hold what the office may not keep: names, telephone numbers.
///
/// Tables, name, hash and journal stay; the store goes on proving itself by the digest that was kept. It cannot be taken back.
package struct EraseOriginal: Sendable {
    package let sha256: String
    package let reason: String
    let uses: [OriginalUse.Finder]

    /// What came of it.
    package struct Outcome: Sendable {
        package let original: KeptOriginal
        /// Whether the engine's log was cut as well, so that the old bytes are not in it.
        package let isLogCut: Bool
    }

    /// Who may erase, and have an erased file kept again.
    package static let roles: Set<Role> = [.programmeOffice]

    package init(_ sha256: String, reason: String, uses: [OriginalUse.Finder]) {
        self.sha256 = sha256
        self.reason = reason
        self.uses = uses
    }

    /// - Throws: `original.role`, `original.reason-missing`, `original.missing`, `original.needed`, `original.erased-already`, `original.changed`.
    package func perform(on store: Store, by actor: Actor, request: String) async throws -> Outcome {
        try Self.admit(actor)
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw Failure(.invalid, "original.reason-missing", "没有写明为什么抹去原件", cure: "写明依据，例如“名单含个人电话，按来函删除”")
        }
        let (sha, uses) = (sha256, uses)
        _ = try await store.actOnce(request: request, "import.erase-original", by: actor, reason: reason) { transaction in
            if let need = try uses.flatMap({ try $0(sha, transaction.session) }).first(where: \.isNeeded) {
                throw Failure(
                    .conflict, "original.needed", "这份原件是\(need.label.chinese)“\(need.title)”，程序还要读它，不能抹去", cure: "要抹去的应是导入的名单或报回的表")
            }
            try transaction.erase(original: sha)
            return sha
        }
        let isLogCut = try await store.database.cutLog()
        return Outcome(original: try await store.read { try OriginalStore.find(sha, $0) }, isLogCut: isLogCut)
    }

    /// - Throws: `original.role`.
    static func admit(_ actor: Actor) throws {
        guard roles.contains(actor.role) else {
            throw Failure(.refused, "original.role", "您的岗位不能抹去原件，也不能把抹去的重新保存", cure: "请质强办办理")
        }
    }
}
