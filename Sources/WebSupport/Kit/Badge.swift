package import Values

/// A state in a word, with a sign before it, so that colour is never the only difference (WCAG 2.2, 1.4.1).
package struct Badge: Component, Sendable {
    /// What the state means to the reader; `bad` is kept for what needs a person.
    package enum Tone: String, Sendable, CaseIterable {
        case neutral, good, caution, bad, info

        var sign: String {
            switch self {
            case .neutral: ""
            case .good: "✓"
            case .caution: "!"
            case .bad: "✕"
            case .info: "i"
            }
        }
    }

    package let tone: Tone
    package let text: Word

    package init(_ tone: Tone, _ text: Word) {
        self.tone = tone
        self.text = text
    }

    package func write(into html: inout HTML) {
        html.add(.span, .classes("badge", tone.rawValue)) { html in
            if !tone.sign.isEmpty { html.add(.span, .class("sign"), .decorative, text: tone.sign) }
            html.add(text)
        }
    }
}

/// How far a figure has come on its way to the public; who released it is said beside it.
package enum FigureState: Sendable, Hashable {
    /// 待核
    case unreviewed
    /// 已审核
    case reviewed(by: String)
    /// 已发布
    case published(by: String, on: Day)

    var badge: Badge {
        switch self {
        case .unreviewed: Badge(.caution, WebWords.unreviewed)
        case .reviewed(let name): Badge(.info, FigureState.word(WebWords.reviewed, name))
        case .published(let name, let day): Badge(.good, FigureState.word(WebWords.published, "\(name) \(day)"))
        }
    }

    private static func word(_ state: Word, _ by: String) -> Word {
        Word("\(state.text(.chinese)) · \(by)", "\(state.text(.english)) · \(by)")
    }
}
