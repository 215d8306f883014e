import Enterprises
import Foundation
import Policy
import Values
package import WebSupport

/// What the reader of a target may do with its figures: forms are sealed for those alone who may send them.
package struct FigureSeals: Sendable {
    /// nil for readers who may not enter figures.
    package let stating: FormSeal?
    /// nil for readers who may neither review nor release.
    package let releasing: FormSeal?
    /// Who states the figure, where the reader is of another department.
    package let statedBy: String?

    package init(stating: FormSeal? = nil, releasing: FormSeal? = nil, statedBy: String? = nil) {
        self.stating = stating
        self.releasing = releasing
        self.statedBy = statedBy
    }

    /// What leads to a first figure.
    var nextStep: Word {
        stating == nil ? TargetWords.statedBy(statedBy ?? Role.programmeOffice.title.chinese) : TargetWords.noFiguresNext
    }
}

/// /targets/{programme}/{target}: what the text says, how it stands period by period, the superior's figure beside ours with the rows.
package struct TargetDetailPage: Sendable {
    package let standing: Standing
    package let programmeTitle: String
    package let rows: ShownRows?
    /// What released figures said and say, by number.
    package let published: [Int64: PublishedFigure]
    package let seals: FigureSeals
    package var fields: [FormField]

    package init(
        standing: Standing, programmeTitle: String, rows: ShownRows?, published: [PublishedFigure], seals: FigureSeals,
        fields: [FormField]? = nil
    ) {
        self.standing = standing
        self.programmeTitle = programmeTitle
        self.rows = rows
        self.published = Dictionary(published.map { ($0.figure.id.number, $0) }, uniquingKeysWith: { first, _ in first })
        self.seals = seals
        self.fields = fields ?? FigureForm.fields(standing.target)
    }

    private var text: StandingText { StandingText(standing: standing) }

    package var page: Page {
        let page = self
        return Page(
            Word(name: standing.target.title), lead: Word(name: programmeTitle), badge: text.badge,
            crumbs: [Link(TargetWords.targets, Address("targets").at(standing.programme))],
            notices: standing.notes.map { Notice(.info, Word($0)) }
        ) { html in
            html.add(FigureStrip(page.figures))
            html.add(Sheet(TargetWords.inOwnWords) { html in html.add(page.facts) })
            if !page.standing.judgement.periods.isEmpty { html.add(Sheet(TargetWords.periods) { html in html.add(page.periods) }) }
            if !page.standing.judgement.others.isEmpty { html.add(Sheet(TargetWords.others) { html in html.add(page.others) }) }
            page.superior(&html)
            page.evidence(&html)
            page.stated(&html)
        }
    }

    private var figures: [Figure] {
        var figures = [text.now]
        for reading in standing.readings {
            guard let value = reading.value.value else { continue }
            figures.append(text.figure(Word("\(TargetWords.otherReadings.chinese)：\(reading.label.chinese)"), value, of: reading.value))
        }
        if let superior = standing.superior {
            figures.append(
                text.figure(TargetWords.theirs, superior.superior.value.decimal, of: PeriodValue(superior.superior)))
        }
        return figures
    }

    private var facts: DefinitionList {
        let target = standing.target
        var list = DefinitionList()
        list.add(TargetWords.clause, target.clause)
        list.add(TargetWords.inOwnWords, target.text)
        list.add(TargetWords.kind, target.kind.word)
        list.add(TargetWords.goal, Word(text.goal))
        list.add(TargetWords.due, text.due)
        list.add(TargetWords.owner, text.ownerWord)
        list.add(TargetWords.baseline, baseline)
        if !target.path.isEmpty {
            list.add(
                TargetWords.path,
                target.path.map { "\($0.on) \($0.value.shown(atMost: 6))\(text.unit)（\($0.clause)）" }.joined(separator: "；"))
        }
        if let expected = standing.judgement.expected {
            list.add(TargetWords.progress, TargetWords.expected(expected.shown(atMost: 2), text.unit))
        }
        for remark in text.remarks { list.add(TargetWords.verdict, remark) }
        if let gap = text.gapSentence { list.add(TargetWords.missing, gap) }
        list.add(TargetWords.openPoint, target.open)
        if let legal = target.legal { list.add(TargetWords.legal, "\(legal.standing.word.chinese)：\(legal.reason)") }
        return list
    }

    private var baseline: (any Written)? {
        switch standing.target.baseline {
        case .said(let value, let date, let clause): "\(value.shown(atMost: 6))\(text.unit) \(date.value?.description ?? "")（\(clause)）"
        case .open: TargetWords.baselineOpen
        case nil: TargetWords.dueOpen
        }
    }

    private var periods: Table<JudgedPeriod> {
        let text = text
        return Table(
            caption: TargetWords.periods, rows: standing.judgement.periods.reversed(),
            columns: [
                .text(TargetWords.period) { $0.value.period.text },
                .text(TargetWords.sampling) { $0.value.group },
                Column(TargetWords.value, .amount) { html, row in
                    let value = row.value.value
                    html.add((value.map { text.plain($0, of: row.value) } ?? Figure(TargetWords.value, nil)).inline)
                },
                .amount(TargetWords.sample) { $0.value.n > 0 ? Int($0.value.n) : nil },
                .text(TargetWords.interval) { $0.interval.map(StandingText.interval).map { "\($0.low)%～\($0.high)%" } },
                .status(TargetWords.verdict) { $0.verdict.severity == nil ? nil : StandingText.badge($0.verdict) },
            ])
    }

    private var others: Table<JudgedOther> {
        let text = text
        return Table(
            caption: TargetWords.others, rows: standing.judgement.others,
            columns: [
                .text(TargetWords.body) { $0.name },
                Column(TargetWords.value, .amount) { html, row in
                    if let value = row.value, let number = value.value {
                        html.add(text.figure(TargetWords.value, number, of: value).inline)
                    } else {
                        html.add(TargetWords.notEntered)
                    }
                },
                .status(TargetWords.verdict) { $0.verdict.severity == nil ? nil : StandingText.badge($0.verdict) },
            ])
    }

    /// The two figures, their difference, and that they are of one period.
    private func superior(_ html: inout HTML) {
        guard let comparison = standing.superior else { return }
        let text = text
        html.add(
            Sheet(TargetWords.superior, note: comparison.isSamePeriod ? nil : TargetWords.otherPeriod) { html in
                var list = DefinitionList()
                list.add(TargetWords.ours) { html in
                    if let ours = comparison.ours, let value = ours.value {
                        html.add(text.figure(TargetWords.ours, value, of: ours).inline)
                    } else {
                        html.add("—")
                    }
                }
                list.add(TargetWords.theirs) { html in
                    html.add(
                        text.figure(TargetWords.theirs, comparison.superior.value.decimal, of: PeriodValue(comparison.superior)).inline)
                }
                list.add(TargetWords.document, "\(comparison.superior.reporter) \(comparison.superior.document)")
                list.add(
                    TargetWords.difference,
                    comparison.difference.map {
                        let number = ($0 > 0 ? "+" : "") + $0.shown(atMost: 2) + " "
                        return Word(number + text.points.chinese, number + text.points.text(.english))
                    })
                html.add(list)
            })
    }

    private func evidence(_ html: inout HTML) {
        guard let rows, let question = standing.superior?.ours?.question ?? standing.question else { return }
        let indices = Array(rows.rows.indices)
        html.add(
            Sheet(
                TargetWords.rows, note: standing.superior == nil ? nil : TargetWords.rowsNote,
                links: [
                    Link(TargetWords.openQuestion, QuestionAddress.of(question, known: standing.position)),
                    Link(TargetWords.export, text.address.appending("rows").with("known", standing.position)),
                ]
            ) { html in
                html.add(
                    Table(
                        caption: TargetWords.rows, rows: indices,
                        columns: rows.filled.map { column in
                            Column(rows.headings[column], rows.isLong(column) ? .wide : .text) { html, row in
                                html.add(rows.rows[row][column])
                            }
                        }, phone: .scrolled))
            })
    }

    private func stated(_ html: inout HTML) {
        html.add(.div, .id("figures")) { html in
            html.add(
                Sheet(TargetWords.figures) { html in
                    html.add(
                        Table(
                            caption: TargetWords.figures, rows: standing.figures,
                            columns: FigureTable.columns(seal: seals.releasing, published: published),
                            empty: EmptyState(TargetWords.noFigures, nextStep: seals.nextStep)))
                    if let seal = seals.stating, standing.question != nil {
                        html.add(
                            Padded { html in
                                html.add(ActionButton(TargetWords.submitOwn, action: text.address.appending("own"), seal: seal))
                            })
                    }
                })
        }
        guard let seal = seals.stating, standing.target.kind != .qualitative else { return }
        html.add(
            Sheet(TargetWords.record) { html in
                html.add(Form(action: text.address.appending("figures"), seal: seal, fields: fields, submit: TargetWords.recordSubmit))
            })
    }
}
