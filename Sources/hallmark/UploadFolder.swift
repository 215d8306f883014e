import Foundation

/// Where uploads and originals lie while they are read: a folder of each server's own, named after its process.
enum UploadFolder {
    private static let parent = FileManager.default.temporaryDirectory
    private static let beginning = "hallmark-"

    static func of(port: Int) -> URL {
        parent.appendingPathComponent("\(beginning)\(ProcessInfo.processInfo.processIdentifier)-\(port)")
    }

    /// Removes what servers left behind that were ended in the middle of their work.
    static func sweep() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? [] {
            guard let found = name.wholeMatch(of: /hallmark-([0-9]+)-[0-9]+/), !isRunning(String(found.output.1)) else { continue }
            try? FileManager.default.removeItem(at: parent.appendingPathComponent(name))
        }
    }

    private static func isRunning(_ process: String) -> Bool { FileManager.default.fileExists(atPath: "/proc/\(process)") }
}
