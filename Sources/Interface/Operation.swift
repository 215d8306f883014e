package import Questions
package import Values
package import WebSupport

/// One thing that outside systems can ask: its address, who may, its parameters, what it answers. The one declaration from which the route, the
/// checks of its parameters and its part of the OpenAPI document are made.
package struct Operation: Sendable {
    /// A parameter of the path or of the query.
    package struct Parameter: Sendable {
        package enum Place: String, Sendable { case path, query }

        package let name: String
        package let place: Place
        package let shape: Shape
        package let about: Word
        /// May be given several times.
        package let isRepeated: Bool

        package init(_ name: String, _ shape: Shape, _ about: Word, in place: Place = .query, isRepeated: Bool = false) {
            self.name = name
            self.place = place
            self.shape = shape
            self.about = about
            self.isRepeated = isRepeated
        }
    }

    /// What is answered with 200.
    package enum Answer: Sendable {
        case json(Shape)
        /// A stream of one of some media types.
        case stream([String])
    }

    /// What came of one request.
    package enum Outcome: Sendable {
        case json(JSONValue)
        /// The answer is being counted; the address, pinned to its position, has it when it is there.
        case later(Address, JSONValue)
        case stream(Download, position: Int64)
    }

    /// `askQuestion`: stable, unique.
    package let id: String
    /// With `{name}` for its parts, from the root.
    package let path: String
    package let title: Word
    package let about: Word
    package let may: Right
    package let parameters: [Parameter]
    package let answer: Answer
    /// Whether it may be counted for longer than a caller waits (202).
    package let mayTakeLong: Bool
    let handle: @Sendable (AskedOperation) async throws -> Outcome

    init(
        _ id: String, _ path: String, _ title: Word, about: Word, may: Right, _ parameters: [Parameter] = [], answers answer: Answer,
        mayTakeLong: Bool = false, handle: @escaping @Sendable (AskedOperation) async throws -> Outcome
    ) {
        self.id = id
        self.path = Self.base + path
        self.title = title
        self.about = about
        self.may = may
        self.parameters = parameters
        self.answer = answer
        self.mayTakeLong = mayTakeLong
        self.handle = handle
    }

    static let base = "/api/v1"

    var hasPathParameter: Bool { parameters.contains { $0.place == .path } }
}
