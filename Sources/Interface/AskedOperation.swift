import Enterprises
import Storage
import Values
import WebSupport

/// One request of an operation: its parameters, checked against what the operation declares, and where its pages stand.
struct AskedOperation: Sendable {
    let operation: Operation
    let desk: InterfaceDesk
    let context: WebContext

    /// - Throws: `interface.parameter` for one that is not declared, given twice or of another shape.
    init(_ operation: Operation, _ desk: InterfaceDesk, _ context: WebContext) throws {
        self.operation = operation
        self.desk = desk
        self.context = context
        let declared = Dictionary(operation.parameters.filter { $0.place == .query }.map { ($0.name, $0) }) { first, _ in first }
        var seen: Set<String> = []
        for item in context.query.items {
            guard let parameter = declared[item.name] else {
                let known = declared.keys.sorted().joined(separator: "、")
                throw Failure(
                    .invalid, "interface.parameter", "没有名为“\(item.name.prefix(40))”的参数",
                    cure: known.isEmpty ? "这个接口没有参数" : "可用：" + known)
            }
            guard seen.insert(item.name).inserted || parameter.isRepeated else {
                throw Failure(.invalid, "interface.parameter", "参数“\(item.name)”只能给一次", cure: "去掉多余的")
            }
            guard parameter.shape.admits(item.value) else {
                throw Failure(
                    .invalid, "interface.parameter", "参数“\(item.name)”不能是“\(item.value.prefix(60))”", cure: "按接口说明 /api 里的写法")
            }
        }
    }

    var actor: Actor { context.actor }

    func text(_ name: String) -> String? { context.query[name] }
    func all(_ name: String) -> [String] { context.query.all(name) }
    func number(_ name: String) -> Int64? { context.query[name].flatMap { Int64($0) } }
    func part(_ name: String) throws -> String { try context.parameter(name) }

    // MARK: Pages

    /// Rows of one page.
    static let limit = Operation.Parameter("limit", .integer(1...500), Word("一页的条数，缺省 50", "Rows of a page, 50 by default"))
    static let cursor = Operation.Parameter(
        "cursor", .text(longest: 200), Word("上一页回答里的 next；同一个查询才能用", "`next` of the page before; for the same query only"))
    static let known = Operation.Parameter(
        "known", .text(longest: 20), Word("按何时掌握的数据：日期或日志序号", "As known on a day or at a journal position"))
    static let on = Operation.Parameter("on", .day, Word("哪一天的情况，缺省今天", "State of affairs on this day, today by default"))
    static let pages = [limit, cursor]

    var limit: Int { number("limit").map { Int($0) } ?? 50 }

    /// Where the page that is asked for begins, and the position that all its pages are read at.
    func place(_ session: any Storage.Session) throws -> PagePlace {
        let head = try JournalQuery.head(session).position
        if let text = text("cursor") { return PagePlace(cursor: try PageCursor(text, of: queryDigest, head: head), head: head) }
        let position = try context.known().map { known in
            switch known {
            case .position(let position): min(position, head)
            case .day(let day): try JournalQuery.position(session, endOf: day)
            }
        }
        return PagePlace(cursor: PageCursor(position: position ?? head, after: nil), head: head)
    }

    /// The cursor of the page after this one; nil after the last.
    func next(_ place: PagePlace, after: Int64?) -> String? {
        after.map { PageCursor(position: place.position, after: $0).text(of: queryDigest) }
    }

    /// Names the query apart from its page, so that a cursor is not used with another one.
    private var queryDigest: String {
        let items = context.query.items.filter { !["cursor", "limit"].contains($0.name) }.map { $0.name + "=" + $0.value }
        return String(sha256(Array((context.address.pathText + "?" + items.joined(separator: "&")).utf8)).prefix(12))
    }
}

/// Where a page begins.
struct PagePlace: Sendable {
    let position: Int64
    /// What the page before ended with; nil on the first.
    let after: Int64?
    /// The position to read at: nil where it is the latest, which is read from what is current.
    let known: Int64?

    init(cursor: PageCursor, head: Int64) {
        position = cursor.position
        after = cursor.after
        known = cursor.position == head ? nil : cursor.position
    }
}
