import Foundation
import Values

/// Where `programmes/`, `regulations/`, `forms/` and `public/` stand.
enum ProjectRoot {
    /// The folder given, else `HALLMARK_ROOT`, else the nearest folder above the program or the working directory that holds both
    /// `programmes` and `regulations`.
    ///
    /// - Throws: `root.missing`.
    static func find(_ given: String?) throws -> URL {
        if let named = given ?? ProcessInfo.processInfo.environment["HALLMARK_ROOT"] {
            let url = URL(fileURLWithPath: named)
            guard isRoot(url) else {
                throw Failure(
                    .missing, "root.missing", "“\(named)”里没有 programmes 和 regulations 两个文件夹", cure: "用 --root 指明它们所在的文件夹")
            }
            return url
        }
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        guard let found = above(program) ?? above(here) else {
            throw Failure(.missing, "root.missing", "找不到 programmes 和 regulations 两个文件夹", cure: "用 --root 或 HALLMARK_ROOT 指明它们所在的文件夹")
        }
        return found
    }

    private static func above(_ start: URL) -> URL? {
        var folder = start.standardizedFileURL
        while true {
            if isRoot(folder) { return folder }
            let parent = folder.deletingLastPathComponent().standardizedFileURL
            guard parent.path != folder.path else { return nil }
            folder = parent
        }
    }

    private static func isRoot(_ folder: URL) -> Bool {
        ["programmes", "regulations"].allSatisfy { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path, isDirectory: &isFolder)
                && isFolder.boolValue
        }
    }
}
