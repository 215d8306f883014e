import Enterprises
import Hummingbird
import Questions
import Storage
import Values
package import WebSupport

/// All operations, and their routes.
package enum OperationTable {
    package static let all: [Operation] = parts.flatMap { $0 }

    private static let parts: [[Operation]] = [
        [DocumentOperation.openAPI], QuestionOperations.all, EnterpriseOperations.all, PublicationOperations.all, TargetOperations.all,
        ProgrammeOperations.all, JournalOperations.all,
    ]

    package static func routes(_ desk: InterfaceDesk) -> RouteTable {
        var table = RouteTable()
        for operation in all {
            table.get(operation.path, may: operation.may) { context in try await reply(operation, desk, context) }
        }
        return table
    }

    /// The allowance first, then the parameters, then whether the caller has the answer already, then the answer.
    private static func reply(_ operation: Operation, _ desk: InterfaceDesk, _ context: WebContext) async throws -> Reply {
        try desk.allowance.take(context.grant.map { "token \($0.token)" } ?? "actor " + context.actor.name)
        let asked = try AskedOperation(operation, desk, context)
        let tag = AnswerTag(head: try await desk.office.store.read { try JournalQuery.head($0).position }, context)
        if tag.isKnown(to: context.header("If-None-Match")) { return tag.mark(.notModified) }
        switch try await operation.handle(asked) {
        case .json(let value): return tag.mark(.json(value.bytes))
        case .later(let address, let value):
            return Reply.json(value.bytes, status: .accepted).with("Location", address.description).with("Retry-After", "2")
        case .stream(let download, let position):
            return Reply.download(download).with("Hallmark-Position", String(position))
        }
    }
}

/// Names an answer (ETag): the same while the journal has not moved, the day is the same, and the same caller asks the same.
struct AnswerTag: Sendable {
    private let text: String

    init(head: Int64, _ context: WebContext) {
        let caller = [
            context.actor.role.rawValue, String(context.actor.region ?? 0), "\(context.actor.heldRegions.sorted())",
            context.language.rawValue,
        ]
        let asked = [context.address.description, context.clock.today.description] + caller
        text = "W/\"\(head)-\(sha256(Array(asked.joined(separator: "\n").utf8)).prefix(16))\""
    }

    /// Weak comparison, also within a list (RFC 9110, 13.1.2).
    func isKnown(to header: String?) -> Bool {
        guard let header else { return false }
        let opaque = text.dropFirst(2)
        return header == "*" || header.split(separator: ",").contains { $0.drop { $0 == " " }.hasSuffix(opaque) }
    }

    func mark(_ reply: Reply) -> Reply {
        reply.with("ETag", text).with("Cache-Control", "private, no-cache").with("Vary", "Authorization, Cookie, Accept-Language")
    }
}
