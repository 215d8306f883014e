import Foundation
import Logging
import Values

/// A line of JSON for each thing that is logged (`--log json`): time, level, message, and what belongs to it, such as the request's id.
struct JSONLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info
    private let label: String

    init(label: String) { self.label = label }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line: [String: String] = [:]
        for (name, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }) { line[name] = "\(value)" }
        line["time"] = Clock.system.now().description
        line["level"] = event.level.rawValue
        line["logger"] = label
        line["message"] = "\(event.message)"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(line) else { return }
        try? FileHandle.standardError.write(contentsOf: data + Data("\n".utf8))
    }
}

/// How the server writes its log.
enum LogForm: String, CaseIterable, Sendable {
    case text
    /// With a line for each request.
    case json

    func logger() -> Logger {
        switch self {
        case .text:
            var logger = Logger(label: "hallmark") { StreamLogHandler.standardError(label: $0) }
            logger.logLevel = .notice
            return logger
        case .json: return Logger(label: "hallmark") { JSONLog(label: $0) }
        }
    }
}
