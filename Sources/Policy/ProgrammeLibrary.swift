package import Foundation
package import Values

/// The programmes of a directory (`programmes/`), each read on its own: one bad folder does not hide the others.
package enum ProgrammeLibrary {
    /// A folder with what came of reading it.
    package struct Entry: Sendable {
        package let id: String
        package let directory: URL
        package let result: Result<ProgrammeFolder, PolicyFailures>
    }

    /// Every folder that holds a `programme.yaml`, in the order of names.
    package static func load(directory: URL) throws(Failure) -> [Entry] {
        try names(in: directory).filter { name in
            FileManager.default.fileExists(atPath: directory.appendingPathComponent(name).appendingPathComponent("programme.yaml").path)
        }.map { name in
            let folder = directory.appendingPathComponent(name)
            return Entry(id: name, directory: folder, result: load(programme: folder))
        }
    }

    /// One programme's folder.
    package static func load(programme directory: URL) -> Result<ProgrammeFolder, PolicyFailures> {
        let files: [PolicyFile]
        do throws(Failure) { files = try read(directory) } catch { return .failure(PolicyFailures([error])) }
        do throws(PolicyFailures) {
            return .success(try ReadProgrammeFolder.read(directory.lastPathComponent, files: files))
        } catch {
            return .failure(error)
        }
    }

    /// The files of a folder and of its folders; hidden files are no part of a programme.
    private static func read(_ directory: URL) throws(Failure) -> [PolicyFile] {
        var files: [PolicyFile] = []
        for name in try names(in: directory) {
            let url = directory.appendingPathComponent(name)
            if isFolder(url) {
                for inner in try names(in: url) where !isFolder(url.appendingPathComponent(inner)) {
                    files.append(PolicyFile(name: name + "/" + inner, bytes: try bytes(url.appendingPathComponent(inner))))
                }
            } else {
                files.append(PolicyFile(name: name, bytes: try bytes(url)))
            }
        }
        return files
    }

    private static func names(in directory: URL) throws(Failure) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw Failure(
                .missing, "programme.folder-missing", "找不到文件夹「\(directory.lastPathComponent)」。",
                at: FilePlace(file: directory.lastPathComponent),
                cure: "检查路径。")
        }
    }

    private static func isFolder(_ url: URL) -> Bool {
        (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
    }

    private static func bytes(_ url: URL) throws(Failure) -> Data {
        do { return try Data(contentsOf: url) } catch {
            throw Failure(
                .missing, "programme.file-unreadable", "读不出「\(url.lastPathComponent)」。", at: FilePlace(file: url.lastPathComponent),
                cure: "检查文件的权限。")
        }
    }
}
