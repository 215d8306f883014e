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

    /// Those that existed on a day directly below another, nil for the roots.
    package func children(of parent: ID<Organisation>?, on day: Day) -> [Organisation] {
        all.filter { $0.exists(on: day) && $0.parent == parent }
    }

    /// The tree of a day from the top, each with its depth; one whose parent is gone stands at the top.
    package func listed(on day: Day) -> [(organisation: Organisation, depth: Int)] {
        let there = all.filter { $0.exists(on: day) }
        let ids = Set(there.map(\.id))
        var listed: [(Organisation, Int)] = []
        func add(_ parent: ID<Organisation>?, _ depth: Int) {
            for one in there where parent == nil ? one.parent.map({ !ids.contains($0) }) ?? true : one.parent == parent {
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

    /// All that an organisation took the place of, itself included: whose rows count as its own in the structure of today.
    package func withPredecessors(_ id: ID<Organisation>) -> Set<ID<Organisation>> {
        var open = [id]
        var found: Set<ID<Organisation>> = []
        while let next = open.popLast() {
            guard found.insert(next).inserted else { continue }
            open += successions.filter { $0.successor == next }.map(\.predecessor)
        }
        return found
    }

    /// Whether one lies below another, whatever the day.
    func isBelow(_ id: ID<Organisation>, _ ancestor: ID<Organisation>) -> Bool {
        var next = byID[id]?.parent
        for _ in 0..<all.count {
            guard let here = next else { return false }
            if here == ancestor { return true }
            next = byID[here]?.parent
        }
        return true
    }
}
