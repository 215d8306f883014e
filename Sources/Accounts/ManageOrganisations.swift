import Storage
package import Values

/// What administrators do with organisations: found, correct, close, merge; each with the day from which it is so.
package struct ManageOrganisations: Sendable {
    let store: Store
    let actor: Actor
    private let office: AccountOffice

    package init(_ office: AccountOffice, by actor: Actor) {
        store = office.store
        self.office = office
        self.actor = actor
    }

    /// What is stated about an organisation.
    package struct Draft: Sendable {
        package let kind: OrganisationKind
        package let name: String
        package let parent: ID<Organisation>?
        package let region: Int64?
        package let from: Day
        package let to: Day?
        /// The department of the duties' file that it is; nil for none.
        package let duty: String?

        package init(
            kind: OrganisationKind, name: String, parent: ID<Organisation>?, region: Int64?, from: Day, to: Day? = nil, duty: String? = nil
        ) {
            self.kind = kind
            self.name = name
            self.parent = parent
            self.region = region
            self.from = from
            self.to = to
            self.duty = duty
        }
    }

    /// - Throws: `organisation.name`, `organisation.days`, `organisation.parent`, `organisation.taken`.
    package func found(_ draft: Draft, request: String) async throws -> ID<Organisation> {
        try AccountRights.manage.require(actor)
        try checkDuty(draft)
        defer { office.shelf.clear() }
        let answer = try await store.actOnce(request: request, "accounts.found-organisation", by: actor) { transaction in
            let id: ID<Organisation> = try transaction.newID(.organisation)
            try Self.check(draft, id, OrganisationStore.tree(transaction.session))
            try transaction.open(.organisation, id: id.number, draft.organisation(id).row)
            try DutyStore.bind(id, to: draft.duty, transaction)
            transaction.subject = "organisation/\(id)"
            transaction.detail = ["title": draft.name]
            if let duty = draft.duty { transaction.detail["department"] = duty }
            return String(id.number)
        }
        return ID(Int64(answer) ?? 0)
    }

    /// - Throws: the same, and `organisation.missing`.
    package func change(_ id: ID<Organisation>, to draft: Draft, request: String) async throws {
        try AccountRights.manage.require(actor)
        try checkDuty(draft)
        defer { office.shelf.clear() }
        _ = try await store.actOnce(request: request, "accounts.change-organisation", by: actor) { transaction in
            let tree = try OrganisationStore.tree(transaction.session)
            guard let before = tree.organisation(id) else { throw Self.missing }
            try Self.check(draft, id, tree)
            let after = draft.organisation(id)
            if after != before { try transaction.replace(.organisation, id: id.number, after.row) }
            try DutyStore.bind(id, to: draft.duty, transaction)
            transaction.subject = "organisation/\(id)"
            transaction.detail = ["title": draft.name]
            if let duty = draft.duty { transaction.detail["department"] = duty }
            return ""
        }
    }

    /// Several become one on a day: they end, the successor begins or goes on, the people move over, and what was stays readable.
    ///
    /// - Throws: `organisation.missing`, `organisation.merge`, `organisation.days`.
    package func merge(
        _ predecessors: Set<ID<Organisation>>, into successor: ID<Organisation>, on day: Day, reason: String, request: String
    ) async throws {
        try AccountRights.manage.require(actor)
        defer { office.shelf.clear() }
        _ = try await store.actOnce(request: request, "accounts.merge-organisations", by: actor, reason: reason) { transaction in
            let session = transaction.session
            let tree = try OrganisationStore.tree(session)
            guard let heir = tree.organisation(successor), !predecessors.isEmpty, !predecessors.contains(successor), heir.exists(on: day)
            else {
                throw Failure(.invalid, "organisation.merge", "合并要有并入的机构，且那天还在，不能并入自己", cure: "重新选择")
            }
            for id in predecessors.sorted() {
                guard let old = tree.organisation(id) else { throw Self.missing }
                guard old.exists(on: day), old.from < day else {
                    throw Failure(.invalid, "organisation.days", "「\(old.name)」在那天不存在，或那天才成立", cure: "核对日期")
                }
                try transaction.replace(.organisation, id: id.number, old.ending(on: day).row)
                let number: ID<Succession> = try transaction.newID(.organisationSuccession)
                try transaction.open(.organisationSuccession, id: number.number, [Value(id), Value(successor), Value(day)])
                for child in tree.children(of: id, on: day) {
                    try transaction.replace(.organisation, id: child.id.number, child.moved(below: successor).row)
                }
            }
            for person in try PersonStore.all(session) {
                guard let own = person.organisation, predecessors.contains(own) else { continue }
                try transaction.replace(.person, id: person.id.number, person.with(organisation: successor).row)
            }
            transaction.subject = "organisation/\(successor)"
            transaction.detail = ["title": heir.name, "rows": String(predecessors.count)]
            return ""
        }
    }

    private static func check(_ draft: Draft, _ id: ID<Organisation>, _ tree: OrganisationTree) throws {
        guard !draft.name.isEmpty, draft.name.count <= 60, !draft.name.contains(where: \.isNewline) else {
            throw Failure(.invalid, "organisation.name", "机构名称要写，不超过 60 个字", cure: "填写名称")
        }
        guard draft.to.map({ draft.from < $0 }) ?? true else {
            throw Failure(.invalid, "organisation.days", "撤销日期要晚于成立日期", cure: "核对日期")
        }
        if let parent = draft.parent {
            guard parent != id, tree.organisation(parent) != nil, !tree.isBelow(parent, id) else {
                throw Failure(.invalid, "organisation.parent", "上级机构不存在，或就在它自己下面", cure: "重新选择上级")
            }
        }
        let isTaken = tree.all.contains { one in
            one.id != id && one.name == draft.name && one.parent == draft.parent && (one.to.map { draft.from < $0 } ?? true)
                && (draft.to.map { one.from < $0 } ?? true)
        }
        guard !isTaken else {
            throw Failure(.conflict, "organisation.taken", "同一上级下同时已有“\(draft.name)”", cure: "换一个名称，或核对日期")
        }
    }

    private func checkDuty(_ draft: Draft) throws {
        guard let duty = draft.duty else { return }
        guard draft.kind == .department, office.duties.department(duty) != nil else {
            throw Failure(.invalid, "organisation.duty", "只有部门能绑定部门职责，且代码要在部门职责文件里", cure: "改正种类或部门职责")
        }
    }

    private static let missing = Failure(.missing, "organisation.missing", "没有这个机构", cure: "从机构列表中打开")
}

extension ManageOrganisations.Draft {
    func organisation(_ id: ID<Organisation>) -> Organisation {
        Organisation(id: id, kind: kind, name: name, parent: parent, region: region, from: from, to: to)
    }
}

extension Organisation {
    func ending(on day: Day) -> Organisation {
        Organisation(id: id, kind: kind, name: name, parent: parent, region: region, from: from, to: day)
    }

    func moved(below other: ID<Organisation>) -> Organisation {
        Organisation(id: id, kind: kind, name: name, parent: other, region: region, from: from, to: to)
    }
}
