import Storage
import Values
import WebSupport

/// The pages of the journal.
enum JournalPages {
    static func list(_ entries: [JournalEntry], next: Int64?, names: SubjectNames, address: Address, query: Query) -> Page {
        Page(JournalWords.journal, lead: JournalWords.verifyNote) { html in
            html.add(
                WebSupport.Sheet(JournalWords.journal) { html in
                    if let subject = query["subject"], !subject.isEmpty {
                        html.add(
                            Padded { html in
                                html.add(.p, .class("prose")) { html in
                                    html.add(JournalWords.only)
                                    html.add(names.word(subject))
                                    html.add(" ")
                                    html.add(Link(JournalWords.whole, address.removing("subject").removing("after")))
                                }
                            })
                    }
                    html.add(table(entries, names))
                    html.add(Pagination(page: address, shown: entries.count, after: next.map { String($0) }))
                })
        }
    }

    private static func table(_ entries: [JournalEntry], _ names: SubjectNames) -> Table<JournalEntry> {
        Table(
            caption: JournalWords.journal, rows: entries,
            columns: [
                .link(JournalWords.action) { entry in Link(ActionWords.of(entry.action), Address("journal", entry.position)) },
                .text(JournalWords.number) { String($0.position) },
                Column(JournalWords.when, .day) { html, entry in html.add(entry.time) },
                .text(JournalWords.who) { DetailWords.actor($0.actor) },
                Column(JournalWords.subject, .wide) { html, entry in
                    if entry.subject.isEmpty {
                        html.add("—")
                    } else {
                        html.add(Link(names.word(entry.subject), Address("journal").with("subject", entry.subject)))
                    }
                },
                .text(JournalWords.reason) { $0.reason.isEmpty ? nil : $0.reason },
                .amount(JournalWords.opened) { Int($0.opened) },
                .amount(JournalWords.closed) { Int($0.closed) },
                Column(JournalWords.hash) { html, entry in html.add(.code, text: String(entry.hash.prefix(12))) },
            ], empty: EmptyState(JournalWords.noEntry, nextStep: JournalWords.noEntryNext))
    }

    static func entry(_ entry: JournalEntry, details: [(String, String)], names: SubjectNames) -> Page {
        Page(
            ActionWords.of(entry.action), lead: Word("日志第\(entry.position)条", "Entry \(entry.position)"),
            crumbs: [Link(JournalWords.journal, Address("journal"))]
        ) { html in
            var facts = DefinitionList()
            facts.add(JournalWords.when, entry.time)
            facts.add(JournalWords.who) { html in
                html.add(DetailWords.role(entry.role).in(DetailWords.actor(entry.actor).text(html.language), html.language))
            }
            facts.add(JournalWords.action) { html in
                html.add(ActionWords.of(entry.action))
                html.add(.small, text: entry.action)
            }
            facts.add(JournalWords.reason, entry.reason.isEmpty ? nil : entry.reason)
            facts.add(JournalWords.subject) { html in
                if entry.subject.isEmpty {
                    html.add("—")
                } else {
                    if let address = SubjectWords.address(entry.subject) {
                        html.add(Link(names.word(entry.subject), address))
                    } else {
                        html.add(names.word(entry.subject))
                    }
                    html.add(.p) { html in
                        html.add(Link(JournalWords.allAbout, Address("journal").with("subject", entry.subject)))
                    }
                }
            }
            facts.add(JournalWords.opened, Int(entry.opened))
            facts.add(JournalWords.closed, Int(entry.closed))
            facts.add(JournalWords.digest) { html in html.add(.code, text: entry.digest) }
            facts.add(JournalWords.previousHash) { html in html.add(.code, text: entry.previous) }
            facts.add(JournalWords.hash) { html in html.add(.code, text: entry.hash) }
            html.add(WebSupport.Sheet(JournalWords.entry) { html in html.add(facts) })
            guard !details.isEmpty else { return }
            var more = DefinitionList()
            for (name, text) in details { more.add(DetailWords.name(name), DetailWords.value(name, text)) }
            html.add(WebSupport.Sheet(JournalWords.detail) { html in html.add(more) })
        }
    }
}

extension Word {
    /// A name with this word behind it in brackets.
    fileprivate func `in`(_ name: String, _ language: Language) -> String {
        language == .chinese ? "\(name)（\(text(language))）" : "\(name) (\(text(language)))"
    }
}
