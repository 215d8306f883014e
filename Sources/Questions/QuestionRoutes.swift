package import Enterprises
package import Evidence
import Foundation
import Storage
import Values
package import WebSupport

/// Addresses of the questions: `/questions`, `/questions/{fact}`, `/questions/{fact}/export`.
package enum QuestionRoutes {
    package static func table(_ office: Office, catalogue: FactCatalogue, names: RecordNames = RecordNames()) -> RouteTable {
        let site = QuestionSite(office: office, catalogue: catalogue, names: names)
        var table = RouteTable()
        table.get("/questions", may: .officers) { context in
            context.wantsJSON ? .json(AnswerJSON.list(catalogue).bytes) : .page(QuestionPages.list(catalogue))
        }
        table.get("/questions/{fact}", may: .officers) { try await site.question($0) }
        table.get("/questions/{fact}/export", may: .officers) { try await site.export($0) }
        table.get("/api/v1/questions", may: .officers) { _ in .json(AnswerJSON.list(catalogue).bytes) }
        table.get("/api/v1/questions/{fact}", may: .officers) { try await site.question($0) }
        return table
    }
}

/// What answers the addresses.
private struct QuestionSite: Sendable {
    let office: Office
    let catalogue: FactCatalogue
    let names: RecordNames
    private static let pageLength = 50

    func question(_ context: WebContext) async throws -> Reply {
        let query = context.query
        if query["dimension"] != nil || query["value"] != nil || query["second"] != nil { return .seeOther(try canonical(context)) }
        let parts = try parts(context)
        let text = QuestionText(catalogue: catalogue, regions: office.regions)
        let asking = Asking(catalogue: catalogue, viewer: Viewer(context.actor), regions: office.regions)
        let after = query["after"].flatMap { Int64($0) } ?? 0
        let wantsRows = !context.wantsJSON || query["rows"] != nil
        let (answer, rows, firms, remarks) = try await office.store.read { session in
            let reading = try text.read(parts, session)
            let answer = try asking.ask(reading.question, session)
            var pinned = reading.question
            pinned.known = answer.position
            let rows = wantsRows ? try asking.rows(pinned, session, after: after, limit: Self.pageLength) : nil
            let firms = try EnterpriseStore.titles(of: rows?.firms ?? [], at: answer.position, session)
            return (answer, rows, firms, reading.remarks)
        }
        guard let rows, !context.wantsJSON else {
            let list = rows.map { page in JSONValue.list(page.rows.map { AnswerJSON.row(page.columns, $0.values) }) }
            return .json(AnswerJSON.of(answer, rows: list).bytes)
        }
        let view = QuestionView(
            fact: try catalogue.fact(parts.fact), answer: answer, rows: rows, firms: firms, remarks: remarks,
            text: text, address: context.address, query: query, isFirst: after == 0)
        return .page(QuestionPages.question(view))
    }

    func export(_ context: WebContext) async throws -> Reply {
        guard let format = QuestionExport.Format(rawValue: context.query["format"] ?? "xlsx") else {
            throw Failure(.invalid, "export.format", "不能导出成“\(context.query["format"] ?? "")”", cure: "用 xlsx、csv 或 json")
        }
        let parts = try parts(context)
        let text = QuestionText(catalogue: catalogue, regions: office.regions)
        let asking = Asking(catalogue: catalogue, viewer: Viewer(context.actor), regions: office.regions)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-export-\(UUID().uuidString)")
        do {
            try await office.store.read { session in
                let question = try text.read(parts, session).question
                try QuestionExport.write(
                    question, asking: asking, note: text.sentence(question), format: format, to: file.path, names: names, session)
            }
        } catch {
            try? FileManager.default.removeItem(at: file)
            throw error
        }
        let name = try catalogue.fact(parts.fact).label.chinese + "." + format.rawValue
        return .download(Download(name: name, kind: kind(format), file: file, removeAfterwards: true))
    }

    private func kind(_ format: QuestionExport.Format) -> Download.Kind {
        switch format {
        case .xlsx: .xlsx
        case .csv: .csv
        case .json: .json
        }
    }

    private func parts(_ context: WebContext) throws -> QuestionText.Parts {
        let query = context.query
        return QuestionText.Parts(
            fact: try context.parameter("fact"), metric: query["metric"], filters: query.all("where").filter { !$0.isEmpty },
            by: query.all("by").filter { !$0.isEmpty }, on: query["on"], known: query["known"])
    }

    /// The address that the form's fields mean: a new condition becomes a `where`, the second grouping a further `by`.
    private func canonical(_ context: WebContext) throws -> Address {
        let query = context.query
        var address = Address("questions", try context.parameter("fact")).with("metric", query["metric"])
        for text in query.all("where") where !text.isEmpty { address = address.with("where", text) }
        if let dimension = query["dimension"], let value = query["value"] { address = address.with("where", dimension + "=" + value) }
        for name in query.all("by") + query.all("second") where !name.isEmpty { address = address.with("by", name) }
        return address.with("on", query["on"]).with("known", query["known"])
    }
}
