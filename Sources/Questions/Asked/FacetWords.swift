import Values

/// Texts of the page of values.
enum FacetWords {
    static let find = Word("查找", "Find")
    static let take = Word("用所选的值", "Use what is ticked")

    static func cut(_ shown: Int, _ total: Int) -> Word {
        Word("列出行数最多的\(shown)个，共\(total)个；其余的请查找。", "The \(shown) most frequent of \(total); find the others by name.")
    }
}
