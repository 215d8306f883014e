package import Values

/// What stands around every page of a request: navigation with counts, the programme, the date of the data, who is at work.
package struct Frame: Sendable {
    package var navigation: [NavigationGroup]
    /// The programmes of this store; the current one is shown in the top bar.
    package var programmes: [ProgrammeChoice]
    /// The day the figures are about.
    package var on: Day
    /// What the store is asked at, as the address had it; nil for the latest.
    package var known: String?
    /// Who is at work: an office or a person.
    package var actor: Word
    /// The visitor's own page and sign-out; nil for those without an account.
    package var account: Address?
    /// Where to sign in; shown to strangers.
    package var entrance: Address?
    /// Where the pages for the public begin; shown to strangers where there are any.
    package var open: Address?
    /// Says on every page that accounts are not real, and lets one of them be chosen.
    package var demonstration: Demonstration?
    /// Whether only what tells nothing of the store is shown: name, language, sign-in.
    package var isBare: Bool { navigation.isEmpty && programmes.isEmpty && search == nil }
    /// Where the search box leads (GET, `q`); nil where there is none.
    package var search: Address?

    package init(
        navigation: [NavigationGroup], programmes: [ProgrammeChoice], on: Day, known: String? = nil, actor: Word, search: Address? = nil
    ) {
        self.navigation = navigation
        self.programmes = programmes
        self.on = on
        self.known = known
        self.actor = actor
        self.search = search
    }
}

/// A heading of the navigation with its entries; the first group usually has none.
package struct NavigationGroup: Sendable {
    package let heading: Word?
    package let items: [NavigationItem]

    package init(_ heading: Word? = nil, _ items: [NavigationItem]) {
        self.heading = heading
        self.items = items
    }
}

/// An entry of the navigation, with a count beside it.
package struct NavigationItem: Sendable {
    /// What stands at the right of an entry.
    package enum Count: Sendable {
        /// How many there are.
        case total(Int)
        /// How many wait for a person; shown in the seal's red, and not at all when there are none.
        case waiting(Int)
        /// Any short note: 龙湾 2006.
        case note(String)
    }

    package let title: Word
    package let address: Address
    package let count: Count?

    package init(_ title: Word, _ address: Address, _ count: Count? = nil) {
        self.title = title
        self.address = address
        self.count = count
    }
}

/// A programme that the reader can switch to.
package struct ProgrammeChoice: Sendable {
    package let title: String
    package let address: Address
    /// Where another government's store is served, on another port of this machine.
    package let elsewhere: ExternalAddress?
    package let isCurrent: Bool

    package init(_ title: String, _ address: Address, isCurrent: Bool) {
        self.title = title
        self.address = address
        elsewhere = nil
        self.isCurrent = isCurrent
    }

    /// A programme of another store.
    package init(_ title: String, elsewhere address: ExternalAddress) {
        self.title = title
        self.address = Address()
        elsewhere = address
        isCurrent = false
    }
}

/// Accounts that anybody at this machine may take, for showing the program.
package struct Demonstration: Sendable {
    package let action: Address
    package let choices: [FormField.Choice]
    package let current: String

    package init(action: Address, choices: [FormField.Choice], current: String) {
        self.action = action
        self.choices = choices
        self.current = current
    }
}
