package import Values

/// A page of a slice: title, way to it, what can be done, and the content.
package struct Page: Sendable {
    /// Data such as an enterprise's name is given as `Word(name)`.
    package var title: Word
    /// A line under the title: number, region, state of the programme.
    package var lead: Word?
    package var badge: Badge?
    package var crumbs: [Link]
    package var tabs: [Tab]
    /// Buttons beside the title, such as an export.
    package var actions: [Link]
    /// What happened just now, shown above the content.
    package var notices: [Notice]
    package var content: @Sendable (inout HTML) -> Void

    package init(
        _ title: Word, lead: Word? = nil, badge: Badge? = nil, crumbs: [Link] = [], tabs: [Tab] = [], actions: [Link] = [],
        notices: [Notice] = [], content: @escaping @Sendable (inout HTML) -> Void
    ) {
        self.title = title
        self.lead = lead
        self.badge = badge
        self.crumbs = crumbs
        self.tabs = tabs
        self.actions = actions
        self.notices = notices
        self.content = content
    }
}

/// A text that leads somewhere.
package struct Link: Component, Sendable {
    /// How much the link asks to be followed.
    package enum Look: String, Sendable {
        case plain = ""
        /// A button beside a title.
        case button
        /// The one thing to do next.
        case primary = "button primary"
    }

    package let title: Word
    package let address: Address
    package let look: Look
    /// Data is held only against long phrases, so that names stay whole.
    private let isData: Bool

    package init(_ title: Word, _ address: Address, look: Look = .plain) { self.init(title, address, look, isData: false) }

    private init(_ title: Word, _ address: Address, _ look: Look, isData: Bool) {
        self.isData = isData
        self.title = title
        self.address = address
        self.look = look
    }

    /// A link whose text is data.
    package init(_ title: String, _ address: Address, look: Look = .plain) { self.init(Word(title), address, look, isData: true) }

    /// A button that leads where the reader may not go is left out; other links are written as text.
    package func write(into html: inout HTML) {
        guard look == .plain || html.leads(to: address) else { return }
        html.add(.a, look == .plain ? nil : .classes(look.rawValue), .href(address)) { html in
            if isData { html.add(title.chinese) } else { html.add(title) }
        }
    }
}

/// One of the sections of a record, each with its own address.
package struct Tab: Sendable {
    package let title: Word
    package let address: Address
    package let count: Int?
    package let isCurrent: Bool

    package init(_ title: Word, _ address: Address, count: Int? = nil, isCurrent: Bool = false) {
        self.title = title
        self.address = address
        self.count = count
        self.isCurrent = isCurrent
    }
}
