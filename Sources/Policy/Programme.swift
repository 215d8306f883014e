package import Foundation
package import Values

/// A published programme as its `programme.yaml` says it: who, when, what is to be reached and done. Nothing is added to the text.
package struct Programme: Sendable, Hashable {
    /// The folder's name: `longwan-2006`.
    package let id: String
    package let title: String
    package let source: ProgrammeSource
    package let region: RegionName
    /// The industry or products concerned, in the text's words.
    package let scope: String?
    package let clauses: [Clause]
    package let organisations: [Organisation]
    package let phases: [Phase]
    package let durations: [StatedDuration]
    package let targets: [Target]
    package let duties: [Duty]
    package let rules: [RuleReference]
    package let amounts: [GrantAmount]
    package let openPoints: [OpenPoint]
    package let missingPapers: [MissingPaper]

    /// The clause of that number.
    package func clause(_ id: String) -> Clause? { clauses.first { $0.id == id } }
    /// The organisation of that id.
    package func organisation(_ id: String) -> Organisation? { organisations.first { $0.id == id } }
    /// The target of that id.
    package func target(_ id: String) -> Target? { targets.first { $0.id == id } }
}

/// What kind of text a programme is made from; only a plan binds, the others say what was done or announced.
package enum SourceKind: String, Sendable, CaseIterable {
    /// 规划方案
    case plan
    /// 总结
    case report
    /// 报道
    case news
    /// 文章
    case essay

    package var word: Word {
        switch self {
        case .plan: Word("规划方案", "plan")
        case .report: Word("工作总结", "report")
        case .news: Word("新闻报道", "news")
        case .essay: Word("文章", "essay")
        }
    }
}

/// Where the text comes from.
package struct ProgrammeSource: Sendable, Hashable {
    package let kind: SourceKind
    package let document: String
    /// The name of the text's file, by which its numbers are checked.
    package let text: String?
    package let issuer: Stated<String>
    package let number: Stated<String>
    package let date: Stated<Day>
    package let signed: Day?
    package let clause: String
    package let says: [SaidNumber]
    package let open: String?
    package let line: Int
}

/// The region of a programme by code and name; the code links to the store's regions and is not said by the text.
package struct RegionName: Sendable, Hashable {
    package let code: String
    package let name: String
}

/// One clause (条款) of the text: its number, its first characters, and in own words what it is about.
package struct Clause: Sendable, Hashable {
    /// `三(二)3`, `§2.1`
    package let id: String
    /// The first characters of the clause in the text.
    package let begins: String
    package let title: String
    package let summary: String
    package let line: Int

    /// `line` is that of the programme file.
    package init(id: String, begins: String, title: String, summary: String, line: Int) {
        self.id = id
        self.begins = begins
        self.title = title
        self.summary = summary
        self.line = line
    }
}

/// What an organisation is in the programme.
package enum OrganisationRole: String, Sendable, CaseIterable {
    case lead, office, member, owner, partner, association, addressee

    package var word: Word {
        switch self {
        case .lead: Word("牵头", "lead")
        case .office: Word("办公室", "office")
        case .member: Word("成员单位", "member")
        case .owner: Word("责任单位", "owner")
        case .partner: Word("配合单位", "partner")
        case .association: Word("行业协会", "association")
        case .addressee: Word("承担对象", "addressee")
        }
    }
}

/// An organisation or a post that the text names.
package struct Organisation: Sendable, Hashable {
    package let id: String
    package let name: String
    package let roles: [OrganisationRole]
    package let post: String?
    package let clause: String
    package let says: [SaidNumber]
    package let line: Int
}

/// A phase (阶段) with its dates and work items.
package struct Phase: Sendable, Hashable {
    package let id: String
    package let label: String
    package let from: Stated<Day>
    package let to: Stated<Day>
    package let clause: String
    package let says: [SaidNumber]
    package let open: String?
    package let work: [WorkItem]
    package let line: Int
}

/// A piece of work inside a phase.
package struct WorkItem: Sendable, Hashable {
    package let id: String
    package let text: String
    package let clause: String
    /// The organisation's id; nil where the text names nobody.
    package let owner: String?
    /// Organisations that take part.
    package let with: [String]
    package let says: [SaidNumber]
    package let line: Int
}

/// A stated length of time beside the dates that the text gives for the same thing.
package struct StatedDuration: Sendable, Hashable {
    /// In what the text counts the time.
    package enum Unit: String, Sendable, CaseIterable {
        case year = "年"
        case month = "月"
        case day = "日"
    }

    package let id: String
    package let label: String
    package let stated: Decimal
    package let unit: Unit
    package let clause: String
    package let says: [SaidNumber]
    package let dates: Dates?
    package let line: Int

    /// The first and the last day that the text gives, both included.
    package struct Dates: Sendable, Hashable {
        package let from: Day
        package let to: Day
        package let clause: String
        package let says: [SaidNumber]
    }
}

/// The rule file that a clause runs.
package struct RuleReference: Sendable, Hashable {
    package let file: String
    package let clause: String
    package let line: Int
}

/// A rate of reward or support that the text sets (奖励资助标准).
package struct GrantAmount: Sendable, Hashable {
    /// What the amount is paid for.
    package enum Per: String, Sendable, CaseIterable {
        case enterprise, product, project, open
    }

    package let id: String
    package let title: String
    package let amount: Decimal
    /// 万元
    package let unit: String
    package let per: Per
    package let condition: String?
    package let clause: String
    package let text: String
    package let says: [SaidNumber]
    package let open: String?
    package let line: Int
}

/// A question that the text leaves open (待明确).
package struct OpenPoint: Sendable, Hashable {
    package let id: String
    package let clause: String
    package let question: String
    package let note: String?
    package let line: Int
}

/// A paper that the text refers to and that is not at hand (待补文件).
package struct MissingPaper: Sendable, Hashable {
    package let id: String
    package let title: String
    package let clause: String
    package let why: String
    package let line: Int
}
