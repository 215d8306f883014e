package import Values

/// Somebody with an account (账号).
package struct Person: Sendable, Hashable {
    package let id: ID<Person>
    /// What they sign in with, and what the journal calls them: lower case, never given to another.
    package let account: String
    package let name: String
    package let organisation: ID<Organisation>?
    package let role: Role
    /// The town whose rows alone they may see and change; town officers have one, nobody else.
    package let region: Int64?
    package let isEnabled: Bool

    package var actor: Actor { Actor(name: account, role: role, region: region) }
}

/// What is stated about a person when an account is made or changed.
package struct PersonDraft: Sendable {
    package let account: String
    package let name: String
    package let organisation: ID<Organisation>?
    package let role: Role
    package let region: Int64?

    package init(account: String, name: String, organisation: ID<Organisation>? = nil, role: Role, region: Int64? = nil) {
        self.account = AccountName.folded(account)
        self.name = name
        self.organisation = organisation
        self.role = role
        self.region = region
    }

    /// - Throws: `account.name`, `account.person-name`, `account.town`, `account.role`.
    func checked() throws -> PersonDraft {
        guard AccountName.isGood(account) else {
            throw Failure(.invalid, "account.name", "账号名“\(account.prefix(40))”不合要求", cure: "2 到 40 个小写字母、数字、点、横线或汉字")
        }
        guard !name.isEmpty, name.count <= 40, !name.contains(where: \.isNewline) else {
            throw Failure(.invalid, "account.person-name", "姓名要写，不超过 40 个字", cure: "填写姓名")
        }
        guard role != .visitor, role != .outsideSystem else {
            throw Failure(.invalid, "account.role", "公众和外部系统不用账号登录", cure: "选择其他岗位；外部系统用令牌")
        }
        guard (role == .townOfficer) == (region != nil) else {
            throw Failure(.invalid, "account.town", "镇街岗位要选定一个镇街，其他岗位不选镇街", cure: "改正岗位或镇街")
        }
        return self
    }
}

/// The names of accounts.
package enum AccountName {
    /// As it is compared: without spaces around it, in lower case.
    package static func folded(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()).lowercased()
    }

    /// What the journal calls this machine's operator, tokens of other systems and demonstration accounts: no person may be taken for one.
    private static func isTaken(_ name: String) -> Bool {
        name == Actor.local.name || name.hasPrefix("demo-") || name.hasPrefix("token-") && name.dropFirst(6).allSatisfy(\.isNumber)
    }

    static func isGood(_ name: String) -> Bool {
        (2...40).contains(name.count) && !isTaken(name)
            && name.unicodeScalars.allSatisfy { scalar in
                ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "." || scalar == "-" || scalar == "_"
                    || (0x4E00...0x9FFF).contains(scalar.value)
            }
    }
}
