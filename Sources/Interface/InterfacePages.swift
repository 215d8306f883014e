import Questions
import Values
package import WebSupport

/// `/api`: the interface as people read it, from the same table as the document for programs.
package enum InterfacePages {
    package static func table(perMinute: Int) -> RouteTable {
        var table = RouteTable()
        table.get("/api", may: .anyone) { _ in .page(page(perMinute: perMinute)) }
        return table
    }

    private static func page(perMinute: Int) -> Page {
        Page(
            InterfaceWords.title, lead: InterfaceWords.lead,
            actions: [Link(InterfaceWords.document, Address("api", "v1", "openapi.json"), look: .button)]
        ) { html in
            html.add(
                WebSupport.Sheet(InterfaceWords.howTo) { html in
                    html.add(
                        Padded { html in
                            html.add(.p, text: InterfaceWords.rules)
                            html.add(.p, text: InterfaceWords.limits(perMinute))
                            html.add(.p) { html in html.add(.code, text: InterfaceWords.example) }
                        })
                })
            html.add(WebSupport.Sheet(InterfaceWords.operations) { html in html.add(index) })
            for operation in OperationTable.all { html.add(sheet(operation)) }
        }
    }

    private static var index: Table<Operation> {
        Table(
            caption: InterfaceWords.operations, rows: OperationTable.all,
            columns: [
                .link(InterfaceWords.address) { Link("GET " + $0.path, Address("api").at($0.id)) }, .text(InterfaceWords.what) { $0.title },
                .text(TokenWords.rights) { $0.may.title },
            ])
    }

    private static func sheet(_ operation: Operation) -> some Component {
        WebSupport.Sheet(operation.title) { html in
            html.add(
                .div, .class("padded"), .id(operation.id)
            ) { html in
                html.add(.p) { html in html.add(.code, text: "GET " + operation.path) }
                html.add(.p, text: operation.about)
                html.add(.p) { html in
                    html.add(TokenWords.rights)
                    html.add("：")
                    html.add(operation.may.title)
                }
            }
            if !operation.parameters.isEmpty { html.add(parameters(operation)) }
            html.add(answer(operation))
        }
    }

    private static func parameters(_ operation: Operation) -> Table<Operation.Parameter> {
        Table(
            caption: InterfaceWords.of(operation, InterfaceWords.parameters), rows: operation.parameters,
            columns: [
                .text(InterfaceWords.parameter) { Word(name: $0.name) }, .text(InterfaceWords.meaning) { $0.about },
                .text(InterfaceWords.form) { form($0) },
            ])
    }

    private static func form(_ parameter: Operation.Parameter) -> Word {
        let repeated = parameter.isRepeated ? InterfaceWords.repeated : Word("", "")
        let shape = words(parameter.shape)
        return Word(shape.chinese + repeated.chinese, shape.text(.english) + repeated.text(.english))
    }

    private static func answer(_ operation: Operation) -> Table<Shape.Member> {
        var members: [Shape.Member] = []
        if case .json(.object(let list)) = operation.answer { members = list }
        return Table(
            caption: InterfaceWords.of(operation, InterfaceWords.answer), rows: members,
            columns: [
                .text(InterfaceWords.member) { Word(name: $0.name) }, .text(InterfaceWords.meaning) { $0.about },
                .text(InterfaceWords.form) { words($0.shape) },
            ], empty: EmptyState(InterfaceWords.stream, nextStep: InterfaceWords.streamNext))
    }

    private static func words(_ shape: Shape) -> Word {
        switch shape {
        case .text(let longest): longest == .max ? Word("文字", "text") : Word("文字，最长 \(longest)", "text of at most \(longest)")
        case .day: Word("日期，2007-03-31", "a date, 2007-03-31")
        case .integer(let range):
            range.upperBound == .max || range.lowerBound == .min
                ? Word("整数", "whole number") : Word("整数 \(range.lowerBound)–\(range.upperBound)", "\(range.lowerBound)–\(range.upperBound)")
        case .number: Word("数", "number")
        case .boolean: Word(name: "true, false")
        case .choice(let values): Word(name: values.joined(separator: ", "))
        case .list(let element): Word("列表：" + words(element).chinese, "list: " + words(element).text(.english))
        case .object(let members): Word(name: "{" + members.map(\.name).joined(separator: ", ") + "}")
        case .open: Word("对象", "object")
        case .cell: Word("文字或数", "text or number")
        case .optional(let value): Word(words(value).chinese + "，或 null", words(value).text(.english) + ", or null")
        case .any: Word("任意", "anything")
        }
    }
}
