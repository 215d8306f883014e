package import Foundation

/// Real registers and bulletins kept beside the project, never in it; tests that need them are skipped where they are missing.
package enum SharedData {
    /// The folder, from `HALLMARK_SHARED` or `../shared` beside the package.
    package static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["HALLMARK_SHARED"].map { URL(fileURLWithPath: $0) }
        let beside = ProjectFiles.root.deletingLastPathComponent().appendingPathComponent("shared")
        let candidate = named ?? beside
        return FileManager.default.fileExists(atPath: candidate.appendingPathComponent("data").path) ? candidate : nil
    }()

    package static var isPresent: Bool { folder != nil }

    /// A file or folder under the shared folder, or nil where it is missing: `SharedData.url("data/codes/uscc.csv")`.
    package static func url(_ relative: String) -> URL? {
        guard let url = folder?.appendingPathComponent(relative) else { return nil }
        return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }
}

/// The project's own files, found from this source file's place.
package enum ProjectFiles {
    package static let root: URL = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    package static func url(_ relative: String) -> URL { root.appendingPathComponent(relative) }
}
