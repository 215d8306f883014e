package import Values

/// The phases of a programme side by side, as long as they last, with a red line at today.
/// A phase from its first to its last day, both included.
package struct PhaseStrip: Component, Sendable {
    package struct Phase: Sendable {
        package let title: Word
        package let detail: Word?
        package let from: Day
        package let to: Day

        package init(_ title: Word, detail: Word? = nil, from: Day, to: Day) {
            self.title = title
            self.detail = detail
            self.from = from
            self.to = to
        }
    }

    package let phases: [Phase]
    package let today: Day

    /// Phases follow each other in time.
    package init(_ phases: [Phase], today: Day) {
        self.phases = phases
        self.today = today
    }

    package func write(into html: inout HTML) {
        let widths = PhaseStrip.widths(phases)
        html.add(.div, .class("sheet phases")) { html in
            html.add(.div, .class("strip")) { html in
                html.add(.table, .role("presentation")) { html in
                    html.add(.colgroup) { html in for width in widths { html.add(.col, .number("width", width, percent: true)) } }
                    html.add(.tbody) { html in
                        html.add(.tr) { html in for phase in phases { write(phase, into: &html) } }
                    }
                }
                if let place = place(of: today, widths) {
                    html.add(.svg, .class("now"), .decorative, .number("width", 100, percent: true), .number("height", 100, percent: true))
                    { html in
                        html.add(
                            .line, .number("x1", place, percent: true), .number("x2", place, percent: true), .number("y1", 0),
                            .number("y2", 100, percent: true))
                    }
                }
            }
        }
    }

    private func write(_ phase: Phase, into html: inout HTML) {
        let (state, word): (String, Word) =
            phase.to < today ? ("done", WebWords.done) : phase.from > today ? ("ahead", WebWords.ahead) : ("running", WebWords.running)
        html.add(.td, .classes(state)) { html in
            html.add(.strong, text: phase.title)
            if let detail = phase.detail { html.add(.span, text: detail) }
            html.add(.small) { html in
                html.add(.time, text: phase.from)
                html.add(" — ")
                html.add(.time, text: phase.to)
            }
            html.add(.small, .class("state"), text: word)
        }
    }

    /// Shares of the width in percent, by days, but none so narrow that its title cannot be read.
    static func widths(_ phases: [Phase]) -> [Double] {
        let days = phases.map { Double(max($0.to.number - $0.from.number + 1, 1)) }
        let total = max(days.reduce(0, +), 1)
        let raised = days.map { max($0 / total * 100, min(11, 100 / Double(max(days.count, 1)))) }
        let sum = max(raised.reduce(0, +), 1)
        return raised.map { $0 / sum * 100 }
    }

    private func place(of day: Day, _ widths: [Double]) -> Double? {
        var left = 0.0
        for (phase, width) in zip(phases, widths) {
            if day <= phase.to, day >= phase.from {
                let days = Double(max(phase.to.number - phase.from.number + 1, 1))
                return left + width * (Double(day.number - phase.from.number) + 0.5) / days
            }
            left += width
        }
        return nil
    }
}
