import ArgumentParser
import Foundation
import Questions
import Values

/// Runs a command and turns whatever happens into the three exit codes that scripts rely on.
enum CommandRun {
    /// 0 完成 · 1 发现问题 · 2 用法不对
    enum Status: Int32 {
        case done = 0
        case foundWrong = 1
        case wrongUse = 2
    }

    /// The one table from kinds of failure to exit codes.
    static func status(_ kind: Failure.Kind) -> Status {
        switch kind {
        case .invalid, .missing, .refused: .wrongUse
        case .conflict, .gone, .busy, .internal: .foundWrong
        }
    }

    static func run(_ arguments: [String]) async -> Int32 {
        do {
            var command = try Hallmark.parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
            return Status.done.rawValue
        } catch let outcome as Outcome {
            return outcome.status.rawValue
        } catch let failure as Failure {
            report(failure, isJSON: arguments.contains("--json"))
            return status(failure.kind).rawValue
        } catch {
            return settle(error, arguments)
        }
    }

    /// Help and version are no errors; everything else the argument parser says is wrong use.
    private static func settle(_ error: any Error, _ arguments: [String]) -> Int32 {
        let text = Hallmark.fullMessage(for: error)
        switch Hallmark.exitCode(for: error) {
        case .success:
            Output.line(text)
            return Status.done.rawValue
        case .validationFailure:
            Output.error(text)
            if arguments.contains("--json") { Output.json(errorObject("invalid", "command.usage", Hallmark.message(for: error), nil)) }
            return Status.wrongUse.rawValue
        default:
            report(Failure(.internal, "command.fault", String(reflecting: error)), isJSON: arguments.contains("--json"))
            return Status.foundWrong.rawValue
        }
    }

    private static func report(_ failure: Failure, isJSON: Bool) {
        Output.error("错误：" + failure.description)
        if isJSON { Output.json(errorObject(failure.kind.rawValue, failure.code, failure.message, failure)) }
    }

    private static func errorObject(_ kind: String, _ code: String, _ message: String, _ failure: Failure?) -> JSONValue {
        let place = failure?.place
        return .object([
            (
                "error",
                .object([
                    ("kind", .text(kind)), ("code", .text(code)), ("message", .text(message)), ("cure", JSONValue(failure?.cure)),
                    ("file", JSONValue(place?.file)), ("sheet", JSONValue(place?.sheet)), ("row", JSONValue(place?.row)),
                    ("column", JSONValue(place?.column)), ("line", JSONValue(place?.line)), ("clause", JSONValue(place?.clause)),
                ])
            )
        ])
    }
}

/// A command that has said everything and only wants to end with a status.
struct Outcome: Error {
    let status: CommandRun.Status

    static let foundWrong = Outcome(status: .foundWrong)
}

/// What a command writes: answers to standard output, remarks and errors to standard error, both UTF-8 whatever the locale.
enum Output {
    static func line(_ text: String) { write(text + "\n", FileHandle.standardOutput) }
    static func error(_ text: String) { write(text + "\n", FileHandle.standardError) }
    static func json(_ value: JSONValue) { write(value.text + "\n", FileHandle.standardOutput) }

    /// How far a long question is: one line beside the answer, written over.
    @Sendable static func progress(_ done: Int64, _ total: Int64) {
        write("\r已看\(done)行，共\(total)行" + (done == total ? "\n" : ""), FileHandle.standardError)
    }

    /// A reader who has closed the pipe (`| head`) is no fault.
    private static func write(_ text: String, _ handle: FileHandle) { try? handle.write(contentsOf: Data(text.utf8)) }

    /// Rows under headings, padded so that Chinese and Latin columns line up.
    static func table(_ headings: [String], _ rows: [[String]]) {
        let all = [headings] + rows
        let widths = headings.indices.map { column in all.map { width($0[column]) }.max() ?? 0 }
        for row in all {
            let cells = row.enumerated().map { $1 + String(repeating: " ", count: $0 == row.count - 1 ? 0 : widths[$0] - width($1)) }
            line(cells.joined(separator: "  "))
        }
    }

    private static func width(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) } }
}
