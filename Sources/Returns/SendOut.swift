package import Foundation
package import Values

/// One sending of a form to the towns for a period (下发).
package struct SendOut: Sendable, Hashable {
    package let id: ID<SendOut>
    package let form: ID<ReportForm>
    package let period: ReportPeriod
    /// The blank workbook that was sent.
    package let blank: String
    package let dueDay: Day
    package let sentDay: Day
    package let note: String
    /// The journal position of the sending: the cells that towns fill are those that were marked then.
    package let position: Int64
}

/// What one town owes of a send-out, and how far it has come.
package struct TownTask: Sendable, Hashable {
    package let id: ID<TownTask>
    package let sendOut: ID<SendOut>
    package let region: Int64
    /// What a returned file is known by.
    package let code: String
    /// How often it was reminded, and when last.
    package var reminded: Int
    package var remindedDay: Day?
    /// SHA-256 of the file that counts now; nil: nothing came back.
    package var returned: String?
    package var returnedName: String?
    package var returnedDay: Day?
    /// How many versions came back.
    package var returnedTimes: Int

    package var isReturned: Bool { returned != nil }

    /// Whether the town is late on a day (逾期).
    package func isLate(_ sendOut: SendOut, on day: Day) -> Bool { !isReturned && day > sendOut.dueDay }
}

/// A value that a town returned for a bound cell.
package struct TownValue: Sendable, Hashable {
    package let region: Int64
    package let binding: ID<CellBinding>
    package let value: Decimal
}

/// What a returned value is compared with.
package enum Comparison: String, Sendable, CaseIterable {
    /// 上期
    case last
    /// 登记数
    case register

    package var word: Word {
        switch self {
        case .last: Word("上期", "last period")
        case .register: Word("登记数", "registers")
        }
    }
}

/// A returned value that differs from last period's, or from what the registers say.
package struct TownDifference: Sendable, Hashable {
    package let region: Int64
    package let binding: CellBinding
    package let against: Comparison
    package let value: Decimal
    package let other: Decimal
    /// In per cent of the other value; nil where that is nought.
    package let percent: Decimal?
    /// What the office noted about it; nil: not explained.
    package let reason: String?
}
