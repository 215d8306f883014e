package import Policy
import Values
package import WebSupport

/// The released figures of a programme in a table: for leaders, and for the public.
package struct ReleasedFigures: Component, Sendable {
    package let programme: Programme
    package let figures: [ReleasedFigure]
    /// Where a target has a page of its own for this reader.
    private let opens: @Sendable (Target) -> Address?

    package init(_ programme: Programme, _ figures: [ReleasedFigure], opens: @escaping @Sendable (Target) -> Address? = { _ in nil }) {
        self.programme = programme
        self.opens = opens
        // In the order of the document; a figure of a target that the document no longer has is about nothing.
        let order = Dictionary(programme.targets.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
        self.figures = figures.filter { order[$0.latest.target] != nil }.sorted { left, right in
            let (first, second) = (order[left.latest.target] ?? 0, order[right.latest.target] ?? 0)
            if first != second { return first < second }
            return (left.latest.period.to?.number ?? 0, left.latest.figure) > (right.latest.period.to?.number ?? 0, right.latest.figure)
        }
    }

    package func write(into html: inout HTML) {
        html.add(
            Table(
                caption: TargetWords.released, rows: figures,
                columns: [
                    Column(TargetWords.target, .wide) { html, row in
                        guard let target = programme.target(row.latest.target) else { return }
                        if let address = opens(target) {
                            html.add(Link(target.title, address))
                        } else {
                            html.add(.strong, text: target.title)
                        }
                        html.add(.small, text: target.text)
                        html.add(.small, text: Word("条款 \(target.clause)", "clause \(target.clause)"))
                    },
                    .text(TargetWords.goalValue) { row in programme.target(row.latest.target).map(Self.goal) },
                    .text(TargetWords.period) { $0.latest.period.text },
                    .amount(TargetWords.value) { $0.latest.text },
                    Column(TargetWords.source) { html, row in
                        html.add(row.latest.subject.isEmpty ? row.latest.source.word : Word(name: row.latest.subject))
                        let paper = [row.latest.reporter, row.latest.document].filter { !$0.isEmpty }.joined(separator: " ")
                        if !paper.isEmpty { html.add(.small, text: paper) }
                    },
                    Column(TargetWords.releasedOn) { html, row in
                        html.add(.time, text: row.latest.releasedOn)
                        for earlier in row.corrected {
                            html.add(.small, text: TargetWords.correctedFrom(earlier.releasedOn, earlier.text))
                        }
                    },
                ], empty: EmptyState(TargetWords.nothingReleased, nextStep: TargetWords.nothingReleasedNext)))
    }

    private static func goal(_ target: Target) -> Word {
        if let rank = target.rank { return Word((target.among ?? "") + "第\(rank)位") }
        guard let goal = target.goal, let comparison = target.comparison else { return target.kind.word }
        return Word(name: StandingText.sign(comparison) + " " + goal.shown(atMost: 6) + StandingText.attached(target.unit ?? ""))
    }
}

extension TargetPages {
    /// /targets/released: what has been released, programme by programme.
    static func released(_ groups: [(programme: Programme, figures: [ReleasedFigure])]) -> Page {
        Page(
            TargetWords.released, lead: TargetWords.releasedLead, crumbs: [Link(TargetWords.targets, Address("targets"))]
        ) { html in
            if groups.isEmpty { html.add(EmptyState(TargetWords.noProgramme, nextStep: TargetWords.noProgrammeNext)) }
            for (programme, figures) in groups {
                html.add(
                    Sheet(Word(name: programme.title), links: [Link(TargetWords.toProgrammes, Address("programmes", programme.id))]) {
                        html in
                        html.add(ReleasedFigures(programme, figures) { Address("targets", programme.id, $0.id) })
                    })
            }
        }
    }
}
