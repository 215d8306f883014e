import Policy
import Values
import WebSupport

/// Where the texts do not agree, and what they leave open, over all programmes.
enum FindingPages {
    /// One programme with its discrepancies.
    struct Discrepancies: Sendable {
        let programme: Programme
        let found: [Discrepancy]
    }

    /// One programme with what it leaves open.
    struct Open: Sendable {
        let programme: Programme
        let points: [PolicyFinding]
        let papers: [MissingPaper]
    }

    static func discrepancies(_ all: [Discrepancies]) -> Page {
        let count = all.reduce(0) { $0 + $1.found.count }
        return Page(
            ProgrammeWords.discrepancies, lead: Word("共\(count)处，由程序比较得出", "\(count) found by comparing the texts"),
            crumbs: ProgrammePages.crumbs
        ) { html in
            for item in all where !item.found.isEmpty {
                html.add(
                    Sheet(Word(name: item.programme.title), note: Word("\(item.found.count) 处", "\(item.found.count)")) { html in
                        html.add(table(item))
                    })
            }
            if count == 0 { html.add(EmptyState(ProgrammeWords.noDiscrepancies, nextStep: ProgrammeWords.checkedAll)) }
        }
    }

    private static func table(_ item: Discrepancies) -> Table<Discrepancy> {
        func side(_ index: Int, _ row: Discrepancy, _ html: inout HTML) {
            guard row.sides.indices.contains(index) else { return }
            for side in index == 0 ? [row.sides[0]] : Array(row.sides.dropFirst()) {
                html.add(.p) { html in
                    html.add(side.quote)
                    html.add(.small) { html in
                        html.add(
                            Link(
                                Word("条款\(side.clause)", "clause \(side.clause)"),
                                ProgrammeAddress.programme(item.programme.id).at("clause-" + side.clause)))
                    }
                }
            }
        }
        return Table(
            caption: Word(
                "\(ProgrammeWords.discrepancies.chinese)：\(item.programme.title)",
                "\(ProgrammeWords.discrepancies.text(.english)): \(item.programme.title)"), rows: item.found,
            columns: [
                .status(ProgrammeWords.kind) { Badge(.caution, $0.kind.word) },
                Column(ProgrammeWords.oneSide, .wide) { html, row in side(0, row, &html) },
                Column(ProgrammeWords.otherSide, .wide) { html, row in side(1, row, &html) },
                .text(ProgrammeWords.message) { $0.message }, .text(ProgrammeWords.settle) { $0.settle },
            ])
    }

    /// One programme at a time: together they are hundreds of lines. Of the others only how many there are.
    static func openPoints(_ all: [Open], shown id: String?) -> Page {
        let listed = all.filter { !$0.points.isEmpty }
        let count = listed.reduce(0) { $0 + $1.points.count }
        return Page(ProgrammeWords.openPoints, lead: Word("共\(count)项", "\(count) in all"), crumbs: ProgrammePages.crumbs) { html in
            guard count > 0 else {
                html.add(EmptyState(ProgrammeWords.noOpenPoints, nextStep: ProgrammeWords.checkedAll))
                return
            }
            if listed.count > 1 { html.add(Sheet(ProgrammeWords.programmes) { html in html.add(choice(listed)) }) }
            if let item = listed.first(where: { $0.programme.id == id }) ?? (listed.count == 1 ? listed.first : nil) { points(item, &html) }
        }
    }

    private static func choice(_ all: [Open]) -> Table<Open> {
        Table(
            caption: ProgrammeWords.programmes, rows: all,
            columns: [
                .link(ProgrammeWords.programme) {
                    Link($0.programme.title, Address("open-points").with("programme", $0.programme.id).at("points"))
                },
                Column(ProgrammeWords.openPoints) { html, row in
                    html.add(ProgrammeWords.openCount(row.points.count, papers: row.papers.count))
                },
            ])
    }

    private static func points(_ item: Open, _ html: inout HTML) {
        html.add(.div, .id("points")) { html in
            html.add(
                Sheet(Word(name: item.programme.title), note: ProgrammeWords.openCount(item.points.count, papers: item.papers.count)) {
                    html in
                    html.add(
                        FindingsTable(
                            findings: item.points.filter { $0.code != "open.missing-paper" },
                            empty: EmptyState(ProgrammeWords.noOpenPoints, nextStep: ProgrammeWords.checkedAll)))
                    if !item.papers.isEmpty { papers(item, &html) }
                })
        }
    }

    private static func papers(_ item: Open, _ html: inout HTML) {
        html.add(.h3, text: ProgrammeWords.missingPapers)
        html.add(
            Table(
                caption: ProgrammeWords.missingPapers, rows: item.papers,
                columns: [
                    .text(ProgrammeWords.credential) { $0.title }, .text(ProgrammeWords.reason) { $0.why },
                    Column(ProgrammeWords.clause) { html, row in
                        html.add(Link(row.clause, ProgrammeAddress.programme(item.programme.id).at("clause-" + row.clause)))
                    },
                ]))
    }
}
