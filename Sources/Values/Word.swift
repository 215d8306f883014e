/// A text of the interface, once in each language; slices keep theirs in a `…Words.swift` catalogue, pages never spell them out.
package struct Word: Sendable, Hashable, ExpressibleByStringLiteral {
    /// Simplified Chinese, the first language.
    package let chinese: String
    /// English; the Chinese text stands in where none is given.
    package let english: String?

    package init(_ chinese: String, _ english: String? = nil) {
        self.chinese = chinese
        self.english = english
    }

    /// A name, or a text from outside: shown as it is in every language.
    package init(name: String) { self.init(name, name) }

    package init(stringLiteral value: String) { self.init(value) }

    package func text(_ language: Language) -> String {
        switch language {
        case .chinese: chinese
        case .english: english ?? chinese
        }
    }
}

/// The language of a page or an answer.
package enum Language: String, Sendable, CaseIterable {
    case chinese = "zh"
    case english = "en"
}
