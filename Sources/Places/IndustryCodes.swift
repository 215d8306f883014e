package import Foundation
import Values

/// One code of the classification of national economic industries (GB/T 4754) in one version; the same number means other things in other versions.
package struct IndustryCode: Sendable, Hashable {
    /// The year of the version: 2002, 2011, 2017.
    package let version: Int
    /// Two to four digits, without the letter of the section.
    package let code: String
    package let name: String
}

/// The industry codes that Hallmark knows, all versions.
package struct IndustryCodes: Sendable {
    package let codes: [IndustryCode]

    package init(codes: [IndustryCode]) { self.codes = codes }

    /// Reads `regulations/industries/gbt4754-*.yaml`.
    ///
    /// - Throws: `Failure` with file and line.
    package static func load(folder: URL) throws -> IndustryCodes {
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        let named = files.filter { $0.pathExtension == "yaml" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
        guard !named.isEmpty else {
            throw Failure(
                .missing, "regulations.file-missing", "没有行业代码表", at: FilePlace(file: "industries"), cure: "从安装包恢复 regulations 文件夹")
        }
        return IndustryCodes(
            codes: try named.flatMap { url in
                let file = try RegulationYAML(url)
                let stated = try file.node("version")
                guard let version = Int(try file.text(stated)) else { throw file.failure("industry.version", "版本应是年份", stated) }
                return try file.pairs("codes").map { IndustryCode(version: version, code: $0.0, name: try file.text($0.1)) }
            })
    }

    /// The meaning of a code in a version; a leading section letter is ignored.
    package func code(_ code: String, version: Int) -> IndustryCode? {
        let digits = code.first?.isLetter == true ? String(code.dropFirst()) : code
        return codes.first { $0.version == version && $0.code == digits }
    }
}
