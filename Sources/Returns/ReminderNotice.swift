import Foundation
import Mustache
import Values

/// The wording of a reminder, as the office keeps it in `forms/return-reminder.mustache`.
struct ReminderNotice {
    private let template: MustacheTemplate

    /// - Throws: `form.missing`, `form.broken`, naming the file.
    init(root: URL) throws {
        let name = "forms/return-reminder.mustache"
        guard let text = try? String(contentsOf: root.appendingPathComponent(name), encoding: .utf8) else {
            throw Failure(.missing, "form.missing", "文书样式读不到", at: FilePlace(file: name), cure: "从发布包里恢复这个文件")
        }
        do { template = try MustacheTemplate(string: text) } catch {
            throw Failure(.invalid, "form.broken", "文书样式的标记不对：\(error)", at: FilePlace(file: name), cure: "检查 {{ }} 是否成对")
        }
    }

    func text(_ values: [String: String]) -> String { template.render(values.filter { !$0.value.isEmpty }) }
}
