package import Foundation
import Mustache
import Values

/// The wording of the brief, as the office keeps it in `forms/spot-check-brief.mustache`.
package struct BriefForm: Sendable {
    /// One line of the finished text and how it is set.
    enum Line: Equatable {
        case title(String)
        case heading(String)
        case bullet(String)
        case note(String)
        case signature(String)
        case table(String)
        case paragraph(String)
    }

    private let template: MustacheTemplate

    /// Reads the form.
    ///
    /// - Throws: `form.missing`, `form.broken`, naming the file.
    package init(root: URL) throws {
        let name = "forms/spot-check-brief.mustache"
        guard let text = try? String(contentsOf: root.appendingPathComponent(name), encoding: .utf8) else {
            throw Failure(.missing, "form.missing", "文书样式读不到", at: FilePlace(file: name), cure: "从发布包里恢复这个文件")
        }
        do { template = try MustacheTemplate(string: text) } catch {
            throw Failure(.invalid, "form.broken", "文书样式的标记不对：\(error)", at: FilePlace(file: name), cure: "检查 {{ }} 是否成对")
        }
    }

    /// The lines of the brief with its numbers filled in; a value that is nil or empty leaves its section out.
    func lines(_ values: [String: String]) -> [Line] {
        template.render(values.filter { !$0.value.isEmpty }).split(separator: "\n").map { String($0) }.compactMap(Self.line)
    }

    private static func line(_ text: String) -> Line? {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        if trimmed.isEmpty { return nil }
        let marks: [(String, (String) -> Line)] = [
            ("## ", Line.heading), ("# ", Line.title), ("- ", Line.bullet), ("> ", Line.note), ("@ ", Line.signature),
        ]
        for (mark, make) in marks where trimmed.hasPrefix(mark) { return make(String(trimmed.dropFirst(mark.count))) }
        if trimmed.hasPrefix("[表："), trimmed.hasSuffix("]") { return .table(String(trimmed.dropFirst(3).dropLast())) }
        return .paragraph(trimmed)
    }
}
