package import Values

/// Takes typed values out of a form and notes per field what is wrong, so that all errors are shown at once.
///
/// ```swift
/// var reading = FormReading(form)
/// let name = reading.text("name", atMost: 100)
/// let day = reading.day("day")
/// guard reading.isGood else { return .formAgain(page(fields: reading.marked(fields))) }
/// ```
package struct FormReading: Sendable {
    package let form: FormBody
    /// What is wrong, by field name.
    package private(set) var errors: [String: Word] = [:]

    package init(_ form: FormBody) { self.form = form }

    package var isGood: Bool { errors.isEmpty }

    /// Notes an error that only the action can know, such as a name that is taken.
    package mutating func refuse(_ name: String, _ error: Word) { if errors[name] == nil { errors[name] = error } }

    /// A text that must be given; empty after an error.
    package mutating func text(_ name: String, atMost limit: Int = 1000) -> String {
        guard let text = optionalText(name, atMost: limit) else {
            refuse(name, WebWords.missing)
            return ""
        }
        return text
    }

    /// A text, or nil where none was given.
    package mutating func optionalText(_ name: String, atMost limit: Int = 1000) -> String? {
        let text = form.text(name)
        guard text.count <= limit else {
            refuse(name, WebWords.tooLong(limit))
            return nil
        }
        return text.isEmpty ? nil : text
    }

    /// A day that must be given; nil after an error.
    package mutating func day(_ name: String) -> Day? {
        if form.text(name).isEmpty { refuse(name, WebWords.missing) }
        return optionalDay(name)
    }

    /// A day, or nil where none was given.
    package mutating func optionalDay(_ name: String) -> Day? {
        let text = form.text(name)
        guard !text.isEmpty else { return nil }
        guard let day = Day(text) else {
            refuse(name, WebWords.notADay)
            return nil
        }
        return day
    }

    /// A whole number inside a range; nil after an error.
    package mutating func number(_ name: String, in range: ClosedRange<Int> = 0...Int.max) -> Int? {
        if form.text(name).isEmpty { refuse(name, WebWords.missing) }
        return optionalNumber(name, in: range)
    }

    /// A whole number, or nil where none was given; thousands separators are allowed.
    package mutating func optionalNumber(_ name: String, in range: ClosedRange<Int> = 0...Int.max) -> Int? {
        let text = form.text(name).filter { $0 != "," }
        guard !text.isEmpty else { return nil }
        guard let number = Int(text) else {
            refuse(name, WebWords.notANumber)
            return nil
        }
        guard range.contains(number) else {
            refuse(name, WebWords.outOfRange(range))
            return nil
        }
        return number
    }

    /// One of the allowed values; nil after an error.
    package mutating func choice<Choice: RawRepresentable>(_ name: String, of type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        let text = form.text(name)
        guard let choice = Choice(rawValue: text) else {
            refuse(name, text.isEmpty ? WebWords.missing : WebWords.notAChoice)
            return nil
        }
        return choice
    }

    /// A file that must be chosen; nil after an error.
    package mutating func file(_ name: String) -> UploadedFile? {
        guard let file = form.file(name) else {
            refuse(name, WebWords.noFile)
            return nil
        }
        guard file.size > 0 else {
            refuse(name, WebWords.emptyFile)
            return nil
        }
        return file
    }

    /// The once-only id of the form; the action keeps it beside its journal entry.
    ///
    /// - Throws: `form.expired` where it is missing.
    package func requestID() throws -> String {
        guard let id = form.requestID else {
            throw Failure.expiredForm
        }
        return id
    }

    /// The fields with what was sent and what is wrong.
    package func marked(_ fields: [FormField]) -> [FormField] {
        fields.map { field in
            var copy = field.isHidden ? field : field.filled(from: form)
            copy.error = errors[field.name]
            return copy
        }
    }
}
