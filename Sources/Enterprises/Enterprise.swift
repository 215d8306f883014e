package import Values

/// One firm's entry in the register (一企一档): what the latest version known at some position says about it.
package struct Enterprise: Sendable, Equatable {
    package let id: ID<Enterprise>
    package var code: String?
    /// The 15-digit registration number that firms had before the unified social credit code.
    package var registrationNumber: String?
    package var name: String
    /// The deepest proven division; nil while it is unknown.
    package var region: Int64?
    package var address: String?
    /// The year of the GB/T 4754 version that `industryCode` is taken from: 2002, 2011, 2017.
    package var industryVersion: String?
    package var industryCode: String?
    /// The industry in the words of the list.
    package var industry: String?
    package var registeredDay: Day?
    /// 企业类型, as registered.
    package var kind: String?
    package var capital: Fen?
    /// The capital as the source wrote it, where it is not in yuan.
    package var capitalText: String?
    package var scope: String?
    package var status: EnterpriseStatus
    package var mergedInto: ID<Enterprise>?
    package var note: String?

    package init(id: ID<Enterprise>, name: String, status: EnterpriseStatus = .active) {
        self.id = id
        self.name = name
        self.status = status
    }

    package var folded: String { NameFolding.key(name) }
    package var codeState: CodeState { CodeState(code: code, registrationNumber: registrationNumber) }
}

/// What a dossier is: in business, closed, begun from a list alone, or merged into another.
package enum EnterpriseStatus: String, Sendable, CaseIterable {
    case active
    case closed
    /// Begun from the name on a published list; no register has confirmed it yet.
    case candidate
    /// Its firm is kept under another dossier; nothing is counted under this one.
    case merged
}

/// How far a firm's code can be relied on; check digits only warn (GB 32100-2015).
package enum CodeState: String, Sendable, CaseIterable {
    case sound
    /// A check character or letter is doubtful; pilot codes may be so legally.
    case doubtful
    /// Only the old 15-digit number is known.
    case registration
    case missing

    package init(code: String?, registrationNumber: String?) {
        if let code {
            self = CreditCode(text: code).warnings.isEmpty ? .sound : .doubtful
        } else {
            self = registrationNumber == nil ? .missing : .registration
        }
    }
}

/// A name that a firm bears or bore; former names find the dossier too.
package struct EnterpriseName: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case current
        case former
    }

    package let id: Int64
    package let enterprise: ID<Enterprise>
    package let name: String
    package let kind: Kind
}

/// One year of a firm's figures in fen; nil is unknown, never zero.
package struct Account: Sendable, Equatable {
    package let id: Int64
    package let enterprise: ID<Enterprise>
    package let year: Int
    package var figures: [AccountFigure: Fen]
    /// The firm's region as it was when the year was reported.
    package var region: Int64?
}

/// What is reported of a year (年度数据); the order is that of the columns.
package enum AccountFigure: String, Sendable, CaseIterable {
    case sales
    case brandSales = "brand-sales"
    case exports
    case research = "rd"
    case tax
}

/// A product of a firm with its brand and standards.
package struct Product: Sendable, Equatable {
    package let id: Int64
    package let enterprise: ID<Enterprise>
    package var name: String
    package var brand: String?
    package var standard: String?
    package var adoptedStandard: String?
    package var licence: String?
}

/// What a firm holds for a time: trademark, certificate, laboratory, title (资质与称号).
package struct Holding: Sendable, Equatable {
    package let id: Int64
    package let enterprise: ID<Enterprise>
    package var kind: String
    package var name: String?
    package var number: String?
    package var issuer: String?
    package var from: Day?
    package var to: Day?
}
