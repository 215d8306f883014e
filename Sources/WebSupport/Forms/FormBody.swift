import Values

/// How much a form may hold; the server's upload limit applies as well.
package struct FormLimits: Sendable {
    /// Fields and files together.
    package var parts = 500
    /// Bytes of all fields without the files.
    package var fieldBytes = 2 << 20
    package var files = 20
    /// Bytes of one file; nil for the server's upload limit.
    package var fileBytes: Int?

    /// What somebody may send who has not signed in: a few short fields.
    package static let stranger = FormLimits(parts: 50, fieldBytes: 16 << 10, files: 0)

    package init(parts: Int = 500, fieldBytes: Int = 2 << 20, files: Int = 20, fileBytes: Int? = nil) {
        self.parts = parts
        self.fieldBytes = fieldBytes
        self.files = files
        self.fileBytes = fileBytes
    }
}

/// What a form brought: fields as text, files on disk.
package struct FormBody: Sendable {
    package internal(set) var items: [QueryItem] = []
    package internal(set) var files: [UploadedFile] = []

    package init() {}

    init(items: [QueryItem]) { self.items = items }

    /// The first value of a field without spaces around it; empty where it is missing.
    package func text(_ name: String) -> String { FormText.trimmed(items.first { $0.name == name }?.value ?? "") }

    /// All values of a field, in order, as check boxes send them.
    package func all(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }

    /// Whether the field was sent at all, as a ticked check box is.
    package func has(_ name: String) -> Bool { items.contains { $0.name == name } }

    /// The file of a field; nil where none was chosen.
    package func file(_ name: String) -> UploadedFile? { files.first { $0.field == name } }
    /// All files of a field.
    package func files(_ name: String) -> [UploadedFile] { files.filter { $0.field == name } }

    /// The once-only id of this form: a second arrival of the same id gets the first one's answer.
    package var requestID: String? {
        let id = text(FormSeal.requestName)
        return id.utf8.count == 32 && Hexadecimal.bytes(id) != nil ? id : nil
    }

    /// The version of the record that the form was filled from.
    package var readVersion: Int64? { Int64(text(FormSeal.versionName)) }
}

/// The three hidden fields of every form.
package struct FormSeal: Sendable {
    static let tokenName = "_token"
    static let requestName = "_request"
    static let versionName = "_version"

    let token: String
    package let requestID: String
    let readVersion: Int64?

    /// The same for one of several records on a page.
    package func reading(version: Int64) -> FormSeal { FormSeal(token: token, requestID: requestID, readVersion: version) }
}
