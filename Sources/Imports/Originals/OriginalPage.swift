import Storage
import Values
import WebSupport

/// One kept file: what it is, what uses it, and the form that erases it.
enum OriginalPage {
    static var fields: [FormField] {
        [FormField("reason", OriginalWords.reason, .text, isRequired: true, hint: OriginalWords.reasonHint)]
    }

    /// - Parameter seal: nil where the reader may not erase.
    static func page(
        _ original: KeptOriginal, _ uses: [OriginalUse], isServer: Bool, fields: [FormField], notices: [Notice], seal: FormSeal?
    ) -> Page {
        let isErased = original.erasure != nil
        let badge = isErased ? Badge(.neutral, OriginalWords.isErased) : Badge(.good, OriginalWords.isKept)
        let said = isErased ? [Notice(.info, OriginalWords.erased(original))] : []
        return Page(
            Word(original.name), lead: OriginalWords.original, badge: badge,
            actions: isErased ? [] : [Link(OriginalWords.download, Address("originals", original.sha256, "file"), look: .button)],
            notices: notices + said
        ) { html in
            var facts = DefinitionList()
            facts.add(OriginalWords.sha) { html in html.add(.code, text: original.sha256) }
            facts.add(OriginalWords.size, size(original))
            facts.add(OriginalWords.kept) { html in
                guard let entry = original.kept else { return html.add("—") }
                html.add(Link("\(entry.time.day)，\(entry.actor)", Address("journal", entry.position)))
            }
            if let entry = original.erased {
                facts.add(OriginalWords.isErased) { html in
                    html.add(Link(original.erasedNote ?? "", Address("journal", entry.position)))
                }
            }
            html.add(Sheet(OriginalWords.original) { html in html.add(facts) })
            html.add(Sheet(OriginalWords.uses) { html in html.add(table(uses)) })
            guard !isErased, let seal else { return }
            html.add(Sheet(OriginalWords.erase) { html in erase(original, uses, isServer, fields, seal, &html) })
        }
    }

    private static func table(_ uses: [OriginalUse]) -> Table<OriginalUse> {
        Table(
            caption: OriginalWords.uses, rows: uses,
            columns: [
                .text(OriginalWords.state) { $0.label },
                .link(OriginalWords.record) { use in
                    Link(use.title, use.path.reduce(Address()) { $0.appending($1) })
                },
            ],
            empty: EmptyState(OriginalWords.noUse, nextStep: OriginalWords.noUseNext))
    }

    private static func erase(
        _ original: KeptOriginal, _ uses: [OriginalUse], _ isServer: Bool, _ fields: [FormField], _ seal: FormSeal, _ html: inout HTML
    ) {
        guard !uses.contains(where: \.isNeeded) else {
            return html.add(Padded { html in html.add(.p, text: OriginalWords.needed) })
        }
        html.add(
            Padded { html in
                html.add(.ul) { html in
                    html.add(.li, text: OriginalWords.goes)
                    html.add(.li, text: OriginalWords.stays)
                    html.add(.li, text: OriginalWords.apart)
                    if isServer { html.add(.li, text: OriginalWords.server) }
                }
            })
        html.add(
            Form(
                action: Address("originals", original.sha256, "erase"), seal: seal, fields: fields, submit: OriginalWords.eraseNow,
                isGrave: true))
    }

    static func size(_ original: KeptOriginal) -> Word {
        let count = NumberText.grouped(Int(original.size))
        return Word("\(count) 字节", "\(count) bytes")
    }
}
