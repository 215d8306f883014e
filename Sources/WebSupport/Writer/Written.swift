package import Values

/// A value that a page can show as text in either language: data as it is, `Word`s translated.
package protocol Written {
    func text(_ language: Language) -> String
}

extension Word: Written {}

extension String: Written {
    package func text(_ language: Language) -> String { self }
}

extension Substring: Written {
    package func text(_ language: Language) -> String { String(self) }
}

/// Shown as `2006-09-05`.
extension Day: Written {
    package func text(_ language: Language) -> String { description }
}

/// Counts are shown with thousands separators: `1,284`.
extension Int: Written {
    package func text(_ language: Language) -> String { NumberText.grouped(self) }
}

/// Shown without separators: a record's number is a name, not a quantity.
extension ID: Written {
    package func text(_ language: Language) -> String { description }
}

/// Shown to the minute in China Standard Time: `2006-09-05 08:30`.
extension Moment: Written {
    package func text(_ language: Language) -> String {
        let parts = description.split(separator: "T")
        return "\(parts.first ?? "") \(parts.last?.prefix(5) ?? "")"
    }
}
