import Enterprises
import Evidence
import Questions
import Spreadsheets
import Storage
import Values
import WebSupport

/// All rows of a question as a stream: read page by page at one journal position, each page in a reading of its own, so that a slow reader holds
/// neither memory nor a snapshot.
struct BulkFile: Sendable {
    private static let pageLength = 500

    private let asked: AskedOperation
    private let parts: QuestionText.Parts
    private let isCSV: Bool

    init(_ asked: AskedOperation) throws {
        self.asked = asked
        parts = try QuestionOperations.parts(asked)
        isCSV = asked.text("format") == "csv"
    }

    /// What can be refused is refused before the first byte.
    func outcome() async throws -> Operation.Outcome {
        let (text, parts, asked) = (asked.desk.text, parts, asked)
        let (question, position) = try await asked.desk.office.store.read { session in
            let place = try asked.place(session)
            return (try text.read(parts, session).question.at(place.position), place.position)
        }
        let first = try await page(question, after: 0)
        let name = "\(parts.fact)-\(position)." + (isCSV ? "csv" : "ndjson")
        return .stream(
            Download(name: name, kind: isCSV ? .csv : .lines) { writer in
                var page = first
                if isCSV { try await writer.write(bytes: heading(page.columns)) }
                while true {
                    try await writer.write(bytes: lines(page))
                    guard let next = page.next else { return }
                    page = try await self.page(question, after: next)
                }
            }, position: position)
    }

    private func page(_ question: Question, after: Int64) async throws -> RowPage {
        let asking = asked.desk.asking(asked.actor)
        return try await asked.desk.office.store.read { session in
            let head = try JournalQuery.head(session).position
            let shown = question.known == head ? question.at(nil) : question
            return try asking.rows(shown, session, after: after, limit: Self.pageLength)
        }
    }

    private func heading(_ columns: [Fact.Column]) -> [UInt8] {
        var bytes = CsvText.byteOrderMark
        CsvText.append([.text("record")] + columns.map { .text($0.name) }, to: &bytes)
        return bytes
    }

    private func lines(_ page: RowPage) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in page.rows {
            if isCSV {
                CsvText.append([.text(String(row.id))] + row.values.map(cell), to: &bytes)
            } else if case .object(let members) = AnswerJSON.row(page.columns, row.values) {
                JSONValue.object([("record", .integer(row.id))] + members).write(into: &bytes)
                bytes.append(UInt8(ascii: "\n"))
            }
        }
        return bytes
    }

    private func cell(_ value: Value) -> Cell {
        switch value {
        case .null, .blob: .empty
        case .integer(let number): .text(String(number))
        case .real(let number): .text(String(number))
        case .text(let text): .text(text)
        }
    }
}
