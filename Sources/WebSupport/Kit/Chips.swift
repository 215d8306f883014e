package import Values

/// Conditions in force, each with a link that takes it away.
package struct Chips: Component, Sendable {
    /// One condition.
    package struct Chip: Sendable {
        package let name: Word
        package let value: Word
        /// The page without the condition.
        package let without: Address

        package init(_ name: Word, _ value: Word, without: Address) {
            self.name = name
            self.value = value
            self.without = without
        }
    }

    package let title: Word
    package let chips: [Chip]
    package let none: Word
    package let remove: Word

    /// `none` stands where nothing restricts the page; `remove` is spoken before a condition's link.
    package init(_ title: Word, _ chips: [Chip], none: Word, remove: Word) {
        self.title = title
        self.chips = chips
        self.none = none
        self.remove = remove
    }

    package func write(into html: inout HTML) {
        html.add(.ul, .class("chips"), .spoken(title)) { html in
            if chips.isEmpty { html.add(.li, .class("none"), text: none) }
            for chip in chips {
                html.add(.li, .class("chip")) { html in
                    let colon = html.language == .chinese ? "：" : ": "
                    let text = chip.name.text(html.language) + colon + chip.value.text(html.language)
                    html.add(.span, text: text)
                    html.add(
                        .a, .href(chip.without), .spoken(Word(remove.text(html.language) + " " + text)), .hint(remove)
                    ) { html in html.add("×") }
                }
            }
        }
    }
}

/// One thing shown in several ways: links that change the address, the current one marked.
package struct Switch: Component, Sendable {
    package let title: Word
    package let choices: [Tab]

    package init(_ title: Word, _ choices: [Tab]) {
        self.title = title
        self.choices = choices
    }

    package func write(into html: inout HTML) {
        html.add(.nav, .class("switch"), .spoken(title)) { html in
            html.add(.ul) { html in
                for choice in choices {
                    html.add(.li) { html in
                        html.add(.a, .href(choice.address), .current(choice.isCurrent)) { html in
                            html.add(choice.title)
                            if let count = choice.count { html.add(.small, text: count) }
                        }
                    }
                }
            }
        }
    }
}
