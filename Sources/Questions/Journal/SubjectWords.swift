import Storage
import Values
import WebSupport

/// What entries are about, in words: `enterprise/12` is a firm's dossier and has a page.
enum SubjectWords {
    private static let kinds: [String: Word] = [
        "enterprise": Word("企业档案", "Dossier"), "publication": Word("公布的名单", "List"), "import": Word("导入", "Import"),
        "heading": Word("表头更正", "Heading correction"), "fill-in": Word("补报", "Fill-in"), "form": Word("报表", "Form"),
        "send-out": Word("报表下发", "Sending out"), "map": Word("地图边界", "Boundaries"), "view": Word("常用查询", "Saved view"),
        "programme": Word("方案", "Programme"), "target": Word("目标", "Target"), "ruling": Word("口径认定", "Ruling"),
        "account": Word("账号", "Account"), "token": Word("令牌", "Token"), "organisation": Word("机构", "Organisation"),
    ]

    /// The kind and what names the record within it.
    static func parts(_ subject: String) -> (kind: String, name: String)? {
        let parts = subject.split(separator: "/", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    static func word(_ subject: String) -> Word {
        guard let (kind, name) = parts(subject), let word = kinds[kind] else { return Word(subject) }
        guard Int64(name) != nil else { return Word("\(word.chinese) \(name)", "\(word.text(.english)) \(name)") }
        return Word("\(word.chinese)第\(name)号", "\(word.text(.english)) no. \(name)")
    }

    /// The record's page; nil where it has none.
    static func address(_ subject: String) -> Address? {
        guard let (kind, name) = parts(subject) else { return nil }
        return switch (kind, Int64(name)) {
        case ("enterprise", let number?): Address("enterprises", number)
        case ("publication", let number?): Address("publications", number)
        case ("import", let number?): Address("imports", number)
        case ("fill-in", let number?): Address("fill-ins", number)
        case ("form", let number?): Address("returns", number)
        case ("send-out", let number?): Address("returns", "send-outs", number)
        case ("account", let number?): Address("accounts", number)
        case ("organisation", let number?): Address("organisations", number)
        case ("map", let number?): Address("questions", "maps", number)
        case ("programme", _): Address("programmes", name)
        case ("target", _): target(name)
        default: nil
        }
    }

    private static func target(_ name: String) -> Address? {
        let parts = name.split(separator: "/").map(String.init)
        return parts.count == 2 ? Address("targets", parts[0], parts[1]) : nil
    }
}

/// The names of the firms and lists that the shown entries are about, read once.
struct SubjectNames: Sendable {
    private var names: [String: String] = [:]

    init(_ subjects: [String], _ directory: RecordNames, _ session: any Storage.Session) throws {
        var wanted: [String: Set<Int64>] = [:]
        for subject in subjects {
            guard let (kind, name) = SubjectWords.parts(subject), let number = Int64(name) else { continue }
            wanted[kind, default: []].insert(number)
        }
        for (kind, numbers) in wanted {
            for (number, name) in try directory.names(kind, numbers, at: nil, session) { names["\(kind)/\(number)"] = name }
        }
    }

    func word(_ subject: String) -> Word { names[subject].map { Word($0) } ?? SubjectWords.word(subject) }
}
