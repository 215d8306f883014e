package import Values

/// Work that may take longer than a page waits (后台任务): a long question, the reading of a large file. It belongs to the process that
/// began it; any process on the store can show it and stop it.
package struct Job: Sendable {
    package enum State: Sendable, Equatable {
        case waiting, running, finished, cancelled
        /// Its process is gone, and nothing of it was written.
        case brokenOff
        case failed(Failure)
    }

    package let id: String
    package let wish: JobWish
    package internal(set) var state: State
    package internal(set) var told: JobProgress.Told

    /// Whether it is still to be done.
    package var isOpen: Bool { state == .waiting || state == .running }

    package init(id: String, wish: JobWish, state: State, told: JobProgress.Told = JobProgress.Told()) {
        self.id = id
        self.wish = wish
        self.state = state
        self.told = told
    }
}

/// What is to be done, and for whom.
package struct JobWish: Sendable, Hashable {
    /// `question`, `import.check`.
    package let kind: String
    /// What it is about: the page that shows the answer, `import/7`.
    package let subject: String
    /// What else it depends on, also whose it is where that matters: the same kind, subject and choices find the same.
    package let choices: String
    /// In one line, for whoever waits.
    package let title: String
    package let actor: Actor
    /// The journal's head when it was asked for.
    package let position: Int64
    /// Whether it takes a place among the few that are worked on at once.
    package let isLong: Bool

    package init(
        _ kind: String, _ subject: String, choices: String = "", title: String = "", actor: Actor, position: Int64, isLong: Bool
    ) {
        self.kind = kind
        self.subject = subject
        self.choices = choices
        self.title = title
        self.actor = actor
        self.position = position
        self.isLong = isLong
    }

    /// Whether it asks for the same.
    func isSame(as other: JobWish) -> Bool {
        kind == other.kind && subject == other.subject && choices == other.choices
    }
}
