package import Values
package import WebSupport

/// One line of the desk: what waits, how many, until when, and the one button that leads to it.
package struct DeskItem: Sendable {
    package let title: Word
    package let count: Int
    package let due: Day?
    package let action: Word
    package let address: Address

    package init(_ title: Word, count: Int, due: Day? = nil, action: Word, address: Address) {
        self.title = title
        self.count = count
        self.due = due
        self.action = action
        self.address = address
    }

    /// The desk shows no more than this; the rest waits behind them.
    static let most = 8

    /// What is shown: nothing without a count, the earliest due first, lines without a date in their given order behind.
    static func shown(_ items: [DeskItem]) -> [DeskItem] {
        let waiting = items.filter { $0.count > 0 }.enumerated()
        let sorted = waiting.sorted { left, right in
            let first = left.element.due?.number ?? .max
            let second = right.element.due?.number ?? .max
            return first == second ? left.offset < right.offset : first < second
        }
        return sorted.prefix(most).map(\.element)
    }
}

/// A publication that came in lately, as its slice shows it.
package struct RecentPublication: Sendable {
    package let title: String
    package let day: Day?
    /// Our firms, batches, failures.
    package let detail: String
    package let address: Address

    package init(_ title: String, day: Day?, detail: String, address: Address) {
        self.title = title
        self.day = day
        self.detail = detail
        self.address = address
    }
}
