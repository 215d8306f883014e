package import Values

/// A few fields that lead to another address: what the page's address already says goes along.
package struct QueryForm: Component {
    let page: Address
    let fields: [FormField]
    let submit: Word
    /// Whether fields that must be filled say so; selects that always hold a value need not.
    let marksRequired: Bool

    package init(page: Address, fields: [FormField], submit: Word, marksRequired: Bool = true) {
        self.page = page
        self.fields = fields
        self.submit = submit
        self.marksRequired = marksRequired
    }

    package func write(into html: inout HTML) {
        let names = Set(fields.map(\.name))
        html.add(.form, .class("filter"), .other("method", "get"), .action(page.removingQuery())) { html in
            for item in page.items where !names.contains(item.name) && item.name != "after" {
                html.add(.input, .type("hidden"), .name(item.name), .value(item.value))
            }
            for field in fields { FieldRow(field: field, marksRequired: marksRequired).write(into: &html) }
            html.add(.p, .class("buttons")) { html in html.add(.button, .class("button"), text: submit) }
        }
    }
}
