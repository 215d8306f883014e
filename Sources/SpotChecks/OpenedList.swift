package import Imports
package import Values

/// A published list that the programme office has opened to the public (向公众开放的名单): what its authority published, and nothing of ours.
package struct OpenedList: Sendable {
    /// The publication's number.
    package let id: Int64
    package let title: String
    package let level: ListLevel
    package let year: Int?
    package let quarter: Int?
    package let issuer: String?
    package let publishedDay: Day?
    /// Where the authority published it: number of the notice, or an address.
    package let source: String
    package let showsSampled: Bool
    package let openedOn: Day
    /// The journal position at which it was opened.
    let position: Int64

    /// When it was published, as far as the list says.
    package var period: Word? {
        if let publishedDay { return Word(name: publishedDay.description) }
        return year.map { year in
            quarter.map { Word("\(year)年第\($0)季度", "\(year), quarter \($0)") } ?? Word("\(year)年", "\(year)")
        }
    }
}

/// A row of an opened list as the list has it; of what this office made of it there is nothing here.
package struct OpenedRow: Sendable {
    package let id: Int64
    package let list: Int64
    package let sequence: String?
    /// 标称生产者
    package let producer: String?
    /// 被抽样单位; nil where the list was opened without.
    package let sampledUnit: String?
    package let product: String?
    package let brand: String?
    package let model: String?
    package let batch: String?
    package let verdict: Verdict
    package let failedItems: String?
    package let laboratory: String?
    package let recheck: String?
    /// Whether the list says that the batch may be counterfeit, or the maker denies it.
    package let isDisputed: Bool
    /// Since when the row has been what it is, where it was corrected after the list was opened.
    package let correctedOn: Day?
}
