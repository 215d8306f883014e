import ArgumentParser
import Foundation
import Questions
import Storage
import Values

/// `hallmark journal`: what goes out of the journal to others.
struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "日志：把日志头交给另一方保管", subcommands: [HeadCommand.self])
}

/// `hallmark journal head`: one line a day for a second party.
struct HeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "head", abstract: "把日志头追加到文件，一天一行",
        discussion: """
            每行：位置、哈希、时间、库的标识（第一条日志的哈希）。只追加，从不改写；新的日志头接不上文件最后一行时拒绝。
            文件应放在数据库管理员改不了的地方。hallmark serve --head-file 每天自动做这件事。

            例：
              hallmark journal head --to /mnt/audit/hallmark-heads.txt
              hallmark verify --head /mnt/audit/hallmark-heads.txt
            """)

    @Option(name: .long, help: ArgumentHelp("追加到哪个文件", valueName: "file"))
    var to: String

    @OptionGroup var storing: StoreOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let assembly = try await Assembly.open(storing.existing(), root: common.root)
        let outcome = try await HeadFile(path: to).append(assembly.store)
        let (head, isNew) =
            switch outcome {
            case .appended(let head): (head, true)
            case .alreadyToday(let head): (head, false)
            }
        if common.json {
            return Output.json(
                .object([
                    ("file", .text(to)), ("position", JSONValue(head.position)), ("hash", .text(head.hash)), ("appended", .boolean(isNew)),
                ]))
        }
        Output.line(isNew ? "已把日志头第\(head.position)条追加到 \(to)：\(head.hash)" : "今天已有一行（第\(head.position)条），没有再写：\(to)")
    }
}

/// The same while serving: at the start and then every hour, so that a day without a restart has its line too.
struct DailyHead: Sendable {
    let file: HeadFile
    let store: Store
    var pause = Duration.seconds(3600)

    /// Goes on until it is cancelled; a failure is said each time and ends nothing.
    func run() async {
        while !Task.isCancelled {
            do { _ = try await file.append(store) } catch let failure as Failure where failure.code == "journal.head-empty" {
                // A fresh store has nothing to keep yet.
            } catch let failure as Failure {
                Output.error("日志头没有写成：" + failure.description)
            } catch {
                Output.error("日志头没有写成：\(error)")
            }
            try? await Task.sleep(for: pause)
        }
    }
}
