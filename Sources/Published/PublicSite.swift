package import Programmes
package import Storage
package import Values
import WebSupport

/// What the pages for the public are made from (公众查询): the programmes in force, released figures, opened lists; nothing else is asked.
package struct PublicSite: Sendable {
    package let store: Store
    let programmes: ProgrammeDesk
    let allowance: RequestAllowance
    /// Searches walk the rows of lists.
    let searching: RequestAllowance

    /// - Parameters:
    ///   - perMinute: pages that one address may ask for in a minute.
    ///   - searches: how many of them may be searches.
    package init(store: Store, programmes: ProgrammeDesk, perMinute: Int = 300, searches: Int = 30) {
        self.store = store
        self.programmes = programmes
        allowance = RequestAllowance(perMinute: perMinute)
        searching = RequestAllowance(perMinute: searches)
    }
}

/// The right to read what was published: everybody's, signed in or not.
package enum PublicRights {
    package static let read = Right("public.read", Word("看已公布的内容", "Read what was published"), holders: .everybody)

    package static let all = [read]
}
