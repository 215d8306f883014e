package import Questions
import Values
import WebSupport

/// The OpenAPI 3.1 document, written from the table of operations that also routes them.
package enum OpenAPI {
    package static let document: JSONValue = .object([
        ("openapi", .text("3.1.0")),
        (
            "info",
            .object([
                ("title", .text("标杆 Hallmark")), ("version", .text("1")),
                ("summary", .text(InterfaceWords.lead.both)), ("description", .text(InterfaceWords.rules.both)),
            ])
        ),
        ("servers", .list([.object([("url", .text("/"))])])),
        ("security", .list([.object([("token", .list([]))]), .object([("session", .list([]))])])),
        ("paths", .object(OperationTable.all.map { ($0.path, .object([("get", operation($0))])) })),
        ("components", components),
    ])

    private static func operation(_ operation: Operation) -> JSONValue {
        .object(
            [
                ("operationId", .text(operation.id)), ("summary", .text(operation.title.both)),
                ("description", .text(operation.about.both)),
                ("x-right", .text(operation.may.name)),
            ] + (operation.may.holders == .everybody ? [("security", .list([]))] : []) + [
                ("parameters", .list(operation.parameters.map(parameter))), ("responses", .object(responses(operation))),
            ])
    }

    private static func parameter(_ parameter: Operation.Parameter) -> JSONValue {
        let schema = parameter.isRepeated ? Shape.list(parameter.shape) : parameter.shape
        return .object(
            [
                ("name", .text(parameter.name)), ("in", .text(parameter.place.rawValue)), ("description", .text(parameter.about.both)),
                ("required", .boolean(parameter.place == .path)), ("schema", schema.schema),
            ] + (parameter.isRepeated ? [("style", .text("form")), ("explode", .boolean(true))] : []))
    }

    private static func responses(_ operation: Operation) -> [(String, JSONValue)] {
        var responses: [(String, JSONValue)] = []
        switch operation.answer {
        case .json(let shape):
            let content = JSONValue.object([("application/json", .object([("schema", shape.schema)]))])
            let headers = JSONValue.object([("ETag", header(.text(longest: 80), InterfaceWords.tag))])
            responses = [
                ("200", .object([("description", .text(operation.title.both)), ("headers", headers), ("content", content)])),
                ("304", .object([("description", .text(InterfaceWords.notModified.both))])),
            ]
        case .stream(let types):
            let content = types.map { ($0, JSONValue.object([("schema", .object([("type", .text("string"))]))])) }
            let headers = JSONValue.object([("Hallmark-Position", header(.position, InterfaceWords.positionRead))])
            responses = [
                ("200", .object([("description", .text(operation.title.both)), ("headers", headers), ("content", .object(content))]))
            ]
        }
        if operation.mayTakeLong {
            let content = JSONValue.object([("application/json", .object([("schema", QuestionOperations.waiting.schema)]))])
            responses.append(("202", .object([("description", .text(InterfaceWords.counting.both)), ("content", content)])))
        }
        let isOpen = operation.may.holders == .everybody
        let refusals: [Refusal] = Refusal.allCases.filter { refusal in
            switch refusal {
            case .signIn, .forbidden: !isOpen
            case .missing: operation.hasPathParameter || operation.parameters.contains { $0.name == "where" || $0.name == "region" }
            case .method, .invalid, .tooMany, .busy: true
            }
        }
        return responses + refusals.map { ($0.rawValue, .object([("$ref", .text("#/components/responses/Problem" + $0.rawValue))])) }
    }

    private static func header(_ shape: Shape, _ about: Word) -> JSONValue {
        .object([("description", .text(about.both)), ("schema", shape.schema)])
    }

    /// The statuses of failures.
    private enum Refusal: String, CaseIterable {
        case signIn = "401"
        case forbidden = "403"
        case missing = "404"
        case method = "405"
        case invalid = "422"
        case tooMany = "429"
        case busy = "503"

        var about: Word {
            switch self {
            case .signIn: Word("没有令牌，或令牌无效", "No token, or one that is not valid")
            case .forbidden: Word("令牌没有此项权限", "The token does not grant this")
            case .missing: Word("没有这条记录", "No such record")
            case .method: Word("不接受这种方法，见 Allow", "This method is not accepted, see Allow")
            case .invalid: Word("参数不对", "A parameter is wrong")
            case .tooMany: Word("请求太多，见 Retry-After", "Too many requests, see Retry-After")
            case .busy: Word("系统正忙，见 Retry-After", "The system is busy, see Retry-After")
            }
        }
    }

    private static var components: JSONValue {
        let problem = JSONValue.object([
            ("application/problem+json", .object([("schema", .object([("$ref", .text("#/components/schemas/Problem"))]))]))
        ])
        return .object([
            ("schemas", .object([("Problem", self.problem)])),
            (
                "responses",
                .object(
                    Refusal.allCases.map {
                        ("Problem" + $0.rawValue, .object([("description", .text($0.about.both)), ("content", problem)]))
                    })
            ),
            (
                "securitySchemes",
                .object([
                    ("token", .object([("type", .text("http")), ("scheme", .text("bearer"))])),
                    ("session", .object([("type", .text("apiKey")), ("in", .text("cookie")), ("name", .text("hallmark_session"))])),
                ])
            ),
        ])
    }

    private static var problem: JSONValue {
        func text(_ name: String, _ about: String) -> (String, JSONValue) {
            (name, .object([("type", .text("string")), ("description", .text(about))]))
        }
        return .object([
            ("type", .text("object")), ("description", .text("RFC 9457")),
            (
                "properties",
                .object([
                    text("type", "urn:hallmark:problem:…"), text("title", "种类 · the kind"),
                    ("status", .object([("type", .text("integer"))])), text("detail", "发生了什么 · what happened"),
                    text("instance", "请求编号 · the request"), text("code", "稳定的错误代码 · a stable code"), text("kind", ""),
                    text("cure", "处理办法 · what to do"), text("place", "位置 · where"),
                ])
            ),
            ("required", .list(["type", "title", "status", "detail", "instance", "code", "kind"].map(JSONValue.text))),
        ])
    }
}

/// The document itself, for programs.
enum DocumentOperation {
    static let openAPI = Operation(
        "openAPI", "/openapi.json", Word("接口说明", "The description of the interface"),
        about: Word("OpenAPI 3.1；由程序自己的接口表写出", "OpenAPI 3.1, written from the program’s own table of operations"), may: .anyone,
        answers: .json(.open(.any))
    ) { _ in .json(OpenAPI.document) }
}
