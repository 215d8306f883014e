package import Values

/// An office, town, enterprise or panel that people belong to (机构), with the days of its existence.
package struct Organisation: Sendable, Hashable {
    package let id: ID<Organisation>
    package let kind: OrganisationKind
    package let name: String
    package let parent: ID<Organisation>?
    /// The region it answers for; towns have one.
    package let region: Int64?
    package let from: Day
    /// The first day on which it no longer exists; nil while it does.
    package let to: Day?

    package func exists(on day: Day) -> Bool { from <= day && to.map { day < $0 } ?? true }
}

/// What an organisation is.
package enum OrganisationKind: String, Sendable, CaseIterable {
    /// 区县
    case district
    /// 部门
    case department
    /// 镇街
    case town
    /// 企业
    case enterprise
    /// 评审组
    case panel
}

/// One organisation took another's place.
package struct Succession: Sendable, Hashable {
    package let predecessor: ID<Organisation>
    package let successor: ID<Organisation>
    package let day: Day
}

/// All organisations with their days and successions: the tree as it was on any day.
package struct OrganisationTree: Sendable {
    package let all: [Organisation]
    package let successions: [Succession]
    private let byID: [ID<Organisation>: Organisation]

    package init(_ all: [Organisation], successions: [Succession]) {
        self.all = all
        self.successions = successions
        byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package func organisation(_ id: ID<Organisation>) -> Organisation? { byID[id] }

    /// What stands in an organisation's place on a day, where that is one: itself, or what it was merged into.
    package func standing(for id: ID<Organisation>, on day: Day) -> ID<Organisation> {
        let heirs = successors(of: id, on: day)
        return heirs.count == 1 ? heirs[0].id : id
    }

    /// Below what an organisation stood on a day: what took the place of the one it was put below, once that has ended; nil at the top.
    package func parent(of organisation: Organisation, on day: Day) -> ID<Organisation>? {
        organisation.parent.map { standing(for: $0, on: day) }.flatMap { $0 == organisation.id ? nil : $0 }
    }

    /// Those that existed on a day directly below another, nil for the roots.
    package func children(of parent: ID<Organisation>?, on day: Day) -> [Organisation] {
        all.filter { $0.exists(on: day) && self.parent(of: $0, on: day) == parent }
    }

    /// The tree of a day from the top, each with its depth; one whose parent is gone stands at the top.
    package func listed(on day: Day) -> [(organisation: Organisation, depth: Int)] {
        let there = all.filter { $0.exists(on: day) }
        let ids = Set(there.map(\.id))
        let parents = Dictionary(there.map { ($0.id, self.parent(of: $0, on: day)) }, uniquingKeysWith: { first, _ in first })
        var listed: [(Organisation, Int)] = []
        func add(_ parent: ID<Organisation>?, _ depth: Int) {
            for one in there {
                let own = (parents[one.id] ?? nil).flatMap { ids.contains($0) ? $0 : nil }
                guard own == parent else { continue }
                listed.append((one, depth))
                if depth < 8 { add(one.id, depth + 1) }
            }
        }
        add(nil, 0)
        return listed
    }

    /// What stands in an organisation's place on a day: itself while it exists, else its successors, followed as far as needed.
    package func successors(of id: ID<Organisation>, on day: Day) -> [Organisation] {
        var open = [id]
        var seen: Set<ID<Organisation>> = []
        var found: [Organisation] = []
        while let next = open.popLast() {
            guard seen.insert(next).inserted, let organisation = byID[next] else { continue }
            let heirs = successions.filter { $0.predecessor == next && $0.day <= day }.map(\.successor)
            if organisation.exists(on: day) || heirs.isEmpty { found.append(organisation) } else { open += heirs }
        }
        return found.sorted { $0.id < $1.id }
    }

    /// All that an organisation had taken the place of by a day, itself included: whose rows count as its own in the structure of that day.
    package func withPredecessors(_ id: ID<Organisation>, on day: Day) -> Set<ID<Organisation>> {
        var open = [id]
        var found: Set<ID<Organisation>> = []
        while let next = open.popLast() {
            guard found.insert(next).inserted else { continue }
            open += successions.filter { $0.successor == next && $0.day <= day }.map(\.predecessor)
        }
        return found
    }

    /// An organisation and all that is above it on some day: what it, or something above it, was put below or merged into.
    func withAllAbove(_ id: ID<Organisation>) -> Set<ID<Organisation>> {
        var open = [id]
        var found: Set<ID<Organisation>> = []
        while let next = open.popLast() {
            guard found.insert(next).inserted else { continue }
            open += successions.filter { $0.predecessor == next }.map(\.successor)
            if let parent = byID[next]?.parent { open.append(parent) }
        }
        return found
    }
}
