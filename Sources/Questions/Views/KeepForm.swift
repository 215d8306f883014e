import Enterprises
import Evidence
import Values
import WebSupport

/// Keeping the page under a name, and its addresses to send on.
struct KeepForm: Component {
    let question: Question
    let pinned: Question
    let form: QuestionForm?
    /// nil for those who may not keep views.
    let seal: FormSeal?
    let mayUseDesk: Bool

    func write(into html: inout HTML) {
        html.add(.div, .class("keep")) { html in sheet(&html) }
    }

    private func sheet(_ html: inout HTML) {
        html.add(
            Sheet(QuestionWords.keep) { html in
                if let seal {
                    html.add(Form(action: Address("questions", "views"), seal: seal, fields: fields, submit: QuestionWords.keepButton))
                }
                html.add(
                    Padded { html in
                        address(QuestionWords.address, QuestionAddress.of(pinned).with("as", form?.rawValue), &html)
                        address(QuestionWords.liveAddress, QuestionAddress.of(question).with("as", form?.rawValue), &html)
                    })
            })
    }

    private var fields: [FormField] {
        var fields = [FormField("title", QuestionWords.keepTitle, isRequired: true, hint: QuestionWords.keepHint)]
        if mayUseDesk { fields.append(FormField("desk", QuestionWords.keepOnDesk, .checkbox)) }
        fields.append(FormField("pin", QuestionWords.keepPinned, .checkbox))
        fields.append(.hidden("fact", question.fact))
        fields += question.items.map { .hidden($0.name, $0.value) }
        if let position = pinned.known { fields.append(.hidden("position", String(position))) }
        if let form { fields.append(.hidden("as", form.rawValue)) }
        return fields
    }

    /// A field to copy from; the script puts the server's name before it.
    private func address(_ label: Word, _ address: Address, _ html: inout HTML) {
        let name = html.uniqueName("address")
        html.add(.p, .class("address")) { html in
            html.add(.label, .label(for: name), text: label)
            html.add(
                .input, .type("text"), .id(name), .value(address.description), .flag("readonly"), .other("data-address", ""))
        }
    }
}
