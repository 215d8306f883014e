package import Policy
package import Values
package import WebSupport

/// / (工作台): where the programme stands today, what waits for a person, the first targets, what came in lately.
package struct DeskPage: Sendable {
    /// The programme that is shown; nil before one is adopted.
    package let programme: Programme?
    /// The targets shown first.
    package let standings: [Standing]
    package let items: [DeskItem]
    package let recent: [RecentPublication]
    /// What somebody put on the desk to see at a glance.
    package let charts: [DeskChart]
    package let importing: Address
    package let today: Day

    /// No more targets than these stand on the desk.
    static let mostTargets = 7

    package init(
        programme: Programme?, standings: [Standing], items: [DeskItem], recent: [RecentPublication], charts: [DeskChart] = [],
        importing: Address, today: Day
    ) {
        self.programme = programme
        self.standings = standings
        self.items = DeskItem.shown(items)
        self.recent = recent
        self.charts = charts
        self.importing = importing
        self.today = today
    }

    package var page: Page {
        let desk = self
        return Page(TargetWords.desk, lead: lead, actions: [Link(TargetWords.importFirst, importing, look: .primary)]) { html in
            if !desk.phases.isEmpty { html.add(PhaseStrip(desk.phases, today: desk.today)) }
            html.add(Columns(main: { html in desk.main(&html) }, side: { html in desk.side(&html) }))
        }
    }

    private func main(_ html: inout HTML) {
        if let programme {
            let links = [Link(TargetWords.allTargets, Address("targets").at(programme.id))]
            html.add(
                Sheet(TargetWords.targets, note: TargetWords.targetsLead, links: links) { html in
                    html.add(TargetTable(standings: standings))
                })
        } else {
            html.add(Sheet(TargetWords.targets) { html in html.add(TargetPages.noProgramme) })
        }
        guard !charts.isEmpty else { return }
        html.add(.div, .class("desk-charts")) { html in
            for chart in charts {
                html.add(Sheet(chart.title, links: [Link(TargetWords.openChart, chart.address)], content: chart.content))
            }
        }
    }

    private func side(_ html: inout HTML) {
        html.add(
            Sheet(TargetWords.work, note: items.isEmpty ? nil : Word(String(items.count))) { html in
                if items.isEmpty {
                    html.add(EmptyState(TargetWords.noWork, nextStep: TargetWords.noWorkNext))
                } else {
                    html.add(
                        WorkList(
                            items.map { item in
                                WorkList.Item(
                                    item.title, detail: TargetWords.waitingLine(item.count, due: item.due), badge: badge(item),
                                    address: item.address,
                                    action: item.action)
                            }))
                }
            })
        html.add(
            Sheet(TargetWords.recent) { html in
                if recent.isEmpty {
                    html.add(
                        EmptyState(
                            TargetWords.noRecent, nextStep: TargetWords.noRecentNext,
                            action: Link(TargetWords.importFirst, importing, look: .primary)))
                } else {
                    html.add(
                        WorkList(
                            recent.map { publication in
                                WorkList.Item(
                                    Word(name: publication.title),
                                    detail: Word(
                                        [publication.day?.description, publication.detail].compactMap { $0 }.joined(separator: " · ")),
                                    address: publication.address)
                            }))
                }
            })
    }

    private func badge(_ item: DeskItem) -> Badge? {
        guard let due = item.due, due < today else { return nil }
        return Badge(.bad, TargetWords.overdue(today.number - due.number))
    }

    // MARK: Phases

    /// Phases whose end the text says; one without a first day begins with the document.
    var phases: [PhaseStrip.Phase] {
        guard let programme else { return [] }
        return programme.phases.compactMap { phase in
            guard let to = phase.to.value else { return nil }
            if let from = phase.from.value { return PhaseStrip.Phase(Word(name: phase.label), from: from, to: to) }
            guard let issued = programme.source.date.value, issued <= to else { return nil }
            return PhaseStrip.Phase(Word(name: phase.label), detail: TargetWords.phaseStartOpen, from: issued, to: to)
        }
    }

    /// Who issued the programme and when, and how far its running phase has come.
    private var lead: Word? {
        guard let programme else { return nil }
        var parts = [programme.title]
        if let issuer = programme.source.issuer.value, let date = programme.source.date.value {
            parts.append(TargetWords.issued(issuer, date.description))
        }
        if let phase = programme.phases.first(where: {
            ($0.from.value ?? .init(number: .max)) <= today && ($0.to.value ?? .init(number: .min)) >= today
        }),
            let from = phase.from.value, let to = phase.to.value
        {
            parts.append(TargetWords.phaseDay(phase.label, today.number - from.number + 1, to.number - today.number))
        }
        return Word(parts.joined(separator: " · "))
    }
}
