import Storage
package import Values

/// Several organisations become one on a day (机构合并): they end, and another goes on in their place.
///
/// Nothing else is written: from that day their people, what stands below them and, of towns, their rows are the successor's, because everything
/// is asked by the day. So a merger can be entered before its day, and be taken back.
package struct Merger: Sendable {
    package let predecessors: Set<ID<Organisation>>
    package let successor: ID<Organisation>
    package let day: Day

    package init(of predecessors: Set<ID<Organisation>>, into successor: ID<Organisation>, on day: Day) {
        self.predecessors = predecessors
        self.successor = successor
        self.day = day
    }

    /// Those that end, by their numbers, and the one that goes on.
    ///
    /// - Throws: `organisation.merge`, `organisation.missing`, `organisation.days`, `organisation.merged`.
    func checked(in tree: OrganisationTree) throws -> (ending: [Organisation], heir: Organisation) {
        guard let heir = tree.organisation(successor), !predecessors.isEmpty, !predecessors.contains(successor), heir.exists(on: day) else {
            throw Failure(.invalid, "organisation.merge", "合并要有并入的机构，且那天还在，不能并入自己", cure: "重新选择")
        }
        let ending = try predecessors.sorted().map { id in
            guard let old = tree.organisation(id) else { throw ManageOrganisations.missing }
            try check(old, heir, tree)
            return old
        }
        return (ending, heir)
    }

    private func check(_ old: Organisation, _ heir: Organisation, _ tree: OrganisationTree) throws {
        if let before = tree.successions.first(where: { $0.predecessor == old.id }) {
            throw Failure(.conflict, "organisation.merged", "「\(old.name)」已在 \(before.day) 并入别的机构", cure: "要改，先撤回那次合并")
        }
        guard old.exists(on: day), old.from < day else {
            throw Failure(.invalid, "organisation.days", "「\(old.name)」在那天不存在，或那天才成立", cure: "核对日期")
        }
        if let taken = tree.successions.first(where: { $0.successor == old.id && $0.day >= day }) {
            throw Failure(.conflict, "organisation.merged", "\(taken.day) 有机构并入「\(old.name)」，那天它必须在", cure: "核对日期，或先撤回那次合并")
        }
        guard old.kind == heir.kind else {
            throw Failure(.invalid, "organisation.merge", "「\(old.name)」与「\(heir.name)」种类不同，不能合并", cure: "先把种类改对")
        }
        guard !tree.withAllAbove(heir.id).contains(old.id) else {
            throw Failure(.invalid, "organisation.merge", "「\(heir.name)」在「\(old.name)」下面，上级不能并入自己的下级", cure: "先给「\(heir.name)」换一个上级")
        }
    }
}

extension ManageOrganisations {
    /// - Throws: what a merger can be refused for.
    package func merge(_ merger: Merger, reason: String, request: String) async throws {
        try AccountRights.manage.require(actor)
        defer { office.shelf.clear() }
        _ = try await store.actOnce(request: request, "accounts.merge-organisations", by: actor, reason: reason) { transaction in
            let (ending, heir) = try merger.checked(in: OrganisationStore.tree(transaction.session))
            for old in ending {
                try transaction.replace(.organisation, id: old.id.number, old.ending(on: merger.day).row)
                let number: ID<Succession> = try transaction.newID(.organisationSuccession)
                try transaction.open(.organisationSuccession, id: number.number, [Value(old.id), Value(heir.id), Value(merger.day)])
            }
            transaction.subject = "organisation/\(heir.id)"
            transaction.detail = ["title": heir.name, "rows": String(ending.count)]
            return ""
        }
    }

    /// Takes back that an organisation was merged: it goes on as it was before that was entered.
    ///
    /// - Throws: `organisation.not-merged`, and what an organisation can be refused for: its name or its town may have been given to another.
    package func takeBackMerger(of id: ID<Organisation>, reason: String, request: String) async throws {
        try AccountRights.manage.require(actor)
        defer { office.shelf.clear() }
        _ = try await store.actOnce(request: request, "accounts.take-back-merger", by: actor, reason: reason) { transaction in
            let session = transaction.session
            let tree = try OrganisationStore.tree(session)
            guard let ended = tree.organisation(id) else { throw Self.missing }
            guard let entered = try OrganisationStore.merger(of: id, session) else {
                throw Failure(.conflict, "organisation.not-merged", "「\(ended.name)」没有并入别的机构", cure: "刷新后核对")
            }
            let after = ended.ending(on: ended.to == entered.day ? entered.formerEnd : ended.to)
            let others = tree.successions.filter { $0.predecessor != id }
            try Self.check(Draft(after), id, OrganisationTree(tree.all, successions: others))
            for number in entered.rows { try transaction.close(.organisationSuccession, id: number) }
            if after != ended { try transaction.replace(.organisation, id: id.number, after.row) }
            transaction.subject = "organisation/\(id)"
            transaction.detail = ["title": ended.name]
            return ""
        }
    }
}

extension Organisation {
    func ending(on day: Day?) -> Organisation {
        Organisation(id: id, kind: kind, name: name, parent: parent, region: region, from: from, to: day)
    }
}
