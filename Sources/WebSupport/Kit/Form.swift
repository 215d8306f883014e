package import Values

/// A form that changes something: sealed fields first, what is wrong in a summary, one button.
package struct Form: Component {
    let action: Address
    let seal: FormSeal
    let fields: [FormField]
    let submit: Word
    let cancel: Link?
    /// Whether the act cannot be taken back, so that its button is red.
    let isGrave: Bool

    package init(
        action: Address, seal: FormSeal, fields: [FormField], submit: Word, cancel: Link? = nil, isGrave: Bool = false
    ) {
        self.action = action
        self.seal = seal
        self.fields = fields
        self.submit = submit
        self.cancel = cancel
        self.isGrave = isGrave
    }

    package func write(into html: inout HTML) {
        let hasFile = fields.contains(where: \.isFile)
        html.add(
            .form, .class("form"), .other("method", "post"), .action(action), .flag("novalidate"),
            hasFile ? .other("enctype", "multipart/form-data") : nil
        ) { html in
            html.add(seal)
            summary(&html)
            for field in fields { FieldRow(field: field).write(into: &html) }
            html.add(.p, .class("buttons")) { html in
                html.add(.button, .classes("button", isGrave ? "grave" : "primary"), text: submit)
                if let cancel { html.add(cancel) }
            }
        }
    }

    private func summary(_ html: inout HTML) {
        let wrong = fields.filter { $0.error != nil }
        guard !wrong.isEmpty else { return }
        html.add(.div, .class("notice bad"), .role("alert"), .other("tabindex", "-1"), .other("data-focus", "")) { html in
            html.add(.span, .class("sign"), .decorative, text: Badge.Tone.bad.sign)
            html.add(.div) { html in
                html.add(.strong, text: WebWords.errorsInForm)
                html.add(.ul) { html in
                    for field in wrong {
                        html.add(.li) { html in
                            html.add(.a, .href(action.at("field-" + field.name))) { html in
                                html.add(field.label)
                                html.add("：")
                                if let error = field.error { html.add(error) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A single button that acts at once: 确认, 下一步, 取消.
package struct ActionButton: Component {
    let action: Address
    let seal: FormSeal
    let title: Word
    let fields: [(String, String)]
    let isPrimary: Bool

    package init(_ title: Word, action: Address, seal: FormSeal, fields: [(String, String)] = [], isPrimary: Bool = false) {
        self.title = title
        self.action = action
        self.seal = seal
        self.fields = fields
        self.isPrimary = isPrimary
    }

    package func write(into html: inout HTML) {
        html.add(.form, .class("one-button"), .other("method", "post"), .action(action)) { html in
            html.add(seal)
            for (name, value) in fields { html.add(.input, .type("hidden"), .name(name), .value(value)) }
            html.add(.button, .classes("button", isPrimary ? "primary" : ""), text: title)
        }
    }
}
