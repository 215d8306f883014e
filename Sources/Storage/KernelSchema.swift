extension Schema {
    /// Journal, kept originals, once-only requests, counters and settings: what every store has.
    package static let kernel = Schema(
        migrations: [
            Migration(
                "kernel-0001",
                [
                    """
                    create table journal (
                        position {id}, time {int} not null, day {text} not null, actor {text} not null, role {text} not null,
                        action {text} not null, subject {text} not null, reason {text} not null, detail {text} not null,
                        opened {int} not null, closed {int} not null, digest {text} not null, previous {text} not null, hash {text} not null
                    ) {strict}
                    """,
                    "create index journal_day on journal (day, position)",
                    "create table original (sha256 {text} primary key, name {text} not null, bytes {blob} not null, known_from {int} not null) {strict}",
                    "create table request (id {text} primary key, position {int} not null, answer {text} not null) {strict}",
                    "create table setting (id {int} not null, known_from {int} not null, known_to {int} not null, name {text} not null, value {text} not null, primary key (id, known_from)) {strict}",
                    "create unique index setting_current on setting (name) where known_to = 9223372036854775807",
                    """
                    create table counter (
                        fact {text} not null, k1 {text} not null, k2 {text} not null, k3 {text} not null, k4 {text} not null,
                        metric {text} not null, value {int} not null, primary key (fact, k1, k2, k3, k4, metric)
                    ) {strict}
                    """,
                    """
                    create table counter_change (
                        fact {text} not null, day {text} not null, k1 {text} not null, k2 {text} not null, k3 {text} not null, k4 {text} not null,
                        metric {text} not null, value {int} not null, primary key (fact, day, k1, k2, k3, k4, metric)
                    ) {strict}
                    """,
                ]),
            Migration(
                "kernel-0002",
                [
                    "drop table counter", "drop table counter_change",
                    "create index journal_subject on journal (subject, position)",
                    "create table counter_form (fact {text} primary key, declaration {text} not null) {strict}",
                ], only: [.sqlite: counters(ending: "strict, without rowid"), .postgres: counters(ending: "")]),
            erasures, LastChange.migration,
            // Where a thing that is counted once stands is read from its rows (ADR 0015).
            Migration("kernel-0005", ["drop table counter_thing", "drop table counter_head"]),
        ],
        tables: [.setting, .original, .originalErasure])

    /// Totals by cell, what each cell came to after every act that changed it, and, until kernel-0005, the things that are counted once.
    private static func counters(ending: String) -> [String] {
        let keys = (1...6).map { "k\($0) {text} not null" }.joined(separator: ", ")
        let cell = "fact, k1, k2, k3, k4, k5, k6, metric"
        return [
            "create table counter (fact {text} not null, \(keys), metric {text} not null, value {int} not null, primary key (\(cell))) \(ending)",
            """
            create table counter_past (fact {text} not null, \(keys), metric {text} not null, position {int} not null, value {int} not null,
                primary key (\(cell), position)) \(ending)
            """,
            """
            create table counter_head (id {id}, fact {text} not null, k1 {text} not null, k2 {text} not null, k3 {text} not null,
                k4 {text} not null, k5 {text} not null, unique (fact, k1, k2, k3, k4, k5)) {strict}
            """,
            // Millions of rows: their pinned keys stand once, in counter_head, and things are known by the head of their SHA-256.
            """
            create table counter_thing (head {int} not null, thing {blob} not null, leaf {text} not null, rows_there {int} not null,
                misses {int} not null, primary key (head, thing, leaf)) \(ending)
            """,
        ]
    }
}

extension RecordTable {
    /// Settings of this store: its government, the programme shown first.
    package static let setting = RecordTable("setting", columns: ["name", "value"])
    /// Files as they came in, kept by their SHA-256.
    package static let original = RecordTable(appending: "original", key: "sha256", columns: ["name", "bytes"])
}
