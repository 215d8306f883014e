import Storage
package import Values

/// Puts the secrets of sign-in codes under the newest key: those in clear from before there were keys, and those under an older key.
package struct SealFactors: Sendable {
    let office: AccountOffice

    package init(_ office: AccountOffice) { self.office = office }

    /// How many secrets stand in clear, and how many under which key.
    package struct Standing: Sendable, Equatable {
        package var clear = 0
        package var sealed: [String: Int] = [:]
    }

    package func standing() async throws -> Standing {
        var standing = Standing()
        for row in try await office.store.read({ try CredentialStore.secrets($0) }) {
            for text in [row.factor, row.pending].compactMap({ $0 }) {
                if let key = SealedSecret(text)?.key { standing.sealed[key, default: 0] += 1 } else { standing.clear += 1 }
            }
        }
        return standing
    }

    /// Makes the key file of a store that needs none yet, then seals; a store whose secrets lie under keys that were lost gets no new file by itself.
    ///
    /// - Returns: what the operator should know; nil where all is well.
    /// - Throws: `factor.key-unnamed` where secrets stand in clear and no file is named, and what the file can be refused for.
    package func atStart(file: FactorKeyFile?) async throws -> Failure? {
        let standing = try await standing()
        guard let file else {
            if standing.clear > 0 { throw FactorKeyFile.unnamed }
            return FactorKeyFile.unnamed
        }
        if !file.exists {
            guard standing.sealed.isEmpty else { return file.missing }
            try file.make(random: office.random)
        }
        let keys = try file.read()
        try await seal(under: keys)
        return standing.sealed.keys.sorted().first { !keys.has($0) }.map(FactorKeys.unknown)
    }

    /// Another key from now on, or the first one of a new file.
    package func renew(_ file: FactorKeyFile) async throws {
        if file.exists { try await seal(under: try file.addKey(random: office.random)) } else { try file.make(random: office.random) }
    }

    /// One act: the entry says how many and under which key, never a secret. Those whose key is not there stay as they are.
    package func seal(under keys: FactorKeys) async throws {
        let newest = keys.newest.id
        let standing = try await standing()
        guard standing.clear > 0 || standing.sealed.keys.contains(where: { $0 != newest && keys.has($0) }) else { return }
        let random = office.random
        try await office.store.act("accounts.seal-factors", by: Self.actor) { transaction in
            var sealing = Sealing(keys: keys, random: random)
            for row in try CredentialStore.secrets(transaction.session) {
                let factor = try sealing.text(row.factor, of: row.person)
                let pending = try sealing.text(row.pending, of: row.person)
                try CredentialStore.setSecrets(factor: factor, pending: pending, of: row.person, transaction.session)
            }
            transaction.detail = ["key": newest, "secrets": String(sealing.sealed)]
            if sealing.damaged > 0 { transaction.detail["damaged"] = String(sealing.damaged) }
        }
    }

    /// Seals texts under the newest key and counts them.
    private struct Sealing {
        let keys: FactorKeys
        let random: @Sendable (Int) -> [UInt8]
        var sealed = 0
        var damaged = 0

        mutating func text(_ text: String?, of person: ID<Person>) throws -> String? {
            guard let text else { return nil }
            let key = SealedSecret(text)?.key
            guard key != keys.newest.id, key.map(keys.has) ?? true else { return text }
            var secret = text
            if key != nil {
                // One that does not open stays as it is and is refused to its person; the others are sealed all the same.
                do { secret = try keys.open(text, of: person) } catch let failure as Failure where failure.code == "factor.damaged" {
                    damaged += 1
                    return text
                }
            }
            sealed += 1
            return try keys.seal(secret, of: person, random: random).text
        }
    }

    /// The program itself, at its start.
    private static let actor = Actor(name: "hallmark", role: .administrator)
}

extension FactorKeys {
    package func has(_ id: String) -> Bool { keys.contains { $0.id == id } }
}
