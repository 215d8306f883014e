import Foundation
import Storage
import Values

/// What a clerk decided about the files of one run, kept with it, so that every step reads the originals the same way.
struct ImportChoices: Codable, Sendable, Equatable {
    /// One file as it came in.
    struct File: Codable, Sendable, Equatable {
        /// The sender's name, distinct within the run.
        var name: String
        /// SHA-256 of the kept original.
        var sha256: String
    }

    /// What was decided about one sheet.
    struct SheetChoice: Codable, Sendable, Equatable {
        /// Imported although it was set aside.
        var isTaken = false
        /// 1-based column → field; the empty text leaves the column out.
        var columns: [Int: String] = [:]
    }

    /// Why the last attempt to commit wrote nothing, for whoever comes back to the run.
    struct Trouble: Codable, Sendable, Equatable {
        /// With its cure.
        var sentence: String

        init(_ failure: Failure) { sentence = Failure.sentence(failure.message, failure.cure) }
    }

    var files: [File]
    /// What the department that brought them answered for then, in order; nil for everybody else and for runs of before.
    var departments: [String]?
    var trouble: Trouble?
    /// File name → sheet name → decision.
    var sheets: [String: [String: SheetChoice]] = [:]

    /// Whether somebody's department is the one that brought the files, or has taken its place: it answers for all that that one did.
    func came(fromDepartmentOf actor: Actor) -> Bool {
        guard let departments, !departments.isEmpty, let own = actor.duties?.codes else { return false }
        return own.isSuperset(of: departments)
    }

    /// Marks what was decided about the sheets.
    var digest: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return sha256([UInt8](try encoder.encode(sheets)))
        }
    }

    /// The choices for sorting one file.
    func sorting(of file: String, seen: [UInt64: String], remembered: RememberedHeadings) -> SheetSorting.Choices {
        var choices = SheetSorting.Choices()
        choices.seen = seen
        choices.remembered = remembered
        for (sheet, choice) in sheets[file] ?? [:] {
            if choice.isTaken { choices.taken.insert(sheet) }
            guard !choice.columns.isEmpty else { continue }
            choices.corrections[sheet] = HeadingCorrections(byColumn: choice.columns.mapValues { $0.isEmpty ? nil : $0 })
        }
        return choices
    }

    subscript(file: String, sheet: String) -> SheetChoice {
        get { sheets[file]?[sheet] ?? SheetChoice() }
        set { sheets[file, default: [:]][sheet] = newValue }
    }
}
