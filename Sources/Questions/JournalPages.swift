import Storage
import Values
import WebSupport

/// The pages of the journal.
enum JournalPages {
    static func list(_ entries: [JournalEntry], next: Int64?, subject: String?, address: Address, query: Query) -> Page {
        Page(QuestionWords.journal, lead: QuestionWords.verifyNote) { html in
            html.add(
                WebSupport.Sheet(QuestionWords.journal) { html in
                    html.add(
                        Filter(
                            page: address, query: query,
                            fields: [FormField("subject", QuestionWords.subject, .search, hint: QuestionWords.subjectHint)]))
                    html.add(table(entries))
                    html.add(Pagination(page: address, shown: entries.count, after: next.map { String($0) }))
                })
        }
    }

    private static func table(_ entries: [JournalEntry]) -> Table<JournalEntry> {
        Table(
            caption: QuestionWords.journal, rows: entries,
            columns: [
                .link(QuestionWords.action) { entry in Link(ActionWords.of(entry.action), Address("journal", entry.position)) },
                .text(QuestionWords.number) { String($0.position) },
                Column(QuestionWords.when, .day) { html, entry in html.add(entry.time) },
                .text(QuestionWords.who) { $0.actor },
                .text(QuestionWords.reason) { $0.reason.isEmpty ? nil : $0.reason },
                .text(QuestionWords.subject) { $0.subject.isEmpty ? nil : $0.subject },
                .amount(QuestionWords.opened) { Int($0.opened) },
                .amount(QuestionWords.closed) { Int($0.closed) },
                .text(QuestionWords.hash) { String($0.hash.prefix(12)) },
            ], empty: EmptyState(QuestionWords.noEntry, nextStep: QuestionWords.noEntryNext))
    }

    static func entry(_ entry: JournalEntry, details: [(String, String)]) -> Page {
        Page(
            ActionWords.of(entry.action), lead: Word("日志第\(entry.position)条", "Entry \(entry.position)"),
            crumbs: [Link(QuestionWords.journal, Address("journal"))]
        ) { html in
            var facts = DefinitionList()
            facts.add(QuestionWords.when, entry.time)
            facts.add(QuestionWords.who, "\(entry.actor)（\(entry.role)）")
            facts.add(QuestionWords.action, entry.action)
            facts.add(QuestionWords.reason, entry.reason.isEmpty ? nil : entry.reason)
            facts.add(QuestionWords.subject) { html in
                if entry.subject.isEmpty {
                    html.add("—")
                } else {
                    html.add(Link(entry.subject, Address("journal").with("subject", entry.subject)))
                }
            }
            facts.add(QuestionWords.opened, Int(entry.opened))
            facts.add(QuestionWords.closed, Int(entry.closed))
            facts.add(QuestionWords.digest) { html in html.add(.code, text: entry.digest) }
            facts.add(QuestionWords.previousHash) { html in html.add(.code, text: entry.previous) }
            facts.add(QuestionWords.hash) { html in html.add(.code, text: entry.hash) }
            html.add(WebSupport.Sheet(QuestionWords.entry) { html in html.add(facts) })
            guard !details.isEmpty else { return }
            var more = DefinitionList()
            for (name, text) in details { more.add(Word(name), text) }
            html.add(WebSupport.Sheet(QuestionWords.detail) { html in html.add(more) })
        }
    }
}
