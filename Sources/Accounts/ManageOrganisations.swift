import Storage
package import Values

/// What administrators do with organisations: found, correct, close; each with the day from which it is so.
package struct ManageOrganisations: Sendable {
    let store: Store
    let actor: Actor
    let office: AccountOffice

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
            try Self.checkOfficers(draft, id, tree, transaction)
            let after = draft.organisation(id)
            if after != before { try transaction.replace(.organisation, id: id.number, after.row) }
            try DutyStore.bind(id, to: draft.duty, transaction)
            transaction.subject = "organisation/\(id)"
            transaction.detail = ["title": draft.name]
            if let duty = draft.duty { transaction.detail["department"] = duty }
            return ""
        }
    }

    static func check(_ draft: Draft, _ id: ID<Organisation>, _ tree: OrganisationTree) throws {
        guard !draft.name.isEmpty, draft.name.count <= 60, !draft.name.contains(where: \.isNewline) else {
            throw Failure(.invalid, "organisation.name", "机构名称要写，不超过 60 个字", cure: "填写名称")
        }
        guard draft.to.map({ draft.from < $0 }) ?? true else {
            throw Failure(.invalid, "organisation.days", "撤销日期要晚于成立日期", cure: "核对日期")
        }
        if let parent = draft.parent {
            guard tree.organisation(parent) != nil, !tree.withAllAbove(parent).contains(id) else {
                throw Failure(.invalid, "organisation.parent", "上级机构不存在，或就在它自己下面", cure: "重新选择上级")
            }
        }
        let others = tree.all.filter { $0.id != id && draft.overlaps($0) }
        guard !others.contains(where: { $0.name == draft.name && $0.parent == draft.parent }) else {
            throw Failure(.conflict, "organisation.taken", "同一上级下同时已有“\(draft.name)”", cure: "换一个名称，或核对日期")
        }
        if draft.kind == .town, let region = draft.region,
            let holder = others.first(where: { $0.kind == .town && $0.region == region })
        {
            throw Failure(.conflict, "organisation.town-taken", "这个镇街同时已有机构“\(holder.name)”", cure: "改镇街或日期，或先撤销、合并那个机构")
        }
        try checkMergers(draft, id, tree)
    }

    /// A town's organisation keeps the town of its officers.
    private static func checkOfficers(
        _ draft: Draft, _ id: ID<Organisation>, _ tree: OrganisationTree, _ transaction: Transaction
    ) throws {
        guard draft.kind == .town, let town = draft.region else { return }
        let others = try PersonStore.all(transaction.session).filter { person in
            person.organisation == id && person.region.map { tree.region(following: $0, on: transaction.time.day) != town } ?? false
        }
        guard let first = others.first else { return }
        throw Failure(.conflict, "organisation.officers", "它的 \(others.count) 个账号（\(first.account)…）是另一个镇街的", cure: "先改这些账号的镇街或机构")
    }

    /// The days that mergers hold: what was merged ended on that day, what took its place was there.
    private static func checkMergers(_ draft: Draft, _ id: ID<Organisation>, _ tree: OrganisationTree) throws {
        if let own = tree.successions.first(where: { $0.predecessor == id }), draft.to != own.day {
            throw Failure(.conflict, "organisation.merged", "它已在 \(own.day) 并入别的机构，撤销日期不能另写", cure: "要改日期，先撤回那次合并")
        }
        if let taken = tree.successions.first(where: { one in
            one.successor == id && !(draft.from <= one.day && draft.to.map { one.day < $0 } ?? true)
        }) {
            throw Failure(.conflict, "organisation.merged", "\(taken.day) 有机构并入它，那天它必须在", cure: "核对日期，或先撤回那次合并")
        }
    }

    private func checkDuty(_ draft: Draft) throws {
        guard let duty = draft.duty else { return }
        guard draft.kind == .department, office.duties.department(duty) != nil else {
            throw Failure(.invalid, "organisation.duty", "只有部门能绑定部门职责，且代码要在部门职责文件里", cure: "改正种类或部门职责")
        }
    }

    static let missing = Failure(.missing, "organisation.missing", "没有这个机构", cure: "从机构列表中打开")
}

extension ManageOrganisations.Draft {
    init(_ one: Organisation) {
        self.init(kind: one.kind, name: one.name, parent: one.parent, region: one.region, from: one.from, to: one.to)
    }

    func organisation(_ id: ID<Organisation>) -> Organisation {
        Organisation(id: id, kind: kind, name: name, parent: parent, region: region, from: from, to: to)
    }

    /// Whether both exist on some day.
    func overlaps(_ other: Organisation) -> Bool { (other.to.map { from < $0 } ?? true) && (to.map { other.from < $0 } ?? true) }
}
