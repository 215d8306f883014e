/// Which department answers for which columns of the registers and for which targets (部门职责): who sees a single firm's confidential figures,
/// and who writes what.
///
/// What no department answers for is the programme office's alone.
package struct DutyTable: Sendable {
    /// A department as the file names it; an organisation of the store's tree is bound to one by its code.
    package struct Department: Sendable, Hashable {
        package let code: String
        package let name: String

        package init(code: String, name: String) {
            self.code = code
            self.name = name
        }
    }

    /// What a division of duties rests on.
    package struct Basis: Sendable, Hashable {
        package let document: String
        package let clause: String
        package let says: String
        /// Whether the text itself names the department for the column; else the operator chose it under the clause.
        package let isFromClause: Bool

        package init(document: String, clause: String, says: String, isFromClause: Bool) {
            self.document = document
            self.clause = clause
            self.says = says
            self.isFromClause = isFromClause
        }
    }

    /// One column, one target, or the holdings whose kind has one of some words, with the codes of its departments.
    package struct Line: Sendable, Hashable {
        /// `account.tax`; `target/suzhou-2017/robots`; `holding` for holdings.
        package let column: String
        package let label: String
        /// The words by which holdings are known; empty for a column.
        package let words: [String]
        package let owners: [String]
        package let basis: Basis

        package init(column: String, label: String, words: [String] = [], owners: [String], basis: Basis) {
            self.column = column
            self.label = label
            self.words = words
            self.owners = owners
            self.basis = basis
        }

        package var isTarget: Bool { column.hasPrefix(DutyTable.anyTarget + "/") }
    }

    package let departments: [Department]
    package let lines: [Line]
    private var ownersByColumn: [String: [String]]

    package init(departments: [Department], lines: [Line]) {
        self.departments = departments
        self.lines = lines
        ownersByColumn = Dictionary(
            lines.filter { $0.words.isEmpty }.map { ($0.column, $0.owners) }, uniquingKeysWith: { first, _ in first })
        ownersByColumn[Self.anyTarget] = lines.filter(\.isTarget).flatMap(\.owners)
    }

    /// Nobody but the programme office answers for anything.
    package static let none = DutyTable(departments: [], lines: [])
    /// The name under which lines speak of holdings.
    package static let holding = "holding"
    /// The name under which a right speaks of any target at all.
    package static let anyTarget = "target"

    /// The name under which a target of a programme is spoken of.
    package static func target(_ programme: String, _ target: String) -> String { [anyTarget, programme, target].joined(separator: "/") }

    package func department(_ code: String) -> Department? { departments.first { $0.code == code } }

    package func owners(of column: String) -> [String] { ownersByColumn[column] ?? [] }

    /// Who answers for holdings of a kind: the longest word that the kind has decides.
    package func owners(ofHolding kind: String) -> [String] {
        let found = lines.flatMap { line in line.words.filter(kind.contains).map { (word: $0, line: line) } }
        return found.max { $0.word.count < $1.word.count }?.line.owners ?? []
    }

    /// The owners in words: `税务、统计`, or the programme office where there are none.
    package func names(_ owners: [String]) -> String {
        let names = owners.compactMap { department($0)?.name }
        return names.isEmpty ? Role.programmeOffice.title.chinese : names.joined(separator: "、")
    }
}

/// What a department officer answers for: the columns of their own department, of several after a merger.
package struct DepartmentDuties: Sendable, Hashable {
    package let codes: Set<String>
    package let table: DutyTable

    package init(_ codes: Set<String>, of table: DutyTable) {
        self.codes = codes
        self.table = table
    }

    package func own(_ column: String) -> Bool { !codes.isDisjoint(with: table.owners(of: column)) }
    package func own(holding kind: String) -> Bool { !codes.isDisjoint(with: table.owners(ofHolding: kind)) }

    /// There is one table while the program runs.
    package static func == (first: DepartmentDuties, second: DepartmentDuties) -> Bool { first.codes == second.codes }
    package func hash(into hasher: inout Hasher) { hasher.combine(codes) }
}
