package import Values

/// One field of a form as the reader sees it: name, label, kind, what it holds, what is wrong with it.
package struct FormField: Sendable {
    /// One of the values that can be chosen.
    package struct Choice: Sendable {
        package let value: String
        /// A catalogue text, or data such as a town's name.
        package let label: Word

        package init(_ value: String, _ label: Word) {
            self.value = value
            self.label = label
        }
    }

    /// How the field is filled in.
    package enum Kind: Sendable {
        case text
        /// Never written back into a page.
        case password(isNew: Bool)
        /// The name that somebody signs in with.
        case accountName
        /// A code that is used once.
        case onceCode
        case search
        case number
        case day
        case textarea(rows: Int)
        case select([Choice])
        case radio([Choice])
        /// Ticked boxes are sent one by one under the field's name.
        case checkboxes([Choice])
        /// One box that stands for yes.
        case checkbox
        /// The file endings that are accepted: `.xls,.xlsx,.csv`.
        case file(accepts: String, several: Bool)
        case hidden
    }

    package let name: String
    package let label: Word
    package let kind: Kind
    package var hint: Word?
    package var isRequired: Bool
    package var values: [String]
    package var error: Word?
    /// The unit after a number: 万元, 家.
    package var unit: Word?

    package init(
        _ name: String, _ label: Word, _ kind: Kind = .text, values: [String] = [], isRequired: Bool = false, hint: Word? = nil,
        unit: Word? = nil
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.values = values
        self.isRequired = isRequired
        self.hint = hint
        self.unit = unit
    }

    /// A field that the reader does not see.
    package static func hidden(_ name: String, _ value: String) -> FormField { FormField(name, "", .hidden, values: [value]) }

    /// The field holding what was sent, so that nobody types twice.
    package func filled(from form: FormBody) -> FormField {
        var copy = self
        if case .password = kind { copy.values = [] } else { copy.values = form.all(name) }
        return copy
    }

    /// The field holding what the address asks for.
    package func filled(from query: Query) -> FormField {
        var copy = self
        copy.values = query.all(name)
        return copy
    }

    var isFile: Bool { if case .file = kind { true } else { false } }
    var isHidden: Bool { if case .hidden = kind { true } else { false } }
    /// Several inputs under one legend rather than one input under one label.
    var isGroup: Bool {
        switch kind {
        case .radio, .checkboxes: true
        default: false
        }
    }
}
