import Values

/// A field with its label, hint and error, joined for assistive technology.
struct FieldRow: Component {
    let field: FormField
    var marksRequired = true
    /// What a select says where nothing is chosen.
    var nothing = WebWords.chooseOne

    private var id: String { "field-" + field.name }
    private var describedBy: Attribute? {
        let names = [field.hint == nil ? nil : id + "-hint", field.error == nil ? nil : id + "-error"].compactMap { $0 }
        return names.isEmpty ? nil : .describedBy(names.joined(separator: " "))
    }
    private var invalid: Attribute? { field.error == nil ? nil : .other("aria-invalid", "true") }
    private var value: String { field.values.first ?? "" }

    func write(into html: inout HTML) {
        if field.isHidden {
            for value in field.values { html.add(.input, .type("hidden"), .name(field.name), .value(value)) }
        } else if field.isGroup {
            html.add(.fieldset, .id(id), .classes("field", field.error == nil ? "" : "wrong"), describedBy) { html in
                html.add(.legend) { html in label(&html) }
                notes(&html)
                html.add(.div, .class("choices")) { html in control(&html) }
            }
        } else if case .checkbox = field.kind {
            html.add(.div, .classes("field", field.error == nil ? "" : "wrong")) { html in
                html.add(.div, .class("choices")) { html in option("yes", field.label, type: "checkbox", id: id, &html) }
                notes(&html)
            }
        } else {
            html.add(.div, .classes("field", field.error == nil ? "" : "wrong")) { html in
                html.add(.label, .label(for: id)) { html in label(&html) }
                notes(&html)
                html.add(.div, .class("control")) { html in
                    control(&html)
                    if let unit = field.unit { html.add(.span, .class("unit"), text: unit) }
                }
            }
        }
    }

    private func label(_ html: inout HTML) {
        html.add(field.label)
        if field.isRequired, marksRequired { html.add(.small, .class("required"), text: WebWords.required) }
    }

    private func notes(_ html: inout HTML) {
        if let hint = field.hint { html.add(.p, .class("hint"), .id(id + "-hint"), text: hint) }
        if let error = field.error {
            html.add(.p, .class("error"), .id(id + "-error")) { html in
                html.add(.span, .class("sign"), .decorative, text: Badge.Tone.bad.sign)
                html.add(error)
            }
        }
    }

    private func control(_ html: inout HTML) {
        switch field.kind {
        case .text: input("text", &html)
        case .password(let isNew): input("password", &html, .other("autocomplete", isNew ? "new-password" : "current-password"))
        case .accountName: input("text", &html, .other("autocomplete", "username"), .other("autocapitalize", "none"))
        case .onceCode: input("text", &html, .other("inputmode", "numeric"), .other("autocomplete", "one-time-code"))
        case .search: input("search", &html)
        case .number: input("text", &html, .other("inputmode", "decimal"), .class("amount"))
        case .day: input("date", &html)
        case .file(let accepts, let several): file(accepts, several, &html)
        case .textarea(let rows):
            html.add(.textarea, .id(id), .name(field.name), .number("rows", Double(rows)), required, describedBy, invalid) { html in
                // A first line end is eaten by the parser, so one is given away.
                html.add("\n" + value)
            }
        case .select(let choices): select(choices, &html)
        case .radio(let choices): for choice in choices { option(choice.value, choice.label, type: "radio", id: nil, &html) }
        case .checkboxes(let choices): for choice in choices { option(choice.value, choice.label, type: "checkbox", id: nil, &html) }
        case .checkbox, .hidden: break
        }
    }

    private var required: Attribute? { .flag("required", field.isRequired) }

    private func input(_ type: StaticString, _ html: inout HTML, _ more: Attribute?...) {
        html.add(
            .input, .type(type), .id(id), .name(field.name), .value(value), required, describedBy, invalid, more.first ?? nil,
            more.count > 1 ? more[1] : nil)
    }

    private func file(_ accepts: String, _ several: Bool, _ html: inout HTML) {
        html.add(
            .input, .type("file"), .id(id), .name(field.name), .other("accept", accepts), .flag("multiple", several), required, describedBy,
            invalid)
    }

    private func select(_ choices: [FormField.Choice], _ html: inout HTML) {
        html.add(.select, .id(id), .name(field.name), required, describedBy, invalid) { html in
            if !field.isRequired || value.isEmpty { html.add(.option, .value(""), text: nothing) }
            for choice in choices {
                html.add(.option, .value(choice.value), .flag("selected", choice.value == value), text: choice.label)
            }
        }
    }

    private func option(_ value: String, _ label: Word, type: StaticString, id: String?, _ html: inout HTML) {
        html.add(.label) { html in
            html.add(
                .input, .type(type), id.map(Attribute.id), .name(field.name), .value(value),
                .flag("checked", field.values.contains(value)), invalid)
            html.add(.span, text: label)
        }
    }
}
