import DecisionTables
import Enterprises
import Evidence
import Policy
import Storage
import Values
import WebSupport

/// Addresses of this slice.
enum ProgrammeAddress {
    static let all = Address("programmes")
    static func programme(_ id: String) -> Address { Address("programmes", id) }
    static func table(_ programme: String, _ table: String) -> Address { Address("programmes", programme, "rules", table) }
    static func model(_ programme: String, _ table: String) -> Address { Address("programmes", programme, "rules", table, "dmn") }
    static func classes(_ programme: String) -> Address { Address("programmes", programme, "classes") }
    static func adopt(_ programme: String) -> Address { Address("programmes", programme, "adopt") }

    /// The list of one group of a table, at the position and day it was counted at.
    static func group(_ run: ClassRun, _ key: String) -> Address {
        classes(run.table.programme.id).with("table", run.table.asWritten.id).with("group", key).with("on", run.on).with(
            "known", run.position)
    }

    /// The rows that a question opens into.
    static func question(_ question: Question) -> Address {
        QuestionAddress.of(question)
    }
}

extension KnownAt {
    /// The journal position: the last of a day, or the one given.
    func position(_ session: any Storage.Session) throws -> Int64 {
        switch self {
        case .day(let day): try JournalQuery.position(session, endOf: day)
        case .position(let position): position
        }
    }
}

extension ProgrammeState.Standing {
    var badge: Badge {
        let word = ProgrammeWords.standing[self] ?? Word(rawValue)
        return switch self {
        case .adopted: Badge(.good, word)
        case .changed, .new: Badge(.caution, word)
        case .broken: Badge(.bad, word)
        case .gone: Badge(.info, word)
        }
    }
}

extension ClassGroup {
    /// The state in a word, with its sign.
    var badge: Badge {
        switch kind {
        case .decided: Badge(.neutral, Word(label))
        case .overlap: Badge(.bad, Word(label))
        case .missing, .uncovered: Badge(.caution, Word(label))
        }
    }
}

extension PolicyFinding.Kind {
    var badge: Badge {
        switch self {
        case .overlap, .unknownName: Badge(.bad, word)
        case .uncovered, .unreachable, .discrepancy: Badge(.caution, word)
        case .open: Badge(.info, word)
        }
    }
}

/// The counts of a run, each leading to its list.
struct ClassFigures: Component {
    let run: ClassRun

    func write(into html: inout HTML) {
        html.add(
            FigureStrip(
                run.groups.map { group in
                    Figure(
                        Word(group.label), String(group.count), unit: ProgrammeWords.firms, rows: ProgrammeAddress.group(run, group.key),
                        needsPerson: group.kind == .overlap && group.count > 0)
                }))
    }
}

/// What a table leaves open on a day, shown on every page that uses it.
struct OpenNotices: Component {
    let run: ClassRun

    func write(into html: inout HTML) {
        let open = run.table.openPoints(on: run.on, conditions: run.table.asWritten.openConditions)
        guard !open.isEmpty else { return }
        html.add(Notice(.caution, ProgrammeWords.open, detail: open.joined(separator: "；") + "。"))
    }
}

/// Findings as a table.
struct FindingsTable: Component {
    let findings: [PolicyFinding]
    let empty: EmptyState

    func write(into html: inout HTML) {
        html.add(
            Table(
                caption: ProgrammeWords.findings, rows: findings,
                columns: [
                    .status(ProgrammeWords.kind) { $0.kind.badge },
                    Column(ProgrammeWords.message, .wide) { html, row in
                        html.add(row.message)
                        if let cure = row.cure { html.add(.small, text: cure) }
                    },
                    Column(ProgrammeWords.clause) { html, row in
                        html.add(Link(row.clause, ProgrammeAddress.programme(row.programme).at("clause-" + row.clause)))
                    },
                    .text(ProgrammeWords.place) { $0.file + ($0.line.map { ":\($0)" } ?? "") },
                ], empty: empty))
    }
}
