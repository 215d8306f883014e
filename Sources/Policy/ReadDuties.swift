import Foundation
import Values

/// Reads duties, amounts, rule references, open points and missing papers.
struct ReadDuties {
    let log: FailureLog

    func duties(_ readers: [FieldReader]) -> [Duty] {
        readers.compactMap { reader in
            let id = reader.requiredText("id")
            let title = reader.requiredText("title")
            let clause = reader.requiredClause()
            let text = reader.requiredText("text")
            _ = reader.required("runs")
            let owners = reader.texts("owner").filter { $0 != "open" }.map { reader.organisation($0, "owner") }
            let runs = reader.texts("runs").compactMap { reader.word($0, "runs", RunningPart.self, line: reader.line) }
            let duty = Duty(
                id: id ?? "", title: title ?? "", clause: clause, text: text ?? "", owners: owners, addressees: reader.texts("addressees"),
                runs: runs, says: reader.says(clause: clause), legal: reader.legal(),
                open: reader.openNote(needed: reader.writesOpen("owner")), line: reader.line)
            reader.done()
            return id == nil ? nil : duty
        }
    }

    func amounts(_ readers: [FieldReader]) -> [GrantAmount] {
        readers.compactMap { reader in
            let id = reader.requiredText("id")
            let title = reader.requiredText("title")
            let clause = reader.requiredClause()
            let amount = reader.requiredNumber("amount")
            let unit = reader.requiredText("unit")
            let per = reader.word("per", GrantAmount.Per.self)
            let says = reader.says(clause: clause)
            reader.check(amount, "amount", isSaidIn: says)
            let found = GrantAmount(
                id: id ?? "", title: title ?? "", amount: amount ?? 0, unit: unit ?? "", per: per ?? .open,
                condition: reader.text("condition"),
                clause: clause, text: reader.requiredText("text") ?? "", says: says,
                open: reader.openNote(needed: reader.writesOpen("per")),
                line: reader.line)
            reader.done()
            return id == nil || amount == nil || per == nil ? nil : found
        }
    }

    func rules(_ readers: [FieldReader]) -> [RuleReference] {
        readers.compactMap { reader in
            let file = reader.requiredText("file")
            let clause = reader.requiredClause()
            reader.done()
            return file.map { RuleReference(file: $0, clause: clause, line: reader.line) }
        }
    }

    func openPoints(_ readers: [FieldReader]) -> [OpenPoint] {
        readers.compactMap { reader in
            let id = reader.requiredText("id")
            let clause = reader.requiredClause()
            let question = reader.requiredText("question")
            let note = reader.text("note")
            _ = reader.says(clause: clause)
            reader.done()
            guard let id, let question else { return nil }
            return OpenPoint(id: id, clause: clause, question: question, note: note, line: reader.line)
        }
    }

    func missingPapers(_ readers: [FieldReader]) -> [MissingPaper] {
        readers.compactMap { reader in
            let id = reader.requiredText("id")
            let clause = reader.requiredClause()
            let title = reader.requiredText("title")
            let why = reader.requiredText("why")
            _ = reader.says(clause: clause)
            reader.done()
            guard let id, let title else { return nil }
            return MissingPaper(id: id, title: title, clause: clause, why: why ?? "", line: reader.line)
        }
    }
}
