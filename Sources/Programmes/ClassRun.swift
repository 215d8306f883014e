package import DecisionTables
package import Values

/// One way in which a table ends for firms, with how many.
package struct ClassGroup: Sendable {
    package enum Kind: String, Sendable {
        /// 归类
        case decided
        /// 重叠
        case overlap
        /// 缺数据
        case missing
        /// 空档
        case uncovered
    }

    /// Stable: the rule's id, `overlap:A+B`, `missing`, `uncovered`.
    package let key: String
    package let kind: Kind
    package let label: String
    package let outcome: Outcome
    package internal(set) var count: Int
}

/// A firm whose confirmed class is not what the table proposes now.
package struct ClassDifference: Sendable {
    package let enterprise: Int64
    package let confirmedRule: String
    package let confirmedLabel: String
    /// The key of the group that it stands in now.
    package let group: String
    /// Confirmed against the proposal, with a reason (人工调整).
    package let isException: Bool
}

/// What a table says about every firm on a day: a proposal (系统建议), recomputed each time and never stored.
///
/// Of each firm only its number and its group are held; the reasons of one firm come from `decision(of:)`.
package struct ClassRun: Sendable {
    package let table: ClassTable
    package let on: Day
    package let year: Int
    /// The journal position that the facts were read at.
    package let position: Int64
    /// Rules in the order of the file, then overlaps, missing, uncovered.
    package let groups: [ClassGroup]
    package internal(set) var differences: [ClassDifference] = []
    let ids: [Int64]
    let placement: [UInt16]
    let columns: [InputColumn]

    /// How many firms were looked at.
    package var total: Int { ids.count }

    package func group(_ key: String) -> ClassGroup? { groups.first { $0.key == key } }

    /// The group that a firm stands in; nil for a firm that is not among those looked at.
    package func group(of enterprise: Int64) -> ClassGroup? { ids.place(of: enterprise).map { groups[Int(placement[$0])] } }

    /// The numbers of a group's firms after a cursor, ascending; at most `limit`.
    package func members(of key: String, after: Int64 = 0, limit: Int = .max) -> [Int64] {
        guard let index = groups.firstIndex(where: { $0.key == key }) else { return [] }
        let wanted = UInt16(index)
        var found: [Int64] = []
        for place in ids.indices where placement[place] == wanted && ids[place] > after {
            found.append(ids[place])
            if found.count == limit { break }
        }
        return found
    }

    /// The facts of a firm in the units of the table.
    package func facts(of enterprise: Int64) -> [String: FactValue] {
        var facts: [String: FactValue] = [:]
        for column in columns { facts[column.input] = column.value(of: enterprise) }
        return facts
    }

    /// The whole decision about one firm, with every reason.
    package func decision(of enterprise: Int64) -> Decision { table.table.decide(facts(of: enterprise)) }
}

/// One input's answers for all firms: numbers in ascending order, values beside them.
struct InputColumn: Sendable {
    let input: String
    let source: RuleInput
    let unit: String?
    var ids: [Int64] = []
    var values: [Double] = []

    func value(of enterprise: Int64) -> FactValue { ids.place(of: enterprise).map { fact(at: $0) } ?? .unknown }

    func fact(at place: Int) -> FactValue { source.value(values[place], unit: unit) }
}

extension [Int64] {
    /// Where a number stands in ascending numbers.
    func place(of number: Int64) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == number ? low : nil
    }
}
