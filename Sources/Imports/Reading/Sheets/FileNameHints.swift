package import Values

/// What the name of a file, and of the folders it came in, says about the publication.
package struct FileNameHints: Sendable, Equatable {
    /// The day in the name that a government's web system gave the file: `201507280948…`, `P020130829…`, `t20130829_…`.
    package let publishedDay: Day?
    /// The number of the annex: `附件1-1` → `1-1`.
    package let annex: String?
    /// The name without its ending, or nil where it is only a number.
    package let title: String?

    /// - Parameter path: the file's name, with its folders where they are known; the innermost part that tells wins.
    package init(path: String) {
        let parts = path.split(separator: "/").map(String.init).reversed()
        let name = parts.first.map(FileNameHints.withoutEnding) ?? ""
        publishedDay = parts.lazy.compactMap { FileNameHints.day(FileNameHints.withoutEnding($0)) }.first
        annex = parts.lazy.compactMap { TitlePeriod.annex($0) }.first
        let letters = name.filter { !$0.isASCII }
        title = letters.count >= 4 ? name : nil
    }

    /// The name a file goes by with the folder that tells when it was published, where a government's web system named one of its folders
    /// (`P020130829…`). Other folders are somebody's own order and tell nothing.
    package static func source(of path: String, name: String) -> String {
        let folders = path.split(separator: "/").dropLast()
        let telling = folders.last { $0.contains(/^[PWt]0?(?:19|20)[0-9]{2}[01][0-9][0-3][0-9](?:_[0-9]+|[0-9]{6,})$/) }
        return telling.map { "\($0)/\(name)" } ?? name
    }

    private static func withoutEnding(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), name.distance(from: dot, to: name.endIndex) <= 6 else { return name }
        return String(name[..<dot])
    }

    /// Only a date at the beginning of the name, as upload systems write it, or one written with dashes; a stamp at the end is the
    /// day somebody exported the file.
    private static func day(_ name: String) -> Day? {
        if let found = name.firstMatch(of: /^[PWt]0?((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])/) { return day(found.1, found.2, found.3) }
        if let found = name.firstMatch(of: /^((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])[0-9]*$/) { return day(found.1, found.2, found.3) }
        if let found = name.firstMatch(of: /((?:19|20)[0-9]{2})[-.]([01]?[0-9])[-.]([0-3]?[0-9])/) { return day(found.1, found.2, found.3) }
        return nil
    }

    private static func day(_ year: Substring, _ month: Substring, _ day: Substring) -> Day? {
        guard let year = Int(year), let month = Int(month), let day = Int(day) else { return nil }
        return Day(year: year, month: month, day: day)
    }
}
